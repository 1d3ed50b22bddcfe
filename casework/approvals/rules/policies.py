"""What stands against a new version of the bands: E-APR-15 and 16, beside the bands themselves (E-APR-06)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.utils.translation import gettext_lazy as _

from casework.kernel.refusals import Finding, error


def against_policy(valid_from: date, today: date, *, newest_from: date | None, source: str) -> Iterator[Finding]:
    """It begins on a day to come, after the newest version, and says who decided on it."""
    if valid_from <= today:
        yield error("E-APR-15", "valid_from", _("Choose a day to come: what was decided today stays as it was."))
    elif newest_from is not None and valid_from <= newest_from:
        yield error("E-APR-15", "valid_from", _("A version that begins later is there already. Choose a later day."))
    if not source.strip():
        yield error("E-APR-16", "source", _("Say who decided on it, and when."))
