"""Who may see a birth record: whoever sees its case with a role of this programme."""

from __future__ import annotations

from typing import Any

from django.db import models

from casework.access.scopes import scope_condition
from casework.cases.models import Case

from .states import NOT_COUNTED, OPEN_STATUSES

SEE = "registration.birth.see"
WARD = "registration.ward.use"


class BirthQuerySet(models.QuerySet):
    """Birth records."""

    def visible_to(self, user: Any) -> BirthQuerySet:
        """Records of cases the user sees, where a grant of the programme or an assignment opens them."""
        from django.db.models import Exists, OuterRef, Q, Value
        from django.utils import timezone

        from casework.cases.models import Assignment

        place = scope_condition(user, SEE, office="office_id", programme="in_programme")
        assigned = Assignment.rows.live(timezone.now()).filter(case=OuterRef("case_id"), user=user)
        rows = self.annotate(in_programme=Value("registration")).filter(place | Q(Exists(assigned)))
        return rows.filter(case__in=Case.rows.all().visible_to(user))

    def open(self) -> BirthQuerySet:
        """Records on their way."""
        return self.filter(status__in=OPEN_STATUSES)

    def real(self) -> BirthQuerySet:
        """Records that count: not undone, not of a practice office."""
        return self.exclude(case__state="void").exclude(office__kind="practice")


class OfBirthQuerySet(models.QuerySet):
    """Rows that hang on a birth record, seen where it is seen."""

    def visible_to(self, user: Any) -> OfBirthQuerySet:
        from .models import BirthRecord

        return self.filter(birth__in=BirthRecord.rows.all().visible_to(user))


class WardQuerySet(models.QuerySet):
    """Rows of the ward's lists."""

    def visible_to(self, user: Any) -> WardQuerySet:
        """Rows of the offices where the person works with the list; they are level 1, as drafts are."""
        from django.db.models import Value

        place = scope_condition(user, WARD, office="office_id", programme="in_programme")
        return self.annotate(in_programme=Value("registration")).filter(place)

    def counted(self) -> WardQuerySet:
        """Births that were to be met: not those of Thai parents, named twice, or not living."""
        return self.exclude(state="not_ours", not_ours__in=NOT_COUNTED)
