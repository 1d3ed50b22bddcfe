"""The page of one birth: what it offers beside the next act, and how it counts the papers."""

from __future__ import annotations

import pytest
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import override

from registration.services.progress import set_item
from tests.factories import registration as births

pytestmark = pytest.mark.django_db


@pytest.fixture
def shown(cast, client_of):
    """The page of a birth as a clerk sees it."""
    client = client_of(cast.of("CW"))
    return lambda birth: client.get(reverse("registration:detail", args=[birth.pk])).content.decode()


def test_what_ends_a_registration_stands_apart_from_the_prints(cast, shown):
    page = shown(births.gathering(cast.mae_sot, cast.of("CW")))
    prints, _summary, ending = page.partition("Hold or end the registration")
    assert "Print papers" in prints and "The child died" not in prints
    assert "The child died" in ending and "Close without registration" in ending


def test_with_the_certificate_there_nothing_is_closed_without_registration(cast, shown):
    page = shown(births.registered(cast.mae_sot, cast.of("CW")).birth)
    assert "Close without registration" not in page
    assert "Close without handing over the certificate" in page


def test_papers_that_only_help_are_not_counted_and_it_says_so(cast, shown):
    assert "needed papers settled" in shown(births.ready(cast.mae_sot, cast.of("CW")))


def test_the_page_says_by_when_and_which_of_the_babies(cast, shown):
    page = shown(births.gathering(cast.mae_sot, cast.of("CW"), births.birth_facts(plurality=2, birth_order=1)))
    assert "Notify the birth by" in page and "1 of 2" in page
    assert "Babies" not in shown(births.gathering(cast.mae_sot, cast.of("CW")))


def test_what_is_ticked_is_a_square(cast, client_of):
    page = client_of(cast.of("CW")).get(reverse("registration:quick")).content.decode()
    assert 'class="tick tick--sq" type="checkbox" name="papers_seen"' in page and 'class="tick"' not in page


def test_the_history_of_a_paper_is_read_in_the_readers_language(cast, client_of):
    birth = births.gathering(cast.mae_sot, cast.of("CW"))
    item = birth.items.exclude(state="original_seen").first()
    with override("th"):
        set_item(item=item, state="original_seen", by=cast.of("CW"), today=localdate())
    page = client_of(cast.of("CW")).get(reverse("cases:detail", args=[birth.case_id])).content.decode()
    assert f"{item.requirement.label_en}: Original seen" in page and item.requirement.label_th not in page
