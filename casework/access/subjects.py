"""Subject type → the rows of it a person may see, filled by upper rooms through their contributions."""

from __future__ import annotations

from functools import cache
from typing import Any

from django.db.models import QuerySet

from casework.programmes.contributions import SubjectType, registry


@cache
def subject_types() -> dict[str, SubjectType]:
    """Every kind of row that documents, attachments, notices and drafts can be about."""
    return {subject.key: subject for subject in registry.gather("subject_types")}


def visible_subject_ids(user: Any, key: str) -> QuerySet:
    """Ids of the subjects of one kind that the person may see. Raises KeyError for an unknown kind."""
    return subject_types()[key].visible(user).values("pk")
