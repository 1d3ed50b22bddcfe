"""A closed registration: nothing more is written about its papers, visits and certificate until it is opened again."""

from __future__ import annotations

import pytest
from django.urls import reverse

from casework.cases.models import Case
from casework.kernel.refusals import Conflict
from registration.documents.correction import LetterOfCorrection
from registration.models import BirthRecord, Correction, Outcome
from registration.services import corrections, office, progress, witnesses
from tests.factories import registration as births
from tests.factories.registration import TODAY

pytestmark = pytest.mark.django_db
SENTENCE = "The registration is closed. Open it again first."


@pytest.fixture
def worker(cast):
    return cast.of("CW")


@pytest.fixture
def birth(cast, worker) -> BirthRecord:
    """Registered with a wrong name, its correction asked for, then closed because the family left."""
    birth = births.registered(cast.mae_sot, worker, None, name_th="ชื่อผิด").birth
    correction = births.correction(birth, worker)
    corrections.record_asked(correction=correction, on=TODAY, by=worker, today=TODAY)
    birth = BirthRecord.rows.get(pk=birth.pk)
    progress.close_birth(birth=birth, reason="withdrawn", text="They left", by=cast.of("SUP"), today=TODAY)
    return BirthRecord.rows.get(pk=birth.pk)


def open_again(birth, cast) -> BirthRecord:
    progress.reopen_birth(birth=birth, reason="They are here again", by=cast.of("SUP"), today=TODAY)
    return BirthRecord.rows.get(pk=birth.pk)


def addresses(birth: BirthRecord) -> dict[str, str]:
    """The acts on papers and certificate, each by its address."""
    of_birth = ("outcome-correct", "letter", "witness", "late", "difference", "correction-start")
    found = {name: reverse(f"registration:{name}", args=[birth.pk]) for name in of_birth}
    steps = ("asked", "appointment", "fee", "done", "refused", "withdraw", "hand-over")
    correction = Correction.rows.get(birth=birth)
    found |= {name: reverse(f"registration:correction-{name}", args=[correction.pk]) for name in steps}
    found["settle"] = reverse("registration:settle", args=[birth.discrepancies.get().pk])
    found["item"] = reverse("registration:item", args=[birth.items.first().pk])
    return found


def test_by_address_nothing_is_written_on_a_closed_record_and_all_of_it_on_an_open_one(birth, cast, client_of):
    client = client_of(cast.of("CW"))
    for name, address in addresses(birth).items():
        for answer in (client.get(address), client.post(address, {})):
            assert (name, answer.status_code) == (name, 409)
            assert SENTENCE in answer.content.decode()
    open_again(birth, cast)
    for name, address in addresses(birth).items():
        assert (name, client.get(address).status_code) == (name, 200)
        assert client.post(address, {}).status_code in (302, 422)


def test_the_certificate_of_a_closed_record_is_neither_changed_nor_compared(birth, worker, cast):
    for act in (
        lambda outcome: office.correct_outcome(outcome=outcome, values={"name_th": "ชื่ออื่น"}, by=worker, today=TODAY),
        lambda outcome: office.check_outcome(outcome=outcome, by=worker, today=TODAY),
        lambda outcome: witnesses.add_letter(birth=outcome.birth, giver="A", receiver="B", by=worker, today=TODAY),
    ):
        with pytest.raises(Conflict) as refused:
            act(Outcome.rows.get(birth=birth))
        assert refused.value.code == "BR-CLOSED-1"
        assert Outcome.rows.get(birth=birth).name_th == "ชื่อผิด"
    again = open_again(birth, cast)
    outcome = office.correct_outcome(outcome=again.outcome, values={"name_th": "ชื่ออื่น"}, by=worker, today=TODAY)
    assert Outcome.rows.get(birth=birth).name_th == "ชื่ออื่น"
    assert office.check_outcome(outcome=outcome, by=worker, today=TODAY).checked_on == TODAY


def test_the_letter_for_a_correction_is_not_printed_for_a_closed_record(birth, cast):
    verdict = LetterOfCorrection().can_make(birth)
    assert (verdict.code, str(verdict.reason)) == ("BR-CLOSED-1", SENTENCE)
    assert LetterOfCorrection().can_make(open_again(birth, cast))


def test_the_pages_of_a_closed_record_offer_none_of_it(birth, cast, client_of):
    client = client_of(cast.of("CW"))
    pages = (
        reverse("registration:detail", args=[birth.pk]),
        reverse("registration:correction", args=[Correction.rows.get(birth=birth).pk]),
    )
    links = [f'href="{address}"' for name, address in addresses(birth).items() if name not in ("late", "difference")]
    shown = "".join(client.get(page).content.decode() for page in pages)
    assert [link for link in links if link in shown] == []
    open_again(birth, cast)
    shown = "".join(client.get(page).content.decode() for page in pages)
    assert f'href="{addresses(birth)["outcome-correct"]}"' in shown
    assert f'href="{addresses(birth)["done"]}"' in shown


def test_facts_of_a_closed_record_are_changed_when_it_is_open_again(cast, worker, client_of):
    early = births.gathering(cast.mae_sot, worker)
    facts = reverse("registration:facts", args=[early.pk])
    progress.close_birth(birth=early, reason="withdrawn", text="They left", by=cast.of("SUP"), today=TODAY)
    refused = client_of(worker).get(facts)
    assert (refused.status_code, SENTENCE in refused.content.decode()) == (409, True)
    open_again(BirthRecord.rows.get(pk=early.pk), cast)
    assert client_of(worker).get(facts).status_code == 200


def test_the_page_that_says_no_leads_on_and_never_off_the_site(birth, cast, client_of):
    client, home = client_of(cast.of("CW")), reverse("registration:detail", args=[birth.pk])
    assert f'<a class="btn btn--primary" href="{home}">' in client.get(addresses(birth)["letter"]).content.decode()
    papers = reverse("registration:papers", args=[birth.pk])
    Case.rows.filter(pk=birth.case_id).update(state="void")
    for came, is_shown in (("http://testserver/registration/", True), ("https://elsewhere.example/", False)):
        refused = client.post(papers, {}, headers={"referer": came})
        assert (refused.status_code, f'href="{came}"' in refused.content.decode()) == (409, is_shown)
