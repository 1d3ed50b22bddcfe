"""What the rows of a file of finance say of a batch: matched, differing, unreadable, unknown (day.md 25)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from casework.kernel.dates import short
from casework.kernel.digits import to_ascii_digits
from casework.kernel.money import parse_money
from casework.kernel.refusals import Finding, Refusal, error
from casework.programmes.contributions import Words

ENTRY = re.compile(r"E?0*([1-9][0-9]{0,11})", re.IGNORECASE)
MINUS = "-−–"
UNREADABLE = _("This is no amount.")
NOTHING_SAID = _("No amount is written there.")


@dataclass(frozen=True, kw_only=True)
class Told:
    """One row of the file, as it was read; the day as 2026-11-03 where it is one."""

    row: int
    entry: str
    reference: str
    booked: str
    day: str = ""
    account: str = ""


@dataclass(frozen=True, kw_only=True)
class Ours:
    """One entry of the batch: its id, budget line, reference and amount."""

    pk: int
    line_id: int
    reference: str
    amount: Decimal


@dataclass(frozen=True, kw_only=True)
class Compared:
    """The rows of the file that carry one entry beside ours, with their sum.

    `booked` is nothing where no amount can be read, and `why` says so; `told` is then the row that says it.
    """

    told: Told
    ours: Ours | None
    booked: Decimal | None
    why: Words = ""
    rows: Sequence[Told]

    @property
    def difference(self) -> Decimal:
        """What finance booked more than we paid."""
        return (self.booked or Decimal(0)) - (self.ours.amount if self.ours else Decimal(0))

    @property
    def row_numbers(self) -> str:
        """Where it stands in the file."""
        return ", ".join(str(row.row) for row in self.rows)

    @property
    def parts(self) -> Sequence[str]:
        """How finance booked it in parts, in sentences: so much in each row, on which days, on which accounts."""
        return list(_parts(self.rows)) if len(self.rows) > 1 else []


def _parts(rows: Sequence[Told]) -> Iterator[str]:
    amounts = " + ".join(
        f"{booked:,.2f}" for booked, _why in (_amount(row.booked) for row in rows) if booked is not None
    )
    yield str(_("Booked in %(count)d rows: %(amounts)s.")) % {"count": len(rows), "amounts": amounts or "–"}
    days = sorted({row.day for row in rows if row.day})
    if len(days) > 1:
        yield str(_("The rows are of different days: %(days)s.")) % {"days": ", ".join(map(_day_words, days))}
    accounts = sorted({row.account for row in rows if row.account})
    if len(accounts) > 1:
        yield str(_("The rows are of different accounts: %(accounts)s.")) % {"accounts": ", ".join(accounts)}


def _day_words(day: str) -> str:
    try:
        return short(date.fromisoformat(day), (get_language() or "en")[:2])
    except ValueError:
        return day


@dataclass(frozen=True, kw_only=True)
class Comparison:
    """The rows of a file by what they say."""

    matched: Sequence[Compared]
    differing: Sequence[Compared]
    unreadable: Sequence[Compared]
    unknown: Sequence[Compared]
    missing: Sequence[Ours]

    def booked_by_line(self) -> dict[int, Decimal]:
        """What finance booked on each budget line of which it says something, by the line's id."""
        found: dict[int, Decimal] = {}
        for one in (*self.matched, *self.differing):
            if one.ours is not None and one.booked is not None:
                found[one.ours.line_id] = found.get(one.ours.line_id, Decimal(0)) + one.booked
        return found


def compare(told: Sequence[Told], ours: Sequence[Ours]) -> Comparison:
    """Put the rows of the file beside our entries, by number or reference; several rows of one entry are summed."""
    by_pk = {entry.pk: entry for entry in ours}
    by_reference = _alone(ours)
    found: dict[str, list[Compared]] = {name: [] for name in ("same", "other", "unread", "unknown")}
    rows_of: dict[int, list[Told]] = {}
    for row in told:
        entry = _entry_of(row, by_pk, by_reference)
        if entry is None:
            booked, why = _amount(row.booked)
            found["unknown"].append(Compared(told=row, ours=None, booked=booked, why=why, rows=[row]))
        else:
            rows_of.setdefault(entry.pk, []).append(row)
    for pk, rows in rows_of.items():
        one = _summed(rows, by_pk[pk])
        found["unread" if one.booked is None else "other" if one.difference else "same"].append(one)
    return Comparison(
        matched=found["same"], differing=found["other"], unreadable=found["unread"], unknown=found["unknown"],
        missing=[entry for entry in ours if entry.pk not in rows_of],
    )  # fmt: skip


def _summed(rows: Sequence[Told], ours: Ours) -> Compared:
    """The rows of one entry as one booking: an empty row says nothing beside others, an unread amount stops it."""
    saying = [row for row in rows if row.booked] or rows[:1]
    total = Decimal(0)
    for row in saying:
        booked, why = _amount(row.booked)
        if booked is None:
            return Compared(told=row, ours=ours, booked=None, why=why, rows=saying)
        total += booked
    return Compared(told=saying[0], ours=ours, booked=total, rows=saying)


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
