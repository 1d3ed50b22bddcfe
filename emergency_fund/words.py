"""How the fund writes amounts: into boxes, and as so many at the price of one."""

from __future__ import annotations

from decimal import Decimal

from casework.kernel.plurals import counted


def typed(amount: Decimal) -> str:
    """An amount as people type it: 3,900, with satang only where there are some."""
    return f"{amount:,.0f}" if amount == int(amount) else f"{amount:,.2f}"


def times(amount: Decimal | None, unit_cost: Decimal | None, unit: str, price: str) -> str:
    """An amount as so many of a price: "3 visits × ฿300"; nothing where it is not a whole number of them."""
    if not amount or not unit_cost or amount % unit_cost:
        return ""
    number = amount // unit_cost
    return " ".join(filter(None, (f"{number}", counted(unit, number), "×", price))).replace(" ", "\u00a0")
