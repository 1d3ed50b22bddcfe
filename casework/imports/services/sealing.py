"""What a seal hides of registers: rows about the sealed child that became no record of their own."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from django.utils import timezone

from casework.cases.models import Case
from casework.imports import queries
from casework.imports.models import ImportRow
from casework.imports.report import typed_values
from casework.imports.specification import ImportSpecification
from casework.imports.states import Outcome, RowDecision
from casework.people.match_features import Features
from casework.people.match_weights import Weights
from casework.people.matching import BANDS, compare
from casework.people.queries.candidates import features_of
from casework.people.queries.thresholds import weights_on

Place = tuple[int, str, int]


def name_sealed(*, case: Case) -> None:
    """Name the case in every row about its child that became no record, so that the row is hidden with it.

    Such a row was refused, or left out as the same child, or nobody has decided it. It looks like the child, or like
    another row of its file that does. What a person decided to be another child stays as it is.
    """
    child, suspect = features_of(case.child_id), {"case_id": case.pk, "case": case.number}
    weights = weights_on(timezone.localdate())
    known = ImportRow.rows.filter(subject_type=Case._meta.label_lower, subject_id=case.pk)
    places = {_place(row) for row in known.only("run_id", "sheet", "row")}
    named = []
    for row, kind in _without_record():
        is_named = any(one.get("case_id") == case.pk for one in row.suspects)
        if is_named or _repeats(row, places) or (child and _looks_like(row, kind, child, weights)):
            places.add(_place(row))
            if not is_named:
                row.suspects.append({"rank": BANDS[0], "reasons": [], **suspect})
                named.append(row)
    ImportRow.rows.bulk_update(named, ["suspects"], batch_size=500)


def _without_record() -> Iterator[tuple[ImportRow, ImportSpecification]]:
    kinds = {kind.key: kind for kind in queries.specifications()}
    rows = ImportRow.rows.filter(
        outcome__in=[Outcome.ERROR, Outcome.DUPLICATE], decision__in=[RowDecision.OPEN, RowDecision.SAME],
        subject_id__isnull=True, run__specification__in=kinds,
    ).exclude(values={})  # fmt: skip
    for row in rows.select_related("run").order_by("pk").iterator():
        yield row, kinds[row.run.specification]


def _place(row: ImportRow) -> Place:
    return row.run_id, row.sheet, row.row


def _repeats(row: ImportRow, places: Collection[Place]) -> bool:
    return any((row.run_id, one.get("sheet"), one.get("row")) in places for one in row.suspects)


def _looks_like(row: ImportRow, kind: ImportSpecification, child: Features, weights: Weights) -> bool:
    told = kind.features(typed_values(row.values, kind.dates))
    return compare(told, child, weights, least=weights.medium_at) is not None
