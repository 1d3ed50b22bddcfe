"""Rows of reference tables that one person proposes and somebody who writes such rows confirms."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db import models, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy

from casework.access.rights import Reach, truth_table
from casework.access.scopes import first_office
from casework.accounts.models import User
from casework.approvals.models import Proposal
from casework.approvals.services.proposals import propose
from casework.kernel.acts import act
from casework.kernel.dates import short
from casework.programmes.contributions import ProposalKind, ReferenceTable, Words

from .reference_forms import field_names
from .reference_services import ADD, CHANGE, END, RowAct, do_row
from .reference_words import cell, row_name, tables

SUMMARIES: Mapping[str, Words] = {
    ADD: gettext_lazy("New row in “%(table)s”"),
    CHANGE: gettext_lazy("Change in “%(table)s”"),
    END: gettext_lazy("End in “%(table)s”"),
}
LAST_DAY: models.DateField = models.DateField(gettext_lazy("last day"))


@act
def propose_row(*, wanted: RowAct, reason: str, by: User, now: datetime) -> Proposal:
    """Ask somebody who writes rows of this table to confirm. Raises Refusal as doing it would, and asked twice."""
    with transaction.atomic():  # nothing of it stays: what would be refused is said to who can still put it right
        result = do_row(wanted, by=by, today=timezone.localdate(now))
        transaction.set_rollback(True)
    if wanted.row is not None:
        wanted.row.refresh_from_db()  # it was changed in memory too
    office = first_office(by)
    facts = {
        "table": wanted.table.key, "act": wanted.act, "values": _kept(wanted.table.model, wanted.values),
    }  # fmt: skip
    return propose(
        kind=wanted.table.action, subject=wanted.row or by, facts=facts, by=by, now=now, reason=reason, level=1,
        office_id=None if office is None else office.pk, summary=lambda: _summary(wanted, wanted.row or result),
    )  # fmt: skip


def _summary(wanted: RowAct, row: models.Model) -> str:
    what = str(SUMMARIES[wanted.act] % {"table": wanted.table.label})
    return ": ".join(filter(None, (what, row_name(wanted.table, row))))


def row_kinds() -> tuple[ProposalKind, ...]:
    """A kind of proposal for every right to write rows that somebody has only as far as to propose."""
    rights = {action: truth_table()[action].values() for action in {table.action for table in tables().values()}}
    return tuple(
        ProposalKind(
            key=action, label=gettext_lazy("Row of a reference table"), action=action, execute=_execute,
            current=_current, described=_describe, place=_place,
        )
        for action in sorted(rights) if any(right.reach is Reach.PROPOSE for right in rights[action])
    )  # fmt: skip


def _field(model: Any, name: str) -> Any:
    return LAST_DAY if name == "on" and not hasattr(model, "on") else model._meta.get_field(name)


def _kept(model: Any, values: Mapping[str, Any]) -> dict[str, Any]:
    """Values as a proposal keeps them: as text, which the columns read again."""
    row = model(**{name: value for name, value in values.items() if _field(model, name) is not LAST_DAY})
    return {name: _as_text(row, _field(model, name), value) for name, value in values.items()}


def _as_text(row: Any, field: Any, value: Any) -> str | None:
    if value is None:
        return None
    return value.isoformat() if field is LAST_DAY else str(field.value_to_string(row))


def _read(model: Any, kept: Mapping[str, str | None]) -> dict[str, Any]:
    return {name: None if text is None else _as_value(_field(model, name), text) for name, text in kept.items()}


def _as_value(field: Any, text: str) -> Any:
    if field.is_relation:
        return field.related_model._base_manager.get(pk=text)
    return field.to_python(text)


def _row_of(subject_id: int, facts: Mapping[str, Any]) -> models.Model | None:
    return None if facts["act"] == ADD else _table(facts).model._base_manager.filter(pk=subject_id).first()


def _table(facts: Mapping[str, Any]) -> ReferenceTable:
    return tables()[facts["table"]]


def _execute(proposal: Proposal, by: User, now: datetime) -> None:
    facts, table = proposal.facts, _table(proposal.facts)
    wanted = RowAct(
        table=table, act=facts["act"], row=_row_of(proposal.subject_id, facts),
        values=_read(table.model, facts["values"]),
    )  # fmt: skip
    do_row(wanted, by=by, today=timezone.localdate(now))


def _current(subject_id: int, facts: Mapping[str, Any]) -> dict[str, Any]:
    """The row as it is: who confirms a change has read from what."""
    row = _row_of(subject_id, facts)
    return {} if row is None else {field.name: field.value_to_string(row) for field in row._meta.concrete_fields}


def _describe(proposal: Proposal) -> Iterable[tuple[Words, Words]]:
    """The table, the row, and each value; of what changes also what it was."""
    facts, table = proposal.facts, _table(proposal.facts)
    row, values = _row_of(proposal.subject_id, facts), _read(table.model, facts["values"])
    yield gettext_lazy("Table"), table.label
    if row is not None:
        yield gettext_lazy("Row"), row_name(table, row) or str(row)
    for name in sorted(values, key=[*field_names(table), "on"].index):
        heading = str(_field(table.model, name).verbose_name)
        yield heading[:1].upper() + heading[1:], _told(table.model, row, name, values[name])


def _told(model: Any, row: Any, name: str, value: Any) -> str:
    if _field(model, name) is LAST_DAY:
        return short(value, (get_language() or "en")[:2])
    now = str(cell(model(**{name: value}), name)) or "–"
    was = "" if row is None else str(cell(row, name)) or "–"
    return f"{was} → {now}" if row is not None and was != now else now


def _place(proposal: Proposal) -> tuple[Words, str]:
    table = _table(proposal.facts)
    return table.label, reverse("home:reference-table", args=[table.key])
