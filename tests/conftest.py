"""What every test stands on: the application's rights in the database, and the cast of two offices."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import hypothesis
import pytest
from django.conf import settings
from django.test import Client, TransactionTestCase
from django.test import client as test_client
from django.utils import timezone, translation
from psycopg2 import extensions

from casework.kernel.collecting import collect_seldom
from casework.kernel.postgres import Waiter
from tests import database
from tests.factories.cast import Cast, make_cast, signed_in
from tests.factories.clock import Clock

# No example is slow or fast enough to fail; where a run must say the same twice, it tries the same examples.
hypothesis.settings.register_profile("casework", deadline=None, derandomize="CI" in os.environ)
hypothesis.settings.load_profile("casework")


LARGE = ("tests/matrix/", "tests/browser/")
"""The folders whose files take a worker minutes."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What takes longest begins first, so that no worker waits for it at the end; of it what needs no database.

    Tests on rows that their module makes once come last: no other test of the module, then, runs beside those rows.
    """
    items.sort(
        key=lambda item: (
            item.get_closest_marker("long") is None,
            not item.nodeid.startswith(LARGE),
            "once" in getattr(item, "fixturenames", ()),
        )
    )


def pytest_collection_finish() -> None:
    """All modules are loaded by now. Pages look for the folder of static files, which no test fills."""
    collect_seldom()
    Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)


@pytest.fixture(scope="session")
def mould(worker_id: str, tmp_path_factory: pytest.TempPathFactory, django_db_blocker) -> Iterator[database.Mould]:
    """What the workers share, so that one of them migrates; a run without workers has none."""
    with django_db_blocker.unblock():
        made = database.Mould(None if worker_id == "master" else tmp_path_factory.getbasetemp().parent)
    yield made
    with django_db_blocker.unblock():
        made.drop()


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings, mould: database.Mould) -> None:
    """The first worker makes the database by its migrations, the next one copies it."""
    mould.wait()


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, mould: database.Mould, django_db_blocker) -> Iterator[None]:
    """The owner makes the database; the tests then hold the application's rights and no others."""
    with django_db_blocker.unblock():
        mould.keep()
        database.keep_first_rows()
        database.become_application()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", lambda test: database.start_over())
        yield
    with django_db_blocker.unblock():
        database.become_owner()


@pytest.fixture(scope="session", autouse=True)
def _one_context_of_a_page() -> Iterator[None]:
    """Of a page the test client keeps the contexts up to that of its view, and copies none of the hundred within it."""
    keep = test_client.store_rendered_templates

    def keep_to_view(store: dict, *args: object, **facts: object) -> None:
        if "view" not in store.get("context", ()):
            keep(store, *args, **facts)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(test_client, "store_rendered_templates", keep_to_view)
        yield


@pytest.fixture(params=["worker", "web"])
def process(request: pytest.FixtureRequest) -> Iterator[None]:
    """The kind of process the test runs as: COPY does not work in those of the web (casework.kernel.postgres)."""
    if request.param == "web":
        extensions.set_wait_callback(Waiter())
    yield
    extensions.set_wait_callback(None)


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    """A page in another language leaves its language to the thread; the next test begins in English."""
    with translation.override("en"):
        yield


@pytest.fixture(scope="module")
def once(django_db_setup, django_db_blocker) -> Iterator[database.Once]:
    """`once(make)` makes rows for all tests of a module; what it returns gives each test a copy of its own."""
    rows = database.Once(django_db_blocker)
    yield rows
    rows.undo()


@pytest.fixture(scope="module")
def made(request, once) -> Callable[[], Any]:
    """What gives each test its copy of the rows that `make_rows` of its module made."""
    return once(request.module.make_rows)


@pytest.fixture
def clinic(made, db) -> Cast:
    """The cast of a module that makes births for it once."""
    return made()


@pytest.fixture
def clock(request, monkeypatch) -> Clock:
    """The clock, which stands at the `MOMENT` of the module until a test moves it on."""
    clock = Clock(request.module.MOMENT)
    monkeypatch.setattr(timezone, "now", lambda: clock.now)
    return clock


@pytest.fixture
def cast(db) -> Cast:
    """Two offices and a practice office, with every role in each."""
    return make_cast()


@pytest.fixture
def client_of(db) -> Callable[..., Client]:
    """A browser in which a person is signed in, freshly proven unless told otherwise."""
    return signed_in
