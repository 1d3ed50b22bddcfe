"""What tired clerks and attackers send to the pages of a birth: odd answers, odd days, old pages, an undone case."""

from __future__ import annotations

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from casework.cases.states import CaseState
from casework.drafts.models import Draft
from casework.kernel.moves import move
from registration.models import BirthRecord
from registration.services import office, progress
from tests.factories import registration as births
from tests.factories.forms import date_boxes, fields_of, fill_in
from tests.factories.registration import TODAY

pytestmark = pytest.mark.django_db


@pytest.fixture
def worker(cast):
    return cast.of("CW")


@pytest.fixture
def client(client_of, worker):
    return client_of(worker)


@pytest.fixture
def birth(cast, worker) -> BirthRecord:
    return births.gathering(cast.mae_sot, worker, births.birth_facts(facility_id=births.make_facility().pk))


def page(name: str, row) -> str:
    return reverse(f"registration:{name}", args=[row.pk])


def days(name: str, on: dt.date) -> dict[str, str]:
    return date_boxes(name, on) | {f"{name}_era": "be"}


TOMORROW = timezone.localdate() + dt.timedelta(days=1)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"birth_order": "4"}, "Only one baby was born. Leave this empty."),
        ({"place_kind": "abroad", "country": "MM"}, "A child born outside Thailand cannot be registered as born here."),
        (days("proof_issued_on", TOMORROW), "This day is in the future. Check the date."),
    ],
)
def test_facts_that_cannot_be_are_refused_at_their_field(client, birth, typed, said):
    refused = fill_in(client, page("facts", birth), **typed)
    assert refused.status_code == 422
    assert said in refused.content.decode()
    twin = {"birth_order": "1", "weight_g": "3200"} | days("proof_issued_on", TODAY)
    assert fill_in(client, page("facts", birth), **twin).status_code == 302
    assert BirthRecord.rows.get(pk=birth.pk).weight_g == 3200


def test_before_the_way_is_confirmed_a_birth_abroad_can_be_written_down(client, cast, worker):
    birth = births.make_birth(cast.mae_sot, worker, births.birth_facts(facility_id=births.make_facility().pk))
    assert fill_in(client, page("facts", birth), place_kind="abroad", country="MM").status_code == 302
    assert BirthRecord.rows.get(pk=birth.pk).track_proposed == "T8"


def test_a_step_of_the_inquiry_is_not_done_before_the_visit(client, cast, worker):
    ready = births.ready(cast.mae_sot, worker)
    visit = births.visit(ready, worker)
    office.open_inquiry(visit=visit, on=TODAY, by=worker, today=TODAY)
    step = office.add_inquiry_step(visit=visit, kind="dna", planned_on=None, by=worker)
    before = days("done_on", visit.submitted_on - dt.timedelta(days=1))
    assert fill_in(client, page("inquiry-done", step), **before).status_code == 422
    assert fill_in(client, page("inquiry-done", step), **days("done_on", TODAY)).status_code == 302


def test_an_old_page_does_not_overwrite_what_somebody_saved_meanwhile(client, birth, worker):
    url = page("late", birth)
    old = fields_of(client.get(url))
    progress.set_late_reason(birth=birth, reason="fear", text="They feared the road", by=worker)
    refused = client.post(url, old | {"late_reason": "cost", "late_text": ""})
    assert refused.status_code == 422
    assert "Somebody changed this after you opened it" in refused.content.decode()
    assert BirthRecord.rows.get(pk=birth.pk).late_reason == "fear"
    assert fill_in(client, url, late_reason="cost").status_code == 302
    assert BirthRecord.rows.get(pk=birth.pk).late_reason == "cost"


def test_facts_twin_and_papers_of_an_undone_case_are_history(client, cast, birth):
    pages = [page(name, birth) for name in ("facts", "twin", "papers")]
    sent = {"kind": "registration.family_checklist", "language": "my", "weight_g": "3200"}
    assert [client.get(url).status_code for url in pages] == [200, 200, 200]
    move(birth.case, CaseState.VOID)
    assert [client.post(url, sent).status_code for url in pages] == [409, 409, 409]
    assert not Draft.rows.exists()


def test_facts_that_lie_at_the_office_are_not_opened_for_changing(client, cast, worker):
    ready = births.ready(cast.mae_sot, worker)
    assert client.get(page("facts", ready)).status_code == 200
    births.visit(ready, worker)
    refused = client.get(page("facts", ready))
    assert refused.status_code == 409
    assert "The papers are at the office." in refused.content.decode()
