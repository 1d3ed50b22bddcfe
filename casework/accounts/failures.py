"""Failed tries to sign in, in the history: few rows, however many tries."""

from __future__ import annotations

from django.core.cache import cache
from django.utils import timezone

from casework.audit.queries import OFTEN_WRONG
from casework.audit.services import record_event

from .models import User

HOUR = 3600


def record_failure(action: str, *, account: User | None) -> None:
    """Add a failed try of an account to the history, or leave it to the next one that is written (decision 60).

    Each of the first ten in an hour is written, so many as make an administrator look; then those whose number is a
    power of two, with the number. Names that nobody has count as one account.
    """
    number = _number_in_the_hour(action, account)
    is_of_the_first = number <= OFTEN_WRONG
    if is_of_the_first or number.bit_count() == 1:
        record_event(action, actor=None, subject=account, reason="" if is_of_the_first else str(number))


def _number_in_the_hour(action: str, account: User | None) -> int:
    key = f"{action}:{account.pk if account else 'nobody'}:{timezone.now():%Y-%m-%d-%H}"
    number = int(cache.get(key, 0)) + 1
    cache.set(key, number, HOUR)
    return number
