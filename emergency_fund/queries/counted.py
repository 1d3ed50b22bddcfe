"""Requests as they are counted: a constant number of queries, only columns the figures need."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from django.db.models import BigIntegerField, Case, Exists, F, Max, OuterRef, Q, QuerySet, Subquery, Sum, When
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from casework.aid.models import InsuranceCover
from casework.aid.queries import of_children
from casework.aid.states import COVERS
from casework.approvals.models import ApprovalAction, ApprovalRequest
from casework.approvals.states import Act, ChainState
from casework.audit.models import Event
from casework.cases.models import Assignment
from casework.funds.models import BudgetEntry, BudgetLine
from casework.funds.states import EntryKind
from casework.kernel.subjects import subject_type
from casework.reports.boards import Scope
from casework.reports.filters import Filter, narrowed
from emergency_fund.after_states import TURNED_AWAY, AppealState
from emergency_fund.indicators import (
    APPROVED,
    INELIGIBLE,
    REFERRED,
    REJECTED,
    Appealed,
    Paid,
    Request,
    Signed,
    Source,
    World,
)
from emergency_fund.models import Appeal, AssistanceLine, AssistanceRequest, Delivery, DeliveryReturn
from emergency_fund.querysets import PROGRAMME
from emergency_fund.states import IN_FLIGHT, OPEN_STATES, Channel, LineState, RequestState, Urgency

from .kits import BACK, GONE, handed_whole

S = RequestState
FILTERS = (
    Filter(
        key="urgency", label=_("How urgent"), values=lambda offices: Urgency.choices,
        holds=lambda value: Q(urgency=value),
    ),
    Filter(
        key="channel", label=_("How they asked"), values=lambda offices: Channel.choices,
        holds=lambda value: Q(channel=value),
    ),
)  # fmt: skip
"""By kind of help requests are not narrowed: one has several, and its money would stand with each (decision 73)."""
TURNED = {f"{PROGRAMME}.request.referred_out": REFERRED, f"{PROGRAMME}.request.ineligible": INELIGIBLE}
DECIDES = (Act.APPROVE, Act.REJECT, Act.RETURN)
UNPAID = (LineState.APPROVED, LineState.PARTLY)


def counted_requests(scope: Scope) -> QuerySet[AssistanceRequest]:
    """Requests of the scope's offices that count: not of a practice office; with filters those the reader may open."""
    place = Q(office__in=scope.offices)
    if scope.own_offices:
        mine = Assignment.rows.live(timezone.now()).filter(case=OuterRef("case_id"), user_id=scope.user_id)
        place |= Q(office__in=scope.own_offices) & Q(Exists(mine))
    rows = AssistanceRequest.rows.all().real().filter(place)
    return rows.filter(pk__in=_wanted(scope)) if scope.filters else rows


def _wanted(scope: Scope) -> QuerySet:
    return narrowed(AssistanceRequest.objects.visible_to(scope.reader), FILTERS, scope.filters).values("pk")


def world_of(scope: Scope, since: date) -> World:
    """All that the figures of a scope are made of: requests that are open or on which something happened since."""
    begin = timezone.make_aware(datetime.combine(since, time.min))
    rows = counted_requests(scope).annotate(
        last=Max("lines__deliveries__at"), back=Max("lines__deliveries__returns__at")
    )
    rows = rows.filter(
        Q(state__in=sorted(OPEN_STATES)) | Q(received_at__gte=begin) | Q(decision_due_at__gte=begin)
        | Q(decided_at__gte=begin) | Q(last__gte=begin) | Q(back__gte=begin) | Q(appeal__decided_at__gte=begin)
    )  # fmt: skip
    facts = list(
        rows.order_by("pk").values(
            "pk", "family_id", "urgency", "state", "received_at", "decision_due_at", "told_code", "decided_at",
            bypassed_at=F("approval__bypassed_at"),
            first_due_at=Coalesce("appeal__first_due_at", "decision_due_at"), against=F("appeal__against"),
            appeal_state=F("appeal__state"), appeal_decided_at=F("appeal__decided_at"),
            first_code=F("appeal__first_code"), is_lowered=Exists(_lowered()),
        )
    )  # fmt: skip
    pks = [row["pk"] for row in facts]
    requests = _requests(facts, pks)
    children = {paid.child for request in requests for paid in request.paid}
    return World(requests=requests, sources=tuple(_sources(scope)), insured=_insured(children, scope.today))


