"""Which rows of a register belong to one mother: siblings and twins share her, the family and the father."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from casework.imports.specification import RowToLoad
from casework.people.names import matching_sounds
from registration.imports.rules import mother_name
from registration.imports.words import NO_PAPER


@dataclass(kw_only=True, eq=False)
class Entry:
    """One row on its way to a record: the ids of child and father, the columns of case and birth."""

    row: RowToLoad
    child_id: int = 0
    father_id: int | None = None
    case: dict[str, Any] = field(default_factory=dict)
    birth: dict[str, Any] = field(default_factory=dict)

    @property
    def values(self) -> dict[str, Any]:
        return self.row.values


@dataclass(kw_only=True, eq=False)
class Household:
    """The rows of one mother, with the ids of the mother and of the family they become."""

    entries: list[Entry] = field(default_factory=list)
    mother_id: int | None = None
    family_id: int = 0

    def persons_of(self, entry: Entry) -> list[int]:
        """Everybody who is seen through the entry's case."""
        return [person for person in (entry.child_id, self.mother_id, entry.father_id) if person is not None]


def households_of(rows: Sequence[RowToLoad]) -> list[Household]:
    """Group rows: by the mother's paper, else by her name with the phone, else each for itself.

    A row that a person decided to be a twin or sibling joins the household of the row it was decided for.
    """
    numbers = [_mother_number(row.values) for row in rows]
    shared = Counter(numbers)
    by_key: dict[object, Household] = {}
    by_row: dict[int, Household] = {}
    for row, number in zip(rows, numbers, strict=True):
        household = by_row.get(row.twin_of) if row.twin_of is not None else None
        if household is None:
            name = matching_sounds(mother_name(row.values)) if number and shared[number] > 1 else ""
            household = by_key.setdefault((number, name) if name else row.row_id, Household())
        household.entries.append(Entry(row=row))
        by_row[row.row_id] = household
    return list(dict.fromkeys(by_row.values()))


def _mother_number(values: Mapping[str, Any]) -> tuple[str, ...]:
    """The mother's paper, else the phone; nothing where the register has neither."""
    if values["mother_no"] and values["mother_doc"] != NO_PAPER:
        return values["mother_doc"], values["mother_no"]
    return (values["phone"],) if values["phone"] else ()


def twins_of(entries: Sequence[Entry]) -> list[list[Entry]]:
    """The entries of a household by birth: those told to be twins and born within two days of each other together."""
    births: list[list[Entry]] = []
    for entry in sorted(entries, key=lambda one: (one.values["born"], one.row.row_id)):
        last = births[-1] if births else []
        together = bool(last) and (entry.values["born"] - last[0].values["born"]).days <= 2
        told = entry.values["is_twin"] or entry.values["twin"] or entry.row.twin_of is not None
        if together and told:
            last.append(entry)
        else:
            births.append([entry])
    return births
