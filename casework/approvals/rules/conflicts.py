"""What stands against declaring a conflict of interest and ending one: E-APR-07, 20, 21, 27 to 29 (reference 1.1)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext_lazy as _

from casework.kernel.guards import YES, Verdict, no
from casework.kernel.reasons import says_why
from casework.kernel.refusals import Finding, error
from casework.programmes.contributions import Words

FAMILY, ORGANISATION = "family", "organisation"
NUMBER = re.compile(r"(?:[A-Z0-9]+-)+(20\d\d)-\d{4,}")
"""How cases and requests are numbered: letters, year, running number."""


@dataclass(frozen=True, kw_only=True)
class Declared:
    """What somebody declares: with whom, from when until when, and how they have to do with each other."""

    kind: str
    number: str
    is_known: bool
    """Whether it was begun on the page of one of the family; else the number names it."""
    organisation: str
    reason: str
    from_on: date | None
    until_on: date | None
    is_declared: bool


def against_declaring(declared: Declared, today: date) -> Iterator[Finding]:
    """With whom (E-APR-27 and 28), not twice (29), days in their order (20 and 21), and a sentence (07).

    Of a number only its form is checked: whether it leads to somebody is told to nobody (decision 52).
    """
    if declared.kind == ORGANISATION:
        if not declared.organisation:
            yield error("E-APR-27", "organisation", _("Write the name of the shop, hospital or company."))
    elif not declared.is_known and not declared.number:
        yield error("E-APR-27", "number", _("Write the number of the family’s case, or of a request of it."))
    elif not declared.is_known and not is_number(declared.number, today):
        told = _("No number here looks like this. Copy it from a paper of the family, such as MS-2026-0012.")
        yield error("E-APR-28", "number", told)
    if declared.is_declared:
        told = _("You declared this already. It is in your list.")
        yield error("E-APR-29", "organisation" if declared.kind == ORGANISATION else "number", told)
    if declared.until_on is not None:
        if declared.from_on is not None and declared.until_on < declared.from_on:
            yield error("E-APR-20", "until_on", _("The last day is before the first one."))
        elif declared.until_on < today:
            yield error("E-APR-21", "until_on", _("These days are over. Enter days to come."))
    yield from against_words(declared.reason, _("Say in a sentence how you have to do with each other."))


def is_number(text: str, today: date) -> bool:
    """Whether a case or a request can have this number: its letters, a year up to this one, its digits."""
    found = NUMBER.fullmatch(text)
    return found is not None and int(found[1]) <= today.year


def against_words(reason: str, told: Words) -> Iterator[Finding]:
    """E-APR-07: a sentence that says why."""
    if not says_why(reason):
        yield error("E-APR-07", "reason", told)


def can_end(*, is_own: bool, is_over: bool) -> Verdict:
    """Somebody else ends it, once."""
    if is_over:
        return no("APR-COI-1", _("This conflict of interest is over already."))
    if is_own:
        return no("APR-COI-2", _("This is your own conflict of interest. Somebody else ends it."))
    return YES
