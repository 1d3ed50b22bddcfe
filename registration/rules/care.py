"""Hard births: the mother is a child herself, the child died (day.md 7 and 8)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from django.utils.translation import gettext_lazy as _

from casework.kernel.refusals import Finding, error

HOURS_A_DAY = 24


def death_due_on(*, died_on: date, hours: int) -> date:
    """The last day to notify a death: the day on which the hours end, counted from the end of the day it happened."""
    return died_on + timedelta(days=-(-hours // HOURS_A_DAY))


def death_findings(*, died_on: date | None, is_stillbirth: bool, born_on: date | None) -> Iterator[Finding]:
    """What stands against writing down a death."""
    if is_stillbirth and died_on and born_on and died_on != born_on:
        yield error("BR-DIED-2", "died_on", _("A child who was born dead has one day for both. Check the days."))
    if died_on is None and not (is_stillbirth and born_on):
        yield error("BR-DIED-1", "died_on", _("Write the day on which the child died."))


def notified_findings(
    *, died_on: date, birth_notified_on: date | None, death_notified_on: date | None, today: date
) -> Iterator[Finding]:
    """A notification lies between the death and today."""
    for field, on in (("birth_notified_on", birth_notified_on), ("death_notified_on", death_notified_on)):
        if on and on > today:
            yield error("BR-DIED-3", field, _("This day is in the future. Check the date."))
    if death_notified_on and death_notified_on < died_on:
        yield error("BR-DIED-4", "death_notified_on", _("The death cannot be notified before it happened."))


def young_mother_findings(
    *, interpreter: str, father_names: set[str], spoken_on: date | None, reported_on: date | None, reported_to: str,
    today: date,
) -> Iterator[Finding]:  # fmt: skip
    """The father never interprets for her; days lie in the past; a report names whom it went to."""
    if interpreter and interpreter.casefold() in {name.casefold() for name in father_names}:
        yield error(
            "BR-YOUNG-1",
            "interpreter",
            _("The father does not interpret for her. Ask another interpreter, or phone one."),
        )
    for field, on in (("spoken_on", spoken_on), ("reported_on", reported_on)):
        if on and on > today:
            yield error("BR-YOUNG-2", field, _("This day is in the future. Check the date."))
    if reported_on and not reported_to:
        yield error("BR-YOUNG-3", "reported_to", _("Write to whom it was reported."))
