"""Keep what each child of a request lacks, with the assessment that found it."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils import timezone

from casework.kernel.refusals import refuse_errors
from emergency_fund.models import ChildNeed, NeedsAssessment
from emergency_fund.queries.needs import school_from
from emergency_fund.rules.needs import NeedSaid, against_needs
from emergency_fund.states import LineState


def keep_needs(*, assessment: NeedsAssessment, needs: Sequence[NeedSaid]) -> None:
    """Write down the needs of an assessment. Raises Refusal with E-EAF-177 to 179."""
    if not needs:
        return
    lines = assessment.request.lines.exclude(state=LineState.CANCELLED, approved__isnull=True)
    children = {line.child_id: line.child.birth for line in lines.select_related("child")}
    today = timezone.localdate(assessment.assessed_at)
    refuse_errors(against_needs(needs, children=children, today=today, school_from=school_from(today)))
    ChildNeed.rows.bulk_create(
        ChildNeed(
            assessment=assessment, child_id=said.child_id, need=said.need, severity=said.severity,
            note=said.note.strip()[:200],
        )
        for said in needs
    )  # fmt: skip
