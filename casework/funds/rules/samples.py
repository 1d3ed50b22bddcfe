"""How payments are drawn: by a rule that anybody can repeat with the seed and the numbers (day.md 25)."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from datetime import date

from django.utils.translation import gettext_lazy as _

from casework.kernel.refusals import Finding, error

USUAL_SIZE = 25
MOST = 100


def drawn(numbers: Iterable[int], seed: str, size: int) -> list[int]:
    """The first `size` numbers in the order of the SHA-256 of “seed:number”; the same seed gives the same draw."""
    return sorted(numbers, key=lambda number: hashlib.sha256(f"{seed}:{number}".encode()).hexdigest())[:size]


def digest_of(numbers: Iterable[int]) -> str:
    """SHA-256 of what is drawn from: the numbers in their order, with commas between."""
    return hashlib.sha256(",".join(map(str, sorted(numbers))).encode()).hexdigest()


def against_drawing(*, first_on: date, last_on: date, size: int, today: date) -> Iterator[Finding]:
    """E-SMP-02 to 04: a time that does not reach beyond today, and a number of payments that somebody can look at."""
    if last_on < first_on:
        yield error("E-SMP-02", "last_on", _("The last day is before the first one."))
    if last_on > today:
        yield error("E-SMP-03", "last_on", _("This day has not come yet. Choose today or an earlier day."))
    if not 1 <= size <= MOST:
        yield error("E-SMP-04", "size", _("Draw between 1 and %(most)d payments.") % {"most": MOST})
