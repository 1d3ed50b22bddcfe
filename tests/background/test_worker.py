"""From the act to the sent mail through the real relay, broker and worker."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from celery.beat import Service
from celery.signals import beat_init
from django.utils import timezone

from casework.celery import app
from casework.notifications import queries, services
from casework.notifications.models import Heartbeat, Mail, OutboxRow
from casework.notifications.states import MailState, OutboxState

from .conftest import wait_until


@pytest.mark.django_db(transaction=True)
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


def test_beat_begins_with_a_sweep_so_that_its_life_is_seen_at_once(redis_server):
    redis_server.start()
    beat_init.send(sender=Service(app))
    assert [json.loads(message)["headers"]["task"] for message in redis_server.messages()] == ["notifications.sweep"]


@pytest.mark.django_db(transaction=True)
def test_a_worker_killed_in_the_middle_of_a_task_loses_nothing_and_doubles_nothing(redis_server, relay, start):
    redis_server.start()
    worker = ("-m", "celery", "-A", "casework", "worker", "-P", "solo", "-l", "WARNING", "-I", "tests.background.slow")
    row = services.enqueue("tests.slow", 3)
    relay.work()
    first = start(*worker)
    wait_until(lambda: queries.lock_key(row.pk) in queries.running_ids(), 60)
    wait_until(lambda: OutboxRow.objects.get().tries == 1)  # it has begun
    first.kill()
    first.wait()
    wait_until(lambda: not queries.running_ids())
    OutboxRow.objects.update(sent_at=timezone.now() - timedelta(minutes=1))
    relay._looked_at = timezone.now() - timedelta(minutes=1)
    relay.work()
    relay.work()
    start(*worker)
    wait_until(lambda: OutboxRow.objects.get().state == OutboxState.DONE, 60)
    assert Heartbeat.objects.filter(name="mark").count() == 1
    assert OutboxRow.objects.get().tries == 2
