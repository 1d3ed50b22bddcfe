"""A frozen database answers with an error in time, and is used again as soon as it is back."""

from __future__ import annotations

import contextlib
import os
import signal
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg2
import pytest
from psycopg2 import extensions

from casework.embedded.folders import Folders
from casework.embedded.postgres import OWNER, Postgres
from casework.kernel.postgres import Waiter


@pytest.fixture(scope="module")
def postgres() -> Iterator[Postgres]:
    """A server that this module may freeze."""
    with tempfile.TemporaryDirectory(prefix="casework-") as name:
        folders = Folders("test", Path(name))
        folders.create()
        server = Postgres.of(folders)
        with server.running(durable=False):
            yield server


@pytest.fixture
def waiter() -> Iterator[Waiter]:
    """The wait callback with short limits, in force for one test."""
    callback = Waiter(patience=1.0, impatience=0.2)
    extensions.set_wait_callback(callback)
    yield callback
    extensions.set_wait_callback(None)


@contextlib.contextmanager
def frozen(process: int) -> Iterator[None]:
    """Stop a process of the server in its tracks for the length of the block."""
    os.kill(process, signal.SIGSTOP)
    try:
        yield
    finally:
        os.kill(process, signal.SIGCONT)


def test_statement_of_an_awake_database_is_answered(postgres: Postgres, waiter: Waiter) -> None:
    with contextlib.closing(psycopg2.connect(postgres.url(OWNER))) as database, database.cursor() as cursor:
        cursor.execute("SELECT sum(n) FROM generate_series(1, 100000) n")
        assert cursor.fetchone() == (5000050000,)
    assert not waiter.in_vain


def test_statement_of_a_frozen_database_is_refused_and_the_connection_closed(
    postgres: Postgres, waiter: Waiter
) -> None:
    database = psycopg2.connect(postgres.url(OWNER))
    cursor = database.cursor()
    began = time.monotonic()
    with frozen(database.info.backend_pid), pytest.raises(psycopg2.OperationalError, match="does not answer"):
        cursor.execute("SELECT 1")
    assert 0.9 < time.monotonic() - began < 5
    assert database.closed


def test_waits_after_one_in_vain_are_short_until_the_database_answers(postgres: Postgres, waiter: Waiter) -> None:
    waiter.in_vain = True
    main = int((postgres.data / "postmaster.pid").read_text().split("\n", 1)[0])
    began = time.monotonic()
    with frozen(main), pytest.raises(psycopg2.OperationalError):
        psycopg2.connect(postgres.url(OWNER))
    assert time.monotonic() - began < 0.9
    psycopg2.connect(postgres.url(OWNER)).close()
    assert not waiter.in_vain


def test_statements_that_failed_stay_out_of_the_log(postgres: Postgres) -> None:
    with contextlib.closing(psycopg2.connect(postgres.url(OWNER))) as database, database.cursor() as cursor:
        cursor.execute("SELECT current_setting('log_min_error_statement'), current_setting('log_error_verbosity')")
        assert cursor.fetchone() == ("panic", "terse")
