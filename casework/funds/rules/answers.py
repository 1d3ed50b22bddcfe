"""What the rows of a file of finance say of a batch: matched, differing, unknown, repeated (day.md 25)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from casework.kernel.digits import to_ascii_digits
from casework.kernel.money import parse_money
from casework.kernel.refusals import Finding, Refusal, error
from casework.programmes.contributions import Words

ENTRY = re.compile(r"E?0*([1-9][0-9]{0,11})", re.IGNORECASE)
MINUS = "-−–"
UNREADABLE = _("This is no amount.")
NOTHING_SAID = _("No amount stands there.")


@dataclass(frozen=True, kw_only=True)
class Told:
    """One row of the file, as it was read."""

    row: int
    entry: str
    reference: str
    booked: str


@dataclass(frozen=True, kw_only=True)
class Ours:
    """One entry of the batch: its id, budget line, reference and amount."""

    pk: int
    line_id: int
    reference: str
    amount: Decimal


@dataclass(frozen=True, kw_only=True)
class Compared:
    """A row of the file beside our entry; `booked` is nothing where no amount can be read, and `why` says so."""

    told: Told
    ours: Ours | None
    booked: Decimal | None
    why: Words = ""

    @property
    def difference(self) -> Decimal:
        """What finance booked more than we paid."""
        return (self.booked or Decimal(0)) - (self.ours.amount if self.ours else Decimal(0))


@dataclass(frozen=True, kw_only=True)
class Comparison:
    """The rows of a file by what they say."""

    matched: Sequence[Compared]
    differing: Sequence[Compared]
    unreadable: Sequence[Compared]
    unknown: Sequence[Compared]
    repeated: Sequence[Compared]
    missing: Sequence[Ours]

    def booked_by_line(self) -> dict[int, Decimal]:
        """What finance booked on each budget line of which it says something, by the line's id."""
        found: dict[int, Decimal] = {}
        for one in (*self.matched, *self.differing):
            if one.ours is not None and one.booked is not None:
                found[one.ours.line_id] = found.get(one.ours.line_id, Decimal(0)) + one.booked
        return found


def compare(told: Sequence[Told], ours: Sequence[Ours]) -> Comparison:
    """Put each row of the file beside our entry, by its number or its reference; the first row of an entry counts."""
    by_pk = {entry.pk: entry for entry in ours}
    by_reference = _alone(ours)
    seen: set[int] = set()
    found: dict[str, list[Compared]] = {name: [] for name in ("same", "other", "unread", "unknown", "again")}
    for row in told:
        entry = _entry_of(row, by_pk, by_reference)
        booked, why = _amount(row.booked)
        compared = Compared(told=row, ours=entry, booked=booked, why=why)
        if entry is None:
            found["unknown"].append(compared)
        elif entry.pk in seen:
            found["again"].append(compared)
        else:
            seen.add(entry.pk)
            kind = "unread" if booked is None else "same" if booked == entry.amount else "other"
            found[kind].append(compared)
    return Comparison(
        matched=found["same"], differing=found["other"], unreadable=found["unread"], unknown=found["unknown"],
        repeated=found["again"], missing=[entry for entry in ours if entry.pk not in seen],
    )  # fmt: skip


def _alone(ours: Sequence[Ours]) -> dict[str, Ours]:
    """Entries by a reference that only one of them has: a receipt and what came back of it share theirs."""
    found: dict[str, list[Ours]] = {}
    for entry in ours:
        found.setdefault(_key(entry.reference), []).append(entry)
    return {key: entries[0] for key, entries in found.items() if key and len(entries) == 1}


def _entry_of(row: Told, by_pk: Mapping[int, Ours], by_reference: Mapping[str, Ours]) -> Ours | None:
    number = ENTRY.fullmatch(_key(row.entry))
    if number is not None:
        return by_pk.get(int(number[1]))
    return by_reference.get(_key(row.reference)) if not row.entry else None


def _key(text: str) -> str:
    return "".join(to_ascii_digits(text).upper().split())


def _amount(text: str) -> tuple[Decimal | None, Words]:
    """The amount of a cell, below zero with a minus sign or in brackets; or nothing, and why."""
    if not text:
        return None, NOTHING_SAID
    bare = text.strip()
    is_below = bare[0] in MINUS or (bare[0] == "(" and bare[-1] == ")")
    try:
        amount = parse_money(bare.strip("()" + MINUS).strip(), field="booked")
    except Refusal:
        return None, UNREADABLE
    return (-amount if is_below else amount), ""


def against_taking(compared: Comparison) -> Iterator[Finding]:
    """E-FIN-10: a file of this batch says something that can be written down."""
    if not compared.matched and not compared.differing:
        told = _("No row of this file says what was booked of this batch. Choose the file that finance sent for it.")
        yield error("E-FIN-10", "", told)
