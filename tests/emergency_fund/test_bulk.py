"""Requests in bulk, as the benchmark writes them, are requests like others."""

from __future__ import annotations

from datetime import date
from random import Random

import pytest
from django.utils import timezone

from casework.home.demo_world import load_cast
from casework.people.services.families import add_member, create_family
from emergency_fund.demo.bulk import load_requests
from emergency_fund.models import AssistanceRequest
from tests.factories.cases import make_case
from tests.factories.people import make_person

pytestmark = pytest.mark.django_db


def test_requests_in_bulk_stand_in_the_queues_and_figures(client_of):
    offices, users = load_cast(today=timezone.localdate())
    worker = users["naw.kham"]
    family, child = create_family(by=worker), make_person("Nan Wah", born=date(2024, 7, 1))
    add_member(family=family, person=child, role="child", by=worker)
    make_case(offices["MS"], worker, child=child, family=family)
    made = load_requests(users=users, count=60, now=timezone.now(), chance=Random(1))
    assert len(set(made)) == AssistanceRequest.rows.count() == 60
    assert AssistanceRequest.rows.open().count() == 6
    officer = client_of(users["nok.s"])
    shown = officer.get("/emergency-fund/?queue=all")
    assert len(shown.context["rows"]) == 6
    assert officer.get(f"/emergency-fund/{made[0]}/").status_code == 200
    assert officer.get("/reports/?board=emergency_fund").status_code == 200
