"""Forms of the fund's people: who pays first by law, how the family lives, from which line, turned away."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casework.funds.models import BudgetLine
from casework.ui.fields import MoneyField, NameField, WholeNumberField, needed
from emergency_fund.models import AssistanceRequest
from emergency_fund.queries.page import LineShown
from emergency_fund.rules import requests as rules
from emergency_fund.states import (
    MODALITIES,
    PAID_TO_OTHERS,
    AssessmentMode,
    Entitlement,
    EntitlementStatus,
    LineKind,
    Modality,
    RequestState,
    ReturnReason,
)
from emergency_fund.words import typed

from .needs import NeedsOfChildren

BLANK = ("", "")
PAYERS = f"entitlement={' '.join(source for source in Entitlement if source != Entitlement.NONE)}"
"""With these answers the page asks how the claim stands."""


class ScreenForm(forms.Form):
    """Who should pay first by law, and whether earlier requests are about the same."""

    entitlement = forms.ChoiceField(
        label=gettext_lazy("Who should pay first by law"), choices=[BLANK, *Entitlement.choices]
    )
    status = needed(
        forms.ChoiceField(
            label=gettext_lazy("How that stands"), choices=[BLANK, *EntitlementStatus.choices], required=False
        )
    )
    amount = MoneyField(
        label=gettext_lazy("It pays a month"), required=False, help_text=gettext_lazy("If it pays already.")
    )
    referred_to = needed(
        NameField(
            label=gettext_lazy("Where the family was sent to claim"), max_length=300, required=False,
            help_text=gettext_lazy("The office. May stay empty where the case has sent a referral."),
        ),
        EntitlementStatus.REFERRED.label,
    )  # fmt: skip
    looked_at = forms.MultipleChoiceField(
        label=gettext_lazy("Earlier requests: tick those that are about something else"), required=False,
        help_text=gettext_lazy("If one is the same, go back, and return or turn away this one."),
        widget=forms.CheckboxSelectMultiple(attrs={"class": "choices--stack"}),
    )  # fmt: skip

    def __init__(self, *args: Any, kind: str, earlier: Sequence[AssistanceRequest], **kwargs: Any) -> None:
        """`kind` is what happened: the page offers the answers with which it goes on."""
        super().__init__(*args, **kwargs)
        answers = [(status.value, status.label) for status in rules.answers_of(kind)]
        self.fields["status"].widget.choices = [BLANK, *answers]
        if earlier:
            needed(self.fields["looked_at"])
            self.fields["looked_at"].choices = [(str(row.pk), _named(row)) for row in earlier]  # type: ignore[attr-defined]
        else:
            del self.fields["looked_at"]

    def clean(self) -> dict[str, Any]:
        """Where nobody else pays by law there is nothing more to say."""
        told: dict[str, Any] = super().clean() or {}
        if told.get("entitlement") and not told.get("status"):
            if told["entitlement"] == Entitlement.NONE:
                told["status"] = EntitlementStatus.NOT_ELIGIBLE
            elif "status" not in self.errors:
                self.add_error("status", _("Choose how that stands."))
        return told

    def decided(self) -> frozenset[int]:
        """The ids of earlier requests that somebody looked at."""
        return frozenset(int(pk) for pk in self.cleaned_data.get("looked_at", []))


def _named(row: AssistanceRequest) -> str:
    return f"{row.number}: {row.incident.get_kind_display()} · {row.kinds_told} · {row.get_state_display()}"


class TurnAwayForm(forms.Form):
    """Returned to be mended, helped by another source, or not for the fund."""

    to = forms.ChoiceField(
        label=gettext_lazy("What happens"), widget=forms.RadioSelect,
        choices=[
            (RequestState.RETURNED, gettext_lazy("Return it, something is to be corrected")),
            (RequestState.REFERRED_OUT, gettext_lazy("Another source helps")),
            (RequestState.INELIGIBLE, gettext_lazy("It is not for the fund")),
        ],
    )  # fmt: skip
    code = forms.ChoiceField(label=gettext_lazy("Reason"), choices=[BLANK, *ReturnReason.choices], required=False)
    comment = forms.CharField(
        label=gettext_lazy("In a sentence"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("Who asked reads this and tells the family."),
    )  # fmt: skip


FIGURES = ("mode", "income", "expenses", "debt", "earners", "dependants", "food_days")


class AssessForm(NeedsOfChildren):
    """How the family lives now, in figures, what each child lacks, and a word that only the caseworker reads."""

    mode = forms.ChoiceField(
        label=gettext_lazy("How they were asked"), choices=AssessmentMode.choices, widget=forms.RadioSelect
    )
    income = MoneyField(label=gettext_lazy("Income a month"))
    expenses = MoneyField(label=gettext_lazy("Expenses a month"))
    debt = MoneyField(label=gettext_lazy("Debt"))
    earners = WholeNumberField(label=gettext_lazy("How many earn"), min_value=0, max_value=40)
    dependants = WholeNumberField(label=gettext_lazy("How many depend on them"), min_value=0, max_value=40)
    food_days = WholeNumberField(label=gettext_lazy("Days of food left in the house"), min_value=0, max_value=365)
    note = NameField(label=gettext_lazy("Note"), max_length=500, required=False)
    worry = forms.CharField(
        label=gettext_lazy("Does something make you worry about a child’s safety?"), max_length=2000, required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy(
            "Goes at once to who leads the child’s case, and not into the request. Nobody who decides reads it, and"
            " you will not see it again."
        ),
    )  # fmt: skip

    @property
    def figures(self) -> list[forms.BoundField]:
        """The boxes for numbers about the family."""
        return [self[name] for name in FIGURES if name != "mode"]


@dataclass(frozen=True, kw_only=True)
class Paid:
    """One thing on the page of a recommendation: its boxes, and the answers with which somebody else is paid."""

    line: forms.BoundField
    way: forms.BoundField | None
    provider: forms.BoundField | None
    to_others: str


class RecommendForm(forms.Form):
    """The budget line of each thing that is asked, how it is given, and who is paid where that is not the family."""

    total = forms.DecimalField(widget=forms.HiddenInput, required=False, max_digits=12, decimal_places=2)

    def __init__(self, *args: Any, lines: Sequence[LineShown], budget: Sequence[BudgetLine], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.lines, self.by_id = lines, {str(line.pk): line for line in budget}
        for shown in lines:
            fitting = [line for line in budget if shown.line.kind in line.kinds]
            choices = [(str(line.pk), _left_on(line)) for line in fitting]
            self.fields[f"line_{shown.line.pk}"] = forms.ChoiceField(
                label=f"{shown.child}: {shown.line.get_kind_display()}, {_asked(shown)}",
                choices=[BLANK, *choices], help_text="" if choices else _("No budget line pays for this."),
                required=False, initial=choices[0][0] if len(choices) == 1 else "",
            )  # fmt: skip
            needed(self.fields[f"line_{shown.line.pk}"])
            self._ask_how(shown)

    def _ask_how(self, shown: LineShown) -> None:
        """How it is given, where there is more than one way, and with some of them who is paid."""
        line, what = shown.line, {"what": shown.line.get_kind_display()}
        ways = MODALITIES[LineKind(line.kind)]
        if len(ways) > 1:
            self.fields[f"way_{line.pk}"] = forms.ChoiceField(
                label=_("%(what)s: how it is given") % what, choices=[(way.value, way.label) for way in ways],
                initial=line.modality, required=False, widget=forms.RadioSelect,
            )  # fmt: skip
            needed(self.fields[f"way_{line.pk}"])
        if set(ways) & set(PAID_TO_OTHERS):
            named = NameField(
                label=_("%(what)s: paid to") % what, max_length=160, required=False, initial=line.provider,
                help_text=_(
                    "The hospital, shop or company. Who has to do with it does not decide or pay. Leave it empty"
                    " where the family has paid and gets it back."
                ),
            )  # fmt: skip
            self.fields[f"provider_{line.pk}"] = needed(named, Modality.VOUCHER.label)

    @property
    def asked(self) -> Iterator[Paid]:
        """The boxes of each thing, in the order in which it was asked."""
        for shown in self.lines:
            way, provider = f"way_{shown.line.pk}", f"provider_{shown.line.pk}"
            yield Paid(
                line=self[f"line_{shown.line.pk}"], way=self[way] if way in self.fields else None,
                provider=self[provider] if provider in self.fields else None,
                to_others=f"{way}={' '.join(PAID_TO_OTHERS)}",
            )  # fmt: skip

    def budget(self) -> dict[int, BudgetLine]:
        """The budget line of each line, by the line's id."""
        chosen = {shown.line.pk: self.cleaned_data[f"line_{shown.line.pk}"] for shown in self.lines}
        return {pk: self.by_id[key] for pk, key in chosen.items() if key}

    def providers(self) -> dict[int, str]:
        """Who is paid for each line, by the line's id."""
        told = {shown.line.pk: self.cleaned_data.get(f"provider_{shown.line.pk}") for shown in self.lines}
        return {pk: name for pk, name in told.items() if name is not None}

    def ways(self) -> dict[int, str]:
        """How each line is given, by its id, where there is more than one way."""
        told = {shown.line.pk: self.cleaned_data.get(f"way_{shown.line.pk}") for shown in self.lines}
        return {pk: way for pk, way in told.items() if way}

    def said_total(self) -> Decimal:
        """What the page showed as the total."""
        return self.cleaned_data["total"] or Decimal(0)


def _asked(shown: LineShown) -> str:
    """The amount, and how many of what at which price it is."""
    amount, times = f"฿{typed(shown.line.asked)}", shown.line.asked_times
    return f"{amount} ({times})" if times else amount


def _left_on(line: BudgetLine) -> str:
    return _("%(line)s: ฿%(left)s left") % {"line": str(line), "left": f"{line.left:,.0f}"}
