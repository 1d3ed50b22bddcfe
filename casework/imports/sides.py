"""A suspected duplicate beside the one it looks like, as far as the reader may see it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from casework.access.subjects import subject_types
from casework.cases.models import Case
from casework.imports.models import ImportRow
from casework.imports.queries import shown, specification
from casework.kernel.subjects import subject_type
from casework.people.matching import reasons_of

_RANKS = {"certain": "red", "high": "amber", "medium": "blue"}


@dataclass(frozen=True, kw_only=True)
class Side:
    """One likeness: what it is called, where it is, why it looks alike, and the facts of both beside each other."""

    title: str
    url: str
    colour: str
    reasons: Sequence[str]
    facts: Sequence[tuple[Any, str, str]]
    is_masked: bool = False


def sides_of(row: ImportRow, user: Any, language: str) -> list[Side]:
    """Whom a row looks like, the likeliest first."""
    return [_side(row, suspect, user, language) for suspect in row.suspects]


def _side(row: ImportRow, suspect: dict[str, Any], user: Any, language: str) -> Side:
    told: dict[str, Any] = {"colour": _RANKS.get(suspect["rank"], "blue"), "reasons": reasons_of(suspect["reasons"])}
    if "row" in suspect:
        other = (
            ImportRow.objects.visible_to(user).filter(run=row.run, sheet=suspect["sheet"], row=suspect["row"]).first()
        )
        title = _("Row %(row)s of “%(sheet)s”") % {"row": suspect["row"], "sheet": suspect["sheet"]}
        facts = _beside(row, other.values, language) if other else ()
        return Side(title=title, url="", facts=facts, **told)
    case = Case.objects.visible_to(user).filter(pk=suspect["case_id"]).select_related("child").first()
    if case is None:
        return Side(title=_("A child known to another office"), url="", facts=(), is_masked=True, **told)
    address = subject_types()[subject_type(case)].url(case)
    known = {"child": case.child.name, "sex": case.child.sex, "born": case.child.born_on, "opened": case.opened_on}
    return Side(title=case.number, url=address, facts=_beside(row, known, language), **told)


def _beside(row: ImportRow, other: dict[str, Any], language: str) -> list[tuple[Any, str, str]]:
    """Label, this row, the other, for each fact that one of them has."""
    rows = []
    for spec in specification(row.run.specification).columns:
        mine, theirs = row.values.get(spec.key), other.get(spec.key)
        if spec.key in other and (mine or theirs):
            rows.append((spec.label, shown(spec, mine, language), shown(spec, theirs, language)))
    return rows
