"""The page of one birth: what it offers beside the next act, and how it counts the papers."""

from __future__ import annotations

import datetime as dt

import pytest
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import override

from casework.cases.models import Enrolment
from registration.models import BirthRecord
from registration.services.discrepancies import note_difference
from registration.services.office import record_return
from registration.services.progress import ask_waiver, close_birth, set_item, waive_item
from tests.factories import registration as births

pytestmark = pytest.mark.django_db


@pytest.fixture
def shown(cast, client_of):
    """The page of a birth as somebody sees it, by default a clerk."""

    def page(birth, role: str = "CW") -> str:
        address = reverse("registration:detail", args=[birth.pk])
        return client_of(cast.of(role)).get(address).content.decode()

    return page


def test_what_ends_a_registration_stands_apart_from_the_prints(cast, shown):
    birth = births.gathering(cast.mae_sot, cast.of("CW"))
    assert "A supervisor of the office can close it unfinished" in shown(birth)
    page = shown(birth, "SUP")
    prints, _summary, ending = page.partition("Pause or end the registration")
    assert "Print papers" in prints and "The child died" not in prints
    assert "The child died" in ending and "Close without registration" in ending


def test_with_the_certificate_there_nothing_is_closed_without_registration(cast, shown):
    page = shown(births.registered(cast.mae_sot, cast.of("CW")).birth, "SUP")
    assert "Close without registration" not in page
    assert "Close without handing over the certificate" in page


def test_papers_that_only_help_are_not_counted_and_it_says_so(cast, shown):
    assert "needed papers settled" in shown(births.ready(cast.mae_sot, cast.of("CW")))


def test_the_page_says_by_when_and_which_of_the_babies(cast, shown):
    page = shown(births.gathering(cast.mae_sot, cast.of("CW"), **births.of_today(plurality=2, birth_order=1)))
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


def test_papers_that_are_missing_are_named_once_and_the_rest_leads_to_where_it_is_mended(cast, shown):
    birth = births.gathering(cast.mae_sot, cast.of("CW"), births.birth_facts(names={"Latn": "Saw Ko Htoo"}))
    page = shown(birth)
    assert "needed papers are still missing" in page and "Still missing:" not in page
    assert f'<a href="{reverse("registration:facts", args=[birth.pk])}">Agree the child’s name' in page


def test_time_that_ran_out_leads_to_the_way_and_a_difference_to_its_list(cast, shown):
    birth = births.gathering(cast.mae_sot, cast.of("CW"), **births.of_today())
    way = f'<a href="{reverse("registration:track", args=[birth.pk])}">The 15 days are over.'
    differs = '<a href="#differences-title">Settle what does not agree first.</a>'
    page = shown(birth)
    assert way not in page and differs not in page
    note_difference(birth=birth, field="sex", right="F", written="M", on="certificate", by=cast.of("CW"))
    yesterday = localdate() - dt.timedelta(days=1)
    confirmed = birth.track_confirmed_at - dt.timedelta(days=2)
    BirthRecord.rows.filter(pk=birth.pk).update(notify_effective_on=yesterday, track_confirmed_at=confirmed)
    page = shown(birth)
    assert way in page and differs in page


def test_a_paper_that_cannot_be_had_is_red_only_while_it_stands_in_the_way(cast, shown):
    birth = births.gathering(cast.mae_sot, cast.of("CW"))
    item = birth.items.get(requirement__key="mother_paper")
    red = '<b class="danger-text">A parent has no paper</b>'
    set_item(item=item, state="needed", block="parent_no_id", by=cast.of("CW"), today=localdate())
    assert red in shown(birth)
    set_item(item=item, state="impossible", block="parent_no_id", by=cast.of("CW"), today=localdate())
    page = shown(birth)
    assert red not in page and "A parent has no paper" in page


def test_what_differs_on_the_certificate_stands_before_the_papers(cast, shown):
    birth = births.registered(cast.mae_sot, cast.of("CW"), name_th="เด็กชายอื่น").birth
    differs, _papers, _rest = shown(birth).partition('id="papers-needed"')
    assert "What differs" in differs and "เด็กชายอื่น" in differs


def test_of_papers_that_came_back_it_is_not_said_that_everything_is_there(cast, shown):
    worker = cast.of("CW")
    birth = births.ready(cast.mae_sot, worker)
    record_return(
        visit=births.visit(birth, worker), refused=False, reason="missing_paper", text="", on=births.TODAY,
        by=worker, today=births.TODAY,
    )  # fmt: skip
    BirthRecord.rows.filter(pk=birth.pk).update(notify_effective_on=localdate())
    page = shown(birth)
    assert "gave it back" in page and "Correct what the office asked for" in page and "Everything is there" not in page
    assert "To the papers" in page and "Change the facts" not in page


@pytest.mark.parametrize(("role", "is_offered"), [("CW", False), ("SUP", True)])
def test_opening_again_is_offered_to_who_may(cast, client_of, role, is_offered):
    birth = births.gathering(cast.mae_sot, cast.of("CW"))
    close_birth(birth=birth, reason="withdrawn", text="They went home", by=cast.of("CW"), today=births.TODAY)
    address = reverse("registration:detail", args=[birth.pk])
    page = client_of(cast.of(role)).get(address).content.decode()
    assert "Name somebody" not in page
    assert (reverse("registration:reopen", args=[birth.pk]) in page) is is_offered
    assert ("A supervisor of the office can open it again." in page) is not is_offered


def test_the_page_has_the_tabs_of_its_case(cast, client_of):
    birth = births.gathering(cast.mae_sot, cast.of("CW"))
    Enrolment.rows.create(case=birth.case, programme="emergency_fund", office=cast.mae_sot, since_on=births.TODAY)
    client, here = client_of(cast.of("CW")), reverse("cases:panel", args=[birth.case_id, "birth"])
    tabs = client.get(reverse("registration:detail", args=[birth.pk])).context["tabs"]
    assert tabs == client.get(here).context["tabs"]
    assert {"fund", "help", "documents"} <= {tab["url"].split("/")[-2] for tab in tabs}
    assert [tab["url"] for tab in tabs if tab["current"]] == [here]


def test_a_waiver_that_was_asked_shows_on_the_list_and_can_be_answered_from_the_paper(cast, client_of):
    birth = births.gathering(cast.mae_sot, cast.of("CW"))
    item = birth.items.filter(level="star").exclude(state="original_seen").first()
    paper = reverse("registration:item", args=[item.pk])
    decline = reverse("registration:decline-waiver", args=[item.pk])
    assert decline not in client_of(cast.of("SUP")).get(paper).content.decode()
    ask_waiver(item=item, why="It burnt", by=cast.of("CW"), today=births.TODAY)
    record = client_of(cast.of("CW")).get(reverse("registration:detail", args=[birth.pk])).content.decode()
    assert "a supervisor is asked to waive it" in record
    asked = client_of(cast.of("SUP")).get(paper).content.decode()
    assert "It burnt" in asked and decline in asked and reverse("registration:waive", args=[item.pk]) in asked
    item = waive_item(item=item, reason="They moved away", by=cast.of("SUP"), today=births.TODAY)
    assert "They moved away" in client_of(cast.of("CW")).get(paper).content.decode()
