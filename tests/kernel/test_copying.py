"""Rows that the database copies out are the ones that it would give, whatever stands in them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal

import pytest
from django.db.models import DateTimeField, Value
from django.utils import timezone

from casework.accounts.models import User
from casework.kernel import copying
from casework.kernel.copying import Copied, parting, readers_of, texts_of
from casework.people.models import Person, PersonName
from casework.people.queries.names import shown_of
from tests.factories.people import make_person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("process")]
NAMES = ("Baby of Ma Win", "back\\slash\tand\nline", '{"Aye", မေ}', "\\N", "NULL", "=cmd")


@pytest.fixture
def rows(cast):
    """People with such names, and facts of each kind."""
    for name in NAMES:
        person = make_person("Aye", by=cast.of("CW"), born=None if name == "NULL" else date(2024, 7, 12))
        PersonName.rows.filter(person=person).update(full=name)
    found = Person.rows.filter(names__full__in=NAMES).order_by("pk")
    found = found.annotate(
        called=shown_of("pk")["names"], at=Value(timezone.now(), DateTimeField()), amount=Value(Decimal("1.50"))
    )
    return found.values_list("pk", "called", "born_on", "at", "needs_interpreter", "amount")


def test_what_is_read_of_the_copied_lines_is_what_the_query_gives(rows):
    readers = readers_of(rows)

    def read(lines: Sequence[str]) -> Iterator[tuple[object, ...]]:
        for pieces in zip(*parting([1, 3, 2])(lines), strict=True):
            texts = [text for piece in pieces for text in texts_of(piece)]
            yield tuple(read(text) for read, text in zip(readers, texts, strict=True))

    assert list(Copied(rows, read)) == list(rows) and len(rows) == len(NAMES)
    taken: list[tuple[object, ...]] = []
    Copied(rows, read).each(taken.extend)
    assert taken == list(rows)
    assert list(Copied(rows.none(), read)) == []


def test_who_waits_hears_how_many_are_done(rows, monkeypatch):
    monkeypatch.setattr(copying, "AT_ONCE", 4)
    for fetch in (list, lambda copied: copied.each(list)):
        told: list[int] = []
        copied = Copied(rows, iter, told.append)
        fetch(copied)
        assert told == [4, len(NAMES)] and copied.done == len(NAMES)


def test_what_goes_wrong_with_a_row_is_told_and_the_connection_goes_on(rows, monkeypatch):
    monkeypatch.setattr(copying, "AT_ONCE", 4)
    with pytest.raises(ZeroDivisionError):
        Copied(rows, lambda lines: [1 / 0]).each(list)
    with pytest.raises(RuntimeError, match="asked while rows are copied: SELECT"):
        Copied(rows, lambda lines: User.objects.all()).each(list)
    assert rows.count() == len(NAMES)
