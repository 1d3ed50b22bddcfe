"""The rows a site begins with: places, facilities, holidays, texts. Rows that exist are left as people made them."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

DATA = Path(__file__).parent / "data"
FIRST_DAY = date(2016, 1, 1)
GetModel = Callable[[str], Any]


def rows_of(path: Path) -> Iterator[dict[str, str]]:
    """The rows of a data file, header by header."""
    with path.open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def sources() -> list[dict[str, str]]:
    """Where each data file comes from, under which licence."""
    return json.loads((DATA / "SOURCES.json").read_text(encoding="utf-8"))


def load_places(get_model: GetModel) -> None:
    """Provinces (2 digits), districts (4) and sub-districts (6), each under its parent."""
    model = get_model("Place")
    for length in (2, 4, 6):
        model.objects.bulk_create(
            [
                model(parent_id=row["code"][:-2] or None, **row)
                for row in rows_of(DATA / "places.csv")
                if len(row["code"]) == length
            ],
            ignore_conflicts=True,
            batch_size=2000,
        )


def load_facilities(get_model: GetModel) -> None:
    """Hospitals and clinics of the first offices."""
    model = get_model("Facility")
    model.objects.bulk_create(
        [
            model(
                code=row["code"], name_th=row["name_th"], name_en=row["name_en"], name_my=row["name_my"],
                place_id=row["place"], issues_first_proof=bool(row["issues_first_proof"]),
            )
            for row in rows_of(DATA / "facilities.csv")
        ],
        ignore_conflicts=True,
    )  # fmt: skip


def load_holidays(get_model: GetModel) -> None:
    """Holidays of 2015 to 2030; staff correct the coming years when the cabinet announces them."""
    model = get_model("Holiday")
    source = next(entry["source"] for entry in sources() if entry["file"] == "holidays.csv")
    model.objects.bulk_create(
        [
            model(
                on=date.fromisoformat(row["on"]), name_th=row["name_th"], name_en=row["name_en"],
                is_working=bool(row["is_working"]), source=source,
            )
            for row in rows_of(DATA / "holidays.csv")
        ],
        ignore_conflicts=True,
    )  # fmt: skip


def load_texts(get_model: GetModel) -> None:
    """First versions of the notice and the consent question; nobody has reviewed them yet."""
    model = get_model("Text")
    model.objects.bulk_create([model(version=1, **row) for row in rows_of(DATA / "texts.csv")], ignore_conflicts=True)


def load_terms(get_model: GetModel, path: Path) -> None:
    """Numbers that rules use, from a room's or programme's own file."""
    model = get_model("Term")
    model.objects.bulk_create(
        [model(valid_from=FIRST_DAY, **row) for row in rows_of(path)],
        ignore_conflicts=True,
    )


def load_first_rows(get_model: GetModel) -> None:
    """Everything this room brings."""
    load_places(get_model)
    load_facilities(get_model)
    load_holidays(get_model)
    load_texts(get_model)