def _requests(facts: Iterable[Mapping[str, Any]], pks: list[int]) -> tuple[Request, ...]:
    decisions, acts = _decisions(pks), _acts(pks)
    paid, first = _paid(pks)
    unpaid = dict(
        AssistanceLine.rows.filter(request__in=pks, state__in=UNPAID).order_by().values("request")
        .annotate(left=Sum(F("approved") - F("paid"))).values_list("request", "left")
    )  # fmt: skip
    return tuple(
        Request(
            id=row["pk"], family=row["family_id"], urgency=row["urgency"], state=row["state"],
            received_at=row["received_at"], due_at=row["first_due_at"], waits_until=row["decision_due_at"],
            **_decision(row, decisions.get(row["pk"], [])),
            is_waiting=row["state"] in IN_FLIGHT and row["state"] != S.RETURNED, is_open=row["state"] in OPEN_STATES,
            first_aid_at=first.get(row["pk"]), paid=tuple(paid.get(row["pk"], ())),
            signed=tuple(acts.get(row["pk"], ())),
            bypassed_on=timezone.localdate(row["bypassed_at"]) if row["bypassed_at"] else None,
            unpaid_satang=satang(unpaid.get(row["pk"], Decimal(0))),
        )
        for row in facts
    )  # fmt: skip


def satang(baht: Decimal) -> int:
    """Baht in satang."""
    return int(baht * 100)


def _decision(row: Mapping[str, Any], decisions: list[tuple[datetime, str]]) -> dict[str, Any]:
    """How a request was decided in the end, when first, why not, and what came of the appeal.

    A granted appeal against what was turned away decides nothing: the request starts anew, and stands as turned away
    until that is decided.
    """
    if not decisions:
        return {"is_dropped": row["state"] in (S.RETURNED, S.WITHDRAWN, S.EXPIRED)}
    first_at, first = decisions[0]
    is_appealed, is_granted = row["against"] is not None, row["appeal_state"] == AppealState.GRANTED
    outcome, code = decisions[-1][1], row["told_code"]
    if row["against"] in TURNED_AWAY:
        code = row["first_code"] if len(decisions) == 1 else code
    elif is_granted:
        outcome = APPROVED
    return {
        "outcome": outcome, "decided_at": first_at, "code": code,
        "gave_less": is_appealed or first != APPROVED or row["is_lowered"],
        "appeal": Appealed(decided_at=row["appeal_decided_at"], is_granted=is_granted) if is_appealed else None,
    }  # fmt: skip


def _decisions(pks: list[int]) -> dict[int, list[tuple[datetime, str]]]:
    """When and how each request was decided, the oldest first: turned away, or by its chain; without the appeal.

    What was helped before its approval is decided then, and approved as long as nobody rejects it.
    """
    found: dict[int, list[tuple[datetime, str]]] = defaultdict(list)
    about = {"subject_type": subject_type(AssistanceRequest()), "subject_id__in": pks}
    events: Any = Event.objects.filter(**about, action__in=TURNED)
    for subject, action, at in events.values_list("subject_id", "action", "at"):
        found[subject].append((at, TURNED[action]))
    ended = Q(decided_at__isnull=False, state__in=[ChainState.APPROVED, ChainState.REJECTED])
    chains = ApprovalRequest.rows.filter(ended | Q(bypassed_at__isnull=False), **about)
    at = Coalesce("bypassed_at", "decided_at")
    for subject, state, on in chains.values_list("subject_id", "state", at):
        found[subject].append((on, REJECTED if state == ChainState.REJECTED else APPROVED))
    return {subject: sorted(rows) for subject, rows in found.items()}


def _lowered() -> QuerySet[AssistanceLine]:
    """Lines of which less was approved than asked for; not a kit that the family has whole."""
    lines = AssistanceLine.rows.filter(request=OuterRef("pk"), approved__lt=F("asked"))
    return lines.exclude(state=LineState.CANCELLED).filter(~handed_whole())


