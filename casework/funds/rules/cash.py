"""Whether cash can leave a box, and what stands against a count (day.md 25)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from casework.funds.states import PIECES
from casework.kernel.guards import YES, Verdict, no
from casework.kernel.refusals import Finding, error

SHORTEST_EXPLANATION = 10
MOST_PIECES = 100_000
MORE = _("You counted %(counted)s baht, in the books are %(books)s: %(gap)s more. Count again, or explain it.")
LESS = _("You counted %(counted)s baht, in the books are %(books)s: %(gap)s less. Count again, or explain it.")


def counted(pieces: Mapping[str, int]) -> Decimal:
    """The worth of notes and coins."""
    return sum((Decimal(worth) * number for worth, number in pieces.items()), Decimal(0))


def against_leaving(*, box: str, have: Decimal, need: Decimal, field: str = "amount") -> Iterator[Finding]:
    """E-CSH-01: no more leaves a box than is in it."""
    if need > have:
        words = {"box": box, "have": f"{have:,.2f}", "need": f"{need:,.2f}"}
        told = _("%(box)s has %(have)s baht, %(need)s are needed. Fill it from the bank first, or take another box.")
        yield error("E-CSH-01", field, told % words)


def can_use(*, is_active: bool) -> Verdict:
    """E-CSH-03: nothing comes into a box that is out of use, or leaves it."""
    return YES if is_active else no("E-CSH-03", _("This cash box is no longer in use. Choose another one."))


def against_filling(*, amount: Decimal, reference: str) -> Iterator[Finding]:
    """E-CSH-04: money of the bank comes with the bank's number."""
    if amount <= 0:
        yield error("E-CSH-06", "amount", _("Write how much was put into the box."))
    if not reference.strip():
        yield error("E-CSH-04", "reference", _("Write the number of the bank slip or of the cheque."))


def against_count(pieces: Mapping[str, int], *, in_books: Decimal, explanation: str) -> Iterator[Finding]:
    """E-CSH-05: a difference is explained. E-CSH-07: only notes and coins of the baht are counted."""
    known = {str(piece) for piece in PIECES}
    if not set(pieces) <= known or not all(0 <= number <= MOST_PIECES for number in pieces.values()):
        yield error("E-CSH-07", "", _("Write of each note and coin how many there are."))
        return
    found = counted(pieces)
    if found != in_books and len(explanation.strip()) < SHORTEST_EXPLANATION:
        words = {"counted": f"{found:,.2f}", "books": f"{in_books:,.2f}", "gap": f"{abs(found - in_books):,.2f}"}
        yield error("E-CSH-05", "explanation", (MORE if found > in_books else LESS) % words)


def can_confirm_count(user_id: int, *, counted_by: int, keeper: int) -> Verdict:
    """E-CSH-08: neither who counted nor who keeps the box confirms."""
    if user_id in (counted_by, keeper):
        return no("E-CSH-08", _("You counted this, or keep the box. Somebody else confirms the count."))
    return YES
