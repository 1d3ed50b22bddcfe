"""Warnings are acknowledged by their code, and the record keeps who went on (docs/decisions/0001)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.utils import timezone

from casework.accounts.models import User
from casework.kernel.refusals import Finding, Level, Refusal
from registration.models import AcknowledgedWarning, BirthRecord


class Unacknowledged(Refusal):
    """Warnings that nobody has acknowledged; the save is offered again with a tick."""


def insist_on_acknowledgement(findings: Iterable[Finding], acknowledged: Iterable[str]) -> None:
    """Raise Unacknowledged for warnings whose code is not among those acknowledged."""
    ticked = set(acknowledged)
    open_ones = [f for f in findings if f.level is Level.WARNING and f.code not in ticked]
    if open_ones:
        raise Unacknowledged.of(open_ones)


def keep_acknowledged(
    *, birth: BirthRecord, findings: Sequence[Finding], by: User, at: datetime | None = None
) -> list[AcknowledgedWarning]:
    """Write down who saw these warnings and went on."""
    moment = at or timezone.now()
    codes = dict.fromkeys(f.code for f in findings if f.level is Level.WARNING)
    return AcknowledgedWarning.rows.bulk_create(
        AcknowledgedWarning(birth=birth, code=code, by=by, at=moment) for code in codes
    )
