"""How a new case that is not saved yet is called, and where one goes on with it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.urls import reverse

from casework.people.fields import SCRIPTS

BEGUN_WITH = frozenset(
    {
        "child", "family_of", "told", "office", "programme", "came_by", "next_step", "next_step_on", "notice_on",
        "notice_language", "interpreter", "sex", "phone_rule",
    }
)  # fmt: skip
"""What the page begins with, and nobody typed."""
CHOSEN_FOR_DATES = ("_era", "_precision", "_about")


def draft_url(draft: Any) -> str:
    """The page with what was typed on it."""
    return f"{reverse('cases:open')}?draft={draft.pk}"


def draft_title(data: Mapping[str, Mapping[str, Any]]) -> str:
    """The name of the child, else of who looks after it."""
    typed = data.get("form", {})
    names = [typed.get(f"{who}_name_{script}") for who in ("child", "carer") for script in SCRIPTS]
    return next((str(name) for name in names if name), "")


def is_untouched(step: str, answers: Mapping[str, Any]) -> bool:
    """Whether the page stands as it is shown; what it guesses is not typed."""
    typed = {name for name, value in answers.items() if value and not name.endswith(CHOSEN_FOR_DATES)}
    return all(name.startswith(tuple(BEGUN_WITH)) for name in typed)
