"""The invented people of the demo: what is written of one birth does not speak against itself."""

from __future__ import annotations

from datetime import date
from random import Random

import pytest

from casework.home.demo_world import SEED, load_cast
from casework.programmes.world import World
from casework.referrals.demo import load_demo as find_services
from casework.referrals.models import Referral, Service
from casework.referrals.states import ServiceKind
from registration.demo import load_demo
from registration.demo.clinic import at_desk
from registration.models import ChecklistItem, ParentLink
from registration.states import IN_HAND, Block

pytestmark = pytest.mark.django_db


def test_a_parents_paper_is_missing_exactly_where_the_parent_has_none(monkeypatch):
    monkeypatch.setattr("registration.demo.YEAR_BIRTHS", 16)  # a small year: each birth is written down alike
    today, chance = date(2026, 11, 30), Random(SEED)
    offices, users = load_cast(today=today)
    world = World(offices=offices, users=users, today=today, now=at_desk(today), random=chance)
    find_services(world)
    load_demo(world)
    for key, role in (("mother_paper", "mother"), ("father_paper", "father")):
        of_parent = ChecklistItem.rows.filter(requirement__key=key)
        with_paper = ParentLink.rows.filter(role=role, person__papers__isnull=False).values("birth")
        assert not of_parent.filter(birth__in=with_paper, block=Block.PARENT_NO_ID).exists(), key
        assert not of_parent.exclude(birth__in=with_paper).filter(state__in=IN_HAND).exists(), key
        assert of_parent.filter(state__in=IN_HAND).exists(), key
        assert of_parent.filter(block=Block.PARENT_NO_ID).exists(), key
    assert set(Service.objects.values_list("kind", flat=True)) == set(ServiceKind.values)
    assert set(Referral.rows.values_list("state", flat=True)) == {"pending", "accepted", "completed"}
