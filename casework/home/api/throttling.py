"""How fast lists are read: the history holds each page of a person, in whichever process it was read."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils import timezone
from rest_framework.request import Request
from rest_framework.throttling import BaseThrottle

from casework.audit.models import Event

from .parsing import LIST_READ, is_guarded

PAGES_A_MINUTE = 60
MINUTE = timedelta(minutes=1)
LOOKED_AT = 10 * PAGES_A_MINUTE
"""The newest lines of a person, among which pages are counted: who does so much beside reading lists is slow enough."""


FIGURE_OPENED = "reports.figure.opened"
COUNTED = {
    "list": LIST_READ, "rows_behind": FIGURE_OPENED, "rows_missing": FIGURE_OPENED,
    "paper_number": "people.paper.revealed",
}  # fmt: skip
"""What is read so slowly, by the name of the operation: what a reading leaves in the history."""


class ListPages(BaseThrottle):
    """Sixty pages of guarded lists, of rows behind figures, or whole numbers of papers, in a minute for a person.

    By session and by token together.
    """

    left = timedelta()

    def allow_request(self, request: Request, view: Any) -> bool:
        counted = COUNTED.get(getattr(view, "action", None) or "")
        if counted is None or not is_guarded(view):
            return True
        now = timezone.now()
        newest = Event.objects.filter(actor=request.user).order_by("-pk")[:LOOKED_AT]
        pages = Event.objects.filter(pk__in=newest.values("pk"), action=counted, at__gt=now - MINUTE)
        first = pages.order_by("-at").values_list("at", flat=True)[PAGES_A_MINUTE - 1 : PAGES_A_MINUTE].first()
        if first is None:
            return True
        self.left = first + MINUTE - now
        return False

    def wait(self) -> float:
        return self.left.total_seconds()
