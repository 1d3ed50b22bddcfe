"""Two records of one child become one: no request of the family ends without anybody having said so."""

from __future__ import annotations

import pytest
from django.urls import reverse

from casework.people.models import DuplicateHit, Person, PersonName
from casework.people.services.merging import merge
from emergency_fund.documents.family import DecisionPaper
from emergency_fund.models import AssistanceRequest, PostDistributionCheck
from emergency_fund.queries.checks_to_make import call_rows, for_calls
from emergency_fund.services.asking import take_back
from tests.factories import emergency_fund as fund
from tests.factories.accounts import make_worker
from tests.factories.cases import make_case
from tests.factories.fund import make_delivery
from tests.factories.fund_after import drawn
from tests.factories.papers import text_of
from tests.factories.people import make_person

from .test_money_path import NOW, TODAY, refused, second_officer

pytestmark = pytest.mark.django_db


@pytest.fixture
def namesake(cast) -> Person:
    """The same child, written down a second time; its case has no request."""
    child = make_person("Eh Soe Paw")
    make_case(cast.mae_sot, cast.of("CW"), child=child)
    return child


@pytest.fixture
def approved(cast, case, budget) -> AssistanceRequest:
    return fund.approved(case, cast.of("CW"), cast.of("FO"), second_officer(cast), budget)


def pair_of(one: Person, other: Person) -> DuplicateHit:
    first, second = sorted((one, other), key=lambda person: person.pk)
    return DuplicateHit.rows.create(first=first, second=second, band="high", score=12, fingerprint="f", evidence={})


def test_the_record_with_a_request_on_its_way_is_not_the_one_that_goes(cast, case, approved, namesake, client_of):
    pair, client = pair_of(case.child, namesake), client_of(cast.of("SUP"))
    address = reverse("people:duplicate", args=[pair.pk])
    said = client.post(address, {"decision": "same", "keep": namesake.pk, "reason": "One name"})
    assert approved.number in said.content.decode() and said.status_code == 422
    pair.refresh_from_db()
    assert (pair.state, pair.decision) == ("open", "")
    assert client.post(address, {"decision": "same", "keep": case.child_id}).status_code == 302


def test_a_request_that_came_after_the_proposal_stands_against_the_merge(cast, case, approved, namesake):
    facts = {"choices": {}, "by": cast.of("CW"), "confirmed_by": cast.of("SUP"), "now": NOW}
    assert refused(merge, kept=namesake, dropped=case.child, **facts) == "PPL-MERGE-7"
    approved.refresh_from_db()
    assert approved.state == "approved"
    take_back(request=approved, reason="Asked on the other record", by=cast.of("CW"), now=NOW)
    merge(kept=namesake, dropped=case.child, **facts)
    assert Person.rows.get(pk=case.child_id).merged_into == namesake


def test_what_was_asked_for_a_record_that_went_names_the_child_by_the_other(cast, case, approved, client_of):
    """Its names are the kept record's; its request, papers and calls still say for whom it is."""
    kept, child = make_person("Hsa Soe Paw"), case.child
    line = approved.lines.first()
    paid = make_delivery(line, 100, approved.requester, cast.of("CSH"))
    drawn(paid)
    facts = {"choices": {}, "by": cast.of("CW"), "confirmed_by": cast.of("SUP"), "now": NOW}
    merge(kept=kept, dropped=child, **facts)
    assert not PersonName.rows.filter(person=child).exists()
    shown = client_of(cast.of("FO")).get(reverse("emergency_fund:detail", args=[approved.pk])).content.decode()
    assert shown.count("Hsa Soe Paw") >= 2, "above and beside each thing"
    assert "HsaSoePaw" in text_of(DecisionPaper(), approved, "en")
    calls = call_rows(list(for_calls(PostDistributionCheck.rows.all())), make_worker("CW", cast.mae_sot), TODAY)
    assert [call.children for call in calls] == [["Hsa Soe Paw"]]


def test_the_case_of_the_record_that_goes_stays_open_where_the_kept_one_has_none(cast, case, approved):
    kept = make_person("Eh Soe Paw")
    facts = {"choices": {}, "by": cast.of("CW"), "confirmed_by": cast.of("SUP"), "now": NOW}
    merge(kept=kept, dropped=case.child, **facts)
    approved.refresh_from_db()
    case.refresh_from_db()
    assert (approved.state, case.state, case.child) == ("approved", "open", kept)
