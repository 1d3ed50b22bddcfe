"""What one number counts, and what each row of the list behind it adds: where it is not simply the number of rows."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from django.utils.translation import gettext as _

from casework.kernel.money import baht

from .measures import SATANG, Amount, Count, Heads, Measure, Portion, Spread, Things
from .present import base_text, unit_of, value_text


def figure_told(measure: Measure, what: str, words: Mapping[str, str]) -> str:
    """The number with what it counts, such as “Kits” (`what`); nothing of one that counts the rows themselves."""
    if isinstance(measure, Count):
        return ""
    value = ", ".join(filter(None, (value_text(measure, 0, words), _base(measure, words))))
    return " ".join(filter(None, (_("The figure: %(value)s.") % {"value": value}, _explained(measure, what))))


def _base(measure: Measure, words: Mapping[str, str]) -> str:
    """Of how many; without a noun where those are no rows of the list, such as children or families."""
    if isinstance(measure, Heads):
        return _("%(met)s of %(of)s") % {"met": f"{len(measure.met):,}", "of": f"{len(measure.of):,}"}
    return base_text(measure, words)


def _explained(measure: Measure, what: str) -> str:
    match measure:
        case Things():
            return _("It counts “%(what)s”. Here is what they belong to.") % {"what": what}
        case Heads():
            return _("It counts each of them once. Here is what belongs to them.")
        case Amount(over=over) if over > 1:
            return _("It is the sum of the rows, divided by %(n)s.") % {"n": f"{over:,}"}
        case Amount():
            return _("It is the sum of the rows.")
        case Portion(whole=whole):
            return _("It is the sum of the rows, of %(whole)s in all.") % {"whole": baht(Decimal(whole) / SATANG)}
        case Spread():
            return _("Half of the rows took no longer.")
    return ""


def added_by(measure: Measure, words: Mapping[str, str]) -> dict[int, str]:
    """What each row adds to a sum, or how long it took, by its id; nothing where a row only counts."""
    match measure:
        case Amount(parts=parts, unit=""):
            return {row: f"{Decimal(part) / SATANG:,f}" for row, part in parts}
        case Amount(parts=parts) | Portion(parts=parts):
            return {row: baht(Decimal(part) / SATANG) for row, part in parts}
        case Spread(days=days):
            return {row: f"{value:,} {unit_of(measure, value, words)}" for row, value in days}
    return {}
