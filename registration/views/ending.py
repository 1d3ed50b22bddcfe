"""Acts that rest, end or reopen a registration, and the public services after it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.forms.models import model_to_dict
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy

from casework.access.policies import Policy
from casework.access.scopes import may_on
from casework.cases.calls_queries import unanswered_days
from casework.cases.forms import CloseForm
from casework.cases.states import CloseReason
from casework.documents.models import Document
from registration.forms import acts
from registration.forms.folder import folder_offer
from registration.models import BirthRecord, ConsularStep, FollowUp
from registration.queries.follow_ups import likely_referral, referrals_of
from registration.queries.next_act import still_open
from registration.services import office, progress
from registration.services.consular import note_consular_talk
from registration.services.folder import close_with_folder
from registration.states import Status

from .records import EDIT, BirthForm, OpenBirthForm

CLOSE_UNFINISHED = Policy(action="registration.birth.close_unfinished")


class AnswerFollowUp(BirthForm):
    policy = EDIT
    model = FollowUp
    form_class = acts.FollowUpForm

    @property
    def title(self) -> str:
        return self.row.get_kind_display()

    def get_initial(self) -> dict[str, Any]:
        return {"referral": likely_referral(self.row, self.user)}

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"referrals": referrals_of(self.row, self.user)}

    def save(self, form: forms.Form) -> FollowUp:
        data = form.cleaned_data
        return office.answer_follow_up(
            follow_up=self.row,
            answer=data["answer"],
            note_text=data["note_text"],
            referral=data["referral"],
            by=self.user,
            today=self.today,
        )


class NoteConsularTalk(OpenBirthForm):
    shows_stored = True
    policy = EDIT
    form_class = acts.ConsularForm
    title = gettext_lazy("Registration with the family’s home country")
    lead = gettext_lazy("An option, never advice: it can be dangerous for people who fled. Leave it to the family.")
    success_message = gettext_lazy("The family’s decision is noted.")

    def get_initial(self) -> dict[str, Any]:
        step = getattr(self.row, "consular", None)
        return model_to_dict(step, self.form_class.base_fields) if step else {"offered_on": self.today}

    def save(self, form: forms.Form) -> ConsularStep:
        return note_consular_talk(birth=self.row, by=self.user, today=self.today, **form.cleaned_data)


class SuspendBirth(BirthForm):
    shows_stored = True
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
    form_class = CloseForm
    template_name = "registration/close.html"
    title = gettext_lazy("Close the registration and its case")
    verb = gettext_lazy("Close")
    success_message = gettext_lazy("The registration and its case are closed.")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        birth = self.rows().get(pk=self.row.pk)  # a closing that was refused has left its marks on the row in hand
        left = still_open(birth, self.today) if birth.status == Status.HANDED_OVER else []
        return super().get_context_data(tried=unanswered_days(self.row.case), still_open=left, **kwargs)

    def get_initial(self) -> dict[str, Any]:
        is_done = self.row.status == Status.HANDED_OVER
        return {"reason": CloseReason.COMPLETED} if is_done else {}

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"papers": [folder_offer(self.row)]}

    def get_form(self, form_class: Any = None) -> Any:
        """Who closes only what is completed is offered no other reason."""
        form = super().get_form(form_class)
        if not may_on(self.user, CLOSE_UNFINISHED.action, self.row):
            reason = form.fields["reason"]
            reason.widget.choices = [choice for choice in reason.choices if choice[0] in ("", CloseReason.COMPLETED)]
            reason.help_text = gettext_lazy("For any other reason a supervisor of the office closes it.")
        return form

    def save(self, form: CloseForm) -> Document | None:
        closing = form.closing()
        if closing["reason"] != "completed":
            CLOSE_UNFINISHED.admit(self.request)
            CLOSE_UNFINISHED.admit_row(self.request, self.row)
        folder = next((language for _paper, language in form.wanted()), "")
        now = timezone.now()
        return close_with_folder(birth=self.row, folder=folder, by=self.user, now=now, today=self.today, **closing)

    def after(self, result: Document | None) -> str:
        return reverse("documents:document", args=[result.pk]) if result else self.get_success_url()


class ReopenBirth(BirthForm):
    policy = Policy(action="registration.birth.reopen")
    form_class = acts.ReasonForm
    title = gettext_lazy("Open again")
    verb = gettext_lazy("Open again")

    def save(self, form: forms.Form) -> BirthRecord:
        return progress.reopen_birth(birth=self.row, reason=form.cleaned_data["reason"], by=self.user, today=self.today)
