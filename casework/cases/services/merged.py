"""When two records of one child become one: both case numbers keep working, one case stays open (core.md §1)."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from casework.audit.services import record_event
from casework.cases.models import Case
from casework.cases.rules import has_other_open
from casework.people.models import Person, PersonMerge

from .cases import close_duplicate
from .reach import refresh_reach


@transaction.atomic
def take_over_cases(*, kept: Person, dropped: Person) -> None:
    """Give the dropped person's cases to the kept one; of two open cases the dropped one closes as a duplicate."""
    has_open = has_other_open(kept.pk)
    for case in Case.rows.filter(child=dropped).order_by("pk"):
        if case.is_open and has_open:
            confirmed_by = PersonMerge.objects.filter(kept=kept, dropped=dropped).latest("pk").confirmed_by
            close_duplicate(case=case, by=confirmed_by, today=timezone.localdate())
        Case.rows.filter(pk=case.pk).update(child=kept, child_before_merge=dropped)
        case.refresh_from_db()
        record_event("cases.case.merged", actor=None, subject=case, case_id=case.pk, office_id=case.office_id)
        refresh_reach(case)


@transaction.atomic
def give_back_cases(*, kept: Person, dropped: Person) -> None:
    """A merge was taken back: the cases return to their child. One closed as a duplicate is opened by a person."""
    for case in Case.rows.filter(child=kept, child_before_merge=dropped).order_by("pk"):
        Case.rows.filter(pk=case.pk).update(child=dropped, child_before_merge=None)
        case.refresh_from_db()
        record_event("cases.case.unmerged", actor=None, subject=case, case_id=case.pk, office_id=case.office_id)
        refresh_reach(case)
