"""Write rows of the reference tables. A dated rule is never overwritten: its time ends and a new row begins.

Words of code lists are, until a day of them has passed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from casework.accounts.models import User
from casework.audit.services import changed_fields, record_event
from casework.kernel.refusals import Finding, Refusal, error
from casework.programmes.contributions import ReferenceTable
from casework.reference.models import Dated

WHOLE = "__all__"
ADD, CHANGE, END = "add", "change", "end"


@dataclass(frozen=True, kw_only=True)
class RowAct:
    """What somebody wants of a table: a row added, changed or replaced by a newer version, or ended on a day."""

    table: ReferenceTable
    act: str
    row: models.Model | None
    values: Mapping[str, Any]


def do_row(wanted: RowAct, *, by: User, today: date) -> models.Model:
    """Do what is wanted. Raises Refusal as the single acts do."""
    row, values = wanted.row, wanted.values
    if row is None:
        return add_row(model=wanted.table.model, values=values, by=by, today=today)
    if wanted.act == END:
        return end_row(row=row, on=values["on"], by=by)
    if is_dated(wanted.table.model):
        return replace_row(row=row, values=values, by=by, today=today)
    return change_row(row=row, values=values, by=by)


def is_dated(model: type[models.Model]) -> bool:
    """Whether rows of the table hold for a time and give way to newer ones."""
    return issubclass(model, Dated)


def is_correctable(row: models.Model, today: date) -> bool:
    """Whether the row is dated and yet corrected in place, as long as it keeps its first day."""
    return isinstance(row, Dated) and row.CORRECTED_WHEN_NEW and row.valid_from >= today


def _checked(row: models.Model) -> None:
    try:
        row.full_clean()
    except ValidationError as failed:
        raise Refusal.of(_findings(failed)) from failed


def _findings(failed: ValidationError) -> list[Finding]:
    named: Mapping[str, list[str]] = failed.message_dict
    return [
        error("REF-ROW-1", "" if field == WHOLE else field, sentence)
        for field, sentences in named.items()
        for sentence in sentences
    ]


def _insist_on_source(row: models.Model) -> None:
    if hasattr(row, "source") and not row.source.strip():
        raise Refusal("REF-ROW-2", "source", _("Say where this comes from: a law, an office, a person and a day."))


@transaction.atomic
def add_row(*, model: type[models.Model], values: Mapping[str, Any], by: User, today: date) -> models.Model:
    """Add a row. Raises Refusal when it breaks a rule of the table or names no source."""
    row: Any = model(**values)
    if is_dated(model):
        row.checked_on = today
    _insist_on_source(row)
    _checked(row)
    row.save()
    record_event("reference.row.added", actor=by, subject=row, level=1)
    return row


@transaction.atomic
def change_row(*, row: models.Model, values: Mapping[str, Any], by: User) -> models.Model:
    """Correct a row that holds at all times, such as a hospital's name, or a new one of a code list."""
    changes = changed_fields(row, dict(values))
    if changes:
        _insist_on_source(row)
        _checked(row)
        row.save(update_fields=list(changes))
        record_event("reference.row.changed", actor=by, subject=row, level=1, changes=changes)
    return row


@transaction.atomic
def replace_row(*, row: Any, values: Mapping[str, Any], by: User, today: date) -> models.Model:
    """Begin a new version of a dated rule; the one before ends on the day before. One that is correctable is corrected.

    Raises Refusal when the new time does not begin after the old one.
    """
    stored = type(row)._base_manager.select_for_update().get(pk=row.pk)
    begins = values["valid_from"]
    if begins == stored.valid_from and is_correctable(stored, today):
        return change_row(row=stored, values=values, by=by)
    if begins <= stored.valid_from:
        raise Refusal("REF-ROW-3", "valid_from", _("A new version begins after the one before. Choose a later day."))
    if stored.valid_to is not None and begins > stored.valid_to:
        raise Refusal("REF-ROW-4", "valid_from", _("This rule ended before that day. Add a new row instead."))
    kept = {f.name: getattr(stored, f.name) for f in stored._meta.fields if not f.primary_key}
    stored.valid_to = begins - timedelta(days=1)
    stored.save(update_fields=["valid_to"])
    new = type(row)(**{**kept, **values, "checked_on": today})
    if hasattr(new, "version"):
        new.version = stored.version + 1
    _insist_on_source(new)
    _checked(new)
    new.save()
    changes = {name: (kept[name], value) for name, value in values.items() if name in kept and kept[name] != value}
    record_event("reference.row.replaced", actor=by, subject=new, level=1, changes=changes)
    return new


@transaction.atomic
def end_row(*, row: Any, on: date, by: User) -> models.Model:
    """Let a dated rule end on a day. Raises Refusal when it ended already or would end before it began."""
    stored = type(row)._base_manager.select_for_update().get(pk=row.pk)
    if stored.valid_to is not None:
        raise Refusal("REF-ROW-5", "on", _("This rule has ended already."))
    if on < stored.valid_from:
        raise Refusal("REF-ROW-6", "on", _("A rule cannot end before it began. Choose a later day."))
    stored.valid_to = on
    stored.save(update_fields=["valid_to"])
    record_event("reference.row.ended", actor=by, subject=stored, level=1, changes={"valid_to": (None, on)})
    return stored
