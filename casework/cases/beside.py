"""What stands beside a case's plan: tasks, consents, needs, who works on it, who opened it. One question for all."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Case as WhichOf
from django.db.models import CharField, DateField, DateTimeField, F, QuerySet, Subquery, Value, When
from django.db.models.functions import Cast
from django.utils import timezone
from django.utils.functional import Promise

from casework.accounts.queries import name_now_of
from casework.audit.models import Event

from .models import Assessment, Case, Need
from .states import AssessmentKind, AssignmentKind, ConsentDecision, Domain, Severity, TaskState

OPENED = 5
OPENED_AMONG = 50
"""Who opened a case is looked for among its newest openings, so that the page does not grow with its history."""

CHOICES = {"consent": ConsentDecision, "assessment": AssessmentKind, "need": Severity, "colleague": AssignmentKind}
NOTHING: dict[str, Any] = {
    **dict.fromkeys(["code", "about", "text", "who"], Value("", CharField())),
    **dict.fromkeys(["on", "until"], Cast(Value(None), DateField())),
    "at": Cast(Value(None), DateTimeField()),
}


@dataclass(frozen=True)
class Line:
    """One row beside the plan. `about` is a purpose, domain or person; `text` is what somebody typed."""

    kind: str
    pk: int
    code: str
    about: str
    text: str
    who: str
    on: date | None
    until: date | None
    at: datetime | None

    @property
    def label(self) -> str | Promise:
        """The choice in words."""
        return CHOICES[self.kind](self.code).label

    @property
    def domain(self) -> str | Promise:
        """The domain of a need in words."""
        return Domain(self.about).label


def beside(case: Case) -> dict[str, list[Line]]:
    """The lines of a case by kind: `task`, `consent`, `assessment`, `need`, `colleague`, `opened`; one query."""
    parts = [_tasks(case), _consents(case), _assessment(case), _needs(case), _colleagues(case), _opened(case)]
    found: dict[str, list[Line]] = defaultdict(list)
    for row in parts[0].union(*parts[1:], all=True):
        line = Line(*row)
        found[line.kind].append(line)
    found["task"].sort(key=lambda line: (line.on, line.pk))
    found["colleague"].sort(key=lambda line: (line.code, line.at))
    return {**found, "opened": _once_each(found["opened"])}


def _lines(rows: QuerySet[Any], kind: str, **columns: Any) -> QuerySet[Any]:
    """The rows as values of Line, in the order of its fields."""
    return rows.order_by().values_list(Value(kind, CharField()), "pk", *(NOTHING | columns).values())


def _tasks(case: Case) -> QuerySet[Any]:
    return _lines(
        case.tasks.filter(state=TaskState.TO_DO), "task", text=F("title"), who=name_now_of("owner"), on=F("due_on")
    )


def _consents(case: Case) -> QuerySet[Any]:
    rows = case.consents.filter(withdrawn_on__isnull=True)
    said = {"text": _yes_or_no("child_assent")}
    return _lines(
        rows, "consent", **said, code=F("decision"), about=F("purpose"), on=F("given_on"), until=F("expires_on")
    )


def _yes_or_no(column: str) -> WhichOf:
    """An answer that may not have been asked, as a word."""
    return WhichOf(
        When(**{column: True}, then=Value("yes")),
        When(**{column: False}, then=Value("no")),
        default=Value(""),
        output_field=CharField(),
    )


def _latest(case: Case) -> QuerySet[Assessment]:
    return case.assessments.order_by("-done_on", "-pk")[:1]


def _assessment(case: Case) -> QuerySet[Any]:
    rows = Assessment.rows.filter(pk__in=_latest(case).values("pk"))
    seen = {"text": _yes_or_no("child_seen")}
    return _lines(rows, "assessment", **seen, code=F("kind"), who=name_now_of("done_by"), on=F("done_on"))


def _needs(case: Case) -> QuerySet[Any]:
    rows = Need.objects.filter(assessment=Subquery(_latest(case).values("pk")))
    return _lines(rows, "need", code=F("severity"), about=F("domain"), text=F("text"))


def _colleagues(case: Case) -> QuerySet[Any]:
    rows = case.assignments.live(timezone.now())
    return _lines(rows, "colleague", code=F("kind"), text=F("reason"), who=name_now_of("user"), at=F("since_at"))


def _opened(case: Case) -> QuerySet[Any]:
    newest = Event.objects.filter(case_id_of=case.pk, action="cases.case.seen").order_by("-pk")[:OPENED_AMONG]
    return _lines(
        Event.objects.filter(pk__in=newest.values("pk")),
        "opened",
        about=Cast("actor", CharField()),
        who=name_now_of("actor"),
        at=F("at"),
    )


def _once_each(openings: list[Line]) -> list[Line]:
    """The last opening of each person, the newest first."""
    last = {line.about: line for line in sorted(openings, key=lambda line: line.pk)}
    return sorted(last.values(), key=lambda line: line.pk, reverse=True)[:OPENED]
