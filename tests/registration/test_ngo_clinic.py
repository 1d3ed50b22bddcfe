"""A birth in a clinic of an NGO: which one is asked, and it goes the way of a paper that is no delivery certificate."""

from __future__ import annotations

import pytest
from django.http import HttpResponse

from casework.reference.models import Facility
from registration.models import BirthRecord
from registration.queries.facts import facts_of
from registration.services import progress
from tests.factories import registration as births

pytestmark = pytest.mark.django_db


def born_at(cast, **facts: object) -> BirthRecord:
    clinic = Facility.objects.get(code="mae-tao-clinic")
    told = births.birth_facts(
        facility_id=clinic.pk, is_certifying=clinic.issues_first_proof, proof="other_facility", **facts
    )
    return births.make_birth(cast.mae_sot, cast.of("CW"), told)


@pytest.mark.parametrize("kind", ["ngo_clinic", "hospital", "health_centre"])
def test_the_way_follows_what_the_facility_issues_whatever_it_was_called(cast, kind):
    birth = born_at(cast, place_kind=kind)
    assert birth.track_proposed == "T2" and not facts_of(birth).is_certifying
    progress.confirm_track(birth=birth, track="T2", reason="", by=cast.of("CW"), now=births.NOW, today=births.TODAY)
    item = birth.items.get(requirement__key="home_proof")
    assert (item.state, item.label("en")) == ("original_seen", "Other facility’s delivery paper")


def test_the_clinic_is_chosen_on_the_page_and_kept(cast, client_of):
    worker = cast.of("CW")
    birth = born_at(cast, place_kind="ngo_clinic")
    page = client_of(worker).get(f"/registration/{birth.pk}/")
    assert "Mae Tao Clinic" in page.content.decode()
    form = client_of(worker).get(f"/registration/{birth.pk}/facts/").content.decode()
    assert "place_kind=hospital health_centre ngo_clinic" in form


def test_the_api_asks_which_clinic_and_knows_what_it_issues(cast, client_of):
    worker, clinic = cast.of("CW"), Facility.objects.get(code="mae-tao-clinic")
    birth = births.make_birth(cast.mae_sot, worker, **births.of_today())
    assert birth.track_proposed == "T1"
    address, client = f"/api/v1/births/{birth.pk}/change-facts/", client_of(worker)
    told = {"place_kind": "ngo_clinic", "facility": None, "proof": "other_facility"}
    tag = client.get(f"/api/v1/births/{birth.pk}/")["ETag"]

    def sent(**more: object) -> HttpResponse:
        return client.post(address, told | more, content_type="application/json", headers={"If-Match": tag})

    assert "BR-PLACE-1" in sent().content.decode()
    assert sent(facility=clinic.pk).status_code == 200
    birth.refresh_from_db()
    assert (birth.facility, birth.track_proposed) == (clinic, "T2")
