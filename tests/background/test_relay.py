"""The relay against a real broker and a real database."""

from __future__ import annotations

import json
import signal
import threading
from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.utils import timezone

from casework.documents.models import Document
from casework.notifications import services
from casework.notifications.broker import BrokerDown
from casework.notifications.models import Heartbeat, OutboxRow
from casework.notifications.services.outbox import AT_ONCE
from casework.notifications.states import OutboxState
from tests.factories.accounts import make_user

from .conftest import wait_until

pytestmark = pytest.mark.django_db
processes = pytest.mark.django_db(transaction=True)  # rows that other processes and threads see


def states() -> set[str]:
    return set(OutboxRow.objects.values_list("state", flat=True))


def sent_rows(server) -> list[int]:
    return [json.loads(message)["headers"]["outbox"] for message in server.messages()]


def test_an_act_that_is_rolled_back_asks_for_nothing():
    with pytest.raises(RuntimeError), transaction.atomic():
        services.enqueue("notifications.send_mail", 1)
        raise RuntimeError
    assert not OutboxRow.objects.exists()


def test_a_row_is_sent_by_name_with_its_id(redis_server, relay):
    redis_server.start()
    row = services.enqueue("notifications.send_mail", 41)
    relay.work()
    row.refresh_from_db()
    (message,) = map(json.loads, redis_server.messages())
    assert row.state == OutboxState.SENT and row.sent_at is not None
    assert (message["headers"]["task"], message["headers"]["outbox"]) == ("notifications.send_mail", row.pk)


@processes
def test_two_relays_send_a_row_once():
    row = services.enqueue("notifications.send_mail", 1)
    holds, may_go, sent, answers = threading.Event(), threading.Event(), [], []

    def first() -> None:
        def slow_send(found: OutboxRow) -> None:
            holds.set()
            may_go.wait(10)
            sent.append(found.pk)

        answers.extend(services.send_waiting(send=slow_send, now=timezone.now()))
        connection.close()

    thread = threading.Thread(target=first)
    thread.start()
    holds.wait(10)
    second = services.send_waiting(send=lambda found: sent.append(found.pk), now=timezone.now())
    may_go.set()
    thread.join()
    assert not second
    assert sent == [row.pk] and answers[0].state == OutboxState.SENT


@processes
def test_two_relays_share_different_rows():
    rows = [services.enqueue("notifications.send_mail", n) for n in (1, 2)]
    sent: list[int] = []

    def send_with_a_second_relay_inside(found: OutboxRow) -> None:
        thread = threading.Thread(target=other)
        thread.start()
        thread.join()
        sent.append(found.pk)

    def other() -> None:
        services.send_waiting(send=lambda found: sent.append(found.pk), now=timezone.now())
        connection.close()

    services.send_waiting(send=send_with_a_second_relay_inside, now=timezone.now(), most=1)
    assert sorted(sent) == [row.pk for row in rows]
    assert states() == {OutboxState.SENT}


def test_rows_of_one_batch_wait_on_together_when_the_broker_goes_away_between_them():
    rows, sent = [services.enqueue("notifications.send_mail", n) for n in (1, 2, 3)], []

    def send(found: OutboxRow) -> None:
        if len(sent) == 1:
            raise BrokerDown
        sent.append(found.pk)

    with pytest.raises(BrokerDown):
        services.send_waiting(send=send, now=timezone.now())
    assert states() == {OutboxState.WAITING}
    sent.clear()
    again = services.send_waiting(send=lambda found: sent.append(found.pk), now=timezone.now())
    assert [row.pk for row in again] == sent == [row.pk for row in rows]
    assert states() == {OutboxState.SENT}


def test_a_broker_that_is_down_loses_nothing(redis_server, relay):
    row = services.enqueue("notifications.send_mail", 1)
    relay.work()
    row.refresh_from_db()
    assert row.state == OutboxState.WAITING and row.tries == 0
    redis_server.start()
    relay._broker_again_at = timezone.now()
    relay.work()
    row.refresh_from_db()
    assert row.state == OutboxState.SENT
    assert sent_rows(redis_server) == [row.pk]


