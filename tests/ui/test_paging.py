"""Long lists: pages, their ends, and how far they are counted."""

from __future__ import annotations

import pytest

from casework.reference.models import Term
from casework.ui.paging import LongList, NewestFirst
from tests.database import as_owner


@pytest.fixture
def terms(db):
    """Seven rows in order, among nothing else."""
    with as_owner():
        Term.objects.all().delete()
    Term.objects.bulk_create(Term(key=f"k{at}", label="l", value=at, unit="days", source="s") for at in range(7))
    return Term.objects.order_by("key")


def test_pages_follow_until_the_end(terms):
    pages = [LongList(terms, 3).get_page(number) for number in (1, 2, 3)]
    assert [[row.key for row in page] for page in pages] == [["k0", "k1", "k2"], ["k3", "k4", "k5"], ["k6"]]
    assert [page.has_next() for page in pages] == [True, True, False]
    assert [(page.start_index(), page.end_index()) for page in pages] == [(1, 3), (4, 6), (7, 7)]


@pytest.mark.parametrize("number", ["0", "-1", "x", "", None, "99", "9" * 30, "²"])
def test_a_page_that_is_none_is_the_first(terms, number):
    assert [row.key for row in LongList(terms, 3).get_page(number)] == ["k0", "k1", "k2"]


def test_a_list_on_one_page_is_not_counted_again(terms, django_assert_num_queries):
    with django_assert_num_queries(1):
        page = LongList(terms, 10).get_page(1)
        assert page.paginator.count == 7


def test_a_long_list_says_only_that_it_is_longer(terms, monkeypatch):
    monkeypatch.setattr("casework.ui.paging.COUNT_CAP", 5)
    page = LongList(terms, 3).get_page(1)
    assert (page.paginator.count, page.is_capped) == (5, True)
    assert LongList(terms, 3, known=4).get_page(1).is_capped is False


def test_an_empty_list_has_one_empty_page(db):
    page = LongList(Term.objects.none(), 3).get_page("4")
    assert (list(page), page.has_next(), page.paginator.count) == ([], False, 0)


@pytest.fixture
def newest(terms):
    """The seven rows, the newest first."""
    return Term.objects.order_by("-pk")


def keys(page):
    return [row.key for row in page]


def test_links_lead_on_from_the_row_they_name(newest):
    first = NewestFirst(newest, 3).get_marked_page({})
    second = NewestFirst(newest, 3).get_marked_page({"page": "2", **first.marks[1]})
    third = NewestFirst(newest, 3).get_marked_page({"page": "3", **second.marks[1]})
    assert [keys(page) for page in (first, second, third)] == [["k6", "k5", "k4"], ["k3", "k2", "k1"], ["k0"]]
    assert [page.has_next() for page in (first, second, third)] == [True, True, False]
    assert keys(NewestFirst(newest, 3).get_marked_page({"page": "2", **third.marks[0]})) == ["k3", "k2", "k1"]
    assert keys(NewestFirst(newest, 3).get_marked_page({"page": "1", **second.marks[0]})) == ["k6", "k5", "k4"]


def test_a_row_that_comes_meanwhile_moves_no_page(newest):
    first = NewestFirst(newest, 3).get_marked_page({})
    Term.objects.create(key="k7", label="l", value=7, unit="days", source="s")
    assert keys(NewestFirst(newest, 3).get_marked_page({"page": "2", **first.marks[1]})) == ["k3", "k2", "k1"]
    assert keys(NewestFirst(newest, 3).get_marked_page({"page": "2"})) == ["k4", "k3", "k2"]


@pytest.mark.parametrize("mark", [{"older": "x"}, {"older": "9" * 30}, {"newer": "²"}, {"older": "0"}, {"newer": "0"}])
def test_a_mark_that_names_no_row_leaves_the_number(newest, mark):
    page = NewestFirst(newest, 3).get_marked_page({"page": "2", **mark})
    assert len(page) == 3
    assert page.number == 2


def test_an_empty_page_has_no_marks(db):
    assert NewestFirst(Term.objects.none(), 3).get_marked_page({"page": "2", "older": "5"}).marks == ({}, {})
