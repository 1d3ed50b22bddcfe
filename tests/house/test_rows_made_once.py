"""Rows that a module makes once: each test has them as they were made, whatever the tests before it did to them."""

from __future__ import annotations

import pytest
from django.db import connection

from casework.accounts.models import Office
from tests.database import as_owner
from tests.factories.cast import Cast, make_cast

making: list[Cast] = []


def make() -> Cast:
    making.append(make_cast())
    making[-1].of("CW")
    return making[-1]


@pytest.fixture(scope="module")
def made(once):
    yield once(make)
    making.clear()


@pytest.fixture
def own(made, db) -> Cast:
    return made()


@pytest.mark.parametrize("code", ["TA", "TB", "TC"])
def test_what_a_test_changes_the_next_one_does_not_see(own, code):
    assert len(making) == 1
    assert Office.objects.filter(code__in=own.offices).count() == 3
    assert list(own.people) == [("CW", "MS")]
    assert (own.mae_sot.name_en, Office.objects.get(code="MS").name_en) == ("Mae Sot", "Mae Sot")
    assert own.of("CW").grants.count() == 1
    own.mae_sot.name_en = "Somewhere else"
    own.mae_sot.save()
    with as_owner():
        own.of("CW").grants.all().delete()
    own.of("SUP")
    Office.objects.create(code=code, name_en="One more", name_th="อีกแห่ง")
    assert list(Office.objects.filter(code__startswith="T").values_list("code", flat=True)) == [code]


@pytest.mark.parametrize("turn", [1, 2])
def test_the_database_is_as_closed_as_before_to_a_test_that_asks_for_none(made, turn):
    with pytest.raises(RuntimeError, match="Database access not allowed"):
        Office.objects.count()


def test_without_a_transaction_of_its_own_a_test_is_not_given_them(made):
    assert connection.in_atomic_block
    with pytest.raises(RuntimeError, match="A test that commits"):
        made()


def test_a_module_makes_its_rows_in_one_go(once, made):
    with pytest.raises(RuntimeError, match="in one go"):
        once(make)


@pytest.mark.django_db
def test_tests_that_do_not_ask_run_without_them():
    assert not Office.objects.filter(code="MS").exists()
    assert not making
