"""A difference noted by hand: what it asks for, what it stops, and how it is settled (day.md 9)."""

from __future__ import annotations

import pytest
from django.db import transaction

from casework.audit.models import Event
from casework.kernel.refusals import Conflict, Refusal
from registration.models import BirthRecord, Discrepancy
from registration.services import corrections, discrepancies, progress
from registration.services import office as at_office
from tests.factories import registration as births
from tests.factories.registration import NOW, TODAY

pytestmark = pytest.mark.django_db


@pytest.fixture
def worker(cast):
    return cast.of("CW")


@pytest.fixture
def birth(cast, worker) -> BirthRecord:
    return births.gathering(cast.mae_sot, worker)


def note(birth, by, **more) -> Discrepancy:
    told = {"field": "mother", "right": "Naw Paw", "written": "Naw Pow", "on": "proof", **more}
    return discrepancies.note_difference(birth=birth, by=by, **told)


@pytest.mark.parametrize(
    ("facts", "code", "field"),
    [
        ({"field": ""}, "BR-DIS-2", "field"),
        ({"field": "shoe size"}, "BR-DIS-2", "field"),
        ({"on": ""}, "BR-DIS-2", "on"),
        ({"right": " "}, "BR-DIS-3", "right"),
        ({"written": ""}, "BR-DIS-3", "written"),
        ({"written": "Naw  Paw"}, "BR-DIS-4", "written"),
    ],
)
def test_what_is_missing_is_refused_and_its_twin_is_noted(birth, worker, facts, code, field):
    with pytest.raises(Refusal) as refused, transaction.atomic():
        note(birth, worker, **facts)
    assert (code, field) in {(finding.code, finding.field) for finding in refused.value.findings}
    assert note(birth, worker).found_before_registration
    assert Event.objects.filter(action="registration.discrepancy.noted").count() == 1


def test_the_same_difference_stands_once_and_another_beside_it(birth, worker):
    note(birth, worker)
    with pytest.raises(Refusal) as refused, transaction.atomic():
        note(birth, worker)
    assert refused.value.code == "BR-DIS-5"
    assert note(birth, worker, on="register").pk


@pytest.mark.parametrize(("field", "severity"), [("sex", "blocks"), ("born_on", "blocks"), ("mother", "should_fix")])
def test_sex_and_birth_date_must_be_settled_before_the_papers_go(birth, worker, field, severity):
    progress.choose_office(birth=birth, office=births.make_registry(), by=worker, today=TODAY)
    births.settle_items(birth, worker)
    row = note(birth, worker, field=field)
    assert row.severity == severity
    if severity == "blocks":
        with pytest.raises(Refusal) as refused, transaction.atomic():
            progress.declare_ready(birth=birth, by=worker, now=NOW, today=TODAY)
        assert refused.value.code == "BR-READY-4"
        at_office.settle_discrepancy(row=row, state="accepted_as_is", text="The hospital wrote a new one", by=worker)
    assert progress.declare_ready(birth=birth, by=worker, now=NOW, today=TODAY).status == "ready"


def test_on_a_closed_record_nothing_is_noted(birth, worker, cast):
    progress.close_birth(birth=birth, reason="withdrawn", text="They left", by=cast.of("SUP"), today=TODAY)
    with pytest.raises(Conflict) as refused:
        note(birth, worker)
    assert refused.value.code == "BR-DIS-6"


def test_what_was_seen_by_hand_is_not_taken_for_mended_by_the_computer(cast, worker):
    outcome = births.registered(cast.mae_sot, worker, None, name_th="ชื่อผิด")
    row = note(outcome.birth, worker, on="certificate")
    right = outcome.birth.case.child.name_in("Thai")
    at_office.correct_outcome(outcome=outcome, values={"name_th": right}, by=worker, today=TODAY)
    states = dict(outcome.birth.discrepancies.values_list("field", "state"))
    assert states == {"name_th": "corrected", "mother": "open"}
    row.refresh_from_db()
    at_office.settle_discrepancy(row=row, state="corrected", text="", by=worker)
    assert row.state == "corrected"


def test_the_office_corrects_what_was_seen_by_hand(cast, worker):
    outcome = births.registered(cast.mae_sot, worker)
    row = note(outcome.birth, worker, on="certificate")
    correction = births.correction(outcome.birth, worker)
    corrections.record_asked(correction=correction, on=TODAY, by=worker, today=TODAY)
    corrections.record_corrected(
        correction=correction, on=TODAY, values=births.certificate(), superseded=(), by=worker, now=NOW, today=TODAY
    )
    row.refresh_from_db()
    assert row.state == "corrected"


def test_the_page_notes_it_and_shows_what_is_written_where(birth, worker, client_of):
    client, address = client_of(worker), f"/registration/{birth.pk}/difference/"
    sent = {"field": "mother", "right": "Naw Paw", "on": "proof", "written": ""}
    refused = client.post(address, sent)
    assert refused.status_code == 422 and 'value="Naw Paw"' in refused.content.decode()
    assert client.post(address, sent | {"written": "Naw Pow"}).status_code == 302
    row = Discrepancy.rows.get()
    record = client.get(f"/registration/{birth.pk}/").content.decode()
    assert "Naw Pow" in record and "What differs" in record
    settle = client.get(f"/registration/differences/{row.pk}/").content.decode()
    assert "Right: Naw Paw. Written: Naw Pow (First proof of birth)." in settle
