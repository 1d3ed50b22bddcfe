"""Templates for donors: added, changed, put out of use and taken up again. Reports already made stay as they are."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from casework.accounts.models import User
from casework.audit.services import changed_fields, record_event
from casework.kernel.refusals import Refusal, refuse_errors

from . import rules
from .boards import Board, board_named
from .models import ReportTemplate

LISTS = {"figures", "boxes"}
"""Fields that hold several rows."""


@transaction.atomic
def add_template(*, board: Board, by: User, now: datetime, **told: Any) -> ReportTemplate:
    """Keep what a donor wants of a report (day.md 27).

    `told` is name, donor, language, readers, year_begins, figures as mappings of key and label in the order of the
    donor, boxes as mappings of heading and hint. Raises Refusal with each of E-TPL-01 to E-TPL-13 that speaks against
    it.
    """
    values = _values(board, told)
    template = ReportTemplate.rows.create(board=board.key, created_by=by, **values)
    record_event("reports.template.added", actor=by, subject=template, level=1, reason=template.name, at=now)
    return template


@transaction.atomic
def change_template(*, template: ReportTemplate, by: User, now: datetime, **told: Any) -> ReportTemplate:
    """Change what a template says; reports made before keep what they were ordered with. Raises like add_template."""
    held = ReportTemplate.rows.select_for_update(of=("self",)).get(pk=template.pk)
    board = _board_of(held)
    values = _values(board, told, but=held)
    changes = changed_fields(held, values)
    if changes:
        names = {one.key: one.name for one in board.offered((get_language() or "en")[:2])}
        for name in LISTS & changes.keys():
            before, after = changes[name]
            changes[name] = _listed(before, names), _listed(after, names)
        held.version += 1
        held.save()
        record_event(
            "reports.template.changed", actor=by, subject=held, level=1, changes=changes, reason=held.name, at=now
        )
    return held


def _listed(rows: Any, names: Mapping[str, str]) -> str:
    """Figures or boxes as the history tells them."""
    words = [row.get("heading") or row.get("label") or names.get(row.get("key", ""), "") for row in rows]
    return ", ".join(filter(None, words))


def _values(board: Board, told: dict[str, Any], but: ReportTemplate | None = None) -> dict[str, Any]:
    others = ReportTemplate.rows.filter(board=board.key).exclude(pk=but.pk if but else None)
    values = rules.tidied(told)
    refuse_errors(rules.against_template(board, values, list(others.values_list("name", flat=True))))
    return rules.without_blanks(values)


def _board_of(template: ReportTemplate) -> Board:
    board = board_named(template.board)
    if board is None:
        raise Refusal("E-TPL-14", "", _("The programme of this template makes no reports here."))
    return board


@transaction.atomic
def retire_template(*, template: ReportTemplate, by: User, now: datetime) -> ReportTemplate:
    """Offer a template no longer; twice is once."""
    return _switch(template, "reports.template.retired", by, now, is_active=False)


@transaction.atomic
def use_template_again(*, template: ReportTemplate, by: User, now: datetime) -> ReportTemplate:
    """Offer a template again; twice is once."""
    return _switch(template, "reports.template.used-again", by, now, is_active=True)


def _switch(template: ReportTemplate, action: str, by: User, now: datetime, *, is_active: bool) -> ReportTemplate:
    held = ReportTemplate.rows.select_for_update(of=("self",)).get(pk=template.pk)
    if held.is_active != is_active:
        held.is_active = is_active
        held.version += 1
        held.save(update_fields=["is_active", "version"])
        record_event(action, actor=by, subject=held, level=1, reason=held.name, at=now)
    return held
