"""Bodies that are sent about a request, and what they become."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _
from rest_framework import serializers

from casework.cases.models import Case
from casework.cases.states import GivenHow
from casework.funds.models import BudgetLine
from casework.people.models import FamilyMember
from casework.people.states import SpokenLanguage
from casework.ui.api.serializers import MOST_ID, Baht, Day, Line, RowField, Text, Told, each_once
from emergency_fund import states as s
from emergency_fund.forms.asking import MOST_ROWS, children_of
from emergency_fund.forms.deciding import CHOICES as ACTS
from emergency_fund.models import AssistanceLine
from emergency_fund.queries.family import members_of
from emergency_fund.queries.lists import QUEUES
from emergency_fund.rules.counting import MOST, amount_of
from emergency_fund.rules.needs import NeedSaid
from emergency_fund.services.asking import AskedLine

TURNED = (s.RequestState.RETURNED, s.RequestState.REFERRED_OUT, s.RequestState.INELIGIBLE)
MOST_EARLIER, MOST_COUNT, MOST_CODES = 200, 40, 20
MOST_NEEDS = MOST_ROWS * len(s.NeedKind)


def number() -> serializers.IntegerField:
    """The id of a row that belongs to the request."""
    return serializers.IntegerField(min_value=1, max_value=MOST_ID)


def words(longest: int, **options: Any) -> Line:
    """Words that may be left out."""
    return Line(max_length=longest, required=False, allow_blank=True, default="", **options)


def unknown(field: str) -> serializers.ValidationError:
    """What was named does not belong to the request."""
    return serializers.ValidationError({field: [_("There is no such record.")]}, code="E-CHOICE-1")


def members_by_id(family: Any) -> dict[int, FamilyMember]:
    """Who lives in the family now."""
    return {member.person_id: member for member in members_of(family)}


def member_named(family: Any, person_id: int, field: str) -> FamilyMember:
    """Somebody of the family. Raises ValidationError for others."""
    found = members_by_id(family).get(person_id)
    if found is None:
        raise unknown(field)
    return found


def by_line(rows: Iterable[Mapping[str, Any]]) -> dict[int, Mapping[str, Any]]:
    """What is told of each line, by its id. Raises ValidationError for a line that is named twice."""
    return each_once(rows, "line", field="lines", code="E-EAF-261")


class RequestsAsked(Told):
    """Filters of the list: a queue as the pages name it, or states and kinds."""

    queue = serializers.ChoiceField(choices=[(queue.key, queue.label) for queue in QUEUES], required=False)
    state = serializers.ChoiceField(choices=s.RequestState.choices, required=False)
    urgency = serializers.ChoiceField(choices=s.Urgency.choices, required=False)
    kind = serializers.ChoiceField(choices=s.LineKind.choices, required=False)
    office = serializers.IntegerField(min_value=1, max_value=MOST_ID, required=False)
    case = serializers.IntegerField(min_value=1, max_value=MOST_ID, required=False)


class IncidentTold(Told):
    """What happened to the family."""

    kind = serializers.ChoiceField(choices=s.IncidentKind.choices)
    occurred_on = Day()
    is_day_known = serializers.BooleanField(default=True, help_text="false where nobody knows the day exactly")
    employer = words(160)
    earner = serializers.IntegerField(
        min_value=1, max_value=MOST_ID, required=False, allow_null=True, help_text="whose work it is, of the family"
    )
    example = {"kind": "work_injury", "occurred_on": "2026-11-20", "employer": "Green Farm", "earner": 42}

    @staticmethod
    def of_family(told: dict[str, Any], family: Any) -> dict[str, Any]:
        """What happened, as the services take it. Raises ValidationError for an earner of another family."""
        if told.get("earner") is None:
            return told
        return told | {"earner": member_named(family, told["earner"], "incident.earner").person}


class LineTold(Told):
    """One thing for one child."""

    child = number()
    kind = serializers.ChoiceField(choices=s.LineKind.choices)
    quantity = serializers.IntegerField(
        min_value=1, max_value=MOST, required=False, allow_null=True, default=None,
        help_text="so many at `unit_cost` make the amount; not for a hygiene kit or an insurance",
    )  # fmt: skip
    unit = serializers.ChoiceField(choices=s.LineUnit.choices, required=False, allow_blank=True, default="")
    unit_cost = Baht(required=False, allow_null=True, default=None)
    amount = Baht(
        required=False, allow_null=True, default=None,
        help_text="may be left out where number and price of one are sent; else it must be what they make",
    )  # fmt: skip
    words = words(160)
    example = {
        "child": 41, "kind": "health_cost", "quantity": 3, "unit": "night", "unit_cost": "1300.00",
        "amount": "3900.00", "words": "Hospital stay",
    }  # fmt: skip

    def validate(self, attrs: Any) -> Any:
        amount = amount_of(attrs["quantity"], attrs["unit_cost"], attrs["amount"])
        if amount is None:
            raise serializers.ValidationError({"amount": [_("Write the amount in baht.")]}, code="required")
        return attrs | {"amount": amount}


class MendedTold(Told):
    """What is asked, as it is after it was mended."""

    called_by_rules = {"occurred_on": "incident.occurred_on", "earner": "incident.earner", "received_on": "received_at"}
    incident = IncidentTold()
    lines = LineTold(many=True, max_length=MOST_ROWS)  # type: ignore[call-arg]
    urgency = serializers.ChoiceField(choices=s.Urgency.choices)
    need = Text(max_length=1000, help_text="everybody who decides reads it: no names, nothing about protection")
    old_reason = words(300, help_text="why the family asks only now, where what happened is long past")
    acknowledged = serializers.ListField(
        child=Line(max_length=20), required=False, default=list, max_length=MOST_CODES,
        help_text="codes of the warnings that somebody has seen: E-EAF-10, the child had the same help a short while "
        "ago and the fund refuses it before the day it names; E-EAF-263, the child had it for what happened; "
        "E-EAF-262, an undecided request asks for it as well. "
        "Without the code nothing is taken down",
    )  # fmt: skip
    example: Any = {
        "incident": IncidentTold.example, "lines": [LineTold.example], "urgency": "72h",
        "need": "Pneumonia, three nights in hospital. The family cannot pay.", "old_reason": "",
    }  # fmt: skip

    @staticmethod
    def lines_for(told: Sequence[Mapping[str, Any]], case: Case) -> list[AskedLine]:
        """What is asked for the children of the family. Raises ValidationError for a child of another one."""
        known = {child.pk: child for child in children_of(members_of(case.family), case.child_id)}
        for n, one in enumerate(told):
            if one["child"] not in known:
                raise unknown(f"lines.{n}.child")
        return [
            AskedLine(
                child=known[one["child"]], kind=one["kind"], asked=one["amount"], words=one["words"],
                quantity=one["quantity"], unit=one["unit"], unit_cost=one["unit_cost"],
            )
            for one in told
        ]  # fmt: skip


class AgreementTold(Told):
    """How the family agreed that the fund knows what stands here."""

    how = serializers.ChoiceField(choices=GivenHow.choices)
    language = serializers.ChoiceField(choices=SpokenLanguage.choices)
    example = {"how": "thumb", "language": "my"}


class RequestTold(MendedTold):
    """A new request of a case. `consent` is left out where the family's agreement is written down already."""

    case = RowField(lambda user: Case.objects.visible_to(user))
    requester = number()
    channel = serializers.ChoiceField(choices=s.Channel.choices)
    received_at = serializers.DateTimeField(required=False, allow_null=True)
    consent = AgreementTold(required=False, allow_null=True)
    example = {
        **MendedTold.example, "case": 7, "requester": 42, "channel": "walk_in", "consent": AgreementTold.example,
    }  # fmt: skip


