"""Translations are compiled without the system's gettext, and wrong placeholders are named."""

from __future__ import annotations

import gettext
from pathlib import Path

from casework.embedded.messages import compile_catalogues, faults

HEADER = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n'


def catalogue(project: Path, entry: str) -> Path:
    """Write a Thai catalogue with one entry."""
    folder = project / "locale" / "th" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    (folder / "django.po").write_text(HEADER + entry)
    return folder


def test_catalogue_is_compiled_once(tmp_path: Path) -> None:
    folder = catalogue(tmp_path, 'msgid "Save"\nmsgstr "บันทึก"\n')
    assert compile_catalogues(tmp_path) == [folder / "django.mo"]
    with (folder / "django.mo").open("rb") as handle:
        assert gettext.GNUTranslations(handle).gettext("Save") == "บันทึก"
    assert compile_catalogues(tmp_path) == []


def test_lost_placeholder_is_named(tmp_path: Path) -> None:
    catalogue(tmp_path, '#, python-format\nmsgid "%(days)s days left"\nmsgstr "เหลืออีก %(day)s วัน"\n')
    assert len(faults(tmp_path)) == 1
    assert "locale/th/LC_MESSAGES/django.po" in faults(tmp_path)[0]


def test_kept_placeholder_is_no_fault(tmp_path: Path) -> None:
    catalogue(tmp_path, '#, python-format\nmsgid "%(days)s days left"\nmsgstr "เหลืออีก %(days)s วัน"\n')
    assert faults(tmp_path) == []
