"""What stands against an absence with a deputy: E-APR-20 to 25 and 35 (day.md 23 and 24)."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext_lazy as _

from casework.kernel.refusals import Finding, error

LONGEST = timedelta(days=366)
"""As long as a grant holds (safety.md §1): whoever stays away longer gives the role back."""


@dataclass(frozen=True, kw_only=True)
class Planned:
    """What is known of an absence that is to be entered."""

    from_on: date
    until_on: date
    is_own: bool
    oversees: bool
    deputy_id: int
    fit: Collection[int]
    """Ids of people who hold the same role in whatever office, or a higher one."""
    is_taken: bool
    is_deputy_away: bool


def against_absence(planned: Planned, today: date) -> Iterator[Finding]:
    """The days, whose absence it is, and whether the deputy may decide such things and is there."""
    if not (planned.is_own or planned.oversees):
        yield error("E-APR-24", "user", _("Enter your own absence, or one of the people of your office."))
    if planned.until_on < planned.from_on:
        yield error("E-APR-20", "until_on", _("The last day is before the first one."))
    elif planned.until_on < today:
        yield error("E-APR-21", "until_on", _("These days are over. Enter days to come."))
    elif planned.until_on - planned.from_on > LONGEST:
        yield error("E-APR-35", "until_on", _("That is longer than a year. Check the year, or enter a shorter time."))
    if planned.deputy_id not in planned.fit:
        told = _("Choose somebody who has the same role in another office, or decides above it.")
        yield error("E-APR-22", "deputy", told)
    elif planned.is_deputy_away:
        yield error("E-APR-25", "deputy", _("This person is away on some of these days as well. Choose somebody else."))
    if planned.is_taken:
        told = _("An absence of this person is entered for some of these days. End that one first.")
        yield error("E-APR-23", "from_on", told)
