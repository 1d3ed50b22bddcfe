"""The needs of the children of a request in words, as its pages and the API show them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from casework.programmes.contributions import Words
from casework.reference.queries import term
from emergency_fund.models import NeedsAssessment
from emergency_fund.querysets import PROGRAMME


def school_from(on: date) -> int:
    """The age from which a child is asked about school on a day."""
    return int(term(f"{PROGRAMME}.school_from", on))


@dataclass(frozen=True, kw_only=True)
class NeedShown:
    """One need of one child, in words; a child whose name is hidden has a number."""

    child: str
    child_id: int | None
    need: str
    label: Words
    severity: int
    how_serious: Words
    note: str


def lacks_of(assessment: NeedsAssessment, children: Mapping[int, str], *, is_hidden: bool) -> list[NeedShown]:
    """What children lack, for the pages: without what is no need and has no note; the sheet and the API tell all."""
    needs = needs_of(assessment, children, is_hidden=is_hidden)
    return [need for need in needs if need.severity or need.note]


def needs_of(assessment: NeedsAssessment, children: Mapping[int, str], *, is_hidden: bool) -> list[NeedShown]:
    """What each child lacks, without the notes for who works on it without knowing the family.

    `children` says by its id how a child of the request is called.
    """
    return [
        NeedShown(
            child=children.get(row.child_id, _("A child the request is no longer for")),
            child_id=None if is_hidden else row.child_id, need=row.need, label=row.get_need_display(),
            severity=row.severity, how_serious=row.get_severity_display(), note="" if is_hidden else row.note,
        )
        for row in assessment.needs.all()
    ]  # fmt: skip
