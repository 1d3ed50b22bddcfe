"""Forms of the cashier: who receives how much and how we know them, and what came back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from casework.people.models import FamilyMember, Person
from casework.ui.fields import MoneyField, NameField
from emergency_fund.states import ReceiverProof

from .cash import ask_where_from

WITNESSED = f"proof={ReceiverProof.THUMB_PRINT} {ReceiverProof.WITNESS}"


class PayForm(forms.Form):
    """One payment or hand-over."""

    amount = MoneyField(label=_("Amount"), help_text=_("Less for a part; the rest can be fetched later."))
    received_by = forms.ChoiceField(label=_("Received by"))
    proof = forms.ChoiceField(
        label=_("How do you know who it is?"), choices=ReceiverProof.choices, widget=forms.RadioSelect
    )
    witness = NameField(
        label=_("Witness"), max_length=120, required=False,
        help_text=_("For a thumb print, for somebody without a paper, and for a child of 15 or older."),
    )  # fmt: skip
    turn = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=1000)

    def __init__(self, *args: Any, members: Sequence[FamilyMember], sources: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ask_where_from(self, sources, label=_("Paid from"), after="amount")
        self.members = {str(member.person_id): member for member in members}
        named = [(key, f"{m.person.name} ({m.get_role_display()})") for key, m in self.members.items()]
        self.fields["received_by"].choices = [("", ""), *named]  # type: ignore[attr-defined]

    @property
    def receiver(self) -> Person:
        """Who receives it."""
        return self.members[self.cleaned_data["received_by"]].person

    @property
    def relation(self) -> str:
        """How they belong to the family, by the code of their role."""
        return self.members[self.cleaned_data["received_by"]].role


class ReturnForm(forms.Form):
    """What came back of a payment."""

    amount = MoneyField(label=_("Amount that came back"))
    reason = NameField(label=_("Why it came back"), max_length=300, required=False)

    def __init__(self, *args: Any, sources: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ask_where_from(self, sources, label=_("Put into"), after="amount")
