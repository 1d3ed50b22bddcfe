"""A difference noted by hand: what it says, how serious it is, and when it can be noted."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from casework.kernel.digits import without_zero_width
from casework.kernel.guards import YES, Verdict, no
from casework.kernel.refusals import Finding, error
from registration.certificate_states import CounterLineKey, DifferenceOn
from registration.models import BirthRecord
from registration.states import DiscrepancySeverity, Status

from .counter import MUST_BE_SETTLED
from .guards import OPEN_DISCREPANCY

BY_HAND = "told"
"""Where the right value of a difference noted by hand comes from: somebody told it."""


def can_note_difference(birth: BirthRecord) -> Verdict:
    """On every open record; a closed one is opened first."""
    if birth.status == Status.CLOSED:
        return no("BR-DIS-6", _("The registration is closed. Open it again first."))
    return YES


def severity_of(field: str) -> DiscrepancySeverity:
    """Sex and birth date must be settled, all else should be corrected (BR-REG-3)."""
    return DiscrepancySeverity.BLOCKS if field in MUST_BE_SETTLED else DiscrepancySeverity.SHOULD_FIX


def difference_findings(birth: BirthRecord, *, field: str, right: str, written: str, on: str) -> Iterator[Finding]:
    """BR-DIS-2 to BR-DIS-5: what differs, what is right, what is written and where, and not twice."""
    if field not in CounterLineKey.values:
        yield error("BR-DIS-2", "field", _("Choose what differs."))
    if on not in DifferenceOn.values:
        yield error("BR-DIS-2", "on", _("Choose on which paper."))
    for name, value in (("right", right), ("written", written)):
        if not value.strip():
            yield error("BR-DIS-3", name, _("Write both: what is right, and what is written."))
    if right.strip() and _same(right, written):
        yield error("BR-DIS-4", "written", _("Both are the same. Write what is different."))
    known = birth.discrepancies.filter(field=field, value_b=written.strip(), state__in=OPEN_DISCREPANCY)
    if known.filter(source_b=on).exists():
        yield error("BR-DIS-5", "written", _("This difference is noted already."))


def _same(one: str, other: str) -> bool:
    return without_zero_width(one).split() == without_zero_width(other).split()
