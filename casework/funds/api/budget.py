"""The budget over the API: sources of money, their lines, what happened on them, and what is proposed of them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import models
from django.utils.translation import gettext as _
from rest_framework import serializers

from casework.access.policies import OfSite, Policy
from casework.access.scopes import offices_of
from casework.access.working import working_office
from casework.accounts.models import Office
from casework.approvals.api.proposals import ProposalShown, ProposedNew, Proposing
from casework.approvals.models import Proposal
from casework.funds.forms.budget import GIFTS
from casework.funds.models import SEE, BudgetEntry, BudgetLine, FundingSource
from casework.funds.proposals import budget as proposals
from casework.funds.queries.budget import programmes_of
from casework.funds.states import Currency, EntryKind
from casework.ui.api.resources import Detailed, Listed, add, part
from casework.ui.api.serializers import MOST_ID, Baht, Day, Line, RowField, Shown, Told

LOOK, PROPOSE = Policy(action=SEE), Policy(action=proposals.PROPOSE)
SEEN = OfSite(action=SEE)
"""A donor's money stands in several offices: who looks after a budget anywhere."""
MOST_KINDS = 20


class ProposalReasonTold(Told):
    """Why; the second person reads this."""

    reason = Line(max_length=300)
    example = {"reason": "The grant ended in October"}


class DonorMoney(Baht):
    """An amount in the donor's currency, `given_in()` of its body: where that is not baht, baht are refused."""

    @property
    def is_baht(self) -> bool:  # type: ignore[override]
        return self.parent.given_in() == Currency.THB


class SourceTold(Told):
    """The money of one donor for a time; `ceiling` in the donor's currency."""

    donor = Line(max_length=120)
    code = serializers.RegexField(r"^[A-Z0-9-]{2,20}$")
    currency = serializers.ChoiceField(choices=Currency.choices, default=Currency.THB)
    ceiling = DonorMoney()
    starts_on = Day()
    ends_on = Day()
    example = {
        "donor": "Lake Foundation", "code": "LF-26", "currency": "EUR", "ceiling": "50000.00",
        "starts_on": "2026-01-01", "ends_on": "2026-12-31",
    }  # fmt: skip

    def given_in(self) -> str:
        return self.initial_data.get("currency", Currency.THB)


class SourceShown(Shown):
    """The money of one donor for a time."""

    example = {"id": 2, **SourceTold.example, "state": "open", "closed_reason": ""}

    class Meta:
        model = FundingSource
        fields = ("id", "code", "donor", "currency", "ceiling", "starts_on", "ends_on", "state", "closed_reason")


class FundingSources(Listed, Detailed, ProposedNew):
    """Sources of money."""

    policy = SEEN
    create_policy = PROPOSE
    create_told = SourceTold
    model = FundingSource
    shown = SourceShown

    def proposed(self, told: dict[str, Any]) -> Proposal:
        """Ask a second person to open a donor's money."""
        return proposals.propose_source(facts=told, office=self.office, **self.by_now)

    @property
    def office(self) -> Any:
        """The first office of the person where they propose."""
        return working_office(self.request.user, PROPOSE.action)

    @part("closings", policy=SEEN, shown=ProposalShown)
    def closings(self) -> Iterable[Any]:
        """What was proposed to close it."""
        return self.proposals_of(proposals.CLOSING)

    @add(closings, policy=OfSite(action=PROPOSE.action), told=ProposalReasonTold)
    def close(self, values: dict[str, Any]) -> Proposal:
        """Ask a second person that nothing more is paid from it."""
        return proposals.propose_closing(source=self.row, office=self.office, **values, **self.by_now)

    @part("reopenings", policy=SEEN, shown=ProposalShown)
    def reopenings(self) -> Iterable[Any]:
        """What was proposed to open it again."""
        return self.proposals_of(proposals.REOPENING)

    @add(reopenings, policy=OfSite(action=PROPOSE.action), told=ProposalReasonTold)
    def reopen(self, values: dict[str, Any]) -> Proposal:
        """Ask a second person to pay from it again."""
        return proposals.propose_reopening(source=self.row, office=self.office, **values, **self.by_now)


def _own_offices(user: Any) -> models.QuerySet:
    return Office.objects.filter(pk__in=offices_of(user, PROPOSE.action), is_active=True)


class BudgetLineTold(Told):
    """What a source gives one office for kinds of help of one programme; `ceiling` in baht."""

    source = RowField(lambda user: FundingSource.objects.visible_to(user))
    office = RowField(_own_offices)
    kinds = serializers.ListField(child=Line(max_length=40), min_length=1, max_length=MOST_KINDS)
    name_en = Line(max_length=80)
    name_th = Line(max_length=80, required=False, allow_blank=True, default="")
    name_my = Line(max_length=80, required=False, allow_blank=True, default="")
    ceiling = Baht()
    example = {
        "source": 2, "office": 1, "kinds": ["health_cost", "transport_to_care"], "name_en": "Health",
        "ceiling": "200000.00",
    }  # fmt: skip

    def validate_kinds(self, kinds: list[str]) -> list[str]:
        programmes = programmes_of(kinds)
        if None in programmes:
            raise serializers.ValidationError(_("There is no such record."), code="E-CHOICE-1")
        if len(programmes) > 1:
            told = _("A line pays for the help of one programme. Make two lines.")
            raise serializers.ValidationError(told, code="E-BUD-21")
        return kinds


