"""How a row of a lower room names a row of any room: type, id, office and level."""

from __future__ import annotations

from django.db import models


class AboutSubject(models.Model):
    """A row about another row it cannot import: `cases.case`, its id, its office and its confidentiality level."""

    subject_type = models.CharField(max_length=60)
    subject_id = models.BigIntegerField()
    office_id_of = models.BigIntegerField(null=True, help_text="office of the subject")
    level = models.PositiveSmallIntegerField(default=2, help_text="1 routine, 2 confidential, 3 restricted")

    class Meta:
        abstract = True


def subject_type(row: models.Model) -> str:
    """The registered type name of a row, such as `cases.case`."""
    return row._meta.label_lower
