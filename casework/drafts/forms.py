"""What the autosave of a form sends, as flat fields or flat JSON, and what it kept as the form shows it again."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.forms import BaseForm
from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext_lazy as _

from casework.kernel.refusals import Refusal

from . import rules

# Fields that say what the answers belong to; everything else is an answer.
RESERVED = frozenset(
    {"_form", "_step", "_draft", "_office", "_done", "device_id", "version", "csrfmiddlewaretoken", "idempotency_key"}
)


def as_sent(answers: Mapping[str, Any]) -> QueryDict:
    """What a draft keeps of a page, as the page would send it."""
    query = QueryDict(mutable=True)
    for name, value in answers.items():
        query.setlist(name, value if isinstance(value, list) else [str(value)])
    return query


def held_values(form: BaseForm, answers: Mapping[str, Any]) -> dict[str, Any]:
    """What was kept of a form as its initial values; boxes of one date are put together."""
    held: dict[str, Any] = {}
    for name, field in form.fields.items():
        sent_as = form.add_prefix(name)
        value = field.widget.value_from_datadict(answers, {}, sent_as)
        if any(value.values()) if isinstance(value, dict) else sent_as in answers:
            held[name] = value
    return held


@dataclass(frozen=True, kw_only=True)
class Sent:
    """One autosave as it was sent."""

    form: str
    step: str
    draft_id: int | None
    office_id: int | None
    device_id: UUID | None
    version: int | None
    done_steps: list[str] | None
    answers: rules.Answers


def read_sent(request: HttpRequest) -> Sent:
    """Read an autosave from a form or from JSON. Raises Refusal naming the field that cannot be read."""
    pairs = _from_json(request) if request.content_type == "application/json" else _from_fields(request)
    done = pairs.get("_done")
    return Sent(
        form=_text(pairs, "_form"),
        step=_step(pairs),
        draft_id=_number(pairs, "_draft"),
        office_id=_number(pairs, "_office"),
        device_id=_uuid(pairs, "device_id"),
        version=_number(pairs, "version"),
        done_steps=None if done is None else [word[:40] for word in str(done).split()][:40],
        answers={name: value for name, value in pairs.items() if name not in RESERVED},
    )


def _from_fields(request: HttpRequest) -> dict[str, Any]:
    """Form fields; a field sent more than once is a list."""
    return {name: values[0] if len(values) == 1 else values for name, values in request.POST.lists()}


def _from_json(request: HttpRequest) -> dict[str, Any]:
    if len(request.body) > 2 * rules.MOST_BYTES:
        raise Refusal("DRAFT-SIZE", "", _("This draft is too long to keep. Shorten the long texts."))
    try:
        sent = json.loads(request.body)
    except (ValueError, RecursionError) as fault:
        raise Refusal("DRAFT-JSON", "", _("What was sent cannot be read.")) from fault
    if not isinstance(sent, dict):
        raise Refusal("DRAFT-JSON", "", _("What was sent cannot be read."))
    return sent


def _text(pairs: dict[str, Any], name: str) -> str:
    value = pairs.get(name, "")
    if not isinstance(value, str) or len(value) > 60 or not (value == "" or value.isprintable()):
        raise _unreadable(name)
    return value


def _step(pairs: dict[str, Any]) -> str:
    """The step, a word of an address."""
    step = _text(pairs, "_step") or "form"
    if not re.fullmatch(r"[-\w]{1,40}", step, re.ASCII):
        raise _unreadable("_step")
    return step


def _number(pairs: dict[str, Any], name: str) -> int | None:
    value = pairs.get(name)
    if value in (None, ""):
        return None
    text = str(value)
    if isinstance(value, bool | list | dict) or not (text.isascii() and text.isdigit() and len(text) < 16):
        raise _unreadable(name)
    return int(text)


def _uuid(pairs: dict[str, Any], name: str) -> UUID | None:
    value = pairs.get(name)
    if value in (None, ""):
        return None
    try:
        return UUID(value)
    except (ValueError, AttributeError, TypeError) as fault:
        raise _unreadable(name) from fault


def _unreadable(name: str) -> Refusal:
    return Refusal("DRAFT-FIELD", name, _("This part of what was sent cannot be read."))
