"""The form on which a fund manager chooses what is paid from another budget line."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casework.funds.models import BudgetLine
from casework.kernel.money import exact_baht
from casework.ui.fields import NameField, needed
from emergency_fund.models import AssistanceLine


class MoveForm(forms.Form):
    """What of it, from which line, and why."""

    lines = needed(
        forms.MultipleChoiceField(
            label=gettext_lazy("What is paid from another line"), required=False,
            widget=forms.CheckboxSelectMultiple(attrs={"class": "choices--stack"}),
        )
    )  # fmt: skip
    to = forms.ChoiceField(label=gettext_lazy("To the budget line"))
    reason = needed(
        NameField(
            label=gettext_lazy("Reason"), max_length=300, required=False,
            help_text=gettext_lazy("The second person reads this."),
        )
    )  # fmt: skip

    def __init__(
        self, *args: Any, waiting: Sequence[AssistanceLine], others: Sequence[BudgetLine], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.others = {str(line.pk): line for line in others}
        self.fields["lines"].choices = [(str(one.pk), _called(one)) for one in waiting]  # type: ignore[attr-defined]
        self.fields["to"].choices = [("", ""), *((pk, _left(line)) for pk, line in self.others.items())]  # type: ignore[attr-defined]

    def told(self) -> dict[str, Any]:
        """The answers as the service takes them."""
        told = self.cleaned_data
        return {
            "lines": [int(pk) for pk in told["lines"]], "to": self.others[told["to"]], "reason": told["reason"],
        }  # fmt: skip


def _called(one: AssistanceLine) -> str:
    return f"{one.request.number} · {one.get_kind_display()} · {exact_baht(one.to_pay)}"


def _left(line: BudgetLine) -> str:
    return _("%(line)s: %(left)s left") % {"line": line, "left": exact_baht(line.left)}