class LineShown(Shown):
    """A budget line with its amounts in baht: given, asked for, approved and not yet paid, paid, left."""

    left = serializers.DecimalField(max_digits=14, decimal_places=2)
    example = {
        "id": 3, "source": 2, "office": 1, "programme": "emergency_fund", "name_en": "Health", "name_th": "สุขภาพ",
        "name_my": "", "kinds": ["health_cost"], "ceiling": "200000.00", "allotted": "100000.00",
        "reserved": "4700.00", "committed": "1200.00", "disbursed": "30000.00", "left": "64100.00",
    }  # fmt: skip

    class Meta:
        model = BudgetLine
        fields = (
            "id", "source", "office", "programme", "name_en", "name_th", "name_my", "kinds", "ceiling", "allotted",
            "reserved", "committed", "disbursed", "left",
        )  # fmt: skip


class GiftTold(Told):
    """Money for a line, or more or less of it; `amount` in the donor's currency, at the rate of the day."""

    kind = serializers.ChoiceField(choices=[(kind.value, kind.label) for kind in GIFTS])
    amount = DonorMoney()
    on = Day()
    reason = Line(max_length=300)
    example = {"kind": "allot", "amount": "5000.00", "on": "2026-11-20", "reason": "First part of the grant"}

    def given_in(self) -> str:
        return self.context["view"].row.source.currency


class BudgetLinesAsked(Told):
    """Filter of the list."""

    source = serializers.IntegerField(min_value=1, max_value=MOST_ID, required=False)


class BudgetLines(Listed, Detailed, ProposedNew):
    """Budget lines that the person looks after."""

    policy = LOOK
    create_policy = PROPOSE
    create_told = BudgetLineTold
    model = BudgetLine
    shown = LineShown
    asked = BudgetLinesAsked

    def rows(self) -> models.QuerySet:
        return super().rows().select_related("source")

    def listed(self, asked: dict[str, Any]) -> models.QuerySet:
        return self.rows().filter(**asked)

    def proposed(self, told: dict[str, Any]) -> Proposal:
        """Ask a second person to open a budget line."""
        (programme,) = programmes_of(told["kinds"])
        return proposals.propose_line(source=told.pop("source"), facts=told | {"programme": programme}, **self.by_now)

    @part("gifts", policy=LOOK, shown=ProposalShown)
    def gifts(self) -> Iterable[Any]:
        """What was proposed of what it has."""
        return self.proposals_of(proposals.GIFT)

    @add(gifts, policy=PROPOSE, told=GiftTold)
    def give(self, values: dict[str, Any]) -> Proposal:
        """Ask a second person to give it money, or that it has more or less."""
        kind, reason = EntryKind(values.pop("kind")), values.pop("reason")
        return proposals.propose_gift(line=self.row, kind=kind, facts=values, reason=reason, **self.by_now)


class BudgetEntryShown(Shown):
    """One thing that happened on a line; with `proposed_by` two people decided, without `by` the calendar did."""

    reversed_by = serializers.IntegerField(source="reversed_by.pk", allow_null=True, default=None)
    example = {
        "id": 88, "line": 3, "kind": "allot", "amount": "5000.00", "on": "2026-11-20", "donor_amount": "5000.00",
        "reason": "First part of the grant", "reference": "", "reverses": None, "reversed_by": None, "by": 10,
        "proposed_by": 9, "at": "2026-11-21T10:00:00+07:00",
    }  # fmt: skip

    class Meta:
        model = BudgetEntry
        fields = (
            "id", "line", "kind", "amount", "on", "donor_amount", "reason", "reference", "reverses", "reversed_by",
            "by", "proposed_by", "at",
        )  # fmt: skip


class BudgetEntriesAsked(Told):
    """Filters of the list."""

    line = serializers.IntegerField(min_value=1, max_value=MOST_ID, required=False)
    kind = serializers.ChoiceField(choices=EntryKind.choices, required=False)


class BudgetEntries(Listed, Detailed, Proposing):
    """Entries of the lines that the person looks after, the newest first."""

    policy = LOOK
    model = BudgetEntry
    shown = BudgetEntryShown
    asked = BudgetEntriesAsked

    def rows(self) -> models.QuerySet:
        return super().rows().select_related("line__source", "line__office", "reversed_by")

    def listed(self, asked: dict[str, Any]) -> models.QuerySet:
        return self.rows().filter(**asked)

    @part("takings-back", policy=LOOK, shown=ProposalShown)
    def takings_back(self) -> Iterable[Any]:
        """What was proposed to take it back."""
        seen = Proposal.objects.visible_to(self.request.user)
        return seen.filter(kind=proposals.TAKING_BACK, facts__entry=self.row.pk).order_by("pk")

    @add(takings_back, policy=PROPOSE, told=ProposalReasonTold)
    def take_back(self, values: dict[str, Any]) -> Proposal:
        """Ask a second person to take back what was wrongly written of what a line has."""
        return proposals.propose_taking_back(entry=self.row, **values, **self.by_now)
