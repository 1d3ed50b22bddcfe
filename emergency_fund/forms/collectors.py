"""The form on which the family names who fetches its help."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from casework.people.models import FamilyMember
from casework.ui.fields import NameField
from emergency_fund.queries.family import choices_of

from .deciding import BLANK


class CollectorForm(forms.Form):
    """Who fetches it, and who of the family says so."""

    named_by = forms.ChoiceField(label=_("Who of the family says so"))
    name = NameField(label=_("Who fetches it"), max_length=120)
    relation = NameField(
        label=_("How they know the family"), max_length=40, help_text=_("For example: neighbour, grandmother.")
    )
    paper = NameField(
        label=_("Identity paper and its number"), max_length=80, help_text=_("The cashier compares it when they come.")
    )

    def __init__(self, *args: Any, members: Sequence[FamilyMember], is_named: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.members = {str(member.person_id): member for member in members}
        named = choices_of(members, is_named=is_named)
        self.fields["named_by"].choices = [BLANK, *named]  # type: ignore[attr-defined]

    def answers(self) -> dict[str, Any]:
        """What was told, with the person who told it."""
        return self.cleaned_data | {"named_by": self.members[self.cleaned_data["named_by"]].person}
