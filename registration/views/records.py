"""The queue of births, one record's page, and the acts on it."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.db import models
from django.http import Http404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from casework.access.lists import FilteredList
from casework.access.policies import Policy
from casework.cases.queries import case_header
from casework.kernel.dates import short
from casework.ui.paging import LongList
from casework.ui.views import RowAct, RowForm, RowPage
from registration.filters import BirthFilter
from registration.forms import acts
from registration.models import BirthRecord, ChecklistItem, Discrepancy, FollowUp, InquiryStep, Submission
from registration.queries.agreed import last_check
from registration.queries.lists import QUEUES, known_length, queue_counts, with_names
from registration.queries.page import page_context
from registration.queries.panel import days_left_words, is_overdue
from registration.services import office, progress
from registration.states import Result, Track

SEE = Policy(action="registration.birth.see")
EDIT = Policy(action="registration.birth.edit")
OFFICE = Policy(action="registration.office.act")
ROWS_PER_PAGE = 25


class BirthQueue(FilteredList):
    """Births by queue and filters, the most urgent first."""

    policy = Policy(action="registration.birth.list")
    template_name = "registration/list.html"
    filter_class = BirthFilter
    list_key = "registration:list"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        found, today = self.found, self.today
        key = found.queue.key
        counts = queue_counts(self.user, today, closed=key == "closed")
        known = None if found.chips() else known_length(counts, key)
        page = LongList(with_names(found.qs), ROWS_PER_PAGE, known=known).get_page(self.request.GET.get("page"))
        views = [
            {
                "label": queue.label,
                "url": f"?queue={queue.key}",
                "count": counts.get(queue.key),
                "current": queue.key == key,
            }
            for queue in QUEUES
        ]
        lines = [
            {
                "birth": birth,
                "child": birth.case.child,
                "days": days_left_words(birth, today),
                "is_late": is_overdue(birth, today),
            }
            for birth in page
        ]
        return super().get_context_data(views=views, rows=lines, page=page, queue=found.queue, today=today, **kwargs)


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
            **panel, header=case_header(case, self.user, self.today), today=self.today, **kwargs
        )


class BirthForm(RowForm):
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

    def back(self) -> str:
        birth = self.row if isinstance(self.row, BirthRecord) else self.row.birth
        return reverse("registration:detail", args=[birth.pk])


class ConfirmTrack(BirthForm):
    policy = EDIT
    form_class = acts.TrackForm
    title = gettext_lazy("Way of registration")
    verb = gettext_lazy("Confirm")
    success_message = gettext_lazy("The way of registration is confirmed. Here is the list of papers.")

    @property
    def lead(self) -> str:
        proposed = Track(self.row.track_proposed).label if self.row.track_proposed else "–"
        return _("The facts point to: %(track)s.") % {"track": proposed}

    def get_initial(self) -> dict[str, Any]:
        return {"track": self.row.track or self.row.track_proposed}

    def save(self, form: forms.Form) -> BirthRecord:
        return progress.confirm_track(
            birth=self.row,
            track=form.cleaned_data["track"],
            reason=form.cleaned_data["reason"],
            by=self.user,
            now=timezone.now(),
            today=self.today,
            acknowledged=self.request.POST.getlist("acknowledged"),
        )


class ChangeItem(BirthForm):
    """Where a paper stands; on the record's page each row has this form."""

    policy = EDIT
    model = ChecklistItem
    form_class = acts.ItemForm
    success_message = gettext_lazy("The paper is updated.")

    @property
    def title(self) -> str:
        return self.row.requirement.label(self.request.LANGUAGE_CODE[:2])

    def get_initial(self) -> dict[str, Any]:
        return {"state": self.row.state, "block": self.row.block, "version": self.row.version}

    def save(self, form: forms.Form) -> ChecklistItem:
        return progress.set_item(item=self.row, by=self.user, today=self.today, **form.cleaned_data)


class WaiveItem(BirthForm):
    policy = Policy(action="registration.item.waive")
    model = ChecklistItem
    form_class = acts.WaiveForm
    title = gettext_lazy("Waive a paper")
    verb = gettext_lazy("Waive this paper")
    success_message = gettext_lazy("The paper is waived.")

    @property
    def lead(self) -> str:
        return self.row.requirement.label(self.request.LANGUAGE_CODE[:2])

    def save(self, form: forms.Form) -> ChecklistItem:
        return progress.waive_item(item=self.row, reason=form.cleaned_data["reason"], by=self.user, today=self.today)


class ChooseOffice(BirthForm):
    policy = EDIT
    form_class = acts.OfficeForm
    title = gettext_lazy("Registry office")
    success_message = gettext_lazy("The registry office is chosen.")

    def get_initial(self) -> dict[str, Any]:
        return {"registry_office": self.row.registry_office_id}

    def save(self, form: forms.Form) -> BirthRecord:
        return progress.choose_office(
            birth=self.row, office=form.cleaned_data["registry_office"], by=self.user, today=self.today
        )


