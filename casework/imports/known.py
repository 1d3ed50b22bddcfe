"""Children already known that a row of a file may repeat."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from functools import partial
from itertools import islice

from casework.cases.models import Case
from casework.cases.states import CaseState
from casework.imports.duplicates import KnownChild
from casework.imports.specification import Suspect
from casework.people.match_features import Features
from casework.people.matching import Match
from casework.people.queries.candidates import CHUNK, all_near


def known_children(rows: Collection[Features], office_id: int | None) -> Iterator[KnownChild]:
    """The known children who share a key with one of the rows; each is read once, their cases by the thousand."""
    children = all_near(rows, office_id=office_id)
    while chunk := dict(islice(children, CHUNK)):
        cases = Case.rows.filter(child__in=chunk).exclude(state=CaseState.VOID).order_by("id")
        newest = {child: (pk, number) for child, pk, number in cases.values_list("child_id", "pk", "number")}
        for child, features in chunk.items():
            yield features, partial(_suspect, *newest.get(child, (None, "")))


def _suspect(case_id: int | None, number: str, match: Match) -> Suspect:
    return Suspect(rank=match.band, reasons=match.facts, case_id=case_id, case=number)
