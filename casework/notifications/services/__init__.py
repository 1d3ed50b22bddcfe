"""Write the outbox, notices, mails and heartbeats."""

from .heartbeats import beat
from .mails import queue_mail, send_mail, sweep_mails
from .notices import notify, read_all_notices, read_notice
from .outbox import (
    CHANNEL,
    MAX_TRIES,
    enqueue,
    fail_run,
    finish_run,
    forget_done,
    holding,
    reclaim_lost,
    release_parked,
    send_waiting,
    start_run,
)

__all__ = [
    "CHANNEL",
    "MAX_TRIES",
    "beat",
    "enqueue",
    "fail_run",
    "finish_run",
    "forget_done",
    "holding",
    "notify",
    "queue_mail",
    "read_all_notices",
    "read_notice",
    "reclaim_lost",
    "release_parked",
    "send_mail",
    "send_waiting",
    "start_run",
    "sweep_mails",
]
