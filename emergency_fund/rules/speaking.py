"""Who speaks for a family: asks for it, and appeals."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.utils.translation import gettext_lazy as _

from casework.kernel.dates import BirthDate
from casework.kernel.refusals import Finding, error

SPEAKS_AT = 10
"""Below ten years whoever has parental power consents for a child (reference programmes 1.4); a child alone may ask."""


def may_speak(born: BirthDate, today: date) -> bool:
    """Whether somebody of the family is old enough; of whom no birth date is known, is."""
    return not born.is_under(SPEAKS_AT, today)


def against_speaker(born: BirthDate, *, today: date, field: str) -> Iterator[Finding]:
    """E-EAF-198: who asks or appeals is no small child."""
    if not may_speak(born, today):
        told = _("A child under 10 does not ask for itself. Choose who looks after it; put them into the family first.")
        yield error("E-EAF-198", field, told)
