"""States of what waits to be sent."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class OutboxState(TextChoices):
    WAITING = "waiting", _("Waiting")
    SENT = "sent", _("Handed to the queue")
    DONE = "done", _("Done")
    PARKED = "parked", _("Parked after three tries")


OUTBOX_EDGES = {
    OutboxState.WAITING: {OutboxState.SENT, OutboxState.DONE, OutboxState.PARKED},
    OutboxState.SENT: {OutboxState.DONE, OutboxState.WAITING, OutboxState.PARKED},
    OutboxState.PARKED: {OutboxState.WAITING},
}


class MailState(TextChoices):
    QUEUED = "queued", _("Queued")
    SENDING = "sending", _("Sending")
    SENT = "sent", _("Sent")
    FAILED = "failed", _("Failed")


MAIL_EDGES = {
    MailState.QUEUED: {MailState.SENDING},
    MailState.SENDING: {MailState.SENT, MailState.QUEUED, MailState.FAILED},
    MailState.FAILED: {MailState.QUEUED},
}
