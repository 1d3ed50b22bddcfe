"""The steps as the liaison of a ward is asked them: without what tells of the parents' status (birth reference C11)."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from casework.access.scopes import may
from registration.querysets import ASK_STATUS, PROGRAMME
from registration.rules.liaison import status_fields

from .intake import STEPS, BirthStep, ChildStep, NoticeStep, PapersStep
from .lines import Step
from .parents import FatherStep, MotherStep, ParentStep


class WithoutStatus(ParentStep):
    """What is known of one parent but nationality and papers."""

    def parent_fields(self, role: str) -> dict[str, forms.Field]:
        hidden = status_fields(role)
        return {name: field for name, field in super().parent_fields(role).items() if name not in hidden}


class MotherOnWard(WithoutStatus, MotherStep):
    """The mother, and how to reach the family."""

    lead = _("Leave out what you do not know. The clinic asks about papers and nationality itself.")


class FatherOnWard(WithoutStatus, FatherStep):
    """The father."""

    lead = _("“Not known” is an answer. The clinic asks about papers and nationality itself.")


class NoticeOnWard(NoticeStep):
    """The family is informed, before the clinic is told."""

    lead = _(
        "Say that you tell the clinic of the birth, what you write down, why, and that the help is free. "
        "If the family does not want that, throw the form away."
    )


ON_WARD: tuple[type[Step], ...] = (MotherOnWard, FatherOnWard, ChildStep, BirthStep, PapersStep, NoticeOnWard)


def asks_status(user: Any, office_id: int) -> bool:
    """Whether the person asks families of an office about the status of the parents."""
    return may(user, ASK_STATUS, office_id=office_id, programmes=[PROGRAMME]) is not None


def steps_for(user: Any, office_id: int) -> tuple[type[Step], ...]:
    """The steps of the intake as this person is asked them."""
    return STEPS if asks_status(user, office_id) else ON_WARD


def asked_fields(user: Any, office_id: int, step: str) -> list[str] | None:
    """The fields of a step that this person is asked; None for all of it, none of a step that they do not have."""
    if asks_status(user, office_id):
        return None
    return next((list(form().fields) for form in ON_WARD if form.key == step), [])
