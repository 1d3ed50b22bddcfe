"""The correction of a signed certificate: its page and the steps on it."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy

from casework.cases.queries import case_header
from casework.ui.views import RowPage
from registration.forms import corrections as told
from registration.forms.acts import HandoverForm, OutcomeForm, ReasonForm
from registration.models import Correction
from registration.queries import corrections as queries
from registration.rules.corrections import can_start_correction
from registration.rules.guards import OPEN_DISCREPANCY
from registration.services import corrections as services

from .office import HandingOver
from .records import OFFICE, SEE, BirthAct, OpenBirthAct, OpenBirthForm


class CorrectionPage(RowPage):
    """One correction: what differs, which step comes next, who has the wrong name."""

    policy = SEE
    model = Correction
    row_name = "correction"
    template_name = "registration/correction.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        row, birth = self.row, self.row.birth
        return super().get_context_data(
            birth=birth,
            header=case_header(birth.case, self.user, self.today),
            differences=list(row.discrepancies.order_by("pk")),
            places=queries.wrong_places(row),
            scans=queries.replaced_scans(birth, self.user),
            can=queries.possible_steps(row),
            letter_kind=queries.LETTER,
            **kwargs,
        )


class StartCorrection(OpenBirthForm):
    """Choose what the office should correct."""

    policy = OFFICE
    form_class = told.StartForm
    title = gettext_lazy("Ask for a correction")
    verb = gettext_lazy("Begin the correction")
    success_message = gettext_lazy("The correction is begun. Print the letter and take it to the registry office.")

    @property
    def lead(self) -> Any:
        verdict = can_start_correction(self.row)
        return "" if verdict else verdict.reason

    def get_form_kwargs(self) -> dict[str, Any]:
        differences = self.row.discrepancies.filter(state__in=OPEN_DISCREPANCY)
        return super().get_form_kwargs() | {"differences": differences}

    def get_initial(self) -> dict[str, Any]:
        outcome = getattr(self.row, "outcome", None)
        return {"registry_office": (outcome and outcome.registry_office_id) or self.row.registry_office_id}

    def save(self, form: forms.Form) -> Correction:
        return services.start_correction(birth=self.row, by=self.user, today=self.today, **form.cleaned_data)

    def after(self, result: Correction) -> str:
        return reverse("registration:correction", args=[result.pk])


class CorrectionForm(OpenBirthForm):
    """A form about one correction; it comes back to the correction's page."""

    policy = OFFICE
    model: ClassVar[type[models.Model]] = Correction

    def get_success_url(self) -> str:
        return reverse("registration:correction", args=[self.row.pk])


class CorrectionAsked(CorrectionForm):
    form_class = told.AskedForm
    title = gettext_lazy("The letter was handed in")
    success_message = gettext_lazy("Noted. Ask the office for a day.")

    def get_initial(self) -> dict[str, Any]:
        return {"asked_on": self.today}

    def save(self, form: forms.Form) -> Correction:
        data = form.cleaned_data
        return services.record_asked(
            correction=self.row, on=data["asked_on"], receipt_no=data["receipt_no"], by=self.user, today=self.today
        )


class CorrectionAppointment(CorrectionForm):
    shows_stored = True
    form_class = told.AppointmentForm
    title = gettext_lazy("Appointment at the registry office")
    success_message = gettext_lazy("The appointment is noted. Print the slip for the family.")

    def get_initial(self) -> dict[str, Any]:
        row = self.row
        return {name: getattr(row, name) for name in ("appointment_on", "appointment_time")} | {
            "registry_office": row.registry_office_id
        }

    def save(self, form: forms.Form) -> Correction:
        data = form.cleaned_data
        return services.set_appointment(
            correction=self.row,
            on=data["appointment_on"],
            time=data["appointment_time"],
            registry_office=data["registry_office"],
            by=self.user,
            today=self.today,
        )


