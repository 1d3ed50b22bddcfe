"""Numbers and codes for many cases at once, and the end of cases that an import made by mistake."""

from __future__ import annotations

import secrets
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from django.db import transaction

from casework.cases.models import Case, CaseNumberSeries
from casework.cases.states import CaseState
from casework.kernel.moves import move

_LETTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"  # no 0/O, no 1/I


@transaction.atomic
def take_case_numbers(*, office: Any, years: Iterable[int]) -> dict[int, Iterator[str]]:
    """Take the next numbers of an office, as many per year as the year is named. Holds the series until commit."""
    taken = {}
    for year, count in sorted(Counter(years).items()):
        series, _is_new = CaseNumberSeries.objects.select_for_update().get_or_create(office=office, year=year)
        first, series.last = series.last + 1, series.last + count
        series.save(update_fields=["last"])
        taken[year] = iter([f"{office.code}-{year}-{number:04d}" for number in range(first, series.last + 1)])
    return taken


def new_tracking_codes(count: int) -> list[str]:
    """So many codes of six random letters and digits that no case has."""
    codes: set[str] = set()
    while len(codes) < count:
        fresh = {"".join(secrets.choice(_LETTERS) for _ in range(6)) for _ in range(count - len(codes))}
        codes |= fresh - set(Case.rows.filter(tracking_code__in=fresh).values_list("tracking_code", flat=True))
    return list(codes)


@transaction.atomic
def void_imported_cases(*, run_id: int) -> list[Case]:
    """Void every case an import made. Their numbers stay used."""
    return [move(case, CaseState.VOID) for case in Case.rows.filter(import_run=run_id).exclude(state=CaseState.VOID)]
