"""The cache of all web processes: what it keeps and how long, and that a row of it runs nothing."""

from __future__ import annotations

import base64
import pickle
from datetime import timedelta

import pytest
from django.core.cache import cache, caches
from django.db import connection
from django.utils import timezone

pytestmark = pytest.mark.django_db
RAN: list[bool] = []


def run() -> None:
    RAN.append(True)


class Planted:
    """What somebody who writes rows of the database would like to have run."""

    def __reduce__(self):
        return run, ()


@pytest.fixture
def later(monkeypatch):
    """The clock of the cache, set on by so many seconds."""

    def move(seconds: int) -> None:
        then = timezone.now() + timedelta(seconds=seconds)
        monkeypatch.setattr("casework.kernel.cache.timezone.now", lambda: then)

    return move


@pytest.mark.parametrize("value", ["နော်ခမ်း", 7, 1.5, True, None, [1, "two", None], {"a": [1], "b": {"c": 2.5}}])
def test_what_is_kept_comes_back(value):
    cache.set("kept", value, 60)
    assert cache.get_many(["kept", "other"]) == {"kept": value}
    cache.delete("kept")
    assert cache.get("kept", "gone") == "gone"


def test_an_entry_is_added_once_until_it_ends(later):
    assert cache.add("once", 1, 60) and not cache.add("once", 2, 60)
    assert (cache.incr("once"), cache.get("once")) == (2, 2)
    cache.set("once", 1, 60)
    later(61)
    assert cache.get("once") is None
    assert cache.add("once", 3, 600) and cache.get("once") == 3


def test_an_entry_without_end_and_one_that_is_touched_hold(later):
    cache.set("for-ever", 1, None)
    cache.set("touched", 1, 60)
    cache.set("short", 1, 60)
    assert cache.touch("touched", 6000) and not cache.touch("nowhere", 6000)
    later(3600)
    cache.clear_expired()
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM cache")
        assert cursor.fetchone() == (2,)
    assert cache.get_many(["for-ever", "touched"]) == {"for-ever": 1, "touched": 1}


def test_the_oldest_entries_make_room(monkeypatch):
    monkeypatch.setattr(caches["default"], "_max_entries", 5)
    for number in range(20):
        cache.set(f"entry-{number}", number, 60)
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM cache")
        assert cursor.fetchone()[0] <= 6
    assert cache.get("entry-9") == 9, "the last by their names stay"


def test_a_row_that_somebody_planted_runs_nothing():
    pickle.loads(pickle.dumps(Planted()))  # noqa: S301
    assert RAN.pop(), "a pickle would have"
    with connection.cursor() as cursor:
        text = base64.b64encode(pickle.dumps(Planted())).decode()
        cursor.execute("INSERT INTO cache VALUES (%s, %s, now() + interval '1 day')", [cache.make_key("mine"), text])
    with pytest.raises(ValueError):
        cache.get("mine")
    assert not RAN


def test_what_json_cannot_hold_is_refused_at_once():
    with pytest.raises(TypeError):
        cache.set("moment", timezone.now(), 60)
