"""Birth records as lines to be counted: a constant number of queries, only columns the indicators need."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from casework.audit.models import READ_ACT, Event
from casework.cases.models import Assignment
from casework.reference.queries import term
from casework.reports.boards import Scope
from registration.indicators import BlockedPaper, Line
from registration.models import BirthRecord, OpeningBalance, Requirement, Submission
from registration.states import Result, Status

from .lists import stopped_papers


def counted_births(scope: Scope) -> QuerySet[BirthRecord]:
    """Records of the scope's offices that count: not undone, not of a practice office."""
    place = Q(office__in=scope.offices)
    if scope.own_offices:
        mine = Assignment.rows.live(timezone.now()).filter(case=OuterRef("case_id"), user_id=scope.user_id)
        place |= Q(office__in=scope.own_offices) & Q(Exists(mine))
    return BirthRecord.rows.all().real().filter(place)


def lines_since(scope: Scope, horizon: date) -> list[Line]:
    """Lines of records that are open or in which something happened since the day."""
    touched = Q(born_on__gte=horizon) | Q(notify_due_on__gte=horizon) | Q(outcome__registered_on__gte=horizon)
    touched |= Q(outcome__handed_over_on__gte=horizon) | Q(status_since__gte=horizon) | ~Q(status=Status.CLOSED)
    touched |= Q(case__closed_on__gte=horizon)
    blocked = blocked_papers(scope)
    silent = int(term("registration.inactive_days", scope.today))
    busy = acted_since(scope, scope.today - timedelta(days=silent))
    dated: Any = _dated(counted_births(scope))
    rows = dated.filter(touched).order_by("pk").values(
        "pk", "case_id", "status", "born_on", "precision", "country", "place_kind", "opened_on", "notify_due_on",
        "notify_effective_on", "ready_at", "first_submitted_on", "accepted_on", "registered_on", "handed_over_on",
        "in_time", "closed_on", "track", "family_place", "case__child_id",
    )  # fmt: skip
    return [
        Line(
            id=row["pk"],
            child=row["case__child_id"],
            status=row["status"],
            born_on=row["born_on"],
            precision=row["precision"],
            is_thai_birth=row["country"] == "TH" and row["place_kind"] != "abroad",
            track=row["track"],
            opened_on=row["opened_on"],
            due_on=row["notify_due_on"],
            effective_on=row["notify_effective_on"],
            ready_on=_became_ready(row["ready_at"], row["first_submitted_on"]),
            first_submitted_on=row["first_submitted_on"],
            accepted_on=row["accepted_on"],
            registered_on=row["registered_on"],
            handed_over_on=row["handed_over_on"],
            closed_on=row["closed_on"] if row["status"] == Status.CLOSED else None,
            was_in_time=row["in_time"],
            province=(row["family_place"] or "")[:2],
            blocked=blocked.get(row["pk"], ()),
            is_still=row["case_id"] not in busy,
        )
        for row in rows.iterator(chunk_size=5000)
    ]


def _became_ready(at: datetime | None, first_submitted_on: date | None) -> date | None:
    """The day the papers were declared complete; not told when that was only written down after the first visit."""
    if at is None:
        return None
    on = timezone.localdate(at)
    return None if first_submitted_on is not None and on > first_submitted_on else on


def _dated(rows: QuerySet[BirthRecord]) -> QuerySet[BirthRecord]:
    visits = Submission.rows.filter(birth=OuterRef("pk")).order_by("submitted_on")
    became_ready = Event.objects.filter(
        subject_type="registration.birthrecord", subject_id=OuterRef("pk"), action="registration.birth.ready"
    ).order_by("pk")
    return rows.annotate(
        born_on=F("case__child__born_on"),
        precision=F("case__child__born_precision"),
        opened_on=F("case__received_on"),  # of a paper form the day it was filled in, not typed (day.md 14)
        ready_at=Subquery(became_ready.values("at")[:1]),
        first_submitted_on=Subquery(visits.values("submitted_on")[:1]),
        accepted_on=Subquery(visits.filter(result=Result.ACCEPTED).values("submitted_on")[:1]),
        registered_on=F("outcome__registered_on"),
        handed_over_on=F("outcome__handed_over_on"),
        in_time=F("outcome__notified_in_time"),
        closed_on=Coalesce("status_since", "case__closed_on"),
        family_place=F("case__family__place_code"),
    )


def blocked_papers(scope: Scope) -> dict[int, tuple[BlockedPaper, ...]]:
    """The papers for which open records count as blocked, by record."""
    births = counted_births(scope).exclude(status=Status.CLOSED)
    rows = stopped_papers(scope.today).filter(birth__in=births)
    found: dict[int, list[BlockedPaper]] = {}
    papers: Any = rows.values_list("birth_id", "block", "requirement_id", "blocked_since")
    for birth, block, requirement, since in papers:
        found.setdefault(birth, []).append(BlockedPaper(block=block, requirement=requirement, since=since))
    return {birth: tuple(papers) for birth, papers in found.items()}


def acted_since(scope: Scope, day: date) -> set[int]:
    """Cases of open records on which somebody did something since the day; reading is not doing."""
    cases = counted_births(scope).exclude(status=Status.CLOSED).values("case_id")
    done: Any = Event.objects.filter(case_id_of__in=cases, at__date__gte=day, actor__isnull=False)
    acts = done.exclude(action__endswith=READ_ACT)
    return set(acts.values_list("case_id_of", flat=True).distinct())


def registered_ever(scope: Scope) -> int:
    """Children registered in these records (M15)."""
    return counted_births(scope).filter(outcome__isnull=False).values("case__child_id").distinct().count()


def opening_balances(scope: Scope) -> list[OpeningBalance]:
    """What was registered before these records, for each office of which there is such a number (M15)."""
    live = Q(valid_to__isnull=True) | Q(valid_to__gte=scope.today)
    return list(OpeningBalance.objects.filter(live, office__in=scope.offices, valid_from__lte=scope.today))


def requirement_names(ids: Iterable[int], language: str) -> dict[int, str]:
    """What the papers are called."""
    return {row.pk: row.label(language) for row in Requirement.objects.filter(pk__in=list(ids))}