def _acts(pks: list[int]) -> dict[int, list[Signed]]:
    """Who decided on each request and on the appeal against it."""
    appeals = Appeal.rows.filter(request__in=pks)
    of_request = Q(request__subject_type=subject_type(AssistanceRequest()), request__subject_id__in=pks)
    of_appeal = Q(request__subject_type=subject_type(Appeal()), request__subject_id__in=appeals.values("pk"))
    against = Subquery(appeals.filter(pk=OuterRef("request__subject_id")).values("request_id"))
    about = Case(When(of_request, then=F("request__subject_id")), default=against, output_field=BigIntegerField())
    rows = ApprovalAction.objects.filter(of_request | of_appeal, act__in=DECIDES).annotate(about=about).order_by("pk")
    found: dict[int, list[Signed]] = defaultdict(list)
    for subject, user, role, at in rows.values_list("about", "user", "role", "at"):
        found[subject].append(Signed(user=user, role=role, on=timezone.localdate(at)))
    return found


def _paid(pks: list[int]) -> tuple[dict[int, list[Paid]], dict[int, datetime]]:
    """What was paid and came back of each request on its true day, and when its family had the first of it.

    Of what was written down later nobody knows the hour: the end of its day counts. What failed and was paid again the
    family did not have. A child with two records that became one is one child.
    """
    found: dict[int, list[Paid]] = defaultdict(list)
    deliveries = Delivery.rows.filter(line__request__in=pks)
    child_now = Coalesce("line__child__merged_into", "line__child")
    columns = ("line__request", child_now, "line__kind", "on", "amount", GONE)
    for request, child, kind, on, amount, goods in deliveries.order_by("pk").values_list(*columns):
        found[request].append(Paid(child=child, kind=kind, on=on, satang=satang(amount), goods=goods))
    back = DeliveryReturn.rows.filter(delivery__line__request__in=pks).order_by("pk")
    child_now = Coalesce("delivery__line__child__merged_into", "delivery__line__child")
    columns = ("delivery__line__request", child_now, "delivery__line__kind", "on", "amount", BACK)
    for request, child, kind, on, amount, goods in back.values_list(*columns):
        found[request].append(Paid(child=child, kind=kind, on=on, satang=-satang(amount), goods=-goods))
    first: dict[int, datetime] = {}
    failed = Coalesce(Sum("returns__amount", filter=Q(returns__is_to_pay_again=True)), Decimal(0))
    arrived = deliveries.annotate(failed=failed).exclude(amount__gt=0, failed=F("amount"))
    for request, on, at in arrived.order_by().values_list("line__request", "on", "at"):
        given = min(at, timezone.make_aware(datetime.combine(on, time.max)))
        first[request] = min(given, first.get(request, given))
    return found, first


def _insured(children: Iterable[int], today: date) -> frozenset[int]:
    covers = InsuranceCover.rows.filter(
        of_children(children), state__in=COVERS, valid_from__lte=today, valid_to__gte=today
    )
    return frozenset(covers.values_list(Coalesce("child__merged_into", "child"), flat=True))


def _sources(scope: Scope) -> Iterable[Source]:
    """What each donor gave whole offices of the scope, and what was paid of it by request; nothing with filters."""
    if scope.filters:
        return
    lines = BudgetLine.rows.filter(office__in=scope.offices, programme=PROGRAMME)
    paid = _paid_from(lines)
    given = lines.order_by("source__code").values(
        "source", code=F("source__code"), donor=F("source__donor"), starts=F("source__starts_on"),
        ends=F("source__ends_on"),
    ).annotate(given=Sum("allotted"))  # fmt: skip
    for row in given:
        yield Source(
            name=f"{row['code']} {row['donor']}", starts_on=row["starts"], ends_on=row["ends"],
            given_satang=satang(row["given"]), paid=tuple(paid.get(row["source"], {}).items()),
        )  # fmt: skip


def _paid_from(lines: QuerySet[BudgetLine]) -> dict[int, dict[int, int]]:
    """Satang paid from each source by request, less what came back."""
    found: dict[int, dict[int, int]] = defaultdict(lambda: defaultdict(int))
    kinds = ((EntryKind.DISBURSE, Delivery, 1), (EntryKind.REFUND, DeliveryReturn, -1))
    for kind, model, sign in kinds:
        path = "line__request" if model is Delivery else "delivery__line__request"
        entries = BudgetEntry.rows.filter(
            line__in=lines, kind=kind, subject_type=subject_type(model()), reverses__isnull=True
        )  # fmt: skip
        by_subject = dict(model.rows.filter(pk__in=entries.values("subject_id")).values_list("pk", path))
        for source, subject, amount in entries.order_by().values_list("line__source", "subject_id", "amount"):
            found[source][by_subject[subject]] += sign * satang(amount)
    return found
