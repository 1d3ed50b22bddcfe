"""Whose numbers a person sees, how small they may be, and which lists they may open behind them (safety.md §1)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from casework.access.rights import Reach, truth_table
from casework.access.scopes import offices_of, own_offices, rights_of
from casework.accounts.models import Office
from casework.accounts.states import OfficeKind

from .boards import Board, boards
from .figures import Ids
from .filters import Filter
from .suppression import MASKED, STAFF

SEE = "reports.dashboard.see"
OPEN = "reports.figure.open"
NO_FIGURES = _("None of your offices and programmes has figures here. A practice office is in no figure.")


@dataclass(frozen=True, kw_only=True)
class Audience:
    """What one person may be told of one board."""

    offices: tuple[Office, ...]
    """Offices whose every row is counted for them."""
    own_offices: tuple[Office, ...]
    """Offices in which only the cases they are assigned to are counted."""
    openers: frozenset[int]
    """Offices in which they may open the cases."""
    assigned_openers: frozenset[int]
    """Offices in which they may open the cases they are assigned to."""
    maskers: frozenset[int]
    """Offices in which they see lists without names."""

    @property
    def all_offices(self) -> tuple[Office, ...]:
        return tuple(sorted({*self.offices, *self.own_offices}, key=lambda office: office.code))

    def hide_below(self, chosen: frozenset[int]) -> int:
        """The limit under which counts of these offices are hidden from them."""
        own = frozenset(office.pk for office in self.own_offices) & self.assigned_openers
        return STAFF if chosen <= self.openers | own else MASKED

    def opens_rows(self, chosen: Ids) -> bool:
        """Whether they may open the rows that are counted of these offices, so that nothing of them is hidden."""
        return self.hide_below(chosen) == STAFF

    def list_kind(self, chosen: frozenset[int]) -> str:
        """How they see the list behind a figure: "open", "masked" or not at all ("")."""
        if chosen <= self.openers | self.assigned_openers:
            return "open"
        return "masked" if chosen <= self.maskers | self.openers | self.assigned_openers else ""


def audience_of(user: Any, board: Board) -> Audience:
    """What the person's grants let them be told of a board. Practice offices are in no number."""
    see = reaches_of(user, SEE, board.key)
    opened = reaches_of(user, OPEN, board.key)
    wanted = see.get(Reach.ALL, set()) | see.get(Reach.OWN, set())
    real = Office.objects.filter(pk__in=wanted).exclude(kind=OfficeKind.PRACTICE).order_by("code")
    wide = see.get(Reach.ALL, set())
    return Audience(
        offices=tuple(office for office in real if office.pk in wide),
        own_offices=tuple(office for office in real if office.pk not in wide),
        openers=frozenset(opening(board, opened)),
        assigned_openers=frozenset(opened.get(Reach.ASSIGNED, ())),
        maskers=frozenset(opened.get(Reach.PSEUDONYM, ())),
    )


def reaches_of(user: Any, action: str, programme: str) -> dict[Reach, set[int]]:
    """How far the person's grants of a programme reach for an action: reach → offices. Asks no rows of offices."""
    found: dict[Reach, set[int]] = {}
    for grant, right in rights_of(user, action):
        if grant.programme in ("", programme):
            found.setdefault(right.reach, set()).add(grant.office_id)
    return found


def may_narrow(user: Any, board: Board, one: Filter, offices: Ids) -> bool:
    """Whether the person has the right to narrow figures of these offices so, apart from opening the rows."""
    return not one.action or offices <= offices_of(user, one.action, Reach.ALL, programme=board.key)


def filters_for(user: Any, board: Board, audience: Audience) -> list[Filter]:
    """The filters that the person can use in one of the offices, or in all of them."""
    offices = [frozenset({office.pk}) for office in audience.all_offices]
    opened = [one for one in offices if audience.opens_rows(one)]
    return [one for one in board.filters if any(may_narrow(user, board, one, place) for place in opened)]


def opening(board: Board, opened: dict[Reach, set[int]]) -> set[int]:
    """The offices in which a person opens the rows of a board."""
    by_need = opened.get(Reach.NEED, set()) if board.opens_by_need else set()
    return opened.get(Reach.ALL, set()) | by_need


def has_figures(user: Any) -> bool:
    """Whether there are figures for the person: a grant for them in an office that is not for practice."""
    real = {office.pk for office in own_offices(user) if office.kind != OfficeKind.PRACTICE}
    counted = {"", *(board.key for board in boards())}
    return any(grant.office_id in real and grant.programme in counted for grant, _right in rights_of(user, SEE))


def boards_of(user: Any) -> list[Board]:
    """The boards the person's grants reach, those of programmes in which they work before the others."""
    reached = [board for board in boards() if reaches_of(user, SEE, board.key)]
    return sorted(reached, key=lambda board: not _works_in(user, board.key))


def _works_in(user: Any, programme: str) -> bool:
    return any(action.startswith(f"{programme}.") and rights_of(user, action) for action in truth_table())
