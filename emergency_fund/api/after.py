"""What comes after a decision or a payment: appeals, calls to families, complaints; by the rights of their pages."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.db import models
from rest_framework import serializers
from rest_framework.response import Response

from casework.access.policies import Policy
from casework.accounts.models import User
from casework.approvals.states import Act
from casework.ui.api.resources import Detailed, Listed, act
from casework.ui.api.serializers import MOST_ID, Baht, Day, RowField, Shown, Text, Told
from emergency_fund.after_states import TURNED_AWAY, AppealState, CheckResult, CheckState, ComplaintKind, ComplaintState
from emergency_fund.forms.appeals import CHOICES as ACTS
from emergency_fund.forms.asking import MOST_ROWS
from emergency_fund.models import Appeal, AssistanceLine, Complaint, PostDistributionCheck
from emergency_fund.policies import DECIDE
from emergency_fund.querysets import ANSWER, COMPLAINTS, SEE, TELL, VERIFY
from emergency_fund.services import appeals, checking, complaining
from emergency_fund.states import Channel, ReturnReason

from . import told


class AppealLine(Shown):
    """An appeal in a list, without what the family says."""

    example = {
        "id": 4, "request": 12, "against": "rejected", "made_on": "2026-11-26", "due_at": "2026-12-10T10:00:00+07:00",
        "state": "open", "decided_at": None,
    }  # fmt: skip

    class Meta:
        model = Appeal
        fields = ("id", "request", "against", "made_on", "due_at", "state", "decided_at")


class AppealShown(Shown):
    """An appeal of a family against a decision; who made it stands on its page only."""

    example = {
        "id": 4, "request": 12, "against": "rejected", "relation": "mother", "channel": "phone",
        "made_on": "2026-11-26", "why": "The hospital asks for the rest now.", "due_at": "2026-12-10T10:00:00+07:00",
        "noted_by": 3, "noted_at": "2026-11-26T10:00:00+07:00", "state": "open",
        "lines": [{"line": 90, "left": "900.00"}], "decided_at": None, "told_code": "", "told": "",
    }  # fmt: skip

    lines = serializers.SerializerMethodField(help_text="what can still be granted of each line")

    class Meta:
        model = Appeal
        fields = (
            "id", "request", "against", "relation", "channel", "made_on", "why", "due_at", "noted_by", "noted_at",
            "state", "lines", "decided_at", "told_code", "told",
        )  # fmt: skip

    def get_lines(self, appeal: Appeal) -> list[dict[str, Any]]:
        """What can still be granted; nothing of what was turned away, which starts anew."""
        return [{"line": line.pk, "left": str(left)} for line, left in _left_of(appeal)]


def _left_of(appeal: Appeal) -> list[tuple[AssistanceLine, Decimal]]:
    is_open = appeal.state == AppealState.OPEN and appeal.against not in TURNED_AWAY
    return appeals.lines_left(appeal) if is_open else []


class GrantedTold(Told):
    """So much more of one thing."""

    line = told.number()
    granted = Baht()
    example = {"line": 90, "granted": "900.00"}


class AppealDecisionTold(Told):
    """Grant the appeal, uphold the decision or step back. A line that is not named is granted as far as it can be."""

    called_by_rules = {"line_*": "lines[line=*].granted"}
    act = serializers.ChoiceField(choices=ACTS)
    lines = GrantedTold(many=True, required=False, default=list, max_length=MOST_ROWS)  # type: ignore[call-arg]
    code = serializers.ChoiceField(choices=ReturnReason.choices, required=False, allow_blank=True, default="")
    comment = told.words(500)
    example = {"act": "approve", "lines": [GrantedTold.example], "code": "costs_less", "comment": "It costs less."}


class AppealsAsked(Told):
    """Filters of the list."""

    state = serializers.ChoiceField(choices=AppealState.choices, required=False)
    request = serializers.IntegerField(min_value=1, max_value=MOST_ID, required=False)


class Appeals(Listed, Detailed):
    """Appeals on the requests that the person sees."""

    policy = Policy(action=SEE)
    model = Appeal
    shown = AppealShown
    line = AppealLine
    asked = AppealsAsked

    def listed(self, asked: dict[str, Any]) -> models.QuerySet:
        return self.rows().filter(**asked)

    @act("decide", policy=DECIDE, told=AppealDecisionTold)
    def decide(self, values: dict[str, Any]) -> None:
        """Grant so much more of each line, uphold the decision, or leave it to somebody else (second factor)."""
        amounts = {line: one["granted"] for line, one in told.by_line(values["lines"]).items()}
        if not amounts.keys() <= {line.pk for line, _left in _left_of(self.row)}:
            raise told.unknown("lines")
        appeals.decide_appeal(
            appeal=self.row, act=Act(values["act"]), amounts=amounts, code=values["code"], comment=values["comment"],
            **self.by_now,
        )  # fmt: skip


class AppealTold(Told):
    """A family of the request does not agree with the decision."""

    made_by = told.number()
    channel = serializers.ChoiceField(choices=Channel.choices)
    made_on = Day()
    why = Text(max_length=1000, help_text="everybody who decides reads it: no names, nothing about protection")
    example = {
        "made_by": 40, "channel": "phone", "made_on": "2026-11-26", "why": "The hospital asks for the rest now.",
    }  # fmt: skip


class PaymentCheckShown(Shown):
    """A family was asked, or is to be asked, whether a payment arrived."""

    receipt = serializers.CharField(source="delivery.number")  # type: ignore[assignment]
    request = serializers.IntegerField(source="delivery.line.request_id")  # type: ignore[assignment]
    example = {
        "id": 6, "delivery": 15, "receipt": "R-MS-2026-0015", "request": 12, "state": "waiting", "result": "",
        "amount": None, "said": "", "tries": 0, "tried_on": None, "on": None, "by": None,
        "drawn_at": "2026-11-25T01:45:00+07:00",
    }  # fmt: skip

    class Meta:
        model = PostDistributionCheck
        fields = (
            "id", "delivery", "receipt", "request", "state", "result", "amount", "said", "tries", "tried_on", "on",
            "by", "drawn_at",
        )  # fmt: skip


class CheckTold(Told):
    """What the family says of a payment; `amount` is what it received, by its own words."""

    result = serializers.ChoiceField(choices=CheckResult.choices)
    amount = Baht(required=False, allow_null=True, default=None)
    said = told.words(500)
    example = {"result": "received", "amount": "3000.00"}


class PaymentChecksAsked(Told):
    """Filter of the list."""

    state = serializers.ChoiceField(choices=CheckState.choices, required=False)


class PaymentChecks(Listed, Detailed):
    """Payments that were drawn by chance, and what the families said of them."""

    policy = Policy(action=VERIFY)
    model = PostDistributionCheck
    shown = PaymentCheckShown
    asked = PaymentChecksAsked

    def rows(self) -> models.QuerySet:
        return super().rows().select_related("delivery__line__request")

    def listed(self, asked: dict[str, Any]) -> models.QuerySet:
        return self.rows().filter(**asked)

    @act("record", policy=Policy(action=VERIFY), told=CheckTold)
    def record(self, values: dict[str, Any]) -> None:
        """Write down what the family says, or that nobody was reached today."""
        checking.record_check(check=self.row, **values, **self.by_now)


class ComplaintLine(Shown):
    """A complaint without what was said: what is sent of the staff is not seen again by who sent it."""

    example = {
        "id": 9, "number": "CP-MS-2026-0009", "request": 12, "kind": "waiting", "told_on": "2026-11-27",
        "due_on": "2026-12-11", "state": "open",
    }  # fmt: skip

    class Meta:
        model = Complaint
        fields = ("id", "number", "request", "kind", "told_on", "due_on", "state")


class ComplaintShown(Shown):
    """A complaint, with what the family says and what it was answered; who complains stands on its page only."""

    example = ComplaintLine.example | {
        "relation": "mother", "channel": "phone", "what": "Nobody told us when the kit comes.", "noted_by": 3,
        "noted_at": "2026-11-27T10:00:00+07:00", "answer": "", "answered_at": None, "family_told_on": None,
    }  # fmt: skip

    class Meta:
        model = Complaint
        fields = (
            *ComplaintLine.Meta.fields, "relation", "channel", "what", "noted_by", "noted_at", "answer", "answered_at",
            "family_told_on",
        )  # fmt: skip


class ComplaintAnswerTold(Told):
    """What the family is told, in plain words."""

    answer = Text(max_length=4000)
    example = {"answer": "The kit comes on Friday. We call you the day before from now on."}


class FamilyTold(Told):
    """When the family was told."""

    told_on = Day()
    example = {"told_on": "2026-11-28"}


class ComplaintsAsked(Told):
    """Filters of the list."""

    state = serializers.ChoiceField(choices=ComplaintState.choices, required=False)
    request = serializers.IntegerField(min_value=1, max_value=MOST_ID, required=False)


class Complaints(Listed, Detailed):
    """Complaints of families; of the staff for the programme manager only, never for who is named in one."""

    policy = Policy(action=COMPLAINTS)
    model = Complaint
    shown = ComplaintShown
    line = ComplaintLine
    asked = ComplaintsAsked

    def listed(self, asked: dict[str, Any]) -> models.QuerySet:
        return self.rows().filter(**asked)

    def answer(self, row: Complaint) -> Response:
        """A complaint; who reads one about the staff is written down, also who reads it in the answer to an act."""
        complaining.note_reading(complaint=row, **self.by_now)
        return super().answer(row)

    @act("look-into", policy=Policy(action=ANSWER))
    def look_into(self, values: dict[str, Any]) -> None:
        """Somebody looks into it who did not work on the request."""
        complaining.look_into(complaint=self.row, **self.by_now)

    @act("answer", policy=Policy(action=ANSWER), told=ComplaintAnswerTold)
    def say(self, values: dict[str, Any]) -> None:
        """Say what came of it."""
        complaining.answer_complaint(complaint=self.row, answer=values["answer"], **self.by_now)

    @act("close", policy=Policy(action=TELL), told=FamilyTold)
    def close(self, values: dict[str, Any]) -> None:
        """The family was told the answer."""
        complaining.close_complaint(complaint=self.row, told_on=values["told_on"], **self.by_now)


def _staff(user: Any) -> models.QuerySet:
    return User.objects.filter(is_active=True)


class ComplaintTold(Told):
    """What a family says of the fund, or of somebody of the staff."""

    told_by = told.number()
    channel = serializers.ChoiceField(choices=Channel.choices)
    told_on = Day()
    kind = serializers.ChoiceField(choices=ComplaintKind.choices)
    what = Text(max_length=4000, help_text="who answers reads it: no names of the family")
    about = RowField(_staff, required=False, allow_null=True, help_text="the member of staff it is about, if any")
    example = {
        "told_by": 40, "channel": "phone", "told_on": "2026-11-27", "kind": "waiting",
        "what": "Nobody told us when the kit comes.", "about": None,
    }  # fmt: skip
