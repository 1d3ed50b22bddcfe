"""What may be kept of a form, and when two savings stand against each other."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from casework.access.scopes import may
from casework.kernel.digits import clean_text
from casework.kernel.guards import YES, Verdict, no
from casework.kernel.refusals import Refusal
from casework.programmes.contributions import DraftForm, registry

from .models import TAKE, Draft

MOST_FIELDS = 400
LONGEST_NAME = 100
LONGEST_ANSWER = 10_000
MOST_CHOICES = 100
MOST_BYTES = 200_000

Answers = dict[str, Any]


def draft_form(key: str) -> DraftForm:
    """The form of this key. Raises Refusal when no room or programme has it."""
    for form in registry.gather("draft_forms"):
        if form.key == key:
            return form
    raise Refusal("DRAFT-FORM", "_form", _("This form is not known."))


def clean_answers(typed: Iterable[tuple[str, Any]]) -> Answers:
    """Field → text, number, yes or no, or a list of texts, made fit to store. Raises Refusal naming the field."""
    answers: Answers = {}
    for name, value in typed:
        if not name.isprintable() or not 0 < len(name) <= LONGEST_NAME:
            raise Refusal("DRAFT-NAME", "", _("A field of this form has a name that cannot be kept."))
        answers[name] = _clean(name, value)
    if len(answers) > MOST_FIELDS:
        raise Refusal("DRAFT-SIZE", "", _("This form has more fields than a draft can keep."))
    return answers


def _clean(name: str, value: Any) -> Any:
    if isinstance(value, list) and len(value) <= MOST_CHOICES and all(isinstance(item, str) for item in value):
        return [_clean(name, item) for item in value]
    if isinstance(value, str):
        if len(value) > LONGEST_ANSWER:
            raise Refusal("DRAFT-LONG", name, _("This text is too long to keep. Shorten it."))
        return clean_text(value)
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, int | float) and abs(value) < 1e15:
        return value
    raise Refusal("DRAFT-VALUE", name, _("This answer has a shape that cannot be kept."))


def only_asked(kind: DraftForm, step: str, answers: Answers, user: Any, office_id: int) -> Answers:
    """The answers to what the form asks this person; a date has several boxes, such as birth_d."""
    asked = kind.asked(user, office_id, step)
    if asked is None:
        return answers
    fields = tuple(asked)
    boxes = tuple(f"{field}_" for field in fields)
    return {name: told for name, told in answers.items() if name in fields or name.startswith(boxes)}


def refuse_oversize(data: Mapping[str, Answers]) -> None:
    """Raise Refusal when a draft grows past what is kept."""
    if len(json.dumps(data, ensure_ascii=False).encode()) > MOST_BYTES:
        raise Refusal("DRAFT-SIZE", "", _("This draft is too long to keep. Shorten the long texts."))


def has_typing(answers: Answers) -> bool:
    """Whether anything was typed or chosen at all."""
    return any(value not in ("", None, [], False) for value in answers.values())


def differing(stored: Answers, sent: Answers) -> list[dict[str, Any]]:
    """Fields in which two savings differ, with both values."""
    return [
        {"field": name, "stored": stored.get(name, ""), "sent": sent.get(name, "")}
        for name in sorted({*stored, *sent})
        if stored.get(name, "") != sent.get(name, "")
    ]


def can_save(draft: Draft, user: Any) -> Verdict:
    """Only the one who has the draft types in it; a colleague takes it over first."""
    if draft.owner_id == user.pk:
        return YES
    if may(user, TAKE, office_id=draft.office_id) is None:
        return no("DRAFT-OWNER", _("%(name)s has taken this draft over.") % {"name": draft.owner})
    return no("DRAFT-OWNER", _("%(name)s has this draft now. Take it over to go on.") % {"name": draft.owner})


def can_throw_away(draft: Draft, user: Any) -> Verdict:
    """Only the one who has the draft throws it away."""
    if draft.owner_id == user.pk:
        return YES
    return no("DRAFT-OWNER", _("Only the person who has a draft can throw it away. Take it over first."))
