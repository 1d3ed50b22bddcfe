"""The rows the clinic begins with: terms, registry offices, the papers they ask for. Staff edit them by day."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from casework.reference.loading import FIRST_DAY, load_terms, rows_of

DATA = Path(__file__).parent / "data"
CHECKED_ON = date(2026, 11, 1)
GetModel = Callable[[str, str], Any]


def load_registry_offices(get_model: GetModel) -> None:
    """The registry offices of the first clinic's border districts, each in its place."""
    model = get_model("registration", "RegistryOffice")
    rows = rows_of(DATA / "registry_offices.csv")
    model.objects.bulk_create(model(place_id=row.pop("place"), **row) for row in rows)


def load_requirements(get_model: GetModel) -> None:
    """The papers that registry offices ask for (birth_registration.md, C4), for every office; those not there yet."""
    model = get_model("registration", "Requirement")
    there = set(model.objects.values_list("key", flat=True))
    rows = [row for row in rows_of(DATA / "requirements.csv") if row["key"] not in there]
    model.objects.bulk_create(
        model(tracks=row.pop("tracks").split(), valid_from=FIRST_DAY, checked_on=CHECKED_ON, **row) for row in rows
    )


def load_first_rows(get_model: GetModel) -> None:
    """Everything this programme brings."""
    load_terms(partial(get_model, "reference"), DATA / "terms.csv")
    load_registry_offices(get_model)
    load_requirements(get_model)
