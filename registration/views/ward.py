"""The ward's list: bring it in, see who is not yet met, begin, settle."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from casework.access.policies import Policy
from casework.access.working import working_office
from casework.accounts.models import Office
from casework.cases.models import Case
from casework.kernel.digits import to_ascii_digits
from casework.kernel.refusals import Refusal
from casework.reference.queries import term
from casework.ui.paging import LongList
from casework.ui.views import FormPage, PageView, RowAct, RowForm, RowPage
from registration.forms.ward import CountForm, MetForm, NotOursForm, UploadForm, month_label
from registration.models import BirthRecord, ReportedBirths, WardBirth, WardList
from registration.queries import ward as asked
from registration.services import ward
from registration.views.answers import NearFirst

USE = Policy(action="registration.ward.use")
ROWS_PER_PAGE = 50


class WardBase(PageView):
    """What the pages of the ward's list share."""

    policy = USE

    @property
    def office(self) -> Office:
        """The office whose list it is. Raises PermissionDenied when the person has none."""
        office = working_office(self.user, "registration.ward.use")
        if office is None:
            raise PermissionDenied(_("You have no office that works with a ward list."))
        return office

    @property
    def language(self) -> str:
        """The reader's language."""
        return (get_language() or "en")[:2]


class WardPage(WardBase):
    """Born, not yet met, days left of fifteen: the most urgent first."""

    template_name = "registration/ward.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user, today = self.user, self.today
        key = self.request.GET.get("view", "waiting")
        key = key if key in asked.VIEW_BY_KEY else "waiting"
        counts = asked.ward_counts(user)
        page = LongList(asked.ward_rows(user, key), ROWS_PER_PAGE, known=counts[key]).get_page(
            self.request.GET.get("page")
        )
        views = [
            {"label": view.label, "url": f"?view={view.key}", "count": counts[view.key], "current": view.key == key}
            for view in asked.VIEWS
        ]
        return super().get_context_data(
            views=views,
            view=key,
            page=page,
            lines=asked.ward_lines(list(page), user, today),
            lists=list(WardList.objects.visible_to(user).select_related("facility")[:5]),
            keep_days=int(term(asked.KEEP_DAYS, today)),
            **kwargs,
        )


class UploadWardList(NearFirst, WardBase, FormPage):
    """Take in a list."""

    template_name = "registration/ward_upload.html"
    form_class = UploadForm

    def get_initial(self) -> dict[str, Any]:
        last = WardList.objects.visible_to(self.user).filter(office=self.office).first()
        return {"facility": last.facility_id} if last else {}

    def save(self, form: forms.Form) -> WardList:
        file = form.cleaned_data["file"]
        return ward.take_in_list(
            content=file.read(),
            file_name=file.name,
            office=self.office,
            facility=form.cleaned_data["facility"],
            by=self.user,
            now=timezone.now(),
            today=self.today,
        )

    def after(self, result: WardList) -> str:
        if result.refused:
            return reverse("registration:ward-list", args=[result.pk])
        messages.success(self.request, asked.list_summary(result.added, result.known, result.met, 0))
        return reverse("registration:ward")


class WardListPage(RowPage):
    """What came of one list, and each row that was not taken in."""

    policy = USE
    model = WardList
    row_name = "list"
    template_name = "registration/ward_list.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        row = self.row
        summary = asked.list_summary(row.added, row.known, row.met, len(row.refused))
        return super().get_context_data(summary=summary, **kwargs)


class ReportCount(NearFirst, WardBase, FormPage):
    """Type the number of births that a hospital reports for a month."""

    template_name = "registration/ward_count.html"
    form_class = CountForm
    success_message = gettext_lazy("The number is noted.")

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"today": self.today, "language": self.language}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rows = ReportedBirths.objects.visible_to(self.user).select_related("facility")[:12]
        counts = [(month_label(row.month, self.language), row) for row in rows]
        return super().get_context_data(counts=counts, **kwargs)

    def save(self, form: forms.Form) -> ReportedBirths:
        return ward.report_births(
            office=self.office, by=self.user, now=timezone.now(), today=self.today, **form.cleaned_data
        )

    def after(self, result: ReportedBirths) -> str:
        return reverse("registration:ward-count")


class StartFromWard(RowAct):
    """Begin the intake of a reported birth."""

    policy = USE
    model: ClassVar[type[models.Model]] = WardBirth

    def act(self) -> Any:
        return ward.start_intake(row=self.row, by=self.user, now=timezone.now())

    def back(self) -> str:
        return reverse("registration:ward")

    def after(self, result: Any) -> str:
        if result.ready_at:
            messages.info(self.request, _("The ward gave this birth to the office as a draft. Take it over."))
            return f"{reverse('drafts:drafts')}#ready"
        if result.owner_id != self.user.pk:
            messages.info(self.request, _("A colleague began this intake. Take it over when they are away."))
            return reverse("drafts:drafts")
        return reverse("registration:step", args=[result.pk, "mother"])


class WardForm(RowForm):
    """A form about one reported birth."""

    policy = USE
    model: ClassVar[type[models.Model]] = WardBirth
    template_name = "registration/ward_form.html"
    title: ClassVar[Any] = ""
    verb: ClassVar[Any] = gettext_lazy("Save")

    def rows(self) -> Any:
        return super().rows().select_related("list__facility")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        line = asked.ward_lines([self.row], self.user, self.today)[0]
        return super().get_context_data(line=line, title=self.title, verb=self.verb, **kwargs)

    def get_success_url(self) -> str:
        return reverse("registration:ward")


class MeetLine(WardForm):
    form_class = MetForm
    title = gettext_lazy("Met already")
    success_message = gettext_lazy("The birth is met.")

    def get_initial(self) -> dict[str, Any]:
        line = asked.ward_lines([self.row], self.user, self.today)[0]
        return {"number": line.likely.case.number} if line.likely else {}

    def save(self, form: forms.Form) -> WardBirth:
        number = "".join(to_ascii_digits(form.cleaned_data["number"]).split()).upper()
        case = Case.objects.visible_to(self.user).filter(number=number).first()
        birth = BirthRecord.objects.visible_to(self.user).filter(case=case).first() if case else None
        if birth is None:
            raise Refusal("WRD-MET-3", "number", _("No birth registration has this case number. Search for the child."))
        return ward.meet(row=self.row, birth=birth, by=self.user, now=timezone.now())


class LeaveOut(WardForm):
    form_class = NotOursForm
    title = gettext_lazy("Not ours")
    success_message = gettext_lazy("Noted. You find it under “Not ours”.")

    def save(self, form: forms.Form) -> WardBirth:
        return ward.leave_out(row=self.row, by=self.user, now=timezone.now(), **form.cleaned_data)


class TakeBack(RowAct):
    """Let a settled line wait again."""

    policy = USE
    model: ClassVar[type[models.Model]] = WardBirth
    success_message = gettext_lazy("It waits again.")

    def act(self) -> Any:
        return ward.take_back(row=self.row, by=self.user, now=timezone.now())

    def back(self) -> str:
        return reverse("registration:ward")
