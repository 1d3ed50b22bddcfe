"""Forms of an appeal: who does not agree and why, and what those decide who look at it again."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from casework.approvals.states import Act
from casework.people.models import FamilyMember, Person
from casework.ui.fields import MoneyField, PartsDateField, needed
from emergency_fund.queries.family import choices_of
from emergency_fund.queries.page import LineShown
from emergency_fund.states import Channel, ReturnReason
from emergency_fund.words import typed

from .deciding import BLANK, FOR_FAMILY, amount_box, ask_emptied

CHOICES = [
    (Act.APPROVE, _("Grant the appeal")),
    (Act.REJECT, _("Uphold the decision")),
    (Act.RECUSE, _("Step back")),
]


class AppealForm(forms.Form):
    """What the family says."""

    made_by = forms.ChoiceField(label=_("Who appeals"))
    channel = forms.ChoiceField(label=_("How they told us"), choices=[BLANK, *Channel.choices])
    made_on = PartsDateField(label=_("Told on"), help_text=_("The day on which the family told us."))
    why = forms.CharField(
        label=_("Why the family does not agree"), max_length=1000, widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Everybody who decides reads this. No names, nothing about protection."),
    )  # fmt: skip

    def __init__(self, *args: Any, members: Sequence[FamilyMember], is_named: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.members = {str(member.person_id): member for member in members}
        named = choices_of(members, is_named=is_named)
        self.fields["made_by"].choices = [BLANK, *named]  # type: ignore[attr-defined]

    @property
    def teller(self) -> Person:
        """Who appeals."""
        return self.members[self.cleaned_data["made_by"]].person

    @property
    def relation(self) -> str:
        """How they belong to the child: the code of their role in the family."""
        return self.members[self.cleaned_data["made_by"]].role


class DecideAppealForm(forms.Form):
    """Grant so much more of each thing, uphold the decision, or leave it to somebody else. Nothing is preselected."""

    act = forms.ChoiceField(
        label=_("Your decision"), widget=forms.RadioSelect, choices=CHOICES,
        error_messages={"required": _("Choose what you decide.")},
    )  # fmt: skip
    code = needed(
        forms.ChoiceField(
            label=_("Reason"), choices=[BLANK, *ReturnReason.choices], required=False, help_text=FOR_FAMILY
        ),
        _("Uphold the decision"),
        _("Less than is asked"),
    )
    comment = needed(
        forms.CharField(
            label=_("In a sentence"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 2})
        ),
        _("Uphold the decision"), _("Step back"), _("Less than is asked"),
    )  # fmt: skip

    def __init__(self, *args: Any, lines: Sequence[tuple[LineShown, Decimal]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.lines = lines
        for shown, left in lines:
            words = {"child": shown.child, "what": shown.line.get_kind_display()}
            self.fields[f"line_{shown.line.pk}"] = MoneyField(
                label=_("Grant for %(child)s, %(what)s") % words, initial=typed(left), required=False,
                widget=amount_box(left),
            )  # fmt: skip

    @property
    def rows(self) -> list[tuple[LineShown, Decimal, forms.BoundField]]:
        """Each thing of which something was refused, what can be granted of it, and the box of what is."""
        return [(shown, left, self[f"line_{shown.line.pk}"]) for shown, left in self.lines]

    def clean(self) -> dict[str, Any]:
        told: dict[str, Any] = super().clean() or {}
        ask_emptied(self, [shown for shown, _left in self.lines])
        return told

    def amounts(self) -> dict[int, Decimal]:
        """What is granted of each line, by its id; boxes beside another decision count for nothing."""
        told = self.cleaned_data
        return {shown.line.pk: told[f"line_{shown.line.pk}"] or Decimal(0) for shown, _left in self.lines}
