"""P12: the list for the registry run, in Thai, by office, of what the person may see and is ready to submit."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from casework.cases.services import cases
from registration.models import BirthRecord
from registration.queries.run import registry_run
from registration.services import progress
from tests.factories import registration as births

pytestmark = pytest.mark.django_db
MUNICIPALITY = "สำนักทะเบียนท้องถิ่นเทศบาลนครแม่สอด"
DISTRICT = "สำนักทะเบียนอำเภอแม่สอด"


@pytest.fixture
def worker(cast):
    return cast.of("CW")


def to(birth: BirthRecord, name: str, worker) -> BirthRecord:
    return progress.choose_office(birth=birth, office=births.make_registry(name), by=worker, today=births.TODAY)


def test_the_list_holds_what_is_ready_by_office_and_nothing_else(cast, worker, client_of):
    first, other = births.ready(cast.mae_sot, worker), births.ready(cast.mae_sot, worker)
    to(other, "Mae Sot District registry", worker)
    births.gathering(cast.mae_sot, worker)
    births.visit(births.ready(cast.mae_sot, worker), worker)
    resting = births.ready(cast.mae_sot, worker)
    progress.suspend(birth=resting, suspension="on_hold", by=worker, reason="The mother is ill")
    births.ready(cast.ranong, cast.of("CW", "RN"))
    found = registry_run(worker)
    assert {office: [line.pk for line in lines] for office, lines in found.items()} == {
        MUNICIPALITY: [first.pk], DISTRICT: [other.pk],
    }  # fmt: skip
    (line,) = found[MUNICIPALITY]
    assert line.child == first.case.child.name_in("Thai") and line.number == first.case.number
    assert (line.sex, line.notifier) == ("หญิง", "มารดา")
    assert (line.born, line.until) == tuple(
        day.replace("_", "\xa0") for day in ("20_พฤศจิกายน พ.ศ._2569 (ค.ศ._2026)", "5_ธันวาคม พ.ศ._2569 (ค.ศ._2026)")
    )
    page = client_of(worker).get(reverse("registration:run"))
    assert page.status_code == 200
    text = page.content.decode()
    assert MUNICIPALITY in text and line.child in text and "Printed by" in text


def test_a_sealed_birth_is_on_nobodys_list_who_does_not_see_it(cast, worker):
    birth = births.ready(cast.mae_sot, cast.of("SUP"))
    assert [line.pk for lines in registry_run(worker).values() for line in lines] == [birth.pk]
    cases.seal_case(case=birth.case, sealed=True, reason="Threats", by=cast.of("SUP"))
    assert registry_run(worker) == {}


@pytest.mark.parametrize(("role", "status"), [("SUP", 200), ("CW", 200), ("PM", 403), ("FO", 403), ("WRD", 403)])
def test_who_goes_to_the_office_opens_the_list(cast, client_of, role, status):
    assert client_of(cast.of(role)).get(reverse("registration:run")).status_code == status


def test_the_queue_of_what_is_ready_leads_to_it(cast, worker, client_of):
    births.ready(cast.mae_sot, worker)
    assert reverse("registration:run") in client_of(worker).get("/registration/?queue=ready").content.decode()
    assert reverse("registration:run") not in client_of(worker).get("/registration/").content.decode()


def test_many_cost_as_many_queries_as_few(cast, worker):
    births.ready(cast.mae_sot, worker)
    registry_run(worker)  # what the person may see is kept from now on
    with CaptureQueriesContext(connection) as few:
        registry_run(worker)
    for _more in range(2):
        births.ready(cast.mae_sot, worker)
    with CaptureQueriesContext(connection) as many:
        registry_run(worker)
    assert len(many) == len(few)
