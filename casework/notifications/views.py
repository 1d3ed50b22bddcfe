"""The bell: what happened to records I follow; and for the administrator, the background work."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from casework.access.policies import Policy, SignedIn
from casework.access.scopes import may
from casework.ui.views import ActView, PageView, RowAct

from . import queries, services
from .models import Notice, OutboxRow

PAGE = 50


class Notices(PageView):
    """My notices, newest first."""

    policy = SignedIn()
    template_name = "notifications/notices.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        lines = Paginator(queries.notices_of(self.request.user), PAGE).get_page(self.request.GET.get("page"))
        return super().get_context_data(**kwargs) | {
            "page": lines,
            "lines": queries.in_words(lines.object_list),
            "unread": queries.unread_count(self.request.user),
        }


class OpenNotice(RowAct):
    """Mark a notice as read and go to its record."""

    model = Notice
    policy = SignedIn()

    def act(self) -> Notice:
        return services.read_notice(notice=self.row, now=timezone.now())

    def back(self) -> str:
        return self.row.url


class ReadAll(ActView):
    """Mark all my notices as read."""

    policy = SignedIn()
    success_message = _("All notices are marked as read.")

    def act(self) -> int:
        return services.read_all_notices(recipient=self.request.user, now=timezone.now())

    def back(self) -> str:
        return reverse("notifications:notices")


class BackgroundWork(PageView):
    """What waits, what was given up, and whether every process is alive. Task names and ids only."""

    policy = Policy(action="notifications.task.see")
    template_name = "notifications/background.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {
            "pulses": queries.heartbeats(timezone.now()),
            "counts": queries.outbox_counts(),
            "parked": queries.parked_rows()[:PAGE],
            "may_release": may(self.request.user, "notifications.task.release") is not None,
        }


class ReleaseParked(ActView):
    """Give parked work three new tries."""

    policy = Policy(action="notifications.task.release")
    success_message = _("The work was started again.")
    row: OutboxRow

    def prepare(self, **kwargs: Any) -> None:
        row = queries.parked_rows().filter(pk=kwargs["pk"]).first()
        if row is None:
            raise Http404
        self.row = row

    def act(self) -> OutboxRow:
        return services.release_parked(row=self.row, by=self.request.user, now=timezone.now())

    def back(self) -> str:
        return reverse("notifications:background")
