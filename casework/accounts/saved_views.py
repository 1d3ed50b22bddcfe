"""Filters of a list under a name of their own: a person's, or those of everybody in an office.

They stand on the person's and the office's row, which every page has read already, so that a list asks nothing more.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from casework.kernel.refusals import Refusal

from .models import Office, User

MOST_PER_LIST = 6
LONGEST_NAME = 40
LONGEST_QUERY = 500


@dataclass(frozen=True, kw_only=True)
class SavedView:
    """One named choice of view and filters of a list; `office_id` when it is for everybody there."""

    name: str
    query: str
    office_id: int | None = None


def saved_views(user: User, offices: Iterable[Office], list_key: str) -> list[SavedView]:
    """The views of one list that the person sees: those of the offices first, then their own."""
    team = [
        SavedView(name=view["name"], query=view["query"], office_id=office.pk)
        for office in offices
        for view in office.list_views.get(list_key, [])
    ]
    own = [SavedView(name=view["name"], query=view["query"]) for view in user.list_views.get(list_key, [])]
    return team + own


@transaction.atomic
def save_view(*, holder: User | Office, list_key: str, name: str, query: str) -> None:
    """Keep a view under a name; the same name is written over. Raises Refusal ACC-VIEW-1 to -3."""
    name = " ".join(name.split())
    if not name or len(name) > LONGEST_NAME:
        raise Refusal("ACC-VIEW-1", "name", _("Give the view a name of up to 40 letters."))
    if not query or len(query) > LONGEST_QUERY:
        raise Refusal("ACC-VIEW-2", "query", _("Choose a filter first, then save the view."))
    kept = _locked(holder)
    views = [view for view in kept.list_views.get(list_key, []) if view["name"] != name]
    if len(views) >= MOST_PER_LIST:
        raise Refusal("ACC-VIEW-3", "name", _("There are six saved views already. Remove one you no longer need."))
    _write(kept, list_key, [*views, {"name": name, "query": query}])


@transaction.atomic
def remove_view(*, holder: User | Office, list_key: str, name: str) -> None:
    """Drop a saved view; one that is not there is no fault."""
    kept = _locked(holder)
    _write(kept, list_key, [view for view in kept.list_views.get(list_key, []) if view["name"] != name])


def _locked(holder: User | Office) -> User | Office:
    return holder.__class__._default_manager.select_for_update().get(pk=holder.pk)


def _write(holder: User | Office, list_key: str, views: list[dict[str, str]]) -> None:
    holder.list_views = {**holder.list_views, list_key: views}
    holder.save(update_fields=["list_views"])
