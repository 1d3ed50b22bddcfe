"""Long lists: pages, their ends, and how far they are counted."""

from __future__ import annotations

import pytest

from casework.reference.models import Term
from casework.ui.paging import LongList


@pytest.fixture
def terms(db):
    """Seven rows in order, among nothing else."""
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
