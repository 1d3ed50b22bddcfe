"""How the fund writes amounts into boxes."""

from __future__ import annotations

from decimal import Decimal


def typed(amount: Decimal) -> str:
    """An amount as people type it: 3,900, with satang only where there are some."""
    return f"{amount:,.0f}" if amount == int(amount) else f"{amount:,.2f}"
