"""Write down who may and who must not collect the certificate, and take somebody off the list."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from casework.accounts.models import User
from casework.cases.states import CloseReason
from casework.kernel.refusals import Conflict, Refusal, refuse_errors
from casework.people.models import Person
from registration.models import BirthRecord, Collector
from registration.rules.handover import barred, collector_findings, live_collectors
from registration.states import Status

from .progress import note


@transaction.atomic
def name_collector(
    *, birth: BirthRecord, is_allowed: bool | None, name: str, relation: str, reason: str, by: User
) -> Collector:
    """Say that somebody may, or must not, be given the certificate. Raises Refusal (BR-COL-1 to -5)."""
    BirthRecord.rows.select_for_update(of=("self",)).get(pk=birth.pk)
    refuse_errors(collector_findings(birth, is_allowed=is_allowed, name=name, relation=relation, reason=reason))
    row = Collector.rows.create(
        birth=birth,
        is_allowed=bool(is_allowed),
        name=name.strip(),
        relation=relation,
        reason="" if is_allowed else reason.strip(),
        created_by=by,
    )
    note(birth, "collector.allowed" if is_allowed else "collector.barred", by)
    return row


@transaction.atomic
def keep_barred(*, child: Person) -> None:
    """After a merge, who must not be given the certificate stands on the record that goes on as well."""
    births = BirthRecord.rows.filter(case__child=child)
    dropped = births.filter(case__close_reason=CloseReason.DUPLICATE)
    rows = Collector.rows.filter(birth__in=dropped, is_allowed=False, ended_on__isnull=True)
    for birth in births.exclude(pk__in=dropped).exclude(status=Status.CLOSED):
        for row in rows:
            if not barred(live_collectors(birth), name=row.name, relation=row.relation):
                Collector.rows.create(
                    birth=birth, is_allowed=False, name=row.name, relation=row.relation, reason=row.reason,
                    created_by_id=row.created_by_id,
                )  # fmt: skip
                note(birth, "collector.barred", None)


@transaction.atomic
def end_collector(*, collector: Collector, text: str, by: User, today: date) -> Collector:
    """Take somebody off the list. Raises Conflict (BR-COL-7) when they are off it, Refusal (BR-COL-6) without words."""
    if collector.ended_on is not None:
        raise Conflict("BR-COL-7", "", _("This person is not on the list any more. Look at it again."))
    if not text.strip():
        raise Refusal("BR-COL-6", "text", _("Write why."))
    collector.ended_on, collector.ended_by, collector.ended_text = today, by, text.strip()
    collector.save(update_fields=["ended_on", "ended_by", "ended_text"])
    note(collector.birth, "collector.removed" if collector.is_allowed else "collector.lifted", by)
    return collector
