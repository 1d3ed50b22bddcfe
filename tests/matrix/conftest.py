"""The world that all tests of this folder walk through."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.db import transaction
from django.db.models.signals import post_save

from casework.notifications.models import Mail, Notice, OutboxRow
from casework.notifications.services.mails import compose

from .canaries import Aviary
from .places import World, make_world


@pytest.fixture(scope="package")
def world(django_db_setup, django_db_blocker) -> Iterator[World]:
    """One world for the whole folder; every test and every request is undone."""
    with django_db_blocker.unblock(), transaction.atomic():
        made = make_world()
        for role in ("CW", "SUP"):
            made.cast.of(role, "RN")
        yield made
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def aviary(world, django_db_blocker) -> Iterator[Aviary]:
    """The tokens that stand in the world's protected fields, for the tests of one module."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield Aviary(world)
        transaction.set_rollback(True)


@pytest.fixture
def leaving() -> Iterator[list[str]]:
    """What leaves an answer by another way: mails as they are sent, messages for the workers, lines for bells."""
    told: list[str] = []

    def note(instance: Mail | Notice | OutboxRow, **_more: object) -> None:
        told.append(repr({name: value for name, value in vars(instance).items() if name != "_state"}))
        if isinstance(instance, Mail):
            told.append(str(compose(instance).message()))

    for kind in (Mail, Notice, OutboxRow):
        post_save.connect(note, sender=kind)
    yield told
    for kind in (Mail, Notice, OutboxRow):
        post_save.disconnect(note, sender=kind)
