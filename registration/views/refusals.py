"""A parent refuses: written down, gone on from, ended."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy

from registration.forms import refusals as told
from registration.models import ParentRefusal
from registration.refusal_states import Refused
from registration.rules.refusals import CONSEQUENCES, can_change, can_record_refusal
from registration.services import refusals as services

from .records import EDIT, BirthForm


class RecordRefusal(BirthForm):
    """Who refuses what and why, what it means for the child, and how it goes on."""

    policy = EDIT
    form_class = told.RefusalForm
    template_name = "registration/refusal.html"
    title = gettext_lazy("A parent refuses")
    verb = gettext_lazy("Write it down")
    success_message = gettext_lazy("It is written down. The registration goes on as you chose.")

    @property
    def lead(self) -> Any:
        verdict = can_record_refusal(self.row)
        return gettext_lazy("Speak with each parent alone, in their language.") if verdict else verdict.reason

    def get_initial(self) -> dict[str, Any]:
        return {"parent": "father", "refused_on": self.today, "other_parent": "not_asked"}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(consequences=meaning_of(Refused), **kwargs)

    def save(self, form: forms.Form) -> ParentRefusal:
        return services.record_refusal(
            birth=self.row, by=self.user, now=timezone.now(), today=self.today, **form.cleaned_data
        )


def meaning_of(refused: Any) -> list[tuple[Refused, Any]]:
    """What may be refused, each with what it means for the child."""
    return [(Refused(what), CONSEQUENCES[Refused(what)]) for what in refused]


class AboutRefusal(BirthForm):
    """A form about one refusal."""

    policy = EDIT
    model: ClassVar[type[models.Model]] = ParentRefusal

    @property
    def lead(self) -> str:
        verdict = can_change(self.row)
        said = f"{self.row.get_parent_display()}: {self.row.get_what_display()}. {self.row.get_because_display()}."
        return said if verdict else f"{said} {verdict.reason}"


class ChangeRefusal(AboutRefusal):
    shows_stored = True
    form_class = told.WayForm
    template_name = "registration/refusal.html"
    title = gettext_lazy("How it goes on after the refusal")
    success_message = gettext_lazy("It is noted.")

    def get_initial(self) -> dict[str, Any]:
        case = self.birth.case
        return {
            "other_parent": self.row.other_parent, "way": self.row.way, "next_step": case.next_step,
            "next_step_on": case.next_step_on,
        }  # fmt: skip

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(consequences=meaning_of([self.row.what]), **kwargs)

    def save(self, form: forms.Form) -> ParentRefusal:
        return services.change_way(
            refusal=self.row, by=self.user, now=timezone.now(), today=self.today, **form.cleaned_data
        )


class EndRefusal(AboutRefusal):
    form_class = told.RefusalEndForm
    title = gettext_lazy("The refusal has ended")
    success_message = gettext_lazy("It is noted.")

    def get_initial(self) -> dict[str, Any]:
        return {"ended_on": self.today}

    def save(self, form: forms.Form) -> ParentRefusal:
        return services.end_refusal(refusal=self.row, by=self.user, today=self.today, **form.cleaned_data)
