"""The queues of the fund, each named after the next act on its requests; the most urgent first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from functools import lru_cache
from typing import Any, NamedTuple

from django.contrib.postgres.aggregates import BoolOr
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import (
    BooleanField,
    Exists,
    ExpressionWrapper,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Sum,
)
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from casework.access.rights import Reach
from casework.access.scopes import may
from casework.access.written import written_for_all, written_once
from casework.accounts.queries import name_now_of
from casework.approvals.models import ApprovalRequest
from casework.approvals.states import ChainState
from casework.kernel.guards import Verdict
from casework.kernel.statements import Text, text_of
from casework.people.queries.names import shown_of
from casework.programmes.contributions import Words
from casework.ui.paging import COUNT_CAP, length_of
from emergency_fund.after_states import AppealState
from emergency_fund.models import Appeal, AssistanceLine, AssistanceRequest
from emergency_fund.models.requests import BY_URGENCY
from emergency_fund.querysets import APPROVE, ASK, PAY, SCREEN, SEE, was_paid
from emergency_fund.rules import masking as rules
from emergency_fund.rules.closing import CLOSABLE
from emergency_fund.states import (
    ENDED,
    ENDED_WITH_PAYMENTS,
    OPEN_STATES,
    TO_PAY,
    LineKind,
    LineState,
    RequestState,
    ReturnReason,
    Urgency,
)

from .clock import approval_words, clock_words, is_late, left_words
from .closing import ready_to_close
from .payees import FETCHED

S = RequestState
NOTHING = Decimal(0)


@dataclass(frozen=True)
class Queue:
    """One named queue: whose it is by right, the states of its requests, and whether the next act is the person's."""

    key: str
    label: Words
    actions: tuple[str, ...]
    states: frozenset[RequestState]
    is_mine: bool = False
    is_to_pay: bool = False
    """Whether something of its requests is still to be paid or handed over."""
    narrowed: Callable[[], Q] = Q
    """What besides the state makes a request stand in it; such a queue is not counted."""

    @property
    def is_open(self) -> bool:
        """Whether its requests are on their way."""
        return self.states <= OPEN_STATES

    def condition(self, user: Any) -> Q:
        """Which requests stand in it."""
        mine, unpaid = to_decide(user) if self.is_mine else Q(), to_pay() if self.is_to_pay else Q()
        return Q(state__in=sorted(self.states)) & mine & unpaid & self.narrowed()

    def holds(self, state: str, *, is_mine: bool, is_to_pay: bool) -> bool:
        """Whether a request of this state stands in it."""
        return state in self.states and (is_mine or not self.is_mine) and (is_to_pay or not self.is_to_pay)


@written_once(most=100)
def to_decide(user: Any) -> Q:
    """Requests whose open step the person may act on, having nothing to do with the family or who is paid."""
    return Q(approval__in=ApprovalRequest.objects.visible_to(user).to_act_on(user).free_of_interest(user))


def to_pay() -> Q:
    """Requests of which something is approved and neither paid nor handed over."""
    return Q(Exists(AssistanceLine.rows.filter(request=OuterRef("pk"), state__in=UNPAID)))


def _paid() -> Q:
    return was_paid() & ~to_pay()


def _in(*states: RequestState) -> frozenset[RequestState]:
    return frozenset(states)


def _appealed() -> Q:
    return Q(appeal__state=AppealState.OPEN)


UNPAID = (LineState.APPROVED, LineState.PARTLY)
QUEUES: tuple[Queue, ...] = (
    Queue("decide", _("To decide"), (APPROVE,), _in(S.IN_APPROVAL, S.APPROVED, S.IN_DELIVERY), is_mine=True),
    Queue("screen", _("To screen"), (SCREEN,), _in(S.SUBMITTED)),
    Queue("assess", _("To assess and recommend"), (SCREEN,), _in(S.SCREENED)),
    Queue("mend", _("Returned, to correct"), (ASK,), _in(S.RETURNED)),
    Queue("pay", _("To pay or hand over"), (PAY, ASK, SCREEN, APPROVE), _in(S.APPROVED, S.IN_DELIVERY), is_to_pay=True),
    Queue("paid", _("Paid"), (PAY,), _in(S.IN_DELIVERY, S.DELIVERED, *ENDED_WITH_PAYMENTS), narrowed=_paid),
    Queue("appeals", _("Appeals"), (ASK, SCREEN, APPROVE), frozenset(S), narrowed=_appealed),
    Queue("close", _("To close"), (SCREEN,), CLOSABLE, narrowed=lambda: ready_to_close(timezone.localdate())),
    Queue("waiting", _("With the fund"), (ASK, SCREEN, APPROVE, SEE), _in(S.SUBMITTED, S.SCREENED, S.IN_APPROVAL)),
    Queue("all", _("All open"), (ASK, SCREEN, APPROVE, SEE), OPEN_STATES),
    Queue("ended", _("Ended"), (ASK, SCREEN, APPROVE, SEE), ENDED),
)
URGENT: dict[str, Words] = {Urgency.LIFE_SAVING: _("Life at risk"), Urgency.URGENT: _("Urgent"), Urgency.NORMAL: ""}
"""How a list marks what is urgent."""
COUNTED = frozenset({"decide", "screen", "assess", "mend", "pay", "waiting", "all"})


