"""What lists show of people: their names and their birth dates."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Case, F, OuterRef, Q, QuerySet, When

from casework.kernel.dates import BirthDate, Precision
from casework.people.models import PersonName
from casework.people.names import all_as_called, readers_script
from casework.people.states import NameKind

USED = Q(is_primary=True) | ~Q(kind=NameKind.PREVIOUS)
"""Names that are used now."""


class _Called(ArraySubquery):
    """Names as the reader of a script calls who bears them."""

    def __init__(self, names: QuerySet[Any], script: str) -> None:
        super().__init__(names)
        self.script = script

    def convert_value(self, value: list[str], expression: Any, connection: Any) -> tuple[str, ...]:
        return all_as_called(value, self.script)


def shown_of(person: str) -> dict[str, Any]:
    """What a list shows of the person at the end of a path, as annotations: `names`, `born_on`, `born_precision`."""
    return {
        "names": _names_of(person),
        "born_on": F(f"{person}__born_on"),
        "born_precision": F(f"{person}__born_precision"),
    }


def _names_of(person: str) -> _Called:
    """The names that are used now of the person at the end of a path as texts, without a query of their own.

    What the reader reads best stands first, then the main one.
    """
    script = readers_script()
    is_own = Case(When(script=script, then=0), default=1)
    names = PersonName.rows.filter(USED, person=OuterRef(person)).order_by(is_own, "-is_primary", "pk")
    return _Called(names.values("full"), script)


def birth_shown(row: Any) -> BirthDate:
    """The birth date of a row that was annotated with shown_of()."""
    return _birth(row.born_on, row.born_precision)


@lru_cache(maxsize=10_000)  # long lists show each day again and again
def _birth(on: date | None, precision: str) -> BirthDate:
    return BirthDate(on, Precision(precision))
