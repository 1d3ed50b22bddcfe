"""A paper of the checklist and where it stands, as the history keeps them and as each reader reads them."""

from __future__ import annotations

from django.utils.translation import get_language

from casework.programmes.contributions import Words
from registration.models import ChecklistItem
from registration.states import ItemState

LANGUAGES = ("en", "th", "my")


def kept_name(item: ChecklistItem) -> str:
    """The name of a paper in each language: whoever reads it later may read another one than who wrote it."""
    return "\n".join(item.requirement.label(language) for language in LANGUAGES)


def kept_state(item: ChecklistItem) -> str:
    """The same after the state of the paper."""
    return f"{item.state}\n{kept_name(item)}"


def told(kept: str) -> Words:
    """What was kept, in the reader's words. What was kept in one language stays as it was written."""
    *state, in_english, in_thai, in_burmese = ["", "", *kept.split("\n")][-4:]
    if not in_english:
        return kept
    name = {"th": in_thai, "my": in_burmese}.get((get_language() or "en")[:2], in_english)
    return f"{name}: {ItemState(state[0]).label}" if state[0] in ItemState.values else name
