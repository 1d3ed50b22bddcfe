"""Who may see a birth record: whoever sees its case with a role of this programme."""

from __future__ import annotations

from typing import Any

from django.db import models

from casework.access.scopes import scope_condition
from casework.cases.models import Case

from .states import OPEN_STATUSES

SEE = "registration.birth.see"


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
