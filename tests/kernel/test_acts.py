"""A service is done whole or not at all, alone or as a part of another one."""

from __future__ import annotations

from contextlib import suppress

import pytest
from django.db import OperationalError, connection, transaction
from django.test.utils import CaptureQueriesContext
from psycopg2.errors import DiskFull

from casework.kernel.acts import act, saved_whole
from casework.kernel.refusals import Refusal
from casework.reference.models import Place

pytestmark = pytest.mark.django_db
NOTED = ("9998", "9999")


@act
def note(code: str, *, is_refused: bool = False) -> Place:
    """Write one row, or write it and refuse."""
    row = Place.objects.create(code=code, name_en=code, name_th=code)
    if is_refused:
        raise Refusal("TEST-1", "", "no")
    return row


@act
def note_both(*, is_second_refused: bool) -> None:
    """An act of two acts."""
    note(NOTED[0])
    note(NOTED[1], is_refused=is_second_refused)


@act
def note_what_goes() -> None:
    """An act that goes on when a part of it is refused."""
    note(NOTED[0])
    try:
        with transaction.atomic():
            note(NOTED[1], is_refused=True)
    except Refusal:
        return


@act
def note_what_goes_unguarded() -> None:
    """An act that forgets to say that a part of it may fail."""
    with suppress(Refusal):
        note(NOTED[1], is_refused=True)
    note(NOTED[0])


def written() -> set[str]:
    return set(Place.objects.filter(code__in=NOTED).values_list("code", flat=True))


def test_an_act_that_is_refused_leaves_nothing():
    with pytest.raises(Refusal):
        note(NOTED[0], is_refused=True)
    assert written() == set()
    note(NOTED[0])
    assert written() == {NOTED[0]}


def test_a_refused_part_takes_the_whole_act_with_it():
    with pytest.raises(Refusal):
        note_both(is_second_refused=True)
    assert written() == set()
    note_both(is_second_refused=False)
    assert written() == set(NOTED)


def test_a_part_that_may_fail_is_undone_alone():
    note_what_goes()
    assert written() == {NOTED[0]}


def test_half_of_a_refused_part_is_never_kept():
    with pytest.raises(transaction.TransactionManagementError):
        note_what_goes_unguarded()
    assert written() == set()


def test_parts_take_no_savepoint_of_their_own():
    with CaptureQueriesContext(connection) as asked:
        note_both(is_second_refused=False)
    assert sum(query["sql"].startswith("SAVEPOINT") for query in asked) == 1


@pytest.mark.parametrize(("cause", "raised"), [(DiskFull(), Refusal), (None, OperationalError)])
def test_a_database_without_room_is_a_sentence_and_one_that_is_gone_is_not(db, cause, raised):
    with pytest.raises(raised), saved_whole():
        raise OperationalError("could not extend file") from cause
