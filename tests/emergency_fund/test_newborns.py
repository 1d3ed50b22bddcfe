"""A newborn of an insured parent is insured within 15 days of birth: told where somebody can act on it (W-01)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from casework.home.work import work_of
from casework.kernel.date_words import short
from casework.people.services.families import add_member
from casework.reference.models import Term
from emergency_fund.models import HardshipIncident
from emergency_fund.services.asking import take_back
from tests.factories.people import make_person

from .insured import NOW, TODAY, approved, covered, days, insurance_line, quoted
from .test_money_path import ask
from .test_pages import page

pytestmark = pytest.mark.django_db
WARNING = "Is a parent insured? Have the newborn insured by"


@pytest.fixture
def born(case):
    """Let the child of the case be born so many days ago."""

    def put(ago: int, **facts) -> None:
        type(case.child).rows.filter(pk=case.child_id).update(born_on=days(-ago), born_precision="exact", **facts)
        case.child.refresh_from_db()

    return put


def is_work(case) -> bool:
    found = [line.item for line in work_of(case.lead, TODAY).lines if line.item.key == f"newborn-{case.pk}"]
    return bool(found)


def is_told(client_of, case) -> bool:
    return WARNING in page(client_of(case.lead), "ask", case.pk).content.decode()


@pytest.mark.parametrize("ago, is_open", [(0, True), (15, True), (16, False), (400, False)])
def test_told_while_the_window_is_open(cast, case, born, client_of, ago, is_open):
    born(ago)
    request = ask(cast, case, ("nutrition", 500))
    assert is_told(client_of, case) is is_open and is_work(case) is is_open
    shown = page(client_of(cast.of("FO")), "detail", request.pk).content.decode()
    assert (WARNING in shown) is is_open
    if is_open:
        assert short(days(15 - ago), "en") in shown
        item = next(line.item for line in work_of(case.lead, TODAY).lines if line.item.key.startswith("newborn"))
        assert (item.due_on, item.url) == (days(15 - ago), reverse("emergency_fund:ask", args=[case.pk]))


def test_not_told_on_a_request_that_has_ended(cast, case, born, client_of):
    born(3)
    request = ask(cast, case, ("nutrition", 500))
    officer = client_of(cast.of("FO"))
    assert WARNING in page(officer, "detail", request.pk).content.decode()
    take_back(request=request, reason="They moved to another province", by=cast.of("CW"), now=NOW)
    assert WARNING not in page(officer, "detail", request.pk).content.decode()


def test_the_days_are_a_term(cast, case, born, client_of):
    born(16)
    ask(cast, case, ("nutrition", 500))
    Term.objects.filter(key="emergency_fund.newborn_days").update(value=Decimal(16))
    assert is_told(client_of, case) and is_work(case)


def test_no_work_once_it_is_asked_for_and_no_word_once_it_is_covered(cast, case, born, client_of):
    born(3)
    quoted(cast, insurance_line(cast, case), starts_on=days(-3))
    assert not is_work(case) and is_told(client_of, case)
    covered(cast, case.child, days(-3), days(300))
    assert not is_told(client_of, case)


def test_an_order_proposes_the_day_it_was_priced_for_while_that_can_still_be(cast, case, born, budget, client_of):
    def proposed() -> date:
        return page(client_of(cast.of("FO")), "insurance-order", policy.pk).context["form"].initial["starts_on"]

    born(10)
    line = insurance_line(cast, case)
    policy = quoted(cast, line, starts_on=days(-5))
    approved(cast, line, budget)
    assert proposed() == days(-5)
    born(16)
    assert proposed() == TODAY


def test_nothing_of_a_child_that_died(cast, case, born, client_of):
    born(3)
    ask(cast, case, ("nutrition", 500))
    assert is_told(client_of, case) and is_work(case)
    born(3, died_on=TODAY)
    assert not is_told(client_of, case) and not is_work(case)


def test_work_only_where_a_parent_may_be_insured(cast, case, mother, born, client_of):
    born(3)
    assert is_told(client_of, case) and not is_work(case)
    covered(cast, mother, days(-30), days(30))
    assert is_work(case)


def test_a_card_that_the_family_receives_is_such_a_sign(cast, case, born):
    born(3)
    HardshipIncident.objects.create(
        family=case.family, kind="illness", occurred_on=TODAY, entitlement="health_card",
        entitlement_status="receiving",
    )  # fmt: skip
    assert is_work(case)
    HardshipIncident.objects.update(entitlement_status="refused")
    assert not is_work(case)


def test_a_brother_or_sister_is_told_on_the_page_too(cast, case, born, client_of):
    born(400)
    baby = make_person("Baby of Naw Paw", born=days(-400))
    type(baby).rows.filter(pk=baby.pk).update(born_on=days(-2))
    add_member(family=case.family, person=baby, role="sibling", by=cast.of("CW"))
    assert is_told(client_of, case) and not is_work(case)


def test_nothing_while_the_birth_date_is_not_known(case, client_of):
    type(case.child).rows.filter(pk=case.child_id).update(born_on=None, born_precision="unknown")
    assert not is_told(client_of, case)
