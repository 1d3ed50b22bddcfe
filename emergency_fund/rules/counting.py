"""So many at the price of one: the amount that is asked for follows from both (reference programmes 2.3)."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from casework.kernel.money import LARGEST, exact_baht
from casework.kernel.refusals import Finding, error
from emergency_fund.states import COUNTED

MOST = 999
"""More of one thing for one child is a slip."""


def against_counting(
    *, kind: str, quantity: int | None, unit: str, unit_cost: Decimal | None, amount: Decimal | None, at: str = ""
) -> Iterator[Finding]:
    """E-EAF-230 to 233: number and price stand together, for help that is money, and make the amount to the satang.

    An amount of None follows from them. `at` stands before the names of the fields.
    """
    if quantity is None and unit_cost is None and not unit:
        return
    if kind not in COUNTED:
        told = _("A hygiene kit and an insurance have their own price. Leave number and price of one empty.")
        yield error("E-EAF-232", f"{at}quantity", told)
    elif quantity is None:
        yield error("E-EAF-231", f"{at}quantity", _("Write how many, or only the amount."))
    elif unit_cost is None:
        yield error("E-EAF-231", f"{at}unit_cost", _("Write the price of one, or only the amount."))
    elif not 1 <= quantity <= MOST:
        yield error("E-EAF-233", f"{at}quantity", _("Write a number from 1 to %(most)s.") % {"most": MOST})
    elif not 0 < unit_cost <= LARGEST / quantity:
        yield error("E-EAF-233", f"{at}unit_cost", _("This price cannot be. Check the number."))
    elif amount not in (None, quantity * unit_cost):
        words = {
            "n": quantity, "price": exact_baht(unit_cost), "product": exact_baht(quantity * unit_cost),
            "amount": exact_baht(amount or Decimal(0)),
        }  # fmt: skip
        told = _("%(n)s × %(price)s is %(product)s, not %(amount)s. Correct one of them, or leave the amount empty.")
        yield error("E-EAF-230", f"{at}amount", told % words)


def amount_of(quantity: int | None, unit_cost: Decimal | None, amount: Decimal | None) -> Decimal | None:
    """What is asked for: the amount that was said, or so many times the price of one."""
    if amount is None and quantity is not None and unit_cost is not None:
        return quantity * unit_cost
    return amount
