"""Counts beside a list, kept for a minute: one page is opened many times between two acts."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import timedelta
from hashlib import sha256
from typing import Any

from django.core.cache import caches
from django.db.models import Max
from django.utils import timezone

from casework.audit.models import READ_ACT, Event
from casework.kernel.statements import Text, text_of

from .scopes import live_grants
from .written import written_for_all

Counts = dict[str, int]
KEPT_FOR = timedelta(minutes=1)


def kept_counts(user: Any, parts: Iterable[Any], count: Callable[[], Counts]) -> Counts:
    """Counts of what the person sees: at most a minute old, and never older than the person's own last act.

    `parts` name the list, and all that its counts hang on beside the person's grants and the day. What colleagues do
    shows within the minute (decision 18).
    """
    hangs_on = repr((user.pk, live_grants(user), timezone.localdate(), *parts))
    key = sha256(hangs_on.encode()).hexdigest()
    kept: tuple[int, Counts] | None = caches["counts"].get(key)
    if kept is not None and not _has_acted(user, kept[0]):
        return kept[1]
    last = Event.objects.aggregate(last=Max("pk"))["last"] or 0
    counts = count()
    caches["counts"].set(key, (last, counts), KEPT_FOR.total_seconds())
    return counts


def _has_acted(user: Any, since: int) -> bool:
    """Whether the person did something, beyond reading, after an entry of the history."""
    return bool(_acts_after(user, since).rows())


@written_for_all(most=400)
def _acts_after(user: Any, since: int) -> Text:
    acts = Event.objects.filter(actor=user, pk__gt=since).exclude(action__endswith=READ_ACT)
    return text_of(acts.values("pk")[:1])
