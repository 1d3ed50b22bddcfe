"""Who sees rows about a subject."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Exists, OuterRef, Q

from casework.access.subjects import subject_types
from casework.kernel.subjects import subject_type


def filed_with(subject: models.Model) -> dict[str, Any]:
    """The columns of a row about a record that say where it belongs: the record, its office and its case."""
    office_id, _programmes = subject.access_place()  # type: ignore[attr-defined]
    key = subject_type(subject)
    return {
        "subject_type": key,
        "subject_id": subject.pk,
        "office_id_of": office_id or None,
        "case_id_of": subject_types()[key].case_id(subject),
    }


class OfSubjectQuerySet(models.QuerySet):
    """Rows about a subject, seen by whoever sees the subject."""

    def visible_to(self, user: Any) -> OfSubjectQuerySet:
        """Each subject is looked up by its id: a list of all that a person may see would be made for each record."""
        condition = Q(pk__in=())
        for key, subject in subject_types().items():
            condition |= Q(Exists(subject.visible(user).filter(pk=OuterRef("subject_id"))), subject_type=key)
        return self.filter(condition)

    def about(self, row: models.Model) -> OfSubjectQuerySet:
        """Rows about one subject."""
        return self.filter(subject_type=row._meta.label_lower, subject_id=row.pk)


class OwnOfSubjectQuerySet(OfSubjectQuerySet):
    """Rows about a subject, seen by who made them while they see the subject."""

    def visible_to(self, user: Any) -> OwnOfSubjectQuerySet:
        own = {self.model.MADE_BY: user}
        return super().visible_to(user).filter(**own)  # type: ignore[return-value]
