"""Where a person's grants let them act: pairs of office and programme, per action."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from django.db.models import F, Q
from django.utils import timezone

from casework.accounts.models import Office, living
from casework.kernel.statements import Text, text_of

from .rights import Reach, Right, truth_table

NOBODY = 0
"""A person whom no grant names."""


@dataclass(frozen=True)
class LiveGrant:
    """One grant that holds today."""

    role: str
    office_id: int
    programme: str


def live_grants(user: Any) -> tuple[LiveGrant, ...]:
    """The person's grants of today; read once per request and kept on the user object."""
    known: tuple[LiveGrant, ...] | None = getattr(user, "_live_grants", None)  # asked some fifty times for a page
    if known is not None:
        return known
    if not user.is_authenticated or not user.is_active:
        return ()
    granted: list[Any] = list(Office.objects.raw(*_granted_to(user.pk, timezone.localdate())))
    user._live_grants = tuple(LiveGrant(office.role, office.pk, office.programme) for office in granted)
    user._offices = list({office.pk: office for office in granted}.values())
    return user._live_grants


def _granted_to(user_id: int, today: date) -> Text:
    """What finds the offices of a person's living grants, with role and programme of each grant."""
    sql, (_nobody, *days) = _granted(today)
    return Text(sql, (user_id, *days))


@lru_cache(maxsize=2)
def _granted(today: date) -> Text:
    """The same for nobody: every request asks it, and Django takes longer to write it than the database to answer."""
    held = Office.objects.filter(Q(grants__user=NOBODY) & living(today, "grants__"))
    told = held.annotate(role=F("grants__role"), programme=F("grants__programme"))
    return text_of(told.order_by("kind", "grants__pk"))


def own_offices(user: Any) -> list[Office]:
    """The offices of the person's living grants, real ones before the practice one; read with the grants."""
    return user._offices if live_grants(user) else []


def own_provinces(user: Any) -> frozenset[str]:
    """The codes of the provinces of one's offices."""
    return frozenset(office.province_code for office in own_offices(user) if office.province_code)


def first_office(user: Any) -> Office | None:
    """The office of the person's first living grant; for the side bar."""
    return next(iter(own_offices(user)), None)


def roles_of(user: Any) -> frozenset[str]:
    """The roles the person holds today, anywhere."""
    return frozenset(grant.role for grant in live_grants(user))


def rights_of(user: Any, action: str) -> Iterable[tuple[LiveGrant, Right]]:
    """The person's grants that carry the action, with the right each gives. Raises KeyError when it is undeclared."""
    row = truth_table()[action]
    return [(grant, row[grant.role]) for grant in live_grants(user) if grant.role in row]


def may(
    user: Any, action: str, *, office_id: int | None = None, programmes: Iterable[str] | None = None
) -> Right | None:
    """The right by which the person may do the action here, or None.

    With `office_id` the grant must be for that office; with `programmes` it must be for all programmes or one of them.
    """
    wanted = None if programmes is None else set(programmes)
    for grant, right in rights_of(user, action):
        if office_id is not None and grant.office_id != office_id:
            continue
        if wanted is not None and grant.programme and grant.programme not in wanted:
            continue
        return right
    return None


def may_on(user: Any, action: str, row: Any) -> bool:
    """Whether the person may do the action on the row: in its office and programmes, or by an assignment."""
    places = row.access_places() if hasattr(row, "access_places") else [row.access_place()]
    if any(may(user, action, office_id=office_id, programmes=programmes) for office_id, programmes in places):
        return True
    return _by_assignment(user, action, {office for office, _programmes in places}) and _is_assigned(user, row)


def _is_assigned(user: Any, row: Any) -> bool:
    """Whether the row is given to the person beside their grants; most kinds of rows are given to nobody."""
    return hasattr(row, "is_assigned") and row.is_assigned(user)


def _by_assignment(user: Any, action: str, offices: set[int]) -> bool:
    """Whether an assignment lets the person do it: grants never merge across offices (safety.md §1).

    Who has grants in the row's office does there what these say, in any of its programmes. Who comes from another
    office does what their own grants say.
    """
    has_own = any(grant.office_id in offices for grant in live_grants(user))
    return any(
        right.reach is Reach.ASSIGNED or grant.office_id in offices or not has_own
        for grant, right in rights_of(user, action)
    )


def offices_of(user: Any, action: str, *reaches: Reach, programme: str = "") -> frozenset[int]:
    """Offices in which the person may do the action with one of the reaches (any when none is named).

    With `programme` the grant must be for all programmes or for this one.
    """
    return frozenset(
        grant.office_id
        for grant, right in rights_of(user, action)
        if (not reaches or right.reach in reaches) and (not programme or grant.programme in ("", programme))
    )


def scope_condition(
    user: Any, action: str, *, office: str, programme: str, reaches: Iterable[Reach] = (Reach.ALL,)
) -> Q:
    """A filter for rows whose office and programme fields fall under the person's grants; matches nothing without one.

    `office` and `programme` are field paths; an empty programme on the grant covers all programmes of the office.
    """
    condition = Q(pk__in=())
    wide: set[int] = set()
    narrow: dict[str, set[int]] = {}
    for grant, right in rights_of(user, action):
        if right.reach not in reaches:
            continue
        if grant.programme:
            narrow.setdefault(grant.programme, set()).add(grant.office_id)
        else:
            wide.add(grant.office_id)
    if wide:
        condition |= Q(**{f"{office}__in": wide})
    for label, offices in narrow.items():
        if not offices <= wide:
            condition |= Q(**{f"{office}__in": offices - wide, programme: label})
    return condition
