"""What the forms and buttons of a case share."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from casework.access.policies import Policy
from casework.cases import queries, rules
from casework.cases.models import Case, Goal, Step
from casework.ui.views import RowAct, RowForm

EDIT = Policy(action="cases.case.edit")


class CaseForm(RowForm):
    """A form about one case, drawn by one template."""

    model: ClassVar[type[models.Model]] = Case
    policy = EDIT
    template_name = "cases/form.html"
    title: ClassVar[Any] = ""
    lead: ClassVar[Any] = ""
    verb: ClassVar[Any] = _("Save")

    @property
    def case(self) -> Case:
        """The case the form is about."""
        return case_of(self.row)

    def admit_loaded(self) -> None:
        super().admit_loaded()
        rules.can_write(self.case).insist()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        header = queries.case_header(self.case, self.user, self.today)
        words = {"title": self.title, "lead": self.lead, "verb": self.verb, "case": self.case, "header": header}
        return super().get_context_data(**kwargs) | words

    def get_success_url(self) -> str:
        return reverse("cases:detail", args=[self.case.pk])


def case_of(row: Any) -> Case:
    """The case of a row that hangs on one."""
    if isinstance(row, Case):
        return row
    if isinstance(row, Step):
        return row.goal.plan.case
    if isinstance(row, Goal):
        return row.plan.case
    return row.case


class CaseAct(RowAct):
    """A button about one case."""

    model: ClassVar[type[models.Model]] = Case
    policy = EDIT

    def admit_loaded(self) -> None:
        case = case_of(self.row)
        self.policy.admit_row(self.request, case)
        rules.can_write(case).insist()

    def back(self) -> str:
        return reverse("cases:detail", args=[case_of(self.row).pk])


class TickAct(CaseAct):
    """A tick on a row with states: the button says which state it is for, so that an old page does not undo it."""

    @property
    def wanted(self) -> bool:
        """Whether the row shall be done; a button that does not say turns it over."""
        return {"yes": True, "no": False}.get(self.request.POST.get("done", ""), not self.is_done)

    @property
    def is_done(self) -> bool:
        return bool(self.row.state == "done")

    def act(self) -> Any:
        return self.row if self.wanted == self.is_done else self.turn()

    def turn(self) -> Any:
        """Call the one service that turns it over."""
        raise NotImplementedError

    def after(self, result: Any) -> str:
        return home if self.request.POST.get("next") == (home := reverse("home:my-work")) else self.back()
