"""The decision on a request: how much of each thing, or why not. Nothing is preselected."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from casework.approvals.states import Act
from casework.ui.fields import MoneyField
from emergency_fund.queries.page import LineShown
from emergency_fund.states import ReturnReason
from emergency_fund.words import typed

BLANK = ("", "")
FOR_FAMILY = _("The family’s letter says it.")
CHOICES = [
    (Act.APPROVE, _("Approve")),
    (Act.RETURN, _("Return")),
    (Act.REJECT, _("Reject")),
    (Act.RECUSE, _("Step back")),
]


def amount_box(most: Decimal, **more: str) -> forms.TextInput:
    """A box for up to so much; where less stands in it, the page asks why."""
    return forms.TextInput(attrs={"class": "num", "data-most": str(most), **more})


def ask_emptied(form: forms.Form, lines: Iterable[LineShown]) -> None:
    """Who approves says how much of each: an emptied box may be a slip, and nothing is written as 0."""
    told = form.cleaned_data
    for shown in lines if told.get("act") == Act.APPROVE else []:
        name = f"line_{shown.line.pk}"
        if name not in form.errors and told.get(name) is None:
            form.add_error(name, _("Write how much, or 0 to approve nothing."))


class DecideForm(forms.Form):
    """Approve so much, return, reject, or leave it to somebody else."""

    act = forms.ChoiceField(
        label=_("Your decision"), widget=forms.RadioSelect, choices=CHOICES,
        error_messages={"required": _("Choose what you decide.")},
    )  # fmt: skip
    code = forms.ChoiceField(
        label=_("Reason"), choices=[BLANK, *ReturnReason.choices], required=False, help_text=FOR_FAMILY
    )
    comment = forms.CharField(
        label=_("In a sentence"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(
        self, *args: Any, lines: Sequence[LineShown], acts: Collection[Act], is_fixed: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.lines, self.is_fixed = lines, is_fixed
        self.fields["act"].choices = [choice for choice in CHOICES if choice[0] in acts]  # type: ignore[attr-defined]
        for shown in [] if is_fixed else lines:
            label = _("Approve for %(child)s, %(what)s") % {
                "child": shown.child, "what": shown.line.get_kind_display(),
            }  # fmt: skip
            self.fields[f"line_{shown.line.pk}"] = MoneyField(
                label=label, initial=typed(shown.line.worth), required=False,
                widget=amount_box(shown.line.worth, **{"data-adds": str(shown.line.budget_line_id or "")}),
            )  # fmt: skip

    @property
    def rows(self) -> list[tuple[LineShown, forms.BoundField | None]]:
        """Each thing that is asked, with the box of what is approved; without one where that is promised already."""
        return [(shown, None if self.is_fixed else self[f"line_{shown.line.pk}"]) for shown in self.lines]

    def shown_amounts(self) -> dict[int, Decimal]:
        """What the boxes say of each line, by its id, before and after the form was sent; unreadable ones as asked."""
        told = getattr(self, "cleaned_data", {})
        return {
            shown.line.pk: told[name] or Decimal(0) if (name := f"line_{shown.line.pk}") in told else shown.line.worth
            for shown in self.lines
        }

    def clean(self) -> dict[str, Any]:
        told: dict[str, Any] = super().clean() or {}
        ask_emptied(self, [] if self.is_fixed else self.lines)
        return told

    def amounts(self) -> dict[int, Decimal]:
        """What is approved of each line, by its id; boxes beside another decision count for nothing."""
        told = self.cleaned_data
        if self.is_fixed:
            return {}
        return {shown.line.pk: told[f"line_{shown.line.pk}"] or Decimal(0) for shown in self.lines}