class ScreeningTold(Told):
    """Who should pay first by law; and the earlier requests somebody looked at, which are about something else."""

    entitlement = serializers.ChoiceField(choices=s.Entitlement.choices)
    status = serializers.ChoiceField(choices=s.EntitlementStatus.choices)
    amount = Baht(required=False, allow_null=True, default=None)
    referred_to = words(300, help_text="with the status “referred”: the office where the family was sent to claim")
    looked_at = serializers.ListField(child=number(), required=False, default=list, max_length=MOST_EARLIER)
    example = {"entitlement": "wcf", "status": "applied", "looked_at": [11]}


class TurnedTold(Told):
    """Returned to be mended, helped by another source, or not for the fund."""

    to = serializers.ChoiceField(choices=[(state.value, state.label) for state in TURNED])
    code = serializers.ChoiceField(choices=s.ReturnReason.choices, required=False, allow_blank=True, default="")
    comment = words(500)
    example = {"to": "returned", "code": "papers", "comment": "The quote of the hospital is missing."}


class NeedTold(Told):
    """How serious one need of one child is, from 0 (no need) to 3 (urgent)."""

    line = number()
    need = serializers.ChoiceField(choices=s.NeedKind.choices)
    severity = serializers.ChoiceField(choices=s.Severity.choices)
    note = words(200)
    example = {"line": 90, "need": "food", "severity": 3, "note": "No milk since Monday"}


