"""Stored files that no row names are deleted after a week, and none that a row names."""

from __future__ import annotations

import logging
import os
import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings

from casework.documents import services, store
from casework.documents.models import Document, PaperReturn, ReturnedFile
from casework.documents.services.left_over import name_columns
from casework.documents.tasks import sweep_files
from tests.database import as_owner

from .conftest import NOW
from .test_services import made

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(days=8)
ROOT = Path(__file__).parents[2]


def stored(content: bytes, days_ago: int = 0) -> str:
    """A file of NOW, or of so many days before LATER."""
    name = store.save_unnamed(content, now=NOW)
    age(name, LATER - timedelta(days=days_ago) if days_ago else NOW)
    return name


def age(name: str, moment) -> None:
    os.utime(Path(settings.MEDIA_ROOT, name), (moment.timestamp(), moment.timestamp()))


def is_there(name: str) -> bool:
    return Path(settings.MEDIA_ROOT, name).exists()


@pytest.fixture
def paper(office, ploy) -> Document:
    """A paper with its file, made long ago."""
    document = made(office, ploy)
    age(document.file, NOW)
    return document


def test_a_file_without_a_row_goes_after_a_week_and_the_log_says_how_many(paper, office, ploy, caplog):
    made(office, ploy)
    left, new = stored(b"left by a crash"), stored(b"just written", days_ago=6)
    broken = Path(settings.MEDIA_ROOT, paper.file).with_suffix(".part")
    broken.write_bytes(b"half")
    os.utime(broken, (NOW.timestamp(), NOW.timestamp()))
    with caplog.at_level(logging.INFO):
        assert services.sweep_files(now=LATER) == 2
    assert "2 stored files" in caplog.text
    assert not is_there(left) and not broken.exists()
    assert is_there(new) and is_there(paper.file)
    assert services.sweep_files(now=LATER) == 0


def test_a_file_that_a_row_names_stays_whatever_the_row(paper, office, ploy):
    returned = PaperReturn.rows.create(
        subject_type="accounts.office", subject_id=office.pk, office_id_of=office.pk, level=1, sent_by=ploy, sent_at=NOW
    )
    file = ReturnedFile.objects.create(
        batch=returned, order=1, file=stored(b"sent"), mime="application/pdf", sha256="x", page_count=1
    )
    assert services.sweep_files(now=LATER) == 0
    assert is_there(file.file) and is_there(paper.file)
    name = file.file
    with as_owner():
        file.delete()
    assert services.sweep_files(now=LATER) == 1 and not is_there(name)


def test_beside_a_database_that_knows_none_of_the_files_nothing_goes(paper, caplog):
    names = [stored(b"one"), stored(b"two")]
    assert services.sweep_files(now=LATER) == 0
    assert "none is deleted" in caplog.text and all(is_there(name) for name in names)


def test_what_lies_beside_the_store_is_not_looked_at(paper):
    other = Path(settings.MEDIA_ROOT, "other.txt")
    other.write_text("kept")
    os.utime(other, (NOW.timestamp(), NOW.timestamp()))
    sweep_files()
    assert other.exists()


def test_every_column_that_holds_a_name_of_a_stored_file_is_known():
    known = {f"{model._meta.label}.{name}" for model, name in name_columns()}
    assert known >= {
        "documents.Document.file", "documents.Attachment.file", "documents.ReturnedFile.file",
        "funds.FinanceBatch.csv_file", "funds.FinanceBatch.xlsx_file", "funds.FinanceAnswer.file",
        "cases.ListFile.file",
    }  # fmt: skip
    sources = [
        path.read_text() for app in ("casework", *settings.PROGRAMME_APPS) for path in (ROOT / app).rglob("*.py")
    ]
    kept_as = {name for source in sources for name in re.findall(r"(\w+)=store\.save(?:_unnamed)?\(", source)}
    assert kept_as and all(f"_{name}".endswith("_file") for name in kept_as), "else its files are deleted after a week"
