"""T2 and T17: the page of one case, without and with a long history."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse
from django.utils import timezone

from casework.accounts.models import User
from casework.audit.models import Event
from registration.models import BirthRecord

from .measure import Figure, browser_of, middle, milliseconds, page, queries

READER = "somchai.k"
LONG_HISTORY = 200


def figures(times: int) -> Iterator[Figure]:
    """The figures of the case page."""
    user, client = User.objects.get(username=READER), browser_of(READER)
    births = BirthRecord.objects.visible_to(user).filter(status="gathering").order_by("-pk")
    short, long = [birth.case for birth in births.select_related("case")[:2]]
    _lengthen(long.pk, long.office_id, user)
    ask_short = page(client, reverse("cases:detail", args=[short.pk]))
    ask_long = page(client, reverse("cases:detail", args=[long.pk]))
    yield Figure(row="T2", what="case page", value=queries(ask_short), unit="queries", most=15)
    few, many = milliseconds(ask_short, times), milliseconds(ask_long, times)
    yield Figure(
        row="T17", what=f"case page, {LONG_HISTORY} acts", value=middle(many), floor=middle(few), unit="ms", most=1.1
    )


def _lengthen(case_id: int, office_id: int, actor: User) -> None:
    """A long history: as many changes of the next step."""
    Event.objects.bulk_create(
        Event(
            at=timezone.now(),
            actor=actor,
            action="cases.next_step.changed",
            subject_type="cases.case",
            subject_id=case_id,
            case_id_of=case_id,
            office_id_of=office_id,
        )
        for _ in range(LONG_HISTORY)
    )
