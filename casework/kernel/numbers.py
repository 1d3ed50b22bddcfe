"""Numbers that are taken one after the other, by name and year."""

from __future__ import annotations

from .models import NumberSeries


def next_number(name: str, year: int) -> str:
    """Take the next number of a series, such as EAF-MS-2026-0007. Holds the series until commit."""
    series, _is_new = NumberSeries.objects.select_for_update().get_or_create(name=name, year=year)
    series.last += 1
    series.save(update_fields=["last"])
    return f"{name}-{year}-{series.last:04d}"
