"""The same create twice is one create and the same answer."""

from __future__ import annotations

import threading
import time
from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.utils import timezone

from casework.kernel.idempotency import Answer, fingerprint, forget_answers, once
from casework.kernel.models import IdempotentRequest
from casework.kernel.refusals import Conflict, Refusal
from tests.factories.accounts import make_user

pytestmark = pytest.mark.django_db
PRINT = fingerprint("POST", "/api/v1/cases/", {"name": "Naw Paw Wah"})


@pytest.fixture
def done() -> list[int]:
    return []


def create(done, user, key="k1", print_of_it=PRINT):
    def act() -> Answer:
        done.append(1)
        return Answer(status=201, location=f"/api/v1/cases/{len(done)}/", body={"id": len(done)})

    return once(user=user, key=key, fingerprint=print_of_it, act=act)


def test_the_second_gets_the_first_answer(done):
    user = make_user()
    assert create(done, user) == create(done, user) == Answer(status=201, location="/api/v1/cases/1/", body={"id": 1})
    assert len(done) == 1


def test_another_key_or_another_person_is_another_create(done):
    user = make_user()
    assert (
        len({create(done, user).location, create(done, user, "k2").location, create(done, make_user()).location}) == 3
    )


def test_the_same_key_for_something_else_is_a_conflict(done):
    user = make_user()
    create(done, user)
    with pytest.raises(Conflict):
        create(done, user, print_of_it=fingerprint("POST", "/api/v1/cases/", {"name": "Ma Hnin Si"}))


def test_a_create_that_was_refused_may_be_sent_again_with_its_key(done):
    user = make_user()

    def refuse() -> Answer:
        raise Refusal("X", "", "no")

    with pytest.raises(Refusal), transaction.atomic():
        once(user=user, key="k1", fingerprint=PRINT, act=refuse)
    assert create(done, user).status == 201


@pytest.mark.parametrize("key", ["", "x" * 81, "a\x00b", "a\nb"])
def test_a_key_that_cannot_be_kept_is_refused(done, key):
    with pytest.raises(Refusal):
        create(done, make_user(), key)
    assert not done


@pytest.mark.django_db(transaction=True)
def test_two_at_once_are_one_create(done):
    user, together, answers = make_user(), threading.Barrier(2), []

    def act() -> Answer:
        done.append(1)
        time.sleep(0.2)
        return Answer(status=201, location=f"/{len(done)}")

    def send() -> None:
        together.wait()
        answers.append(once(user=user, key="k1", fingerprint=PRINT, act=act))
        connection.close()

    threads = [threading.Thread(target=send) for _n in range(2)]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]
    assert len(done) == 1 and len(answers) == 2 and answers[0] == answers[1]


def test_old_answers_are_forgotten_and_young_ones_kept(done):
    user = make_user()
    create(done, user, "old"), create(done, user, "young")
    IdempotentRequest.objects.filter(key="old").update(answered_at=timezone.now() - timedelta(days=3))
    forget_answers(now=timezone.now())
    assert [row.key for row in IdempotentRequest.objects.all()] == ["young"]
