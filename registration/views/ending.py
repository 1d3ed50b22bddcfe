"""Acts that rest, end or reopen a registration, and the public services after it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from casework.access.policies import Policy
from registration.forms import acts
from registration.models import BirthRecord, FollowUp
from registration.services import office, progress

from .records import EDIT, BirthForm


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
