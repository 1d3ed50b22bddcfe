"""Taking imported records out again: voided case numbers stay, everything personal goes."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from casework.audit.models import Event
from casework.cases.models import Case, Consent, Enrolment
from casework.cases.services.imported import void_imported_cases
from casework.kernel.dates import Precision
from casework.kernel.refusals import Conflict
from casework.kernel.subjects import subject_type
from casework.people.models import (
    Family,
    FamilyMember,
    IdentityDocument,
    Person,
    PersonName,
    PersonReach,
    Phone,
)
from casework.people.services.duplicates import forget_children
from casework.people.states import Sex
from registration.models import BirthRecord, ParentLink


def undo(*, run: Any, by: Any, reason: str, now: datetime) -> int:
    """Remove what an import made, inside the caller's transaction. Answers how many cases were voided.

    Raises Conflict (E-IMP-18) when somebody has gone on working with one of the cases: that work would be lost.
    """
    cases = list(Case.rows.filter(import_run=run.pk).values_list("pk", "number", "child_id", "family_id"))
    case_ids = [case[0] for case in cases]
    _insist_on_untouched({pk: number for pk, number, _child, _family in cases})
    void_imported_cases(run_id=run.pk)
    children = [child for _pk, _number, child, _family in cases]
    families = {family for _pk, _number, _child, family in cases if family}
    parents = set(ParentLink.rows.filter(birth__case__in=case_ids).values_list("person_id", flat=True)) - {None}
    BirthRecord.rows.filter(case__in=case_ids).delete()
    Consent.rows.filter(case__in=case_ids).delete()
    Enrolment.rows.filter(case__in=case_ids).update(until_on=timezone.localdate(now), outcome="undone")
    _forget(children, parents, families, case_ids)
    Event.objects.bulk_create(
        Event(
            at=now,
            actor=by,
            action="cases.case.undone",
            subject_type=subject_type(Case()),
            subject_id=pk,
            case_id_of=pk,
            office_id_of=run.office_id,
            reason=reason,
        )
        for pk in case_ids
    )
    return len(cases)


def _insist_on_untouched(numbers: dict[int, str]) -> None:
    later = Event.objects.filter(case_id_of__in=numbers).exclude(
        action__in=["imports.case.imported", "cases.case.seen"]
    )
    touched = later.values_list("case_id_of", flat=True).first()
    if touched is not None:
        sentence = _("Somebody has worked on case %(number)s since. The import can no longer be undone as a whole.")
        raise Conflict("E-IMP-18", "", sentence % {"number": numbers[touched]})


def _forget(children: list[int], parents: set[int], families: set[int], cases: list[int]) -> None:
    """Remove names, papers, phones, families and parents. A child stays as an empty row for its voided case."""
    everybody = {*children, *parents}
    PersonReach.objects.filter(source_type=subject_type(Case()), source_id__in=cases).delete()
    forget_children(children=children)
    PersonName.rows.filter(person__in=everybody).delete()
    IdentityDocument.rows.filter(person__in=everybody).delete()
    FamilyMember.rows.filter(family__in=families).delete()
    Phone.rows.filter(family__in=families).delete()
    Case.rows.filter(pk__in=cases).update(family=None, sort_name="")
    Family.rows.filter(pk__in=families).delete()
    Person.rows.filter(pk__in=parents).delete()
    Person.rows.filter(pk__in=children).update(
        sex=Sex.UNKNOWN, born_on=None, born_precision=Precision.UNKNOWN, born_as_told=""
    )
