"""Acts at the registry office: visits, inquiries, the certificate, its handover."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from casework.kernel.dates import short
from registration.certificate_states import DifferenceOn
from registration.forms import acts
from registration.models import Discrepancy, InquiryStep, Submission
from registration.queries.agreed import last_check
from registration.queries.parents import known_parents
from registration.rules.discrepancies import BY_HAND
from registration.rules.guards import can_record_outcome, can_record_visit
from registration.rules.handover import live_collectors, open_on_certificate, to_be_told
from registration.services import office
from registration.services.discrepancies import note_difference

from .records import EDIT, OFFICE, OpenBirthAct, OpenBirthForm


class RecordVisit(OpenBirthForm):
    policy = OFFICE
    form_class = acts.VisitForm
    title = gettext_lazy("Visit to the registry office")
    verb = gettext_lazy("Record the visit")
    success_message = gettext_lazy("The visit is recorded.")

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        can_record_visit(self.row).insist()
        return super().get(request, *args, **kwargs)

    def get_initial(self) -> dict[str, Any]:
        return {"registry_office": self.row.registry_office_id, "submitted_on": self.today, "by": "parent"}

    def save(self, form: acts.VisitForm) -> Submission:
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
            **form.asked(),
        )


class RecordResult(OpenBirthForm):
    shows_stored = True
    policy = OFFICE
    model = Submission
    form_class = acts.ResultForm
    title = gettext_lazy("What the registry office said")
    success_message = gettext_lazy("The result is recorded.")

    def get_initial(self) -> dict[str, Any]:
        asked = {name: getattr(self.row, name) for name in acts.DayAndCostsForm.base_fields}
        return {"result_on": self.today, **asked}

    def save(self, form: acts.ResultForm) -> Submission:
        data = form.cleaned_data
        return office.record_result(
            visit=self.row,
            result=data["result"],
            reason=data["return_reason"],
            text=data["result_text"],
            on=data["result_on"],
            by=self.user,
            today=self.today,
            **form.asked(),
        )


class AddInquiryStep(OpenBirthForm):
    policy = OFFICE
    model = Submission
    form_class = acts.InquiryForm
    title = gettext_lazy("Step of the inquiry")

    def save(self, form: forms.Form) -> InquiryStep:
        return office.add_inquiry_step(visit=self.row, by=self.user, **form.cleaned_data)


class FinishInquiryStep(OpenBirthForm):
    policy = OFFICE
    model = InquiryStep
    form_class = acts.InquiryDoneForm
    title = gettext_lazy("How did the step go?")

    def get_initial(self) -> dict[str, Any]:
        return {"done_on": self.today}

    def save(self, form: forms.Form) -> InquiryStep:
        return office.finish_inquiry_step(step=self.row, by=self.user, today=self.today, **form.cleaned_data)


class RecordOutcome(OpenBirthForm):
    policy = OFFICE
    form_class = acts.OutcomeForm
    title = gettext_lazy("The certificate")
    verb = gettext_lazy("Record the certificate")
    success_message = gettext_lazy("The registration is recorded.")

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        can_record_outcome(self.row).insist()
        return super().get(request, *args, **kwargs)

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
            "who": check.checked_by.name_now,
        }
        if check.different_lines:
            then = _("At the counter something differed (%(day)s, %(who)s).")
        else:
            then = _("At the counter every line was the same (%(day)s, %(who)s).")
        return f"{words} {then % told}"

    def get_initial(self) -> dict[str, Any]:
        return {"registered_on": self.today}

    def save(self, form: forms.Form) -> Any:
        return office.record_outcome(
            birth=self.row,
            values=form.cleaned_data,
            by=self.user,
            today=self.today,
            acknowledged=self.request.POST.getlist("acknowledged"),
        )


class CorrectOutcome(OpenBirthForm):
    shows_stored = True
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


class CheckOutcome(OpenBirthAct):
    policy = OFFICE
    success_message = gettext_lazy("The certificate was compared.")

    def act(self) -> Any:
        if not hasattr(self.row, "outcome"):
            raise Http404
        return office.check_outcome(outcome=self.row.outcome, by=self.user, today=self.today)


class NoteDifference(OpenBirthForm):
    policy = EDIT
    form_class = acts.DifferenceForm
    title = gettext_lazy("Note a difference")
    success_message = gettext_lazy("The difference is noted. Settle it, or ask for a correction.")

    def get_initial(self) -> dict[str, Any]:
        return {"on": "certificate" if hasattr(self.row, "outcome") else ""}

    def save(self, form: forms.Form) -> Discrepancy:
        return note_difference(birth=self.row, by=self.user, **form.cleaned_data)


class SettleDiscrepancy(OpenBirthForm):
    policy = OFFICE
    model = Discrepancy
    form_class = acts.SettleForm
    title = gettext_lazy("Settle a difference")

    @property
    def lead(self) -> str:
        words = {"ours": self.row.told_a, "theirs": self.row.told_b}
        if self.row.source_a != BY_HAND:
            return _("Agreed: %(ours)s. On the certificate: %(theirs)s.") % words
        paper = DifferenceOn(self.row.source_b).label
        return _("Right: %(ours)s. Written: %(theirs)s (%(paper)s).") % {**words, "paper": paper}

    def save(self, form: forms.Form) -> Discrepancy:
        return office.settle_discrepancy(row=self.row, by=self.user, **form.cleaned_data)


class HandingOver(OpenBirthForm):
    """A handover: who may and who must not be given the certificate stands above the form."""

    policy = OFFICE
    form_class = acts.HandoverForm
    template_name = "registration/hand_over.html"
    verb = gettext_lazy("Hand over")

    @property
    def acknowledged(self) -> list[str]:
        """The warnings that were ticked."""
        return self.request.POST.getlist("acknowledged")

    def get_initial(self) -> dict[str, Any]:
        return {"handed_over_on": self.today}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        wrong = open_on_certificate(self.birth)
        return super().get_context_data(collectors=live_collectors(self.birth), wrong=wrong, **kwargs)

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {
            "is_wrong": bool(to_be_told(self.birth)),
            "known": known_parents(self.birth),
        }


class HandOver(HandingOver):
    title = gettext_lazy("Hand over the certificate")
    success_message = gettext_lazy("The certificate is handed over. Now offer the public services.")

    def save(self, form: acts.HandoverForm) -> Any:
        return office.hand_over(
            birth=self.row, by=self.user, today=self.today, acknowledged=self.acknowledged, **form.handed()
        )
