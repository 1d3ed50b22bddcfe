"""The canaries themselves: every text of a guarded row has one, or is named as having none."""

from __future__ import annotations

import io

import pytest
import xlsxwriter
from django.apps import apps
from django.conf import settings
from django.db import models

from casework.access.visibility import GuardedManager
from casework.documents.pdf import render

from .canaries import TOKEN, fields_with_canary, fields_without_canary, readable


def guarded_texts() -> set[str]:
    """Free text of rows that are read only on behalf of somebody."""
    ours = [m for m in apps.get_models() if m.__module__.partition(".")[0] in {"casework", *settings.PROGRAMME_APPS}]
    guarded = [model for model in ours if isinstance(getattr(model, "objects", None), GuardedManager)]
    return {
        f"{model._meta.label}.{field.name}"
        for model in guarded
        for field in model._meta.local_fields
        if isinstance(field, models.CharField | models.TextField) and not field.choices
    }


def test_every_text_of_a_guarded_row_has_a_canary_or_is_named():
    assert guarded_texts() - fields_with_canary() == fields_without_canary()


def sheet() -> bytes:
    """A spreadsheet with one cell."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    book.add_worksheet("Cases").write(0, 0, "kq0001qk")
    book.close()
    return out.getvalue()


def paper() -> bytes:
    """A page with one word."""
    return render("<p>kq0001qk</p>", language="en")


@pytest.mark.parametrize("body", [b"<p>kq0001qk</p>", sheet(), paper()], ids=["page", "spreadsheet", "paper"])
def test_a_token_is_found_in_every_kind_of_answer(body):
    assert TOKEN.findall(readable(body)) == ["kq0001qk"]
