"""The same form sent twice, by a double click or a bad line, is done once; a form opened too long ago asks again."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from casework.kernel.idempotency import LONGEST_KEY, Answer, fingerprint, once
from casework.kernel.refusals import Refusal

FIELD = "idempotency_key"
OPENED = "opened"
NOT_ANSWERS = {FIELD, "csrfmiddlewaretoken"}
_MARK = 16  # letters of the fingerprint


def key_of(request: HttpRequest) -> str:
    """The key of the form that was sent, or a new one for the form that is shown."""
    sent = request.POST.get(FIELD, "")
    return sent if sent.isprintable() and 0 < len(sent) < LONGEST_KEY - _MARK else uuid.uuid4().hex


def where_once(request: HttpRequest, act: Callable[[], str]) -> str:
    """Do the act and answer where to go next; the same form with the same answers gets the first answer again.

    Other answers under the same key are another act: somebody went back, and changed what they had sent.
    """
    user: Any = request.user
    if not user.is_authenticated or FIELD not in request.POST:
        return act()
    mark = fingerprint("POST", request.path, _answers(request))
    key = f"{key_of(request)}-{mark[: _MARK - 1]}"
    return once(
        user=user, key=key, fingerprint=mark, act=lambda: Answer(status=302, location=act())
    ).location  # fmt: skip


def opened_with(stored: Any) -> str:
    """The mark of what was stored when a form was opened, for its hidden box."""
    return fingerprint("", "", stored)[:32]


def refuse_stale(request: HttpRequest, stored: Any) -> None:
    """Raise Refusal E-STALE when what the form showed as stored was changed since; sent again it is saved."""
    sent = request.POST.get(OPENED)
    if sent is not None and sent != opened_with(stored):
        raise Refusal(
            "E-STALE",
            "",
            _("Somebody changed this after you opened it. Compare it with what is saved, then save again."),
        )


def _answers(request: HttpRequest) -> dict[str, list[str]]:
    typed = {name: values for name, values in request.POST.lists() if name not in NOT_ANSWERS}
    files = {name: [f"{f.name} {f.size}" for f in held] for name, held in request.FILES.lists()}
    return typed | files
