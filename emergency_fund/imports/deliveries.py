"""The list of what is to be paid on the way, and how it is read when it comes back filled in."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache

from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from casework.imports.cells import ReadCell, Reader, as_text, choice_reader, date_reader
from casework.imports.columns import ColumnSpec, in_any_language
from casework.imports.entries import read_entries
from casework.imports.reading import Raw
from casework.kernel.digits import to_ascii_digits
from casework.kernel.money import parse_money
from casework.kernel.refusals import Finding, Refusal
from casework.programmes.contributions import Words
from emergency_fund.rules.filed import (
    AMOUNT,
    ON,
    PROOF,
    RECEIPT,
    RECEIVED_BY,
    RELATION,
    REMARK,
    WITNESS,
    Filed,
    Said,
    against_said,
    spelled,
)
from emergency_fund.states import ON_THE_WAY

REQUEST, LINE = "request", "line"
ANSWERS = (ON, AMOUNT, RECEIVED_BY, RELATION, PROOF, WITNESS, RECEIPT, REMARK)
READ = frozenset({REQUEST, LINE, *ANSWERS})
LABELS: Mapping[str, Words] = {
    REQUEST: _("Request"), LINE: pgettext_lazy("of a request", "Line"), "what": _("What"), "child": _("Child"),
    "left": _("To pay"), "who": _("Who may receive it"), "until": _("Until"),
    ON: _("Paid or handed over on"), AMOUNT: _("Amount, or “all”"), RECEIVED_BY: _("Received by"),
    RELATION: _("Relation"), PROOF: _("How do you know who it is?"), WITNESS: _("Witness"),
    RECEIPT: _("Number of the paper receipt"), REMARK: _("Remark"),
}  # fmt: skip
"""The headings of the list, and what its columns are called on the page."""
WRONG = _("What is wrong")
"""The heading behind them, where what is left of a list is taken to be mended."""
ALL = pgettext_lazy("amount", "all")
NO_LIST = _("No column says which request and which line it is. Take the list along from here, and fill in that.")
NOTHING = _("No row of this file is filled in. Write what was paid, on which day and with which receipt.")
MOST_ROWS = 100
"""What is tried and written in one go."""
MOST_LETTERS = 300
"""What is kept of a cell; no column takes so much."""
NUMBER = re.compile(r"\d{1,7}(\.\d{1,2})?")
OTHER_WORDS = {
    LINE: ("line no",), ON: ("paid on", "handed over on"), AMOUNT: ("amount",), RECEIPT: ("receipt no",),
    "child": ("",),
}  # fmt: skip
WHOSE = {WITNESS: frozenset({"", "somebody else"}), "child": frozenset({"child"})}


@dataclass(frozen=True, kw_only=True)
class Book:
    """A list that came back: the rows that are filled in, how many lines are not, and columns that were not read."""

    filed: Sequence[Filed]
    empty: int
    unread: Sequence[str]


def _read(raw: Raw, today: date) -> ReadCell:
    return ReadCell(as_text(raw)[:MOST_LETTERS])


@cache
def columns() -> tuple[ColumnSpec, ...]:
    """The columns of the list by their headings in the three languages."""
    return tuple(
        ColumnSpec(
            key=key, label=label, read=_read, headings=(*in_any_language(label), *OTHER_WORDS.get(key, ())),
            about=WHOSE.get(key, frozenset({""})),
        )
        for key, label in {**LABELS, "wrong": WRONG}.items()
    )  # fmt: skip


def read_deliveries(content: bytes, file_name: str) -> Book:
    """The rows of a list as they are written there.

    Raises Refusal as read_book does, and E-EAF-240 to 242 for a file that is no such list, has nothing filled in, or
    too much.
    """
    entries = [one for one in read_entries(content, file_name, columns()) if {REQUEST, LINE} <= one.cells.keys()]
    if not entries:
        raise Refusal("E-EAF-240", "file", NO_LIST)
    typed = [{key: as_text(raw)[:MOST_LETTERS] for key, raw in one.cells.items()} for one in entries]
    filed = [
        Filed(row=one.row, typed={key: text for key, text in cells.items() if text}, odd=sorted(one.odd & READ))
        for one, cells in zip(entries, typed, strict=True)
        if any(cells.get(key) for key in ANSWERS)
    ]
    if not filed:
        raise Refusal("E-EAF-241", "file", NOTHING)
    if len(filed) > MOST_ROWS:
        told = _("More than %(most)s rows are filled in. Split the list, and bring in one part after the other.")
        raise Refusal("E-EAF-242", "file", told % {"most": MOST_ROWS})
    lines = sum(bool(cells[LINE]) for cells in typed)
    unread = dict.fromkeys(heading for one in entries for heading, raw in one.others.items() if as_text(raw))
    return Book(filed=filed, empty=max(lines - len(filed), 0), unread=list(unread))


@cache
def _ways() -> Mapping[str, str]:
    """How somebody was known, in the words of the list or by its code."""
    return {name: code for code, label in ON_THE_WAY for name in (code, *in_any_language(label))}


def _proof() -> Reader:
    told = gettext("Write one of: %(ways)s.") % {"ways": ", ".join(f"“{label}”" for _code, label in ON_THE_WAY)}
    return choice_reader(_ways(), field=PROOF, code="E-EAF-250", sentence=told, blank="")


_day = date_reader(ON)


def read_said(filed: Filed, today: date) -> tuple[Said, list[Finding]]:
    """What a row says, and what of it cannot be read; nothing is taken for something else silently."""
    typed = filed.typed
    on, proof = _day(typed.get(ON, ""), today), _proof()(typed.get(PROOF, ""), today)
    parts = _parts(typed.get(AMOUNT, ""))
    amount = ReadCell(None) if parts else _amount(typed.get(AMOUNT, ""))
    said = Said(
        request="".join(to_ascii_digits(typed.get(REQUEST, "")).upper().split()),
        line=to_ascii_digits(typed.get(LINE, "")).strip().lstrip("0"), on=on.value, amount=amount.value, parts=parts,
        proof=proof.value,
        **{key: typed.get(key, "") for key in (RECEIVED_BY, RELATION, WITNESS, RECEIPT, REMARK)},
    )  # fmt: skip
    unread = [*on.findings, *amount.findings, *proof.findings]
    return said, [*unread, *against_said(filed, said, {finding.field for finding in unread})]


def _parts(text: str) -> Sequence[tuple[str, Decimal]]:
    """So much of what, as “Bathing soap 2; Bucket 1”; nothing where anything else is written."""
    parts = []
    for part in to_ascii_digits(text).replace("\n", ";").split(";"):
        name, _space, number = part.strip().rpartition(" ")
        if not name or name[0].isdigit() or not NUMBER.fullmatch(number):
            return ()
        parts.append((name.strip(" :x×"), Decimal(number)))
    return parts


def is_all(text: str) -> bool:
    """Whether it says “all”, in a language of the pages."""
    return spelled(text) in map(spelled, in_any_language(ALL))


def _amount(text: str) -> ReadCell:
    """An amount, or nothing for “all” of what is left."""
    if not text or is_all(text):
        return ReadCell(None)
    try:
        return ReadCell(parse_money(text, field=AMOUNT))
    except Refusal as refusal:
        return ReadCell(None, None, refusal.findings)
