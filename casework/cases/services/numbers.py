"""Case numbers without gaps and tracking codes without look-alike letters."""

from __future__ import annotations

import secrets

from casework.accounts.models import Office
from casework.cases.models import Case, CaseNumberSeries

TRACKING_LETTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"  # no 0/O, no 1/I


def next_case_number(*, office: Office, year: int) -> str:
    """Take the next number of the office and year, such as MS-2026-0412. Holds the series' row until commit."""
    series, _is_new = CaseNumberSeries.objects.select_for_update().get_or_create(office=office, year=year)
    series.last += 1
    series.save(update_fields=["last"])
    return f"{office.code}-{year}-{series.last:04d}"


def new_tracking_code() -> str:
    """Six random letters and digits that no other case has."""
    while True:
        code = "".join(secrets.choice(TRACKING_LETTERS) for _ in range(6))
        if not Case.rows.filter(tracking_code=code).exists():
            return code
