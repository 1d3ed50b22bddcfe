"""Case numbers without gaps and tracking codes without look-alike letters, for one case or many at once."""

from __future__ import annotations

import secrets
from collections import Counter
from collections.abc import Iterable, Iterator

from django.db import transaction

from casework.accounts.models import Office
from casework.cases.models import Case, CaseNumberSeries

TRACKING_LETTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"  # no 0/O, no 1/I
_LETTER_OF_BYTE = (TRACKING_LETTERS * 8).encode()  # 32 letters: each stands for eight of the 256 bytes


@transaction.atomic
def take_case_numbers(*, office: Office, years: Iterable[int]) -> dict[int, Iterator[str]]:
    """Take the next numbers of an office, as many per year as the year is named. Holds the series until commit."""
    taken = {}
    for year, count in sorted(Counter(years).items()):
        series, _is_new = CaseNumberSeries.objects.select_for_update().get_or_create(office=office, year=year)
        first, series.last = series.last + 1, series.last + count
        series.save(update_fields=["last"])
        taken[year] = iter([f"{office.code}-{year}-{number:04d}" for number in range(first, series.last + 1)])
    return taken


def next_case_number(*, office: Office, year: int) -> str:
    """Take the next number of the office and year, such as MS-2026-0412. Holds the series' row until commit."""
    return next(take_case_numbers(office=office, years=[year])[year])


def new_tracking_codes(count: int) -> list[str]:
    """So many codes of six random letters and digits that no case has."""
    codes: set[str] = set()
    while len(codes) < count:
        fresh = {secrets.token_bytes(6).translate(_LETTER_OF_BYTE).decode() for _ in range(count - len(codes))}
        codes |= fresh - set(Case.rows.filter(tracking_code__in=fresh).values_list("tracking_code", flat=True))
    return list(codes)
