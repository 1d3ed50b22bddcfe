"""An act that comes too early or twice is refused with what comes first, on the page and by the service."""

from __future__ import annotations

import pytest

from casework.kernel.refusals import Conflict, Refusal
from registration.models import BirthRecord
from registration.services import office, progress
from tests.factories import registration as births
from tests.factories.registration import NOW, TODAY

pytestmark = pytest.mark.django_db


@pytest.fixture
def worker(cast):
    return cast.of("CW")


def refused(act) -> str:
    with pytest.raises(Conflict) as conflict:
        act()
    return conflict.value.code


def test_a_visit_comes_after_the_complete_papers_and_before_the_certificate(cast, worker, client_of):
    birth = births.gathering(cast.mae_sot, worker)
    progress.choose_office(birth=birth, office=births.make_registry(), by=worker, today=TODAY)
    assert refused(lambda: births.visit(birth, worker)) == "BR-SUB-4"
    page = client_of(worker).get(f"/registration/{birth.pk}/visit/")
    assert page.status_code == 409 and "Declare the papers complete first" in page.content.decode()
    births.settle_items(birth, worker)
    progress.declare_ready(birth=birth, by=worker, now=NOW, today=TODAY)
    assert client_of(worker).get(f"/registration/{birth.pk}/visit/").status_code == 200
    births.visit(birth, worker)
    with pytest.raises(Refusal) as waits:
        births.visit(birth, worker)
    assert waits.value.code == "BR-SUB-2"
    office.record_outcome(birth=birth, values=births.certificate(), by=worker, today=TODAY)
    assert refused(lambda: births.visit(birth, worker)) == "BR-SUB-4"


def test_a_certificate_comes_after_the_visit_and_once(cast, worker, client_of):
    birth = births.ready(cast.mae_sot, worker)

    def record() -> None:
        office.record_outcome(birth=birth, values=births.certificate(), by=worker, today=TODAY)

    assert refused(record) == "BR-REG-8"
    page = client_of(worker).get(f"/registration/{birth.pk}/outcome/")
    assert page.status_code == 409 and "Record the visit to the registry office first" in page.content.decode()
    births.visit(birth, worker)
    assert client_of(worker).get(f"/registration/{birth.pk}/outcome/").status_code == 200
    record()
    assert refused(record) == "BR-REG-8"
    page = client_of(worker).get(f"/registration/{birth.pk}/outcome/")
    assert page.status_code == 409 and "written down already" in page.content.decode()
    progress.close_birth(birth=birth, reason="withdrawn", text="They ask no more", by=worker, today=TODAY)
    assert refused(record) == "BR-CLOSED-1"


def test_the_way_is_confirmed_for_a_birth_that_holds(cast, worker):
    """C5, assessing → gathering: BirthEvent valid; a record that was made before a rule is put right first."""
    birth = births.make_birth(cast.mae_sot, worker)
    BirthRecord.rows.filter(pk=birth.pk).update(facility=None)
    birth.refresh_from_db()
    told = {"track": "T1", "reason": "", "by": worker, "now": NOW, "today": TODAY}
    with pytest.raises(Refusal) as broken:
        progress.confirm_track(birth=birth, **told)
    assert broken.value.code == "BR-PLACE-1"
    BirthRecord.rows.filter(pk=birth.pk).update(facility=births.make_facility())
    birth.refresh_from_db()
    assert progress.confirm_track(birth=birth, **told).status == "gathering"
