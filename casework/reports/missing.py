"""What is missing from a month before it is closed: rows of its board, and what is no record yet (day.md 27)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from casework.accounts.models import Office
from casework.drafts.models import Draft
from casework.imports.models import ImportRun
from casework.imports.states import RunState
from casework.programmes.contributions import registry

from .boards import Board
from .figures import Words
from .periods import Period

DRAFTS, IMPORTS = "drafts", "imports"
OTHERS: Mapping[str, tuple[Words, Any, str]] = {
    DRAFTS: (_("Begun and not sent: drafts"), Draft, "drafts:drafts"),
    IMPORTS: (_("Imports that wait for a supervisor"), ImportRun, "imports:list"),
}
"""What is not in the records yet, by key: its words, its rows and the page that lists them."""


@dataclass(frozen=True, kw_only=True)
class Gap:
    """Something that is missing, and from how many rows."""

    key: str
    label: Words
    count: int
    url: str = ""
    """The page where it lies, for who may open some of it; nothing of rows of the board."""

    @property
    def is_of_board(self) -> bool:
        return self.key not in OTHERS


def gap_words(board: Board) -> dict[str, Words]:
    """What may be missing, by key, in the order in which it is listed."""
    return {**board.gap_words, **{key: words for key, (words, _model, _page) in OTHERS.items()}}


def missing_from(board: Board, office: Office, month: Period, user: Any = None) -> list[Gap]:
    """What is missing now from a month of an office; with a user the pages that they may open."""
    rows = board.gaps(office.pk, month)
    found = [Gap(key=key, label=label, count=len(rows.get(key, ()))) for key, label in board.gap_words.items()]
    found += [_other(key, board, office, month, user) for key in OTHERS]
    return [gap for gap in found if gap.count]


def _other(key: str, board: Board, office: Office, month: Period, user: Any) -> Gap:
    label, model, page = OTHERS[key]
    waiting = _waiting(key, board, office, month)
    count = waiting.count()
    opens = count and user and model.objects.visible_to(user).filter(pk__in=waiting.values("pk")).exists()
    return Gap(key=key, label=label, count=count, url=reverse(page) if opens else "")


def _waiting(key: str, board: Board, office: Office, month: Period) -> QuerySet:
    """Drafts that were begun in the month; imports brought in since it began, as a file of it comes after its end.

    A form whose drafts are their writer's alone is about a record that is there.
    """
    if key == DRAFTS:
        forms = [form.key for form in registry.gather("draft_forms") if form.programme == board.key and not form.is_own]
        begun = Draft.rows.filter(office=office, form__in=forms, created_at__date__range=(month.first, month.last))
        return begun.order_by()
    runs = ImportRun.rows.filter(office=office, programme=board.key, state=RunState.PROPOSED)
    return runs.filter(created_at__date__gte=month.first).order_by()
