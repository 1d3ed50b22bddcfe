"""The reference tables and what their rows say, in words."""

from __future__ import annotations

import re
from datetime import date
from functools import cache
from typing import Any

from django.db import models
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from casework.kernel.dates import short
from casework.programmes.contributions import ReferenceTable, registry

from .reference_forms import plain

MARKED = re.compile(r"((?:\[[VSKU]\] )?)(.*)", re.DOTALL)


def tables() -> dict[str, ReferenceTable]:
    """Every reference table by its key."""
    return {table.key: table for table in registry.gather("reference_tables")}


@cache
def _row_words() -> dict[str, Any]:
    """What rows say that came with the site, by its English."""
    with override("en"):
        return {str(words): words for words in registry.gather("row_words")}


def told(text: str) -> str:
    """A text of a row in the reader's language, where it came with the site; a mark of how sure it is stays."""
    mark, words = MARKED.match(text).groups()  # type: ignore[union-attr]
    return f"{mark}{_row_words().get(words, words)}"


def cell(row: models.Model, name: str) -> Any:
    """A column of a row in words."""
    field: Any = row._meta.get_field(name)
    if said := getattr(row, f"get_{name}_display", None):
        return said()
    value = getattr(row, name)
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, list):
        named = dict(field.base_field.flatchoices)
        return ", ".join(str(named.get(entry, entry)) for entry in value)
    if isinstance(value, date):
        return short(value, (get_language() or "en")[:2])
    if isinstance(field, models.DecimalField):
        return plain(value)
    if isinstance(value, int):
        return str(value)
    return told(value) if isinstance(value, str) else value or ""


def row_name(table: ReferenceTable, row: models.Model) -> str:
    """What a row is called: its first column, where that is more than a number; else nothing."""
    name = table.list_fields[0]
    return "" if isinstance(row._meta.get_field(name), models.IntegerField) else str(cell(row, name))
