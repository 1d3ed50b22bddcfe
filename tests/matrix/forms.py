"""Every form of a page carries the key by which two presses are one act. The walk over addresses looks for it."""

from __future__ import annotations

from typing import Any

from casework.ui.views import FormPage

WITHOUT = {
    "cases:file": "answers with a file, and writes down each one",
    "masked:file": "answers with a file, and writes down each one",
    "registration:file": "answers with a file, and writes down each one",
    "emergency_fund:file": "answers with a file, and writes down each one",
    "emergency_fund:take-along": "answers with a file, and writes down each one",
    "calls:caller": "looks up, and writes down each look",
    "imports:row": "its form stands only on rows that wait for an answer",
    "concerns:report": "its own mark, which leads to nobody",
    "emergency_fund:ask-start": "finds the case by its number, and changes nothing",
    "funds:batch-new": "its form stands only where finance has not every month that is over",
}
FEWEST_FORMS = {"SUP": 60, "SYS": 5}
"""More forms than these are found on the pages of a role."""


def is_form(answer: Any, name: str) -> bool:
    """Whether the page of an address is a form that is to be done once."""
    view = answer.context.get("view") if answer.status_code == 200 and answer.context else None
    return isinstance(view, FormPage) and name not in WITHOUT


def has_key(answer: Any) -> bool:
    """Whether the page's form carries its key."""
    return b'name="idempotency_key"' in answer.body
