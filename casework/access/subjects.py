"""Subject type → the rows of it a person may see, filled by upper rooms through their contributions."""

from __future__ import annotations

from functools import cache

from casework.programmes.contributions import SubjectType, registry


@cache
def subject_types() -> dict[str, SubjectType]:
    """Every kind of row that documents, attachments, notices and drafts can be about."""
    return {subject.key: subject for subject in registry.gather("subject_types")}
