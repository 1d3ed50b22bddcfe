"""The queue of births, one record's page, and the acts on it."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy

from casework.access.lists import FilteredList, ListRows
from casework.access.policies import Policy
from casework.access.scopes import may
from casework.access.tallies import kept_counts
from casework.cases.queries import case_header
from casework.cases.rules import can_write
from casework.cases.tabs import case_tabs
from casework.reference.queries import year_without_holidays
from casework.ui.drawing import drawn_rows
from casework.ui.paging import LongList, counted
from casework.ui.views import PageView, RowAct, RowForm, RowPage
from registration.filters import BirthFilter
from registration.models import BirthRecord
from registration.queries.lists import QUEUES, birth_row, known_length, queue_counts
from registration.queries.page import page_context
from registration.queries.run import registry_run
from registration.rules.guards import can_work
from registration.views.answers import NearFirst
from registration.words.run import WORDS

SEE = Policy(action="registration.birth.see")
EDIT = Policy(action="registration.birth.edit")
OFFICE = Policy(action="registration.office.act")
ROWS_PER_PAGE = 25
NO_HOLIDAYS = "year_without_holidays"
PANEL = "birth"
"""The tab of the case on which the same stands."""


class BirthQueue(FilteredList):
    """Births by queue and filters, the most urgent first."""

    policy = Policy(action="registration.birth.list")
    template_name = "registration/list.html"
    filter_class = BirthFilter
    list_key = "registration:list"
    file_action = "registration.birth.export"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        found, today = self.found, self.today
        key = found.queue.key
        closed = key == "closed"
        counts = kept_counts(self.user, (self.list_key, closed), self._counts)
        known = None if found.is_narrowed else known_length(counts, key)
        listed = LongList(ListRows(found), ROWS_PER_PAGE, known=known, length=self.length)
        page = listed.get_page(self.request.GET.get("page"))
        views = [
            {
                "label": queue.label,
                "url": f"?queue={queue.key}",
                "count": counted(known_length(counts, queue.key)),
                "current": queue.key == key,
            }
            for queue in QUEUES
        ]
        lines = drawn_rows("registration/_line.html", page, today, told=birth_row)
        return super().get_context_data(
            views=views, rows=lines, page=page, queue=found.queue, today=today,
            has_ward=may(self.user, "registration.ward.use") is not None,
            has_run=key == "ready" and may(self.user, OFFICE.action) is not None,
            holidays_missing=counts[NO_HOLIDAYS], **kwargs,
        )  # fmt: skip

    def _counts(self) -> dict[str, int]:
        """How many births stand in each queue; and the year without holidays, or 0, so that it is asked as seldom."""
        queues = queue_counts(self.found.births, self.today, closed=self.found.queue.key == "closed")
        return queues | {NO_HOLIDAYS: year_without_holidays(self.today) or 0}


class RegistryRun(PageView):
    """What is ready to submit, by registry office: minimum data, in Thai, printed by the browser (C9, P12)."""

    policy = OFFICE
    template_name = "registration/run.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(offices=registry_run(self.user), words=WORDS, **kwargs)


class BirthDetail(RowPage):
    """One birth record with everything on it."""

    policy = SEE
    model = BirthRecord
    row_name = "birth"
    template_name = "registration/detail.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        case = self.row.case
        panel = page_context(case, self.user, self.today)
        return super().get_context_data(
            **panel,
            header=case_header(case, self.user, self.today),
            tabs=case_tabs(case, self.user, PANEL),
            today=self.today,
            **kwargs,
        )


class BirthForm(NearFirst, RowForm):
    """A form about one birth record, drawn by one template."""

    model: ClassVar[type[models.Model]] = BirthRecord
    row_name = "birth"
    template_name = "registration/form.html"
    title: ClassVar[Any] = ""
    lead: ClassVar[Any] = ""
    verb: ClassVar[Any] = gettext_lazy("Save")

    @property
    def birth(self) -> BirthRecord:
        """The record the form is about."""
        return self.row if isinstance(self.row, BirthRecord) else self.row.birth

    def admit_loaded(self) -> None:
        super().admit_loaded()
        can_write(self.birth.case).insist()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        header = case_header(self.birth.case, self.user, self.today)
        return context | {
            "title": self.title,
            "lead": self.lead,
            "verb": self.verb,
            "birth": self.birth,
            "header": header,
        }

    def get_success_url(self) -> str:
        return reverse("registration:detail", args=[self.birth.pk])


class BirthAct(RowAct):
    """A button about one birth record."""

    model: ClassVar[type[models.Model]] = BirthRecord
    policy = EDIT

    @property
    def birth(self) -> BirthRecord:
        """The record the button is about."""
        return self.row if isinstance(self.row, BirthRecord) else self.row.birth

    def admit_loaded(self) -> None:
        super().admit_loaded()
        can_write(self.birth.case).insist()

    def back(self) -> str:
        return reverse("registration:detail", args=[self.birth.pk])


class OpenBirthForm(BirthForm):
    """A form about a registration that goes on; a closed one is opened again first."""

    def admit_loaded(self) -> None:
        super().admit_loaded()
        can_work(self.birth).insist()


class OpenBirthAct(BirthAct):
    """A button about a registration that goes on; a closed one is opened again first."""

    def admit_loaded(self) -> None:
        super().admit_loaded()
        can_work(self.birth).insist()
