"""A person's ticks on the first-day checklist."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from .models import FirstDayTick, User

PUT_AWAY = "put-away"


def ticked(user: User) -> frozenset[str]:
    """The lines the person has ticked."""
    return frozenset(FirstDayTick.objects.filter(user=user).values_list("key", flat=True))


@transaction.atomic
def tick(*, user: User, key: str, now: datetime) -> None:
    """Tick a line, or take the tick back."""
    tick, is_new = FirstDayTick.objects.get_or_create(user=user, key=key, defaults={"at": now})
    if not is_new:
        tick.delete()
