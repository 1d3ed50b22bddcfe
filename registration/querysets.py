"""Who may see a birth record: whoever sees its case with a role of this programme."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q

from casework.access.rights import Reach
from casework.access.scopes import offices_of
from casework.cases.querysets import assigned_to, opened_to, unrelated_to

from .states import NOT_COUNTED, OPEN_STATUSES

PROGRAMME = "registration"
SEE = "registration.birth.see"
WARD = "registration.ward.use"
WRITE_DOWN = "registration.birth.write_down"
"""To write a birth down as a draft; CREATE opens its case."""
CREATE = "registration.birth.create"
ASK_STATUS = "registration.parent_status.ask"
"""To ask for the nationality of the parents and for papers that tell of it (birth reference C1.7, C11)."""

BY_PARENTS = "registration.figure.by_parents"
"""To narrow figures by what is told of the parents' status and nationality (birth reference C10)."""
BY_WORKER = "registration.figure.by_worker"
"""To narrow figures by who leads the cases."""


class BirthQuerySet(models.QuerySet):
    """Birth records."""

    def visible_to(self, user: Any) -> BirthQuerySet:
        """Records of cases the user sees, where a grant of the programme or an assignment opens them."""
        return self.filter(birth_seen_by(user))

    def open(self) -> BirthQuerySet:
        """Records on their way."""
        return self.filter(status__in=OPEN_STATUSES)

    def real(self) -> BirthQuerySet:
        """Records that count: not undone, not of a practice office."""
        return self.exclude(case__state="void").exclude(office__kind="practice")


def birth_seen_by(user: Any, birth: str = "") -> Q:
    """The condition under which the user sees the record at the end of a path ("birth__"; "" on records themselves)."""
    place = Q(**{f"{birth}office_id__in": offices_of(user, SEE, Reach.ALL, programme=PROGRAMME)})
    case = f"{birth}case__"
    return ((place & opened_to(user, case)) | assigned_to(user, case)) & unrelated_to(user, case)


class OfBirthQuerySet(models.QuerySet):
    """Rows that hang on a birth record, seen where it is seen."""

    def visible_to(self, user: Any) -> OfBirthQuerySet:
        return self.filter(birth_seen_by(user, "birth__"))


class WardQuerySet(models.QuerySet):
    """Rows of the ward's lists."""

    def visible_to(self, user: Any) -> WardQuerySet:
        """Rows of the offices where the person works with the list; they are level 1, as drafts are."""
        return self.filter(office_id__in=offices_of(user, WARD, Reach.ALL, programme=PROGRAMME))

    def counted(self) -> WardQuerySet:
        """Births that were to be met: not those of Thai parents, named twice, or not living."""
        return self.exclude(state="not_ours", not_ours__in=NOT_COUNTED)


class WardBirthQuerySet(WardQuerySet):
    """Births on the ward's lists."""

    def visible_to(self, user: Any) -> WardBirthQuerySet:
        """Lines of the person's offices; one that was met, where its record is seen: it tells of mother and phone."""
        rows: Any = super().visible_to(user)
        return rows.filter(Q(birth__isnull=True) | birth_seen_by(user, "birth__"))