def queues_of(user: Any) -> list[Queue]:
    """The queues of the person's rights, the first the one they work on."""
    held = {action for action in (ASK, SCREEN, APPROVE, SEE, PAY) if may(user, action)}
    return [queue for queue in QUEUES if held.intersection(queue.actions)]


def queue_named(user: Any, key: str) -> Queue:
    """The queue of this key where the person has it, else their first."""
    own = queues_of(user)
    return next((queue for queue in own if queue.key == key), own[0])


def in_order(rows: QuerySet[AssistanceRequest], queue: Queue) -> QuerySet[AssistanceRequest]:
    """By how urgent it is, then by whose time ends first; ended ones newest first."""
    if queue.key == "appeals":
        return rows.order_by("appeal__due_at", "pk")
    if not queue.is_open:
        return rows.order_by("-pk")
    return rows.order_by(BY_URGENCY, "decision_due_at", "pk")


def requests_in(user: Any, queue: Queue) -> QuerySet[AssistanceRequest]:
    """The requests of a queue that the person may see, in their order."""
    return in_order(AssistanceRequest.objects.visible_to(user).filter(queue.condition(user)), queue)


@dataclass(frozen=True, kw_only=True)
class Following:
    """The request that comes next in a queue."""

    queue: Queue
    pk: int
    number: str
    page: str
    """The name of the page on which the person does the next act."""


def page_of(queue: str, user: Any) -> str:
    """The name of the page on which a person does the next act of a queue."""
    if queue in ("pay", "paid") and may(user, PAY):
        return "emergency_fund:pay"
    return "emergency_fund:decide" if queue == "decide" else "emergency_fund:detail"


def following_in(user: Any, key: str, *, but: AssistanceRequest) -> Following | None:
    """The first request of the queue of this key beside one; none where the person has no such queue."""
    queue = next((queue for queue in queues_of(user) if queue.key == key), None)
    first = requests_in(user, queue).exclude(pk=but.pk).first() if queue else None
    if queue is None or first is None:
        return None
    return Following(queue=queue, pk=first.pk, number=first.number, page=page_of(key, user))


def of_kind(rows: QuerySet[AssistanceRequest], kind: str) -> QuerySet[AssistanceRequest]:
    """Requests with a line of a kind."""
    return rows.filter(pk__in=AssistanceLine.rows.filter(kind=kind).values("request"))


def given_so(rows: QuerySet[AssistanceRequest], way: str) -> QuerySet[AssistanceRequest]:
    """Requests with a line that is given this way."""
    return rows.filter(pk__in=AssistanceLine.rows.filter(modality=way).values("request"))


def queue_counts(user: Any, *, also: Queue | None = None) -> dict[str, int]:
    """How many requests stand in each open queue, from one query over at most 1,001 open ones; `also` in another."""
    found = Counter(open_ones(user).rows())
    counts = {
        queue.key: sum(
            n
            for (state, is_mine, is_to_pay), n in found.items()
            if queue.holds(state, is_mine=is_mine, is_to_pay=is_to_pay)
        )
        for queue in queues_of(user)
        if queue.key in COUNTED
    }
    return counts | {also.key: length_of(requests_in(user, also))} if also else counts


@written_for_all(most=100)
def open_ones(user: Any) -> Text:
    """What reads of at most 1,001 open requests their state, if the person may decide them, if they are to be paid."""
    mine, unpaid = to_decide(user) if may(user, APPROVE) else Q(pk__in=()), to_pay()
    rows = AssistanceRequest.objects.visible_to(user).open().order_by()
    facts = [ExpressionWrapper(fact, BooleanField()) for fact in (mine, unpaid)]
    return text_of(rows.values_list("state", *facts)[:COUNT_CAP])


class FundRow(NamedTuple):
    """A request as its list shows it, in the language of the page."""

    pk: int
    number: str
    child: str
    what: tuple[str, ...]
    amount: Decimal
    state: str
    why: str
    """Why it was returned."""
    urgency: str
    is_urgent: bool
    clock: str
    is_late: bool
    approval: str
    """Until when help that came first is to be approved."""
    is_approval_late: bool
    asked_by: str


class RowWords(NamedTuple):
    """What rows say of the codes of a request, in one language."""

    kinds: dict[str, str]
    states: dict[str, str]
    reasons: dict[str, str]
    urgencies: dict[str, str]


def row_words() -> RowWords:
    """The words in the language of the page."""
    return _words_in(get_language())


