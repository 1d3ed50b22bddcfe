"""The form of a call to a family about its payments."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from casework.ui.fields import MoneyField, NameField, needed
from emergency_fund.after_states import CheckResult
from emergency_fund.models import PostDistributionCheck
from emergency_fund.services.checking import Answer

WAS_REACHED = (CheckResult.RECEIVED, CheckResult.ISSUES, CheckResult.NOT_RECEIVED)
ARRIVED = WAS_REACHED[:2]


@dataclass(frozen=True, kw_only=True)
class Asked:
    """One payment on the page of a call: its boxes, and the answers that show them."""

    check: PostDistributionCheck
    result: forms.BoundField
    amount: forms.BoundField | None
    said: forms.BoundField
    arrived: str
    reached: str
    """Empty for the first one, which says whether somebody was reached."""


class CallForm(forms.Form):
    """What a family says of each of its payments; nothing is preselected.

    The first one says whether anybody was reached. Another one without an answer waits for another call.
    """

    def __init__(self, *args: Any, checks: Sequence[PostDistributionCheck], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.checks = checks
        for check in checks:
            self._ask_about(check, is_first=check == checks[0])

    def _ask_about(self, check: PostDistributionCheck, *, is_first: bool) -> None:
        choices = CheckResult.choices if is_first else [(one.value, one.label) for one in WAS_REACHED]
        self.fields[f"result_{check.pk}"] = forms.ChoiceField(
            label=_("What came of it?"), choices=choices, widget=forms.RadioSelect, required=is_first
        )
        if check.delivery.is_money_in_hand:
            self.fields[f"amount_{check.pk}"] = needed(
                MoneyField(
                    label=_("How much did the family receive?"), required=False,
                    help_text=_("Ask first, do not say the amount."),
                ),
                _("Received, all of it"), _("Received, with issues"),
            )  # fmt: skip
        self.fields[f"said_{check.pk}"] = needed(
            NameField(label=_("What was said?"), max_length=500, required=False),
            _("Received, with issues"), _("Not received"),
        )  # fmt: skip

    @property
    def asked(self) -> Iterator[Asked]:
        """The payments with their boxes."""
        first = self.checks[0].pk
        for check in self.checks:
            money = f"amount_{check.pk}"
            yield Asked(
                check=check, result=self[f"result_{check.pk}"], amount=self[money] if money in self.fields else None,
                said=self[f"said_{check.pk}"], arrived=f"result_{check.pk}={' '.join(ARRIVED)}",
                reached="" if check.pk == first else f"result_{first}={' '.join(WAS_REACHED)}",
            )  # fmt: skip

    def answers(self) -> Iterator[Answer]:
        """What was answered; where nobody was reached, that for each payment."""
        told, nobody = self.cleaned_data, CheckResult.NOT_REACHED
        is_reached = told[f"result_{self.checks[0].pk}"] != nobody
        for check in self.checks:
            result = told[f"result_{check.pk}"] if is_reached else nobody
            if result:
                yield Answer(
                    check=check, result=result, amount=told.get(f"amount_{check.pk}"), said=told[f"said_{check.pk}"]
                )
