"""The work queues of births: due soon, late, blocked, at the office, to hand over, backlog (C5 flags)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Case, Exists, F, OuterRef, Prefetch, Q, QuerySet, When
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from casework.accounts.queries import name_now_of
from casework.kernel.dates import BirthDate
from casework.people.models import PersonName
from casework.people.queries.names import birth_shown, shown_of
from casework.programmes.contributions import Words
from casework.reference.queries import day_after, day_before
from casework.ui.paging import COUNT_CAP
from registration.models import BirthRecord, ChecklistItem
from registration.rules.checklist import INSISTED
from registration.states import (
    IN_HAND,
    LATE_TRACKS,
    UNREGISTERED,
    UNSUBMITTED,
    ItemState,
    RequirementLevel,
    Status,
    Suspension,
)

from .panel import days_left_words, is_overdue
from .standing import BACKLOG

ACTIVE = Q(suspension=Suspension.NONE, is_backlog=False)


@dataclass(frozen=True)
class Queue:
    """One named queue: a condition on visible birth records for a day."""

    key: str
    label: str | Promise
    condition: Callable[[date], Q]


def stopped_papers(today: date) -> QuerySet[ChecklistItem]:
    """Needed papers that something has stopped for longer than a supervisor set (C5 `blocked`; seven days at first).

    A ☆ paper that cannot be had and says why is settled and stops nothing (C4), nor does one in whose place another of
    its group is there.
    """
    since = day_before(today, "registration.blocked_after_days")
    items = ChecklistItem.rows.filter(is_wanted=True, blocked_since__lt=since)
    items = items.exclude(state__in=IN_HAND).exclude(block="").exclude(level=RequirementLevel.HELPFUL)
    items = items.exclude(level=RequirementLevel.OPEN_STAR, state=ItemState.IMPOSSIBLE)
    there = ChecklistItem.rows.filter(birth=OuterRef("birth"), state__in=IN_HAND)
    instead = there.filter(requirement__alternative=OuterRef("requirement__alternative"))
    is_spared = ~Q(requirement__alternative="") & ~Q(requirement__condition__in=INSISTED) & Q(Exists(instead))
    return items.exclude(is_spared)


def blocked(today: date) -> Q:
    """Not yet registered, with a needed paper that is stopped for long (C5)."""
    return Q(status__in=UNREGISTERED) & Q(Exists(stopped_papers(today).filter(birth=OuterRef("pk"))))


def due_soon(today: date) -> Q:
    """Not yet submitted, few of the fifteen days left: as many as a supervisor set, three at first."""
    until = day_after(today, "registration.due_soon_days")
    return ACTIVE & Q(status__in=UNSUBMITTED, notify_due_on__gte=today, notify_due_on__lte=until)


def overdue(today: date) -> Q:
    """Not yet submitted, the fifteen days over; without an exact day of birth on a late way (decision 21)."""
    is_late_way = Q(track__in=LATE_TRACKS) | Q(track="", track_proposed__in=LATE_TRACKS)
    is_over = Q(notify_effective_on__lt=today) | (Q(notify_effective_on__isnull=True) & is_late_way)
    return ACTIVE & Q(status__in=UNSUBMITTED) & is_over


QUEUES: tuple[Queue, ...] = (
    Queue("all", _("All open"), lambda today: ~Q(status=Status.CLOSED) & Q(is_backlog=False)),
    Queue("soon", _("Due soon"), due_soon),
    Queue("late", _("Late"), overdue),
    Queue("blocked", _("Blocked"), blocked),
    Queue("ready", _("Ready to submit"), lambda today: Q(status=Status.READY)),
    Queue("office", _("At the office"), lambda today: Q(status__in=[Status.SUBMITTED, Status.INQUIRY])),
    Queue("hand_over", _("To hand over"), lambda today: Q(status=Status.REGISTERED)),
    Queue("follow_up", _("To follow up"), lambda today: Q(status=Status.HANDED_OVER)),
    Queue("backlog", BACKLOG, lambda today: ~Q(status=Status.CLOSED) & Q(is_backlog=True)),
    Queue("closed", _("Closed"), lambda today: Q(status=Status.CLOSED)),
)
QUEUE_BY_KEY = {queue.key: queue for queue in QUEUES}


def visible_births(user: Any) -> QuerySet[BirthRecord]:
    """Records the person may see, without undone ones."""
    return BirthRecord.objects.visible_to(user).exclude(case__state="void")


def births_in(births: QuerySet[BirthRecord], queue: str, today: date) -> QuerySet[BirthRecord]:
    """The births of one queue: what still must go to the office first, by its time limit; closed ones newest first."""
    chosen = QUEUE_BY_KEY.get(queue, QUEUES[0])
    rows = births.filter(chosen.condition(today))
    if chosen.key == "closed":
        return rows.order_by(F("status_since").desc(nulls_last=True), "-pk")
    at_office = Case(When(status__in=UNSUBMITTED, then=0), default=1)
    limits = (F("notify_effective_on").asc(nulls_last=True), F("notify_due_on").asc(nulls_last=True))
    return rows.order_by(at_office, *limits, "status_since", "-pk")


def queue_counts(births: QuerySet[BirthRecord], today: date, *, closed: bool = False) -> dict[str, int]:
    """How many births stand in each open queue, in one query over at most 1,001 open ones and as many to review.

    With `closed` the closed ones too, up to as many.
    """
    counted = [queue for queue in QUEUES if closed or queue.key != "closed"]
    marked = births.annotate(**{f"in_{queue.key}": Q(queue.condition(today)) for queue in counted})
    marks = marked.order_by().values_list(*(f"in_{queue.key}" for queue in counted))
    opened = marks.exclude(status=Status.CLOSED)
    parts = [opened.filter(is_backlog=False), opened.filter(is_backlog=True)]
    if closed:
        parts.append(marks.filter(status=Status.CLOSED))
    first, *others = (part[:COUNT_CAP] for part in parts)
    totals = zip(*first.union(*others, all=True), strict=True)
    found = {queue.key: sum(column) for queue, column in zip(counted, totals, strict=False)}
    return {queue.key: found.get(queue.key, 0) for queue in counted}


def known_length(counts: dict[str, int], queue: str) -> int | None:
    """How long a queue is (at most 1,001), when all its records were counted; None when it is not known."""
    is_complete = queue in ("all", "backlog", "closed") or max(counts["all"], counts["backlog"]) < COUNT_CAP
    return counts.get(queue) if is_complete else None


@dataclass(frozen=True, kw_only=True)
class BirthRow:
    """A birth as its list shows it."""

    pk: int
    number: str
    names: Sequence[str]
    birth: BirthDate
    status: Words
    suspension: Words
    days: str
    is_late: bool
    lead: str


STANDING_FACTS = ("status", "suspension", "notify_due_on", "notify_effective_on")
"""What status_words() and days_left_words() ask for."""
SHOWN = ("pk", "number", "names", "lead_name", "born_on", "born_precision", *STANDING_FACTS)


def for_list(rows: QuerySet[BirthRecord]) -> QuerySet[BirthRecord, Any]:
    """The facts of records that birth_row() makes words of."""
    rows = rows.annotate(**shown_of("case__child"), number=F("case__number"), lead_name=name_now_of("case__lead"))
    return rows.values_list(*SHOWN, named=True)


def birth_row(birth: Any, today: date) -> BirthRow:
    """A record of for_list() as its list shows it."""
    status, suspension = status_words(birth)
    return BirthRow(
        pk=birth.pk, number=birth.number, names=birth.names[:2], lead=birth.lead_name or "",
        birth=birth_shown(birth), status=status, suspension=suspension,
        days=days_left_words(birth, today), is_late=is_overdue(birth, today),
    )  # fmt: skip


def status_words(birth: Any) -> tuple[Words, Words]:
    """The status of a record, and why it rests if it does."""
    is_resting = birth.suspension != Suspension.NONE
    return Status(birth.status).label, Suspension(birth.suspension).label if is_resting else ""


def with_names(rows: QuerySet[BirthRecord]) -> QuerySet[BirthRecord]:
    """The rows with what a list shows, without a query per row."""
    names = Prefetch("case__child__names", queryset=PersonName.rows.order_by("-is_primary", "pk"))
    return rows.select_related("case", "case__child", "case__lead", "registry_office", "death").prefetch_related(names)
