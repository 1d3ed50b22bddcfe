"""How a request is answered: as its pages show it, without names for who decides without knowing them."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils import timezone
from rest_framework import serializers

from casework.access.rights import Reach
from casework.access.scopes import may
from casework.funds.models import BudgetLine
from casework.ui.api.serializers import Shown
from emergency_fund import states as s
from emergency_fund.models import (
    AssistanceRequest,
    Collector,
    Delivery,
    DeliveryReturn,
    FamilyAccount,
    HardshipIncident,
    NeedsAssessment,
)
from emergency_fund.queries.lists import is_name_hidden
from emergency_fund.queries.needs import needs_of
from emergency_fund.queries.page import LineShown, called, earner_of, lines_of
from emergency_fund.querysets import SEE


class Facts(serializers.Serializer):
    """What is answered of a row: every field is read only."""

    def get_fields(self) -> dict[str, serializers.Field]:
        fields = super().get_fields()
        for field in fields.values():
            field.read_only = True
        return fields

    @property
    def user(self) -> Any:
        """Who asks."""
        return self.context["request"].user


class RequestLine(Facts):
    """A request in a list."""

    id = serializers.IntegerField(source="pk")
    number = serializers.CharField()
    office = serializers.IntegerField(source="office_id")
    child = serializers.CharField(help_text="empty for who decides without knowing it")
    kinds = serializers.ListField(child=serializers.ChoiceField(choices=s.LineKind.choices))
    amount = serializers.DecimalField(max_digits=14, decimal_places=2, help_text="approved, else asked for")
    state = serializers.ChoiceField(choices=s.RequestState.choices)
    urgency = serializers.ChoiceField(choices=s.Urgency.choices)
    received_at = serializers.DateTimeField()
    decision_due_at = serializers.DateTimeField()
    expires_on = serializers.DateField(allow_null=True)
    example = {
        "id": 12, "number": "EAF-MS-2026-0012", "office": 1, "child": "Nan Wah", "kinds": ["health_cost"],
        "amount": "3900.00", "state": "in_approval", "urgency": "72h", "received_at": "2026-11-23T10:00:00+07:00",
        "decision_due_at": "2026-11-26T10:00:00+07:00", "expires_on": None,
    }  # fmt: skip

    def to_representation(self, row: Any) -> Any:
        is_hidden = is_name_hidden(self.user, is_sealed=row.is_sealed, office_id=row.office_id)
        child = "" if is_hidden or not row.names else row.names[0]
        return super().to_representation({**row._asdict(), "amount": row.amount or 0, "child": child})


class IncidentShown(Shown):
    """What happened. `reported_on` is the day on which the family told the fund of it."""

    reported_on = serializers.SerializerMethodField()
    earner = serializers.IntegerField(  # type: ignore[assignment]
        source="earner_id", allow_null=True, help_text="whose work it is; nothing for who does not know the case"
    )
    earner_role = serializers.SerializerMethodField(help_text="who that is in the family, in words")

    class Meta:
        model = HardshipIncident
        fields = (
            "kind", "occurred_on", "is_day_known", "reported_on", "employer", "earner", "earner_role", "entitlement",
            "entitlement_status", "entitlement_amount",
        )  # fmt: skip

    def get_reported_on(self, incident: HardshipIncident) -> date:
        """The day on which the family asked."""
        return timezone.localdate(incident.request.received_at)

    def get_earner_role(self, incident: HardshipIncident) -> str:
        """The role of whose work it is, empty where nobody is named."""
        return earner_of(incident.request)


class AskedShown(Facts):
    """One thing for one child."""

    id = serializers.IntegerField()
    child = serializers.IntegerField(allow_null=True, help_text="nothing for who decides without knowing it")
    child_name = serializers.CharField(help_text="the name, or “Child 1”")
    kind = serializers.ChoiceField(choices=s.LineKind.choices)
    modality = serializers.ChoiceField(choices=s.Modality.choices)
    words = serializers.CharField()
    quantity = serializers.IntegerField(allow_null=True, help_text="how many, where it was asked for at a price of one")
    unit = serializers.ChoiceField(choices=s.LineUnit.choices, allow_blank=True)
    unit_cost = serializers.DecimalField(max_digits=12, decimal_places=2, allow_null=True)
    provider = serializers.CharField(help_text="who is paid where that is not the family")
    asked = serializers.DecimalField(max_digits=12, decimal_places=2)
    approved = serializers.DecimalField(max_digits=12, decimal_places=2, allow_null=True)
    paid = serializers.DecimalField(max_digits=12, decimal_places=2)
    returned = serializers.DecimalField(max_digits=12, decimal_places=2)
    budget_line = serializers.IntegerField(allow_null=True)
    state = serializers.ChoiceField(choices=s.LineState.choices)
    example = {
        "id": 90, "child": 41, "child_name": "Nan Wah", "kind": "health_cost", "modality": "service",
        "words": "Hospital stay", "quantity": 3, "unit": "night", "unit_cost": "1300.00",
        "provider": "Mae Sot General Hospital", "asked": "3900.00",
        "approved": None, "paid": "0.00", "returned": "0.00", "budget_line": 3, "state": "asked",
    }  # fmt: skip


class NeedShown(Facts):
    """One need of one child that was asked about."""

    child = serializers.IntegerField(
        source="child_id", allow_null=True, help_text="nothing for who decides without knowing it"
    )
    child_name = serializers.CharField(source="child", help_text="the name, or “Child 1”")
    need = serializers.ChoiceField(choices=s.NeedKind.choices)
    severity = serializers.ChoiceField(choices=s.Severity.choices)
    note = serializers.CharField(help_text="empty for who decides without knowing the family")
    example = {"child": 41, "child_name": "Nan Wah", "need": "food", "severity": 3, "note": "No milk since Monday"}


class AssessmentShown(Shown):
    """How the family lived when it was assessed, and the points by the weights of that time."""

    needs = NeedShown(many=True, source="needs_shown", read_only=True)

    class Meta:
        model = NeedsAssessment
        fields = (
            "assessed_by", "assessed_at", "income", "expenses", "debt", "earners", "dependants", "food_days", "note",
            "score", "weights", "needs",
        )  # fmt: skip


class ChainAct(Facts):
    """What one person did on a step."""

    by = serializers.IntegerField(source="user_id")
    act = serializers.CharField()
    code = serializers.CharField()
    at = serializers.DateTimeField()


class ChainStep(Facts):
    """A step of the chain: the role that acts on it, and who did what."""

    role = serializers.CharField()
    is_open = serializers.BooleanField()
    done = ChainAct(many=True)


class RequestShown(Facts):
    """A request with what is asked, how the family lives and who decided."""

    id = serializers.IntegerField(source="pk")
    number = serializers.CharField()
    case = serializers.IntegerField(allow_null=True, help_text="nothing for the fund’s people: the case is not theirs")
    office = serializers.IntegerField(source="office_id")
    requester = serializers.CharField(help_text="empty for who decides without knowing it")
    channel = serializers.ChoiceField(choices=s.Channel.choices)
    state = serializers.ChoiceField(choices=s.RequestState.choices)
    urgency = serializers.ChoiceField(choices=s.Urgency.choices)
    need = serializers.CharField()
    old_reason = serializers.CharField()
    received_at = serializers.DateTimeField()
    decision_due_at = serializers.DateTimeField()
    decided_at = serializers.DateTimeField(allow_null=True)
    expires_on = serializers.DateField(allow_null=True)
    asked_by = serializers.IntegerField(source="asked_by_id")
    told_code = serializers.CharField()
    told = serializers.CharField()
    incident = IncidentShown()
    lines = AskedShown(many=True)
    assessment = AssessmentShown(allow_null=True)
    steps = ChainStep(many=True)
    example = {
        "id": 12, "number": "EAF-MS-2026-0012", "case": 7, "office": 1, "requester": "Naw Paw", "channel": "walk_in",
        "state": "screened", "urgency": "72h", "need": "Pneumonia, three nights in hospital.", "old_reason": "",
        "received_at": "2026-11-23T10:00:00+07:00", "decision_due_at": "2026-11-26T10:00:00+07:00",
        "decided_at": None, "expires_on": None, "asked_by": 3, "told_code": "", "told": "",
        "incident": {"kind": "illness", "occurred_on": "2026-11-20", "is_day_known": True,
                     "reported_on": "2026-11-23", "employer": "", "earner": None, "earner_role": "",
                     "entitlement": "none", "entitlement_status": "not_eligible", "entitlement_amount": None},
        "lines": [AskedShown.example], "assessment": None, "steps": [],
    }  # fmt: skip

    def to_representation(self, request: AssistanceRequest) -> Any:
        is_hidden = is_name_hidden(self.user, is_sealed=request.case.is_sealed, office_id=request.office_id)
        answered = super().to_representation(self._facts(request, is_hidden=is_hidden))
        if answered["case"] is None:
            answered["incident"]["earner"] = None
        if is_hidden:
            answered["incident"]["employer"] = ""
            if answered["assessment"]:
                answered["assessment"]["note"] = ""
        return answered

    def _facts(self, request: AssistanceRequest, *, is_hidden: bool) -> dict[str, Any]:
        lines = lines_of(request, is_hidden=is_hidden, today=timezone.localdate())
        plain = (
            "pk", "number", "office_id", "channel", "state", "urgency", "need", "received_at", "decision_due_at",
            "decided_at", "expires_on", "asked_by_id", "told_code", "told", "incident",
        )  # fmt: skip
        right = may(self.user, SEE, office_id=request.office_id)
        knows_case = right is not None and right.reach is Reach.ALL
        return {name: getattr(request, name) for name in plain} | {
            "case": request.case_id if knows_case else None,
            "requester": "" if is_hidden else request.requester.name,
            "old_reason": request.old_incident_reason,
            "lines": asked_of(lines, is_hidden=is_hidden),
            "assessment": _assessed(request, lines, is_hidden=is_hidden),
            "steps": _steps(request),
        }


def _assessed(request: AssistanceRequest, lines: list[LineShown], *, is_hidden: bool) -> NeedsAssessment | None:
    """The newest assessment, with the needs of the children as the person may read them."""
    newest = request.assessments.prefetch_related("needs").first()
    if newest is not None:
        newest.needs_shown = needs_of(newest, called(lines), is_hidden=is_hidden)  # type: ignore[attr-defined]
    return newest


def asked_of(lines: list[LineShown], *, is_hidden: bool) -> list[dict[str, Any]]:
    """What is asked, as AskedShown answers it."""
    names = (
        "kind", "modality", "words", "quantity", "unit", "unit_cost", "provider", "asked", "approved", "paid",
        "returned", "state",
    )  # fmt: skip
    return [
        {name: getattr(shown.line, name) for name in names} | {
            "id": shown.line.pk, "child": None if is_hidden else shown.line.child_id, "child_name": shown.child,
            "budget_line": shown.line.budget_line_id,
        }
        for shown in lines
    ]  # fmt: skip


def _steps(request: AssistanceRequest) -> list[dict[str, Any]]:
    """The chain of what waits for a decision or has one."""
    chain = request.approval
    if chain is None:
        return []
    actions = list(chain.actions.all())
    return [
        {
            "role": step["role"], "is_open": chain.state == "pending" and number == chain.step,
            "done": [action for action in actions if action.step == number],
        }
        for number, step in enumerate(chain.steps)
    ]  # fmt: skip


class BudgetLineShown(Shown):
    """A budget line from which the office can pay today."""

    source = serializers.CharField(source="source.code")  # type: ignore[assignment]
    example = {"id": 3, "source": "LF-26", "name_en": "Health", "kinds": ["health_cost"], "left": "52000.00"}

    class Meta:
        model = BudgetLine
        fields = ("id", "source", "name_en", "kinds", "left")


class CashSourceShown(Facts):
    """Where cash can be taken from today: a box of the office, or an advance that somebody carries."""

    key = serializers.CharField(help_text="what `paid_from` of a payment says")
    name = serializers.CharField()
    left = serializers.DecimalField(max_digits=12, decimal_places=2)
    example = {"key": "box-3", "name": "Front desk", "left": "6900.00"}


class AccountShown(Shown):
    """The account to which money of a family is sent: the bank and the last digits."""

    account = serializers.CharField(source="told", read_only=True)

    example = {"id": 4, "account": "PromptPay •••5678", "state": "confirmed"}

    class Meta:
        model = FamilyAccount
        fields = ("id", "account", "state")


class ReceiverShown(Facts):
    """Somebody of the family who can receive what is paid or handed over."""

    id = serializers.IntegerField(source="person_id", help_text="what `received_by` of a payment says")
    name = serializers.CharField(source="person.name")
    role = serializers.CharField(help_text="who that is in the family")
    example = {"id": 42, "name": "Naw Paw", "role": "mother"}


class HelpCollectorShown(Shown):
    """Who fetches help for a family."""

    example = {"id": 4, "name": "Saw Htoo", "relation": "Neighbour", "paper": "Pink card 0-5512-00001-23-4"}

    class Meta:
        model = Collector
        fields = ("id", "name", "relation", "paper")


class DeliveryShown(Shown):
    """One payment or hand-over; of an account only the bank and the last digits."""

    account = serializers.CharField(read_only=True)

    example = {
        "id": 15, "number": "R-MS-2026-0015", "line": 90, "amount": "3000.00", "received_name": "Naw Paw",
        "relation": "mother", "proof": "thumb_print", "witness": "Daw Khin", "provider_receipt": "",
        "paper_receipt": "", "remark": "", "account": "", "on": "2026-11-24", "at": "2026-11-24T10:00:00+07:00",
    }  # fmt: skip

    class Meta:
        model = Delivery
        fields = (
            "id", "number", "line", "amount", "received_name", "relation", "proof", "witness", "provider_receipt",
            "paper_receipt", "remark", "account", "on", "at",
        )  # fmt: skip


class ReturnShown(Shown):
    """A part of a payment that came back."""

    example = {
        "id": 2, "delivery": 15, "amount": "500.00", "reason": "The hospital asked for less than its quote.",
        "on": "2026-11-25", "at": "2026-11-25T10:00:00+07:00",
    }  # fmt: skip

    class Meta:
        model = DeliveryReturn
        fields = ("id", "delivery", "amount", "reason", "on", "at")
