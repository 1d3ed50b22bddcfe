"""Units in English as people write them, beside one and beside many; other languages here have one form."""

from __future__ import annotations

from decimal import Decimal

LONGEST_SIGN = 2
"""g, kg or ml are signs and have no forms."""
UNCHANGED = frozenset({"dozen"})
HISSING = ("ss", "x", "ch", "sh")


def counted(unit: str, number: Decimal | int) -> str:
    """A unit as it stands beside a number, however it was written down: 1 pack, 12 packs, 250 g."""
    if len(unit) <= LONGEST_SIGN or unit in UNCHANGED or not (unit.isascii() and unit.isalpha() and unit.islower()):
        return unit
    return _one(unit) if number == 1 else _many(unit)


def _one(unit: str) -> str:
    if not unit.endswith("s") or unit.endswith("ss"):
        return unit
    if unit.endswith("ies"):
        return f"{unit[:-3]}y"
    stem = unit.removesuffix("s")
    return stem.removesuffix("e") if stem.removesuffix("e").endswith(HISSING) else stem


def _many(unit: str) -> str:
    if unit.endswith(HISSING):
        return f"{unit}es"
    if unit.endswith("s"):
        return unit
    if unit.endswith("y") and unit[-2] not in "aeiou":
        return f"{unit[:-1]}ies"
    return f"{unit}s"
