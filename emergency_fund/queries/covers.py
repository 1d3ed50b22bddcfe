"""How the children of a family are insured, whoever paid for it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import OuterRef, Q, Subquery
from django.db.models.functions import JSONObject

from casework.aid.models import InsuranceCover
from casework.aid.states import CoverState, Scheme
from casework.people.queries.names import shown_of
from casework.programmes.contributions import Words
from casework.programmes.work import day

from .family import is_young, living_in


@dataclass(frozen=True, kw_only=True)
class ChildCover:
    """A child with the cover that lasts longest; without one neither scheme nor days."""

    child: str
    scheme: Words = ""
    first: date | None = None
    last: date | None = None
    is_ordered: bool = False
    is_later: bool = False


def covers_of(case: Any, today: date) -> list[ChildCover]:
    """The children of the family of a case, its own child first, with their cover; one query."""
    if case.family_id is None:
        return []
    covers = InsuranceCover.rows.filter(
        child=OuterRef("person"), state__in=(CoverState.ORDERED, CoverState.ACTIVE), valid_to__gte=today
    )
    told = JSONObject(scheme="scheme", first="valid_from", last="valid_to", state="state")
    rows = living_in(case.family_id).filter(is_young(today) | Q(person=case.child_id))
    rows = rows.annotate(**shown_of("person"), cover=Subquery(covers.order_by("valid_from").values(told=told)[:1]))
    found = sorted(rows.values("person", "names", "cover"), key=lambda row: row["person"] != case.child_id)
    return [_shown(row["names"], row["cover"] or {}, today) for row in found]


def _shown(names: list[str], cover: dict[str, str], today: date) -> ChildCover:
    child, first = names[0] if names else "", day(cover.get("first"))
    if first is None:
        return ChildCover(child=child)
    return ChildCover(
        child=child, scheme=Scheme(cover["scheme"]).label, first=first, last=day(cover["last"]),
        is_ordered=cover["state"] == CoverState.ORDERED, is_later=first > today,
    )  # fmt: skip