class SetLateReason(BirthForm):
    policy = EDIT
    form_class = acts.LateForm
    title = gettext_lazy("Why is it late?")
    success_message = gettext_lazy("The reason is noted.")

    def get_initial(self) -> dict[str, Any]:
        return {"late_reason": self.row.late_reason, "late_text": self.row.late_text}

    def save(self, form: forms.Form) -> BirthRecord:
        data = form.cleaned_data
        return progress.set_late_reason(
            birth=self.row, reason=data["late_reason"], text=data["late_text"], by=self.user
        )


class DeclareReady(BirthAct):
    success_message = gettext_lazy("Everything is there. Print the letter and go to the registry office.")

    def act(self) -> BirthRecord:
        return progress.declare_ready(birth=self.row, by=self.user, now=timezone.now(), today=self.today)


class RecordVisit(BirthForm):
    policy = OFFICE
    form_class = acts.VisitForm
    title = gettext_lazy("Visit to the registry office")
    verb = gettext_lazy("Record the visit")
    success_message = gettext_lazy("The visit is recorded.")

    def get_initial(self) -> dict[str, Any]:
        return {"registry_office": self.row.registry_office_id, "submitted_on": self.today, "by": "parent"}

    def save(self, form: forms.Form) -> Submission:
        data = form.cleaned_data
        items = self.row.items.filter(state__in=["original_seen", "in_hand_copy"])
        return office.record_visit(
            birth=self.row,
            registry_office=data["registry_office"],
            submitted_on=data["submitted_on"],
            by_whom=data["by"],
            by=self.user,
            today=self.today,
            receipt_no=data["receipt_no"],
            officer=data["officer"],
            accompanied_by=self.user if data["accompanied"] else None,
            handed_in=items,
        )


class RecordResult(BirthForm):
    policy = OFFICE
    model = Submission
    form_class = acts.ResultForm
    title = gettext_lazy("What the registry office said")
    success_message = gettext_lazy("The result is recorded.")

    def get_initial(self) -> dict[str, Any]:
        return {"result_on": self.today}

    def save(self, form: forms.Form) -> Submission:
        data, by = form.cleaned_data, self.user
        if data["result"] == Result.INQUIRY:
            return office.open_inquiry(visit=self.row, on=data["result_on"], by=by, today=self.today)
        return office.record_return(
            visit=self.row,
            refused=data["result"] == Result.REFUSED,
            reason=data["return_reason"],
            text=data["result_text"],
            on=data["result_on"],
            by=by,
            today=self.today,
        )


class AddInquiryStep(BirthForm):
    policy = OFFICE
    model = Submission
    form_class = acts.InquiryForm
    title = gettext_lazy("Step of the inquiry")

    def save(self, form: forms.Form) -> InquiryStep:
        return office.add_inquiry_step(visit=self.row, by=self.user, **form.cleaned_data)


class FinishInquiryStep(BirthForm):
    policy = OFFICE
    model = InquiryStep
    form_class = acts.InquiryDoneForm
    title = gettext_lazy("How did the step go?")

    def get_initial(self) -> dict[str, Any]:
        return {"done_on": self.today}

    def save(self, form: forms.Form) -> InquiryStep:
        return office.finish_inquiry_step(step=self.row, by=self.user, today=self.today, **form.cleaned_data)


class RecordOutcome(BirthForm):
    policy = OFFICE
    form_class = acts.OutcomeForm
    title = gettext_lazy("The certificate")
    verb = gettext_lazy("Record the certificate")
    success_message = gettext_lazy("The registration is recorded.")

    @property
    def lead(self) -> str:
        """What to do, and how the check at the counter went."""
        words = _(
            "Copy what is written on the certificate. Differences from the agreed spelling are shown before handover."
        )
        check = last_check(self.row)
        if check is None:
            return words
        told = {
            "day": short(timezone.localdate(check.checked_at), get_language() or "en"),
            "who": check.checked_by.full_name,
        }
        if check.different_lines:
            then = _("At the counter something differed (%(day)s, %(who)s).")
        else:
            then = _("At the counter every line was the same (%(day)s, %(who)s).")
        return f"{words} {then % told}"

    def get_initial(self) -> dict[str, Any]:
        return {"registered_on": self.today, "form": "TR031"}

    def save(self, form: forms.Form) -> Any:
        return office.record_outcome(
            birth=self.row,
            values=form.cleaned_data,
            by=self.user,
            today=self.today,
            acknowledged=self.request.POST.getlist("acknowledged"),
        )


