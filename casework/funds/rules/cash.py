"""Whether cash can leave a box, and what stands against a count (day.md 25)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from casework.funds.states import PIECES
from casework.kernel import dates
from casework.kernel.guards import YES, Verdict, no
from casework.kernel.money import LARGEST, baht
from casework.kernel.reasons import says_why
from casework.kernel.refusals import Finding, error

MOST_PIECES = 100_000
MORE = _("You counted %(counted)s baht, in the books are %(books)s: %(gap)s more. Count again, or explain it.")
LESS = _("You counted %(counted)s baht, in the books are %(books)s: %(gap)s less. Count again, or explain it.")


def counted(pieces: Mapping[str, int]) -> Decimal:
    """The worth of notes and coins."""
    return sum((Decimal(worth) * number for worth, number in pieces.items()), Decimal(0))


def against_leaving(
    *, box: str, have: Decimal, need: Decimal, field: str = "amount", since: str = ""
) -> Iterator[Finding]:
    """E-CSH-01: no more leaves a box than is in it, or was in it `since` a day before today."""
    if need > have:
        words = {"box": box, "have": f"{have:,.2f}", "need": f"{need:,.2f}", "day": since}
        told = _("%(box)s has %(have)s baht, %(need)s are needed. Fill it from the bank first, or take another box.")
        if since:
            told = _("Since %(day)s, %(have)s baht could leave %(box)s, %(need)s are needed. Check the day.")
        yield error("E-CSH-01", field, told % words)


def can_use(*, is_active: bool) -> Verdict:
    """E-CSH-03: nothing comes into a box that is out of use, or leaves it."""
    return YES if is_active else no("E-CSH-03", _("This cash box is no longer in use. Choose another one."))


@dataclass(frozen=True, kw_only=True)
class Standing:
    """What decides whether a box can be put out of use."""

    balance: Decimal
    is_counted: bool
    """Whether a count of the empty box was confirmed after its last movement."""
    advance: str
    """The number of an advance of the box that is not settled."""
    is_waiting: bool
    """Whether something about the box waits for a second person."""


def against_retiring(box: Standing) -> Iterator[Finding]:
    """E-CSH-12 to 15: a box that is put out of use is empty and counted, and nothing is still to come back into it."""
    if box.balance:
        words = {"have": baht(box.balance)}
        yield error("E-CSH-12", "", _("%(have)s are in the box. Bring them back to the bank first.") % words)
    elif not box.is_counted:
        told = _("Nobody has counted that the box is empty. Count it, and let a second person confirm that.")
        yield error("E-CSH-13", "", told)
    if box.advance:
        words = {"number": box.advance}
        told = _("Advance %(number)s of this box is not settled. Settle it first: the rest comes back into the box.")
        yield error("E-CSH-14", "", told % words)
    if box.is_waiting:
        told = _("Something about this box waits for a second person. Let it be decided, or take it back.")
        yield error("E-CSH-15", "", told)


def against_retiring_words(reason: str) -> Iterator[Finding]:
    """E-CSH-16: somebody says why a box is no longer needed."""
    if not says_why(reason):
        yield error("E-CSH-16", "reason", _("Say in a sentence why the box is no longer needed."))


def can_use_again(*, is_active: bool) -> Verdict:
    """E-CSH-17: what is out of use is used again."""
    return no("E-CSH-17", _("This cash box is in use already.")) if is_active else YES


def against_banking(*, amount: Decimal, reference: str, on: date, today: date) -> Iterator[Finding]:
    """E-CSH-04, 06 and 11: so much went to the bank, on a day that has been, with the number of its slip."""
    if amount <= 0:
        yield error("E-CSH-06", "amount", _("Write how much was brought to the bank."))
    if not reference.strip():
        yield error("E-CSH-04", "reference", _("Write the number of the deposit slip."))
    if on > today:
        yield error("E-CSH-11", "on", _("This day has not come yet. Write the day the money went to the bank."))


def against_day(*, on: date, today: date, opened_on: date, language: str) -> Iterator[Finding]:
    """E-CSH-11 and 19: cash moved on a day that has been, since there was the box."""
    if on > today:
        yield error("E-CSH-11", "on", _("This day is still to come. Write the true day, up to today."))
    elif on < opened_on:
        words = {"day": dates.short(opened_on, language)}
        yield error("E-CSH-19", "on", _("This box was opened on %(day)s. Write that day or a later one.") % words)


def against_filling(
    *, amount: Decimal, reference: str, on: date, today: date, opened_on: date, is_used: bool, language: str
) -> Iterator[Finding]:
    """What stands against money of the bank that came into a box.

    E-CSH-06 and 04: so much, with the bank's number. E-CSH-18: a slip fills a box once. E-CSH-11 and 19: on a day that
    has been, and on which there was the box.
    """
    if amount <= 0:
        yield error("E-CSH-06", "amount", _("Write how much was put into the box."))
    if not reference.strip():
        yield error("E-CSH-04", "reference", _("Write the number of the bank slip or of the cheque."))
    if is_used:
        told = _("A cash box was filled with this slip already. Check its number, or look at what came into the boxes.")
        yield error("E-CSH-18", "reference", told)
    if on > today:
        yield error("E-CSH-11", "on", _("This day has not come yet. Write the day the money came into the box."))
    elif on < opened_on:
        words = {"day": dates.short(opened_on, language)}
        yield error("E-CSH-19", "on", _("This box was opened on %(day)s. Write that day or a later one.") % words)


def against_waiting_slip(*, is_waiting: bool) -> Iterator[Finding]:
    """E-CSH-18: a slip fills a box once, also while that waits for a second person."""
    if is_waiting:
        told = _("Filling a cash box with this slip waits for a second person already. Check its number.")
        yield error("E-CSH-18", "reference", told)


def against_coming(*, have: Decimal, more: Decimal, field: str = "amount") -> Iterator[Finding]:
    """E-CSH-20: no more comes into a box than its book can hold."""
    if have + more > LARGEST:
        yield error("E-CSH-20", field, _("That is more than a cash box holds. Check the amount."))


def against_count(pieces: Mapping[str, int], *, in_books: Decimal, explanation: str) -> Iterator[Finding]:
    """E-CSH-05: a difference is explained. E-CSH-07: only notes and coins of the baht are counted."""
    known = {str(piece) for piece in PIECES}
    if not set(pieces) <= known or not all(0 <= number <= MOST_PIECES for number in pieces.values()):
        yield error("E-CSH-07", "", _("Write of each note and coin how many there are."))
        return
    found = counted(pieces)
    if found != in_books and not says_why(explanation):
        words = {"counted": f"{found:,.2f}", "books": f"{in_books:,.2f}", "gap": f"{abs(found - in_books):,.2f}"}
        yield error("E-CSH-05", "explanation", (MORE if found > in_books else LESS) % words)


def against_second_count(*, is_waiting: bool) -> Iterator[Finding]:
    """E-CSH-21: no other count of the box waits."""
    if is_waiting:
        told = _("A count of this box waits for a second person. Count again when it is confirmed or declined.")
        yield error("E-CSH-21", "", told)


def can_confirm_count(user_id: int, *, counted_by: int, keeper: int) -> Verdict:
    """E-CSH-08: neither who counted nor who keeps the box confirms."""
    if user_id in (counted_by, keeper):
        return no("E-CSH-08", _("You counted this, or keep the box. Somebody else confirms the count."))
    return YES
