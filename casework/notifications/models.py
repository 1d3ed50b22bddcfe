"""The outbox that the relay hands to the queue, notices for people, mails, and heartbeats of the processes."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from casework.access.visibility import GuardedManager
from casework.kernel.models import Removable
from casework.kernel.subjects import AboutSubject

from .states import MAIL_EDGES, OUTBOX_EDGES, MailState, OutboxState


class OutboxRow(Removable):
    """A task to be sent after commit. The relay sends it by name; no request talks to the broker."""

    task = models.CharField(max_length=120)
    row_id = models.BigIntegerField(help_text="the only argument: the id of the row the task works on")
    state = models.CharField(max_length=8, choices=OutboxState.choices, default=OutboxState.WAITING)
    tries = models.PositiveSmallIntegerField(default=0)
    not_before = models.DateTimeField(auto_now_add=True)
    created_at = models.DateTimeField(auto_now_add=True)
    sent_at = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)
    failure = models.CharField(max_length=300, blank=True)

    EDGES = {"state": OUTBOX_EDGES}

    class Meta:
        indexes = [
            models.Index(fields=["not_before", "id"], condition=models.Q(state="waiting"), name="outbox_waiting"),
            models.Index(fields=["sent_at"], condition=models.Q(state="sent"), name="outbox_sent"),
        ]

    def __str__(self) -> str:
        return f"{self.task} {self.row_id}"


class NoticeQuerySet(models.QuerySet):
    """Notices."""

    def visible_to(self, user: Any) -> NoticeQuerySet:
        return self.filter(recipient=user)


class Notice(AboutSubject):
    """One line in a person's bell: what happened to which record, without personal details."""

    recipient = models.ForeignKey("accounts.User", models.CASCADE, related_name="notices")
    action = models.CharField(max_length=80, help_text="the event, such as referrals.referral.sent")
    url = models.CharField(max_length=200)
    label = models.CharField(_("record"), max_length=60, help_text="a number such as MS-2026-0412, never a name")
    at = models.DateTimeField(auto_now_add=True)
    read_at = models.DateTimeField(null=True)

    rows = models.Manager.from_queryset(NoticeQuerySet)()
    objects = GuardedManager()

    class Meta:
        base_manager_name = "rows"
        default_manager_name = "rows"
        indexes = [
            models.Index(fields=["recipient", "-id"], name="notice_recipient"),
            models.Index(fields=["recipient"], condition=models.Q(read_at__isnull=True), name="notice_unread"),
        ]

    def __str__(self) -> str:
        return f"{self.action} for {self.recipient_id}"


class Mail(models.Model):
    """A mail to be sent by the worker. The body names records by number only."""

    to = models.EmailField()
    language = models.CharField(max_length=2, default="en")
    template = models.CharField(max_length=80)
    facts = models.JSONField(default=dict, help_text="numbers and addresses for the template; no personal details")
    state = models.CharField(max_length=8, choices=MailState.choices, default=MailState.QUEUED)
    tries = models.PositiveSmallIntegerField(default=0)
    queued_at = models.DateTimeField(auto_now_add=True)
    sent_at = models.DateTimeField(null=True)
    failure = models.CharField(max_length=300, blank=True)

    EDGES = {"state": MAIL_EDGES}

    def __str__(self) -> str:
        return f"mail {self.pk} {self.template}"


class Heartbeat(models.Model):
    """The last sign of life of a background process."""

    name = models.CharField(max_length=40, unique=True)
    beaten_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name
