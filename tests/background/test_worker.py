"""From the act to the sent mail through the real relay, broker and worker."""

from __future__ import annotations

import pytest

from casework.celery import app
from casework.notifications import services
from casework.notifications.models import Heartbeat, Mail, OutboxRow
from casework.notifications.states import MailState, OutboxState

from .conftest import wait_until

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_mail_goes_from_the_act_to_the_mail_server_and_once(redis_server, start):
    start("manage.py", "relay")
    start(
        "-m", "celery", "-A", "casework", "worker", "-c", "1", "-l", "WARNING", "--without-gossip", "--without-mingle"
    )
    mail = services.queue_mail(
        to="clerk@example.org", language="th", template="notice", facts={"number": "MS-2026-0412"}
    )
    redis_server.start()  # the broker comes last: nothing was lost while it was away
    wait_until(lambda: Mail.objects.get(pk=mail.pk).state == MailState.SENT, 60)
    wait_until(lambda: OutboxRow.objects.get().state == OutboxState.DONE)
    assert OutboxRow.objects.get().tries == 1
    assert Heartbeat.objects.filter(name="worker").exists()


def test_beat_knows_the_jobs_that_rooms_contribute():
    app.finalize()
    assert app.conf.beat_schedule["notifications.sweep"]["task"] == "notifications.sweep"
