"""The requests a person sees, and the acts that move a request on."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _

from casework.access.policies import Policy
from casework.approvals.states import Act
from casework.kernel.refusals import Refusal
from casework.ui.api.resources import Created, Detailed, Listed, Spec, act, add, part
from emergency_fund.models import Appeal, AssistanceRequest, Complaint
from emergency_fund.policies import DECIDE
from emergency_fund.queries.budget import lines_to_pay_from
from emergency_fund.queries.complaints import staff_of
from emergency_fund.queries.lists import SHOWN, for_list, of_kind, queue_named
from emergency_fund.queries.used import earlier_requests
from emergency_fund.querysets import COMPLAINTS, LIST, SEE
from emergency_fund.rules import requests as rules
from emergency_fund.services import appeals as appealing
from emergency_fund.services import asking, complaining, deciding, delivering, emergencies
from emergency_fund.states import RequestState

from . import told
from .after import AppealShown, AppealTold, ComplaintLine, ComplaintTold
from .base import EDIT, WORK
from .ending import Ending
from .insurance import Insurances
from .kits import Kits
from .paying import Payments
from .shown import (
    BudgetLineShown,
    RequestLine,
    RequestShown,
)


class Requests(Payments, Kits, Insurances, Ending, Listed, Detailed, Created):
    """Requests to the emergency fund: asked, screened, assessed, recommended, decided, paid, returned."""

    policy = Policy(action=SEE)
    list_policy = Policy(action=LIST)
    create_policy = EDIT
    model = AssistanceRequest
    shown = RequestShown
    line = RequestLine
    asked = told.RequestsAsked
    create_told = told.RequestTold

    @classmethod
    def spec_of(cls, name: str | None) -> Spec:
        """As for every resource; the list is also the cashier's, of what is to be paid."""
        spec = super().spec_of(name)
        return replace(spec, policy=cls.list_policy) if name == "list" else spec

    def rows(self) -> models.QuerySet:
        return super().rows().select_related("case", "family", "office", "incident", "approval", "requester")

    def listed(self, asked: dict[str, Any]) -> models.QuerySet:
        rows = AssistanceRequest.objects.visible_to(self.request.user)
        if "queue" in asked:
            rows = rows.filter(queue_named(self.request.user, asked["queue"]).condition(self.request.user))
        if "kind" in asked:
            rows = of_kind(rows, asked["kind"])
        chosen = {name: asked[name] for name in ("state", "urgency", "office", "case") if name in asked}
        return _listed(rows.filter(**chosen))

    def made(self, told_: dict[str, Any]) -> AssistanceRequest:
        case, now = told_["case"], timezone.now()
        EDIT.admit_row(self.request, case)
        lines = told.MendedTold.lines_for(told_["lines"], case)
        who = told.member_named(case.family, told_["requester"], "requester")
        agreed = told_.get("consent")
        consent = None
        if agreed is not None:
            relation = str(who.get_role_display())[:40]
            consent = {**agreed, "given_by_name": who.person.name, "relation": relation}
        return asking.ask_for_help(
            case=case, requester=who.person, lines=lines,
            incident=told.IncidentTold.of_family(told_["incident"], case.family), channel=told_["channel"],
            urgency=told_["urgency"], need=told_["need"], old_reason=told_["old_reason"], consent=consent,
            received_at=told_.get("received_at"), acknowledged=told_["acknowledged"], by=self.request.user, now=now,
        )  # fmt: skip

    @act("change", policy=EDIT, told=told.MendedTold)
    def change(self, values: dict[str, Any]) -> None:
        """Mend what was returned, and send it again."""
        lines = told.MendedTold.lines_for(values.pop("lines"), self.row.case)
        values["incident"] = told.IncidentTold.of_family(values["incident"], self.row.family)
        asking.ask_again(request=self.row, lines=lines, **values, **self.by_now)

    @act("take-back", policy=EDIT, told=told.TakenBackTold)
    def take_back(self, values: dict[str, Any]) -> None:
        """The family no longer asks; money that was not paid is free again."""
        asking.take_back(request=self.row, reason=values["reason"], **self.by_now)

    @act("screen", policy=WORK, told=told.ScreeningTold)
    def screen(self, values: dict[str, Any]) -> None:
        """Say who should pay first by law, and which earlier requests are about something else."""
        rules.can_screen(self.row.state).insist()
        deciding.screen(request=self.row, decided=frozenset(values.pop("looked_at")), **values, **self.by_now)

    @act("turn-away", policy=WORK, told=told.TurnedTold)
    def turn_away(self, values: dict[str, Any]) -> None:
        """Return it to be mended, or say that another source helps or the fund does not."""
        to = RequestState(values["to"])
        deciding.turn_away(request=self.row, to=to, code=values["code"], told=values["comment"], **self.by_now)

    @act("assess", policy=WORK, told=told.AssessmentTold)
    def assess(self, values: dict[str, Any]) -> None:
        """Write down how the family lives now; the points follow."""
        worry = values.pop("worry", "")
        children = dict(self.row.lines.values_list("pk", "child_id"))
        needs = told.AssessmentTold.said(values.pop("needs"), children)
        deciding.assess(request=self.row, figures=values, needs=needs, worry=worry, **self.by_now)

    @act("recommend", policy=WORK, told=told.RecommendationTold)
    def recommend(self, values: dict[str, Any]) -> None:
        """Keep the money of each line and ask those who decide."""
        rules.can_assess(self.row.state).insist()
        budget = lines_to_pay_from(self.row.office_id, self.today)
        chosen = told.RecommendationTold.chosen(values["lines"], budget, self._line_ids())
        providers = told.RecommendationTold.providers(values["lines"], self.row.lines.all())
        deciding.recommend(
            request=self.row, budget=chosen, total=values["total"], providers=providers,
            ways=told.RecommendationTold.ways(values["lines"]), **self.by_now,
        )  # fmt: skip

    @act("decide", policy=DECIDE, told=told.DecisionTold)
    def decide(self, values: dict[str, Any]) -> None:
        """Approve so much of each line, return, reject, or leave it to somebody else (with a fresh second factor)."""
        if self.row.approval is None:
            raise Refusal("APR-STATE", "", _("This does not wait for a decision. Screen and recommend it first."))
        amounts = {line: one["approved"] for line, one in told.by_line(values["lines"]).items()}
        if not amounts.keys() <= self._line_ids():
            raise told.unknown("lines")
        deciding.decide(
            request=self.row, act=Act(values["act"]), amounts=amounts, code=values["code"], comment=values["comment"],
            **self.by_now,
        )  # fmt: skip

    @act("expire", policy=WORK)
    def expire(self, values: dict[str, Any]) -> None:
        """What was not fetched in time gives its money back."""
        delivering.expire(request=self.row, **self.by_now)

    def _line_ids(self) -> set[int]:
        return set(self.row.lines.values_list("pk", flat=True))

    @act("help-now", policy=DECIDE, told=told.HelpNowTold)
    def help_now(self, values: dict[str, Any]) -> None:
        """Let it be paid at once; the others decide within 72 hours (with a fresh second factor)."""
        emergencies.help_now(request=self.row, reason=values["reason"], **self.by_now)

    @part("earlier", policy=WORK, shown=RequestLine)
    def earlier(self) -> Iterable[Any]:
        """Other requests of the family that are open or about the same days: to be looked at when it is screened."""
        found = [row.pk for row in earlier_requests(self.row)]
        return _listed(AssistanceRequest.objects.visible_to(self.request.user).filter(pk__in=found)).order_by("-pk")

    @part("budget-lines", policy=WORK, shown=BudgetLineShown)
    def budget_lines(self) -> Iterable[Any]:
        """Budget lines from which it can be paid today."""
        return lines_to_pay_from(self.row.office_id, self.today)

    @part("appeals", policy=Policy(action=SEE), shown=AppealShown)
    def appeals(self) -> Iterable[Any]:
        """The appeal of the family against the decision, where there is one."""
        return Appeal.objects.visible_to(self.request.user).filter(request=self.row)

    @add(appeals, policy=EDIT, told=AppealTold)
    def appeal(self, values: dict[str, Any]) -> Appeal:
        """The family does not agree: people who had nothing to do with the decision look at it again."""
        who = told.member_named(self.row.family, values.pop("made_by"), "made_by")
        return appealing.make_appeal(request=self.row, made_by=who.person, relation=who.role, **values, **self.by_now)

    @part("complaints", policy=Policy(action=COMPLAINTS), shown=ComplaintLine)
    def complaints(self) -> Iterable[Any]:
        """Complaints on it that the person may read."""
        return Complaint.objects.visible_to(self.request.user).filter(request=self.row).order_by("pk")

    @add(complaints, policy=EDIT, told=ComplaintTold)
    def complain(self, values: dict[str, Any]) -> Complaint:
        """Take down what the family says; what is said of the staff is not answered with its words."""
        who, about = told.member_named(self.row.family, values.pop("told_by"), "told_by"), values.pop("about", None)
        if about is not None and not staff_of(self.row.office_id, self.today).filter(pk=about.pk).exists():
            raise told.unknown("about")
        return complaining.note_complaint(
            request=self.row, told_by=who.person, relation=who.role, about=about, **values, **self.by_now
        )


def _listed(rows: Any) -> Any:
    return for_list(rows).values_list(*SHOWN, "office_id", named=True)
