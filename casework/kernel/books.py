"""What can still leave a place whose book is written later than things happen."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal


def least_since(balance: Decimal, later: Iterable[Decimal]) -> Decimal:
    """The least that was there at the end of a day and of each day after it.

    `balance` is what is there now, `later` what each later day added to it, the newest day first. More than this did
    not leave on that day: the book would stand below zero on one of them.
    """
    least = balance
    for added in later:
        balance -= added
        least = min(least, balance)
    return least
