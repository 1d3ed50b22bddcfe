"""The search box for the fund's own people: requests by number, receipt or child; no box for who finds nothing."""

from __future__ import annotations

import pytest
from django.urls import reverse

from casework.cases.models import Case
from tests.factories import emergency_fund as funds
from tests.factories.cases import make_sealed

from .test_money_path import ask, recommended, second_officer

pytestmark = pytest.mark.django_db


def quick(client, words: str) -> str:
    return client.post(reverse("home:quick-search"), {"q": words}).content.decode()


def opened(request) -> str:
    return f'href="{reverse("emergency_fund:open", args=[request.pk])}"'


@pytest.fixture
def request_made(cast, case, mother, budget):
    return recommended(cast, ask(cast, case), budget)


def test_an_officer_finds_a_request_by_number_and_by_child(cast, request_made, client_of):
    officer, name = client_of(cast.of("FO")), request_made.case.child.name
    last = request_made.number[-4:]
    for words in (
        request_made.number,
        request_made.number.lower(),
        last,
        last.lstrip("0").zfill(2),
        name,
        name.split()[-1],
        request_made.case.number,
    ):
        assert opened(request_made) in quick(officer, words), words
    assert name in quick(officer, request_made.number)
    answer = officer.post(reverse("home:search"), {"q": request_made.number})
    assert answer["Location"] == reverse("emergency_fund:open", args=[request_made.pk])
    assert "Nobody found" in quick(officer, "EAF-MS-2026-9999")


def test_nobody_finds_what_they_may_not_see(cast, request_made, client_of):
    elsewhere, name = client_of(cast.of("FO", "RN")), request_made.case.child.name
    for words in (request_made.number, name):
        assert "Nobody found" in quick(elsewhere, words)
    for role in ("PM", "AUD"):
        found = quick(client_of(cast.of(role)), request_made.number)
        assert opened(request_made) in found and name not in found
        assert "Nobody found" in quick(client_of(cast.of(role)), name)
    assert "Nobody found" in quick(client_of(cast.of("SYS")), request_made.number)


def test_a_sealed_child_is_found_by_number_without_its_name(cast, request_made, client_of):
    name = request_made.case.child.name
    make_sealed(Case.rows.get(pk=request_made.case_id), cast.of("CW"))
    officer = client_of(cast.of("FO"))
    assert "Nobody found" in quick(officer, name)
    found = quick(officer, request_made.number)
    assert opened(request_made) in found and name not in found


def test_a_cashier_finds_a_receipt(cast, case, mother, budget, client_of):
    request = funds.approved(case, cast.of("CW"), cast.of("FO"), second_officer(cast), budget)
    receipt = funds.paid(request.lines.first(), cast.of("CSH"))
    assert opened(request) in quick(client_of(cast.of("CSH")), receipt.number)


@pytest.mark.parametrize(("role", "has_box"), [("CW", True), ("FO", True), ("AUD", True), ("SYS", False)])
def test_who_would_find_nothing_has_no_box(cast, client_of, role, has_box):
    page = client_of(cast.of(role)).get(reverse("home:my-work")).content.decode()
    assert ('id="q"' in page) is has_box
