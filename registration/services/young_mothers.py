"""The mother is a child herself: her own case, who speaks with her and for her, and the report (day.md 7)."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from casework.accounts.models import User
from casework.audit.services import changed_fields
from casework.cases.models import Case
from casework.cases.services.cases import open_case
from casework.kernel.refusals import Refusal, refuse_errors
from casework.reference.queries import term
from registration.models import BirthRecord, YoungMother
from registration.rules.care import young_mother_findings
from registration.states import ParentRole

from .progress import note

PROGRAMME = "registration"


def young_mother_of(birth: BirthRecord, *, by: User, today: date) -> YoungMother:
    """The row of the birth, made when first needed; the report is due from the day the birth was logged."""
    days = int(term("registration.young_mother_report_days", today))
    return YoungMother.rows.get_or_create(
        birth=birth, defaults={"report_due_on": birth.case.opened_on + timedelta(days=days), "created_by": by}
    )[0]


@transaction.atomic
def record_young_mother(*, birth: BirthRecord, values: dict[str, Any], by: User, today: date) -> YoungMother:
    """Write down who spoke with her and who decides with her, and the report. Raises Refusal (BR-YOUNG-1 to -3)."""
    father = birth.parents.filter(role=ParentRole.FATHER, person__isnull=False).first()
    names = {name.full for name in father.person.names.all()} if father else set()
    refuse_errors(
        young_mother_findings(
            interpreter=values["interpreter"].strip(),
            father_names=names,
            spoken_on=values["spoken_on"],
            reported_on=values["reported_on"],
            reported_to=values["reported_to"].strip(),
            today=today,
        )
    )
    row = young_mother_of(birth, by=by, today=today)
    changes = changed_fields(row, values)
    if row.spoken_alone is not None and row.spoken_by is None:
        row.spoken_by = by
    row.save()
    note(birth, "young_mother.recorded", by, changes=changes)
    return row


@transaction.atomic
def open_mothers_case(*, birth: BirthRecord, lead: User, by: User, now: datetime, today: date) -> Case:
    """Open the mother's own case, with its own lead; the case she has already is linked instead.

    Raises Refusal BR-YOUNG-4 when nobody is written down as the mother.
    """
    link = birth.parents.filter(role=ParentRole.MOTHER, person__isnull=False).select_related("person").first()
    if link is None:
        raise Refusal("BR-YOUNG-4", "", _("Write down the mother first."))
    row = young_mother_of(birth, by=by, today=today)
    if row.own_case is None:
        row.own_case = Case.rows.filter(child=link.person).open().first() or open_case(
            child=link.person,
            office=birth.office,
            programme=PROGRAMME,
            lead=lead,
            by=by,
            opened_on=today,
            now=now,
            family=birth.case.family,
        )
        row.save(update_fields=["own_case"])
        note(birth, "young_mother.case_opened", by)
    return row.own_case
