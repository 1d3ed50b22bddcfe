"""Sealing one child of a family: who seals is told which records of the family stay open."""

from __future__ import annotations

import pytest
from django.urls import reverse

from casework.cases.models import Case
from casework.cases.services.cases import seal_case
from tests.factories.registration import make_birth

pytestmark = pytest.mark.django_db


@pytest.fixture
def children(cast) -> tuple[Case, Case]:
    """Two cases of one family."""
    first, second = (make_birth(cast.mae_sot, cast.of("CW")).case for _ in range(2))
    Case.rows.filter(pk=second.pk).update(family=first.family)
    return first, second


def told(client, case: Case) -> str:
    page = client.get(reverse("cases:seal", args=[case.pk]))
    assert page.status_code == 200
    return str(page.context["lead"])


def test_records_of_brothers_and_sisters_are_named_while_they_are_open(cast, client_of, children):
    first, second = children
    client = client_of(cast.of("SUP"))
    assert second.number in told(client, first)
    seal_case(case=second, sealed=True, reason="She is in danger", by=cast.of("SUP"))
    assert told(client, first) == ""


def test_a_child_without_others_and_a_record_of_another_family_name_none(cast, client_of):
    case, _stranger = (make_birth(cast.mae_sot, cast.of("CW")).case for _ in range(2))
    assert told(client_of(cast.of("SUP")), case) == ""