@processes
def test_a_relay_outlives_its_database_and_a_hung_broker_and_sigterm_ends_it_cleanly(redis_server, start):
    redis_server.start()
    process = start("manage.py", "relay")
    wait_until(lambda: Heartbeat.objects.filter(name="relay").exists())
    rows = [services.enqueue("notifications.send_mail", 1)]
    wait_until(lambda: states() == {OutboxState.SENT})  # a row that is written wakes it
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE datname = current_database() AND usename = current_user AND pid <> pg_backend_pid()"
        )
    rows.append(services.enqueue("notifications.send_mail", 2))
    wait_until(lambda: states() == {OutboxState.SENT})
    redis_server.freeze()
    hung = services.enqueue("notifications.send_mail", 3)
    frozen_at = timezone.now()
    wait_until(lambda: Heartbeat.objects.get(name="relay").beaten_at > frozen_at + timedelta(seconds=4))
    hung.refresh_from_db()
    assert hung.state == OutboxState.WAITING
    redis_server.thaw()
    wait_until(lambda: states() == {OutboxState.SENT})
    assert set(sent_rows(redis_server)) == {row.pk for row in (*rows, hung)}
    process.send_signal(signal.SIGTERM)
    assert process.wait(10) == 0


@processes
def test_the_relay_makes_a_paper_that_no_worker_takes(redis_server, start):
    now = timezone.now()
    paper = Document.rows.create(
        kind="tests.unknown", language="th", title="x", verification_code="TEST", subject_type="accounts.office",
        subject_id=1, requested_by=make_user(), requested_at=now, facts={"paper": {}},
    )  # fmt: skip
    start("manage.py", "relay")  # Redis is down and there is no worker
    wait_until(lambda: Document.rows.get(pk=paper.pk).tries > 0, 60)
    assert Document.rows.get(pk=paper.pk).claimed_at >= now + timedelta(seconds=3)


@processes
def test_a_relay_killed_in_the_middle_loses_nothing(redis_server, start):
    redis_server.start()
    rows = [services.enqueue("notifications.send_mail", n) for n in range(400)]
    process = start("manage.py", "relay")
    wait_until(lambda: len(redis_server.messages()) > 20)
    process.kill()
    process.wait()
    handed = len(set(sent_rows(redis_server)))
    assert handed < len(rows), "it was killed too late to prove anything"
    start("manage.py", "relay")
    wait_until(lambda: states() == {OutboxState.SENT})
    messages = sent_rows(redis_server)
    assert set(messages) == {row.pk for row in rows}
    assert len(messages) <= len(rows) + AT_ONCE, "at most the rows in hand are sent twice"


def test_a_flushed_broker_gets_its_rows_again(redis_server, relay):
    redis_server.start()
    row = services.enqueue("notifications.send_mail", 1)
    relay.work()
    redis_server.client.flushall()
    OutboxRow.objects.update(sent_at=timezone.now() - timedelta(seconds=30))
    relay._looked_at = timezone.now() - timedelta(minutes=1)
    relay.work()
    relay.work()
    assert sent_rows(redis_server) == [row.pk]


def test_a_row_that_still_waits_in_the_queue_is_not_sent_again(redis_server, relay):
    redis_server.start()
    row = services.enqueue("notifications.send_mail", 1)
    relay.work()
    OutboxRow.objects.update(sent_at=timezone.now() - timedelta(seconds=30))
    relay._looked_at = timezone.now() - timedelta(minutes=1)
    relay.work()
    relay.work()
    assert sent_rows(redis_server) == [row.pk]


def test_a_duty_that_fails_stops_neither_the_others_nor_the_sending(redis_server):
    from casework.celery import app
    from casework.notifications.broker import Broker
    from casework.notifications.relay import Relay

    redis_server.start()
    done = []

    def broken(now) -> None:
        raise ValueError("no")

    relay = Relay(broker=Broker(app), duties=[broken, done.append])
    services.enqueue("notifications.send_mail", 1)
    relay.work()
    relay.broker.close()
    assert len(done) == 1 and states() == {OutboxState.SENT}