@lru_cache(maxsize=5)
def _words_in(_language: str | None) -> RowWords:
    named = (LineKind.choices, S.choices, ReturnReason.choices, URGENT.items())
    return RowWords(*({str(code): str(words) for code, words in choices} for choices in named))


SHOWN = (
    "pk", "number", "names", "kinds", "amount", "state", "urgency", "decision_due_at", "received_at", "expires_on",
    "asker", "office_id", "is_sealed", "approval_due", "appeal_due_at", "told_code", "is_fetched",
)  # fmt: skip
FILED = (*SHOWN, "ways", "office_name")


def for_list(
    rows: QuerySet[AssistanceRequest], *, is_to_pay: bool = False, facts: Sequence[str] = SHOWN
) -> QuerySet[AssistanceRequest, Any]:
    """The facts of requests that fund_row() makes words of; `is_to_pay` for what is left to pay."""
    lines = AssistanceLine.rows.filter(request=OuterRef("pk"))
    kinds = lines.exclude(state=LineState.CANCELLED, approved__isnull=True).order_by("pk").values("kind")
    amount = Sum(F("approved") - F("paid")) if is_to_pay else Sum(Coalesce("approved", "asked"))
    chain = ApprovalRequest.rows.filter(pk=OuterRef("approval"), state=ChainState.PENDING)
    appeal = Appeal.rows.filter(request=OuterRef("pk"), state=AppealState.OPEN)
    unpaid = lines.filter(state__in=UNPAID).order_by()
    worth = unpaid if is_to_pay else lines.exclude(state=LineState.CANCELLED)
    rows = rows.annotate(
        names=shown_of("case__child")["names"], kinds=ArraySubquery(kinds),
        amount=Subquery(worth.order_by().values("request").annotate(sum=amount).values("sum")),
        asker=name_now_of("asked_by"), is_sealed=F("case__is_sealed"),
        is_fetched=Subquery(unpaid.values("request").annotate(any=BoolOr(FETCHED)).values("any")),
        approval_due=Subquery(chain.order_by().values("due_at")),  # two tables fewer to join halve the planning
        appeal_due_at=Subquery(appeal.order_by().values("due_at")),
    )  # fmt: skip
    return rows.values_list(*facts, named=True)


def for_file(rows: QuerySet[AssistanceRequest]) -> QuerySet[AssistanceRequest, Any]:
    """The facts of for_list(), with how each thing is given, in the order in which it was asked, and the office."""
    lines = AssistanceLine.rows.filter(request=OuterRef("pk")).exclude(state=LineState.CANCELLED, approved__isnull=True)
    ways = ArraySubquery(lines.order_by("pk").values("modality"))
    return for_list(rows.annotate(ways=ways, office_name=F("office__name_en")), facts=FILED)


def fund_row(row: Any, now: datetime, words: RowWords, *, is_hidden: bool) -> FundRow:
    """A request of for_list() as its list shows it; without the child's name for who decides without knowing it."""
    is_returned = row.state == S.RETURNED
    return FundRow(
        pk=row.pk, number=row.number, child="" if is_hidden or not row.names else row.names[0],
        what=tuple([words.kinds[kind] for kind in dict.fromkeys(row.kinds)]), amount=row.amount or NOTHING,
        state=words.states[row.state], why=words.reasons[row.told_code] if is_returned and row.told_code else "",
        urgency=words.urgencies[row.urgency],
        is_urgent=row.urgency != Urgency.NORMAL and row.state in OPEN_STATES,
        clock=_clock(row, now),
        is_late=is_late(row, now) or bool(row.appeal_due_at and row.appeal_due_at < now),
        approval=approval_words(row.approval_due, now),
        is_approval_late=row.approval_due is not None and row.approval_due < now, asked_by=row.asker,
    )  # fmt: skip


def _clock(row: Any, now: datetime) -> str:
    """The clock of an open appeal before that of the request; what is all paid is not to be fetched."""
    if row.appeal_due_at:
        return left_words(row.appeal_due_at, now)
    if row.is_fetched is None and row.state in TO_PAY:
        return ""
    return clock_words(row, now, is_fetched=bool(row.is_fetched))


def may_add_papers(request: AssistanceRequest, user: Any) -> Verdict:
    """Whether the person may put photos and scans on a request: not who works on it without the names they show."""
    return rules.knows_names(not is_name_hidden(user, office_id=request.office_id, is_sealed=request.case.is_sealed))


def is_name_hidden(user: Any, *, office_id: int, is_sealed: bool = False) -> bool:
    """Whether the person works on it without knowing whom it is about: the top band, and the fund on sealed cases.

    Who stands in from another office sees of it what their own role sees.
    """
    right = may(user, SEE, office_id=office_id) or may(user, SEE)
    if right is None:
        return is_sealed
    return right.reach is Reach.PSEUDONYM or (is_sealed and right.reach is not Reach.ALL)
