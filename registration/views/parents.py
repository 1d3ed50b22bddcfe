"""What is known of a parent, on the record."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, ClassVar

from django import forms
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy

from casework.kernel.refusals import Conflict, Refusal
from registration.forms.facts import parent_from
from registration.forms.notes import SHOWN_AT
from registration.forms.parents import OF_RECORD, ParentOfRecord
from registration.models import ParentLink
from registration.queries.answers import parent_answers
from registration.queries.parents import who_may_be
from registration.rules.facts import ParentFacts
from registration.rules.guards import can_edit_parent
from registration.services.parents import change_parent
from registration.states import ParentRole

from .records import EDIT, BirthForm


class ChangeParent(BirthForm):
    """What is known of a parent by now; who was not known is written down as at intake."""

    shows_stored = True
    policy = EDIT
    model: ClassVar[type[models.Model]] = ParentLink
    template_name = "registration/parent.html"
    success_message = gettext_lazy("What is known of the parent is changed.")

    def admit_loaded(self) -> None:
        super().admit_loaded()
        can_edit_parent(self.birth).insist()

    @property
    def title(self) -> str:
        return str(self.row.get_role_display())

    def get_form_class(self) -> type[ParentOfRecord]:
        return OF_RECORD[ParentRole(self.row.role)]

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {
            "is_person": bool(self.row.person),
            "family": who_may_be(self.row, self.user),
        }

    def get_initial(self) -> dict[str, Any]:
        return parent_answers(self.birth, ParentRole(self.row.role))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(person=self.row.person, **kwargs)

    def save(self, form: forms.Form) -> ParentLink:
        try:
            return change_parent(
                link=self.row,
                parent=self.told(form.cleaned_data),
                by=self.user,
                now=timezone.now(),
                today=self.today,
                acknowledged=self.request.POST.getlist("acknowledged"),
            )
        except Conflict:
            raise
        except Refusal as refusal:
            at_boxes = (replace(told, field=SHOWN_AT.get(told.field, told.field)) for told in refusal.findings)
            raise Refusal.of(at_boxes) from refusal

    def told(self, answers: dict[str, Any]) -> ParentFacts:
        """The parent as the service takes it."""
        told = parent_from(answers, self.row.role)
        assert told is not None  # noqa: S101  the form asks what is known
        return told
