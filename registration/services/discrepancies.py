"""Note by hand what does not agree (day.md 9, C2)."""

from __future__ import annotations

from django.db import transaction

from casework.accounts.models import User
from casework.kernel.refusals import refuse_errors
from registration.models import BirthRecord, Discrepancy
from registration.rules.discrepancies import BY_HAND, can_note_difference, difference_findings, severity_of

from .progress import note


@transaction.atomic
def note_difference(*, birth: BirthRecord, field: str, right: str, written: str, on: str, by: User) -> Discrepancy:
    """Note that a paper says something else than what is right; sex and birth date must be settled before ready.

    Raises Conflict (BR-DIS-6) and Refusal (BR-DIS-2 to -5).
    """
    can_note_difference(birth).insist()
    refuse_errors(difference_findings(birth, field=field, right=right, written=written, on=on))
    row = Discrepancy.rows.create(
        birth=birth,
        field=field,
        value_a=right.strip(),
        source_a=BY_HAND,
        value_b=written.strip(),
        source_b=on,
        severity=severity_of(field),
        found_before_registration=not hasattr(birth, "outcome"),
        created_by=by,
    )
    note(birth, "discrepancy.noted", by)
    return row