class CorrectionFee(CorrectionForm):
    shows_stored = True
    form_class = told.FeeForm
    title = gettext_lazy("Fee of the correction")
    success_message = gettext_lazy("The fee is noted.")

    def get_initial(self) -> dict[str, Any]:
        return {"fee_baht": self.row.fee_baht, "fee_paid_by": self.row.fee_paid_by}

    def save(self, form: forms.Form) -> Correction:
        data = form.cleaned_data
        return services.record_fee(
            correction=self.row, fee_baht=data["fee_baht"], paid_by=data["fee_paid_by"], by=self.user
        )


class CorrectionDone(CorrectionForm):
    form_class = told.CorrectedForm
    title = gettext_lazy("The corrected certificate")
    lead = gettext_lazy(
        "Copy what is written on the corrected certificate. It is compared again before it is handed over."
    )
    success_message = gettext_lazy("The corrected certificate is recorded. Compare it with the spelling sheet.")

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"scans": queries.old_scans(self.birth, self.user)}

    def get_initial(self) -> dict[str, Any]:
        outcome = self.birth.outcome
        return {name: getattr(outcome, name) for name in OutcomeForm.base_fields} | {"result_on": self.today}

    def save(self, form: forms.Form) -> Correction:
        data = dict(form.cleaned_data)
        return services.record_corrected(
            correction=self.row,
            on=data.pop("result_on"),
            superseded=data.pop("superseded", ()),
            values=data,
            by=self.user,
            now=timezone.now(),
            today=self.today,
            acknowledged=self.request.POST.getlist("acknowledged"),
        )


class CorrectionRefused(CorrectionForm):
    form_class = told.RefusedForm
    title = gettext_lazy("The office refused the correction")
    success_message = gettext_lazy("Noted. What differs is open again.")

    def get_initial(self) -> dict[str, Any]:
        return {"result_on": self.today}

    def save(self, form: forms.Form) -> Correction:
        data = form.cleaned_data
        return services.record_refused(
            correction=self.row, on=data["result_on"], text=data["result_text"], by=self.user, today=self.today
        )


class WithdrawCorrection(CorrectionForm):
    form_class = ReasonForm
    title = gettext_lazy("End the correction")
    verb = gettext_lazy("End the correction")
    success_message = gettext_lazy("The correction is ended.")

    def save(self, form: forms.Form) -> Correction:
        reason = form.cleaned_data["reason"]
        return services.withdraw_correction(correction=self.row, reason=reason, by=self.user, today=self.today)


class CorrectionHandOver(HandingOver, CorrectionForm):
    title = gettext_lazy("Hand over the corrected certificate")
    success_message = gettext_lazy("The corrected certificate is handed over. Tell those who have the wrong name.")

    def save(self, form: HandoverForm) -> Correction:
        return services.hand_over_again(
            correction=self.row, by=self.user, today=self.today, acknowledged=self.acknowledged, **form.handed()
        )


class CorrectionAct(OpenBirthAct):
    """A button on a correction."""

    policy = OFFICE
    model: ClassVar[type[models.Model]] = Correction

    def back(self) -> str:
        return reverse("registration:correction", args=[self.row.pk])


class CheckCorrection(CorrectionAct):
    success_message = gettext_lazy("The certificate was compared.")

    def act(self) -> Correction:
        return services.check_corrected(correction=self.row, by=self.user, today=self.today)


class TickTold(BirthAct):
    """A place the wrong name went to was told the right one, or was not after all; also when all else is done."""

    policy = OFFICE
    model: ClassVar[type[models.Model]] = Correction

    def back(self) -> str:
        return reverse("registration:correction", args=[self.row.pk])

    def act(self) -> None:
        services.tick_told(
            correction=self.row,
            place=self.request.POST.get("place", ""),
            is_told=self.request.POST.get("told") == "yes",
            known=[place.key for place in queries.wrong_places(self.row)],
            by=self.user,
            today=self.today,
        )