class AssessmentTold(Told):
    """How the family lives now, in figures, and what its children lack: each need by a line of the child."""

    income = Baht()
    expenses = Baht()
    debt = Baht()
    earners = serializers.IntegerField(min_value=0, max_value=MOST_COUNT)
    dependants = serializers.IntegerField(min_value=0, max_value=MOST_COUNT)
    food_days = serializers.IntegerField(min_value=0, max_value=365)
    note = words(500)
    mode = serializers.ChoiceField(s.AssessmentMode.choices, required=False)
    needs = NeedTold(many=True, required=False, default=list, max_length=MOST_NEEDS)  # type: ignore[call-arg]
    worry = Text(
        max_length=2000, required=False, allow_blank=True, default="",
        help_text="about a child's safety: a note on the case, never told here again",
    )  # fmt: skip
    example = {
        "mode": "home", "income": "3000.00", "expenses": "6500.00", "debt": "12000.00", "earners": 1, "dependants": 4,
        "food_days": 2, "needs": [NeedTold.example],
    }  # fmt: skip

    @staticmethod
    def said(told: Iterable[Mapping[str, Any]], children: Mapping[int, int]) -> list[NeedSaid]:
        """The needs by child; `children` is line id → child id. Raises ValidationError for a line that is not one."""
        for one in told:
            if one["line"] not in children:
                raise unknown("needs")
        return [
            NeedSaid(child_id=children[one["line"]], need=one["need"], severity=one["severity"], note=one["note"])
            for one in told
        ]


class TakenBackTold(Told):
    """Why the family no longer asks."""

    reason = words(500)
    example = {"reason": "The employer has paid the hospital."}


class PaidFromTold(Told):
    """The budget line of one thing, how it is given and who is paid for it: left out, these stay as they are."""

    line = number()
    budget_line = number()
    modality = serializers.ChoiceField(choices=s.Modality.choices, required=False)
    provider = Line(
        max_length=160, required=False, allow_blank=True,
        help_text="hospital, shop or company, for a service or a voucher; empty where the family has paid itself",
    )  # fmt: skip
    example = {"line": 90, "budget_line": 3, "modality": "service", "provider": "Mae Sot General Hospital"}


class RecommendationTold(Told):
    """From which budget line each thing is paid, and the total that the sender saw."""

    called_by_rules = {
        "line_*": "lines[line=*]", "way_*": "lines[line=*].modality", "provider_*": "lines[line=*].provider",
    }  # fmt: skip
    lines = PaidFromTold(many=True, max_length=MOST_ROWS)  # type: ignore[call-arg]
    total = Baht()
    example = {"lines": [PaidFromTold.example], "total": "3900.00"}

    @staticmethod
    def chosen(told: Iterable[Mapping[str, Any]], budget: Iterable[BudgetLine], lines: set[int]) -> dict[int, Any]:
        """The budget line of each line. Raises ValidationError for one that does not belong here."""
        known = {line.pk: line for line in budget}
        for one in told:
            if one["budget_line"] not in known or one["line"] not in lines:
                raise unknown("lines")
        return {line: known[one["budget_line"]] for line, one in by_line(told).items()}

    @staticmethod
    def providers(told: Iterable[Mapping[str, Any]], lines: Iterable[AssistanceLine]) -> dict[int, str]:
        """Who is paid for each line. Raises ValidationError for one that is not paid to others."""
        named = {one["line"]: one["provider"] for one in told if "provider" in one}
        ways = {line.pk: line.modality for line in lines} | RecommendationTold.ways(told)
        family = {line for line, way in ways.items() if way not in s.PAID_TO_OTHERS}
        if any(named[line] for line in named.keys() & family):
            told_ = _("Somebody else is paid only for a service or a voucher. Leave the provider empty.")
            raise serializers.ValidationError({"lines": [told_]}, code="E-EAF-215")
        return named

    @staticmethod
    def ways(told: Iterable[Mapping[str, Any]]) -> dict[int, str]:
        """How each line is given, where that is said."""
        return {one["line"]: one["modality"] for one in told if "modality" in one}


class ApprovedTold(Told):
    """So much of one thing."""

    line = number()
    approved = Baht()
    example = {"line": 90, "approved": "3000.00"}


class DecisionTold(Told):
    """Approve, return, reject or step back. A line that is not named is approved as it stands."""

    called_by_rules = {"line_*": "lines[line=*].approved"}
    act = serializers.ChoiceField(choices=ACTS)
    lines = ApprovedTold(many=True, required=False, default=list, max_length=MOST_ROWS)  # type: ignore[call-arg]
    code = serializers.ChoiceField(choices=s.ReturnReason.choices, required=False, allow_blank=True, default="")
    comment = words(500)
    example = {"act": "approve", "lines": [ApprovedTold.example]}


class HelpNowTold(Told):
    """The emergency, in words that those read who approve afterwards: no names."""

    reason = words(500)
    example = {"reason": "The child cannot breathe, the hospital asks for a deposit."}
