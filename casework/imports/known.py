"""Children already known that a row of a file may repeat."""

from __future__ import annotations

from collections.abc import Iterator

from casework.cases.models import Case
from casework.cases.states import CaseState
from casework.imports.duplicates import BANDS, MOST_SUSPECTS, Known, Scored
from casework.imports.specification import Suspect
from casework.people.match_features import Features
from casework.people.models import MatchKey
from casework.people.queries.candidates import candidates


def known_children() -> Known | None:
    """A function that answers the known children who look like a row; None when nobody is known yet."""
    return _known if MatchKey.objects.exists() else None


def _known(features: Features) -> Iterator[Scored]:
    found = [hit for hit in candidates(features, limit=MOST_SUSPECTS) if hit.match.band in BANDS]
    if not found:
        return
    cases = Case.rows.filter(child_id__in=[hit.child_id for hit in found]).exclude(state=CaseState.VOID)
    newest = {case.child_id: case for case in cases.order_by("id")}
    for hit in found:
        case = newest.get(hit.child_id)
        suspect = Suspect(
            rank=hit.match.band,
            reasons=hit.match.facts,
            case_id=case.pk if case else None,
            case=case.number if case else "",
        )
        yield hit.match.score, suspect
