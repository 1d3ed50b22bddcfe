"""A task's tries: counted in the database, held by one worker, parked after three, taken up again by a person."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest
from celery import shared_task
from django.db import connection
from django.utils import timezone

from casework.accounts.services import create_user
from casework.audit.models import Event
from casework.kernel.moves import TransitionNotAllowed
from casework.kernel.refusals import Refusal
from casework.notifications import queries, services
from casework.notifications.models import OutboxRow
from casework.notifications.states import OutboxState

pytestmark = pytest.mark.django_db
done: list[int] = []


@shared_task(name="tests.note")
def note(row_id: int) -> None:
    done.append(row_id)


@shared_task(name="tests.refuse")
def refuse(row_id: int) -> None:
    raise Refusal("T-1", "", "Naw Paw's paper is missing")


@pytest.fixture(autouse=True)
def _forget():
    done.clear()


def run(task, row: OutboxRow) -> OutboxRow:
    """As a worker runs it."""
    task.apply(args=[row.row_id], headers={"outbox": row.pk})
    row.refresh_from_db()
    return row


def test_a_task_marks_its_row_done_and_runs_once():
    row = services.enqueue("tests.note", 7)
    assert run(note, row).state == OutboxState.DONE
    assert run(note, row).tries == 1
    assert done == [7]


def test_a_failing_task_waits_longer_each_time_and_is_parked_after_three():
    row = services.enqueue("tests.refuse", 7)
    now = timezone.now()
    pauses = []
    for _n in range(2):
        run(refuse, row)
        assert row.state == OutboxState.WAITING
        pauses.append(row.not_before - now)
    assert pauses[1] > pauses[0] > timedelta(seconds=5)
    assert run(refuse, row).state == OutboxState.PARKED
    assert "Refusal T-1" in row.failure and "Naw Paw" not in row.failure


def test_a_task_that_kills_its_worker_is_parked_and_not_run_a_fourth_time():
    row = services.enqueue("tests.note", 7)
    for _n in range(services.MAX_TRIES):
        services.start_run(outbox_id=row.pk, now=timezone.now())  # and no word after that
    assert run(note, row).state == OutboxState.PARKED
    assert done == [] and row.failure


@pytest.mark.django_db(transaction=True)
def test_a_row_held_by_a_worker_is_left_alone_by_another():
    row = services.enqueue("tests.note", 7)
    held, may_go = threading.Event(), threading.Event()

    def first_worker() -> None:
        with services.holding(row.pk):
            held.set()
            may_go.wait(10)
        connection.close()

    thread = threading.Thread(target=first_worker)
    thread.start()
    held.wait(10)
    assert run(note, row).tries == 0
    services.send_waiting(send=lambda found: None, now=timezone.now())
    later = timezone.now() + timedelta(hours=1)
    assert services.reclaim_lost(sent_before=later, now=later) == 0
    may_go.set()
    thread.join()
    assert services.reclaim_lost(sent_before=later, now=later) == 1
    assert run(note, row).state == OutboxState.DONE


def test_a_parked_row_is_released_by_a_person_and_only_then():
    clerk = create_user(username="sys", full_name="Saw Htoo", password="long enough words", created_by=None)
    row = services.enqueue("tests.note", 7)
    with pytest.raises(TransitionNotAllowed):
        services.release_parked(row=run(note, row), by=clerk, now=timezone.now())
    row = services.enqueue("tests.refuse", 8)
    for _n in range(services.MAX_TRIES):
        run(refuse, row)
    assert list(queries.parked_rows()) == [row]
    released = services.release_parked(row=row, by=clerk, now=timezone.now())
    assert (released.state, released.tries) == (OutboxState.WAITING, 0)
    assert Event.objects.filter(action="notifications.task.released", actor=clerk).count() == 1


def test_what_was_done_long_ago_is_forgotten_and_nothing_else():
    old, fresh, waiting = (services.enqueue("tests.note", n) for n in (1, 2, 3))
    run(note, old), run(note, fresh)
    OutboxRow.objects.filter(pk=old.pk).update(done_at=timezone.now() - timedelta(days=8))
    services.forget_done(now=timezone.now())
    assert set(OutboxRow.objects.values_list("pk", flat=True)) == {fresh.pk, waiting.pk}