class CorrectOutcome(BirthForm):
    policy = OFFICE
    form_class = acts.OutcomeForm
    title = gettext_lazy("Corrected certificate")
    success_message = gettext_lazy("The corrected certificate is recorded.")

    def get_initial(self) -> dict[str, Any]:
        outcome = self._outcome()
        return {name: getattr(outcome, name) for name in acts.OutcomeForm.base_fields}

    def _outcome(self) -> Any:
        if not hasattr(self.row, "outcome"):
            raise Http404
        return self.row.outcome

    def save(self, form: forms.Form) -> Any:
        return office.correct_outcome(
            outcome=self._outcome(),
            values=form.cleaned_data,
            by=self.user,
            today=self.today,
            acknowledged=self.request.POST.getlist("acknowledged"),
        )


class CheckOutcome(BirthAct):
    policy = OFFICE
    success_message = gettext_lazy("The certificate was compared.")

    def act(self) -> Any:
        if not hasattr(self.row, "outcome"):
            raise Http404
        return office.check_outcome(outcome=self.row.outcome, by=self.user, today=self.today)


class SettleDiscrepancy(BirthForm):
    policy = OFFICE
    model = Discrepancy
    form_class = acts.SettleForm
    title = gettext_lazy("Settle a difference")

    @property
    def lead(self) -> str:
        return _("Agreed: %(ours)s. On the certificate: %(theirs)s.") % {
            "ours": self.row.value_a,
            "theirs": self.row.value_b,
        }

    def save(self, form: forms.Form) -> Discrepancy:
        return office.settle_discrepancy(row=self.row, by=self.user, **form.cleaned_data)


class HandOver(BirthForm):
    policy = OFFICE
    form_class = acts.HandoverForm
    title = gettext_lazy("Hand over the certificate")
    verb = gettext_lazy("Hand over")
    success_message = gettext_lazy("The certificate is handed over. Now offer the public services.")

    def get_initial(self) -> dict[str, Any]:
        return {"handed_over_on": self.today}

    def save(self, form: forms.Form) -> Any:
        data = form.cleaned_data
        return office.hand_over(
            birth=self.row,
            to=data["handed_over_to"],
            relation=data["handed_over_relation"],
            sign=data["handed_over_sign"],
            on=data["handed_over_on"],
            by=self.user,
            today=self.today,
        )


class AnswerFollowUp(BirthForm):
    policy = EDIT
    model = FollowUp
    form_class = acts.FollowUpForm

    @property
    def title(self) -> str:
        return self.row.get_kind_display()

    def save(self, form: forms.Form) -> FollowUp:
        data = form.cleaned_data
        return office.answer_follow_up(
            follow_up=self.row,
            answer=data["answer"],
            note_text=data["note_text"],
            by=self.user,
            today=self.today,
        )


class AddWitness(BirthForm):
    policy = EDIT
    form_class = acts.WitnessForm
    title = gettext_lazy("Witness")

    def save(self, form: forms.Form) -> Any:
        return office.add_witness(birth=self.row, by=self.user, **form.cleaned_data)


class AddLetter(BirthForm):
    policy = EDIT
    form_class = acts.LetterForm
    title = gettext_lazy("Letter of assignment")

    def save(self, form: forms.Form) -> Any:
        return office.add_letter(birth=self.row, by=self.user, today=self.today, **form.cleaned_data)


class SuspendBirth(BirthForm):
    policy = EDIT
    form_class = acts.SuspendForm
    title = gettext_lazy("On hold")
    lead = gettext_lazy("Reminders stop. The legal time limit goes on.")

    def get_initial(self) -> dict[str, Any]:
        return {"suspension": self.row.suspension}

    def save(self, form: forms.Form) -> BirthRecord:
        return progress.suspend(birth=self.row, by=self.user, **form.cleaned_data)


class CloseBirth(BirthForm):
    policy = Policy(action="registration.birth.close")
    form_class = acts.CloseForm
    title = gettext_lazy("Close the registration")
    verb = gettext_lazy("Close")
    success_message = gettext_lazy("The registration and its case are closed.")

    def save(self, form: forms.Form) -> BirthRecord:
        data = form.cleaned_data
        if data["reason"] != "completed":
            unfinished = Policy(action="registration.birth.close_unfinished")
            unfinished.admit(self.request)
            unfinished.admit_row(self.request, self.row)
        return progress.close_birth(
            birth=self.row, reason=data["reason"], text=data["text"], by=self.user, today=self.today
        )


class ReopenBirth(BirthForm):
    policy = Policy(action="registration.birth.reopen")
    form_class = acts.ReasonForm
    title = gettext_lazy("Open again")
    verb = gettext_lazy("Open again")

    def save(self, form: forms.Form) -> BirthRecord:
        return progress.reopen_birth(birth=self.row, reason=form.cleaned_data["reason"], by=self.user, today=self.today)
