"""What My work shows, in two queries: what waits in all rooms, and the cases it is about."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.utils.translation import get_language

from casework.access.written import written_for_all
from casework.accounts.models import FirstDayTick
from casework.audit.models import Event
from casework.cases.models import Case
from casework.cases.states import Risk
from casework.people.queries.names import birth_shown, shown_of
from casework.programmes.contributions import RowSource, WorkItem, registry
from casework.programmes.work import Statement, statement_of, work_items

RECENT = 10


@dataclass(frozen=True, kw_only=True)
class CaseShown:
    """A case as My work names it."""

    pk: int
    number: str
    names: list[str]
    age: str
    is_high_risk: bool


@dataclass(frozen=True, kw_only=True)
class WorkLine:
    """Something that waits, and the case it is on where the person sees one."""

    item: WorkItem
    case: CaseShown | None

    @property
    def is_high_risk(self) -> bool:
        return self.case is not None and self.case.is_high_risk


@dataclass(frozen=True, kw_only=True)
class Work:
    """What waits for the person, the last ten cases they opened and may still see, their ticks of the first day."""

    lines: list[WorkLine]
    recent: list[CaseShown]
    ticked: frozenset[str]


def work_of(user: Any, today: date) -> Work:
    """Everything My work shows of a person; two queries."""
    asked = asked_by(user, today)
    *waiting, opened, ticked = asked.statement.rows()
    items = list(work_items(asked.tell, waiting))
    newest = list(dict.fromkeys(row["case_id"] for row in sorted(opened, key=lambda row: -row["pk"])))[:RECENT]
    shown = _cases({*newest, *(item.case_id for item in items)}, user, today)
    return Work(
        lines=[WorkLine(item=item, case=shown.get(item.case_id or 0)) for item in items],
        recent=[shown[pk] for pk in newest if pk in shown],
        ticked=frozenset(row["key"] for row in ticked),
    )


@dataclass(frozen=True)
class Asked:
    """What reads all that may wait for a person, and what tells the rows of each source."""

    statement: Statement
    tell: list[Callable[[Mapping[str, Any]], WorkItem]]

    def about(self, ids: Mapping[int, int]) -> Asked:
        """The same with other numbers in the place of some that the statement was written with."""
        return replace(self, statement=self.statement.about(ids))


@written_for_all(most=100)
def asked_by(user: Any, today: date) -> Asked:
    """What My work asks for a person; no query, but for their grants (decision 27)."""
    sources = [source for entry in registry for source in entry.work_sources(user, today)]
    statement = statement_of([*sources, _opened_by(user), _ticked_by(user)])
    return Asked(statement, [source.item for source in sources])


def _opened_by(user: Any) -> RowSource:
    return RowSource(rows=Event.objects.filter(actor=user, action="cases.case.seen").order_by("-pk"), case="case_id_of")


def _ticked_by(user: Any) -> RowSource:
    return RowSource(rows=FirstDayTick.objects.filter(user=user).order_by("pk"), facts={"key": "key"})


def _cases(ids: Iterable[int | None], user: Any, today: date) -> dict[int, CaseShown]:
    """The cases among the ids that the person sees."""
    rows = Case.objects.visible_to(user).filter(pk__in=[pk for pk in ids if pk]).annotate(**shown_of("child"))
    language = (get_language() or "en")[:2]
    return {
        row.pk: CaseShown(
            pk=row.pk, number=row.number, names=row.names, is_high_risk=row.risk == Risk.HIGH,
            age=birth_shown(row).age_text(today, language),
        )
        for row in rows.values_list("pk", "number", "names", "risk", "born_on", "born_precision", named=True)
    }  # fmt: skip
