"""A paper of the checklist and what was said of it, as the history keeps them and as each reader reads them."""

from __future__ import annotations

from django.utils.translation import get_language

from casework.programmes.contributions import Words
from registration.models import ChecklistItem
from registration.states import ItemState

LANGUAGES = ("en", "th", "my")


def kept_saying(item: ChecklistItem, said: str) -> str:
    """The state of a paper or words about it in one line, then its name in each language.

    Whoever reads it later may read another language than who wrote it.
    """
    return "\n".join([" ".join(said.split()), *(item.label(language) for language in LANGUAGES)])


def told(kept: str) -> Words:
    """What was kept, in the reader's words. What was kept in one language stays as it was written."""
    *said, in_english, in_thai, in_burmese = ["", "", *kept.split("\n")][-4:]
    if not in_english:
        return kept
    name = {"th": in_thai, "my": in_burmese}.get((get_language() or "en")[:2], in_english)
    words = ItemState(said[0]).label if said[0] in ItemState.values else said[0]
    return f"{name}: {words}" if words else name
