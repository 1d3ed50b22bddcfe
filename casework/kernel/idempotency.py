"""A create that is sent twice is done once: the same key by the same person gets the same answer again."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from .models import IdempotentRequest
from .refusals import Conflict, Refusal

LONGEST_KEY = 80
KEPT = timedelta(days=2)
IN_HAND = 0


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What was answered to a create: the HTTP status, where the new row is, and the body."""

    status: int
    location: str = ""
    body: dict[str, Any] = field(default_factory=dict)


def fingerprint(method: str, path: str, content: Any) -> str:
    """SHA-256 of a request: method, path and its content as JSON."""
    text = json.dumps([method, path, content], sort_keys=True, default=str, ensure_ascii=True)
    return hashlib.sha256(text.encode()).hexdigest()


@transaction.atomic
def once(*, user: Any, key: str, fingerprint: str, act: Callable[[], Answer]) -> Answer:
    """Run `act` for the first request with this key and give its answer to every later one.

    A request that comes while the first is being done waits for it. When `act` raises, nothing is kept and the key is
    free again. Raises Conflict when the key was used for something else, Refusal for a key that cannot be kept.
    """
    if not key.isprintable() or not 0 < len(key) <= LONGEST_KEY:
        raise Refusal("IDEM-KEY", "Idempotency-Key", _("The key of this request is empty or too long."))
    row, is_first = IdempotentRequest.objects.get_or_create(
        user=user, key=key, defaults={"fingerprint": fingerprint, "status": IN_HAND}
    )
    if not is_first:
        if row.fingerprint != fingerprint:
            raise Conflict("IDEM-USED", "", _("This was sent already, with other answers. Begin a new one."))
        return Answer(status=row.status, location=row.location, body=row.body)
    answer = act()
    row.status, row.location, row.body = answer.status, answer.location, answer.body
    row.save(update_fields=["status", "location", "body"])
    return answer


def location_of(*, user: Any, key: str) -> str:
    """Where the request with this key led; nothing when there was none."""
    found = IdempotentRequest.objects.filter(user=user, key=key).exclude(status=IN_HAND).first()
    return found.location if found else ""


def forget_answers(*, now: datetime) -> int:
    """Remove answers that nobody will ask for again."""
    return IdempotentRequest.objects.filter(answered_at__lt=now - KEPT).delete()[0]
