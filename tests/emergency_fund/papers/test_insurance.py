"""The order of insurance: to one hospital, for the children whose insurance is approved and priced."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from casework.aid.services import move_cover, quote_cover
from casework.aid.states import CoverState
from casework.kernel.refusals import Conflict, Refusal
from casework.reference.models import Facility
from emergency_fund.documents.insurance import InsuranceOrderPaper
from tests.factories import fund
from tests.factories.papers import pages_of, squeezed, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def approved(cast, case, mother):
    request = fund.make_request(case, mother, ("health_insurance", 1100), by=cast.of("CW"))
    return fund.decide(request, "approved", 1100)


def hospital(name: str) -> Facility:
    return Facility.objects.create(code=name, name_en=f"{name} Hospital", name_th=f"โรงพยาบาล {name}", place_id="6306")


def ordered(line, where, **facts):
    return move_cover(cover=quote(line, where, **facts), to=CoverState.ORDERED)


def quote(line, where, **facts):
    values = {
        "scheme": "migrant_card_u7", "valid_from": date(2026, 12, 1), "valid_to": date(2027, 11, 30),
        "programme": "emergency_fund", "premium": Decimal("365.50"), "check_up": Decimal("500.51"), "hospital": where,
    }  # fmt: skip
    return quote_cover(child=line.child, office=line.request.office, subject=line, **values | facts)


@pytest.mark.parametrize("language", ["th", "en"])
def test_the_order_names_child_insurance_and_sum(approved, case, language):
    ordered(approved.lines.get(), hospital("Mae Sot"))
    text = text_of(InsuranceOrderPaper(), approved, language)
    for words in (
        squeezed(case.child.name), "MaeSot", "365.50", "500.51", "866.01", "แปดร้อยหกสิบหกบาทหนึ่งสตางค์",
        "Eighthundredandsixty-sixbahtandonesatang", {"en": "1Dec2026", "th": "1ธ.ค.2569"}[language],
    ):  # fmt: skip
        assert words in text
    assert pages_of(InsuranceOrderPaper(), approved, language) == 1


def test_each_hospital_has_its_own_order(approved):
    line = approved.lines.get()
    first, second = (hospital(name) for name in ("Mae Sot", "Tak"))
    ordered(line, first)
    ordered(
        line, second, premium=Decimal(700), check_up=Decimal(0), valid_from=date(2028, 1, 1), valid_to=date(2028, 6, 1)
    )
    kind = InsuranceOrderPaper()
    assert {choice.options["hospital"] for choice in kind.choices(approved)} == {first.pk, second.pk}
    totals = {
        pk: kind.context(kind.whole(approved), language="en", facts={"hospital": pk}).total
        for pk in (first.pk, second.pk)
    }
    assert totals == {first.pk: "866.01", second.pk: "700.00"}
    with pytest.raises(Refusal, match="E-EAF-57"):
        kind.context(kind.whole(approved), language="en", facts={"hospital": 0})


def test_not_ordered_or_not_approved_and_their_twin(approved):
    kind, line = InsuranceOrderPaper(), approved.lines.get()
    with pytest.raises(Conflict, match="E-EAF-61"):
        kind.context(kind.whole(approved), language="en", facts={})
    priced = quote(line, hospital("Mae Sot"))
    assert kind.can_make(approved).code == "E-EAF-61", "its first day may have passed: it is ordered first"
    move_cover(cover=priced, to=CoverState.ORDERED)
    assert kind.context(kind.whole(approved), language="en", facts={})
    case = approved.case
    case.is_sealed = True
    assert kind.can_make(approved).code == "E-EAF-62"
    case.is_sealed = False
    approved.lines.update(state="asked")
    assert not kind.can_make(approved)


def test_more_children_are_not_more_reads(approved, case, django_assert_num_queries):
    where, kind = hospital("Mae Sot"), InsuranceOrderPaper()
    for more in range(2):
        for n in range(2):
            year = 2027 + 2 * more + n
            line = fund.add_line(approved, case.child, "health_insurance", 500 + n, state="approved", approved=500)
            ordered(line, where, valid_from=date(year, 1, 1), valid_to=date(year, 12, 31))
        with django_assert_num_queries(7):
            kind.context(kind.whole(approved), language="th", facts={})
