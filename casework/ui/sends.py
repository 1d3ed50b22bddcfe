"""The same form sent twice, by a double click or a bad line, is done once; a form opened too long ago asks again."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from casework.kernel.idempotency import LONGEST_KEY, Answer, fingerprint, location_of, once
from casework.kernel.refusals import Refusal

FIELD = "idempotency_key"
OPENED = "opened"
STALE = "E-STALE"
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
    once_only = once(
        user=user, key=_key(request), fingerprint=_mark(request), act=lambda: Answer(status=302, location=act())
    )  # fmt: skip
    return once_only.location


def answered(request: HttpRequest) -> str:
    """Where the same form of this person led when it was sent before; nothing for one that was not."""
    user: Any = request.user
    if request.method != "POST" or not user.is_authenticated or FIELD not in request.POST:
        return ""
    return location_of(user=user, key=_key(request))


def _mark(request: HttpRequest) -> str:
    return fingerprint("POST", request.path, _answers(request))


def _key(request: HttpRequest) -> str:
    return f"{key_of(request)}-{_mark(request)[: _MARK - 1]}"


def opened_with(stored: Any) -> str:
    """The mark of what was stored when a form was opened, for its hidden box."""
    return fingerprint("", "", stored)[:32]


def refuse_stale(request: HttpRequest, stored: Any) -> None:
    """Raise Refusal E-STALE when what the form showed as stored was changed since; sent again it is saved."""
    sent = request.POST.get(OPENED)
    if sent is not None and sent != opened_with(stored):
        raise Refusal(
            STALE,
            "",
            _("Somebody changed this after you opened it. Compare it with what is saved, then save again."),
        )


def _answers(request: HttpRequest) -> dict[str, list[str]]:
    typed = {name: values for name, values in request.POST.lists() if name not in NOT_ANSWERS}
    files = {name: [f"{f.name} {f.size}" for f in held] for name, held in request.FILES.lists()}
    return typed | files
