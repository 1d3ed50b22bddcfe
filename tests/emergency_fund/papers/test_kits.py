"""The pick list of a request: the kit of the family as it is today, from the stores of its office."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.utils import timezone

from casework.kernel.refusals import Conflict, Refusal
from casework.people.services.families import add_member
from casework.stock.models import Item, Kit, KitItem, Lot, Store
from casework.stock.services.movements import move_stock
from casework.stock.states import MovementKind
from emergency_fund.documents.kits import PickListPaper
from tests.factories import fund
from tests.factories.papers import pages_of, squeezed, text_of
from tests.factories.people import make_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def approved(cast, case, mother):
    request = fund.make_request(case, mother, ("hygiene_kit", 450), by=cast.of("CW"))
    return fund.decide(request, "approved", 450)


@pytest.fixture
def soap(db):
    item = Item.objects.create(code="soap", name_en="Bathing soap", name_th="สบู่", unit="g")
    kit = Kit.objects.create(key="hygiene", version=3, valid_from=date(2026, 1, 1), source="Sphere handbook")
    KitItem.objects.create(kit=kit, item=item, basis="person_month", quantity=250)
    return item


@pytest.fixture
def store(cast, soap):
    store = Store.rows.create(office=cast.mae_sot, name_en="Store room", name_th="ห้องคลัง")
    lot = Lot.objects.create(item=soap, number="A1", expires_on=date(2028, 1, 31))
    move_stock(
        store=store, lot=lot, kind=MovementKind.RECEIVE, quantity=Decimal(700), key="first", by=cast.of("CSH"),
        now=timezone.now(),
    )  # fmt: skip
    return store


def refused(request, **facts) -> str:
    kind = PickListPaper()
    with pytest.raises((Conflict, Refusal)) as answer:
        kind.context(kind.whole(request), language="en", facts=facts)
    return answer.value.code


@pytest.mark.parametrize("language", ["th", "en"])
def test_the_kit_is_for_the_family_of_today_and_names_nobody(approved, case, mother, store, language):
    text = text_of(PickListPaper(), approved, language)
    version = {"en": "version3", "th": "ฉบับที่3"}[language]
    for words in (approved.number, "500g", "A1", version):
        assert words in text
    for person in (case.child, mother):
        assert squeezed(person.name) not in text
    assert pages_of(PickListPaper(), approved, language) == 1


def test_a_larger_family_gets_more_and_what_is_missing_is_said(cast, approved, case, store):
    add_member(
        family=case.family, person=make_person("Eh Ler", born=date(2026, 3, 1)), role="sibling", by=cast.of("CW")
    )
    text = text_of(PickListPaper(), approved, "en")
    assert "750g" in text
    assert "50gmissing" in text


def test_each_reason_why_there_is_no_pick_list_and_its_twin(cast, approved, soap):
    assert refused(approved) == "E-EAF-60"
    store = Store.rows.create(office=cast.mae_sot, name_en="Store room")
    kind = PickListPaper()
    assert kind.context(kind.whole(approved), language="en", facts={})
    other = Store.rows.create(office=cast.ranong, name_en="Other")
    assert refused(approved, store=other.pk) == "E-EAF-57"
    assert kind.context(kind.whole(approved), language="en", facts={"store": store.pk})
    Kit.objects.update(valid_from=date(2099, 1, 1))
    assert refused(approved) == "E-EAF-59"
    approved.lines.update(state="delivered")
    assert refused(approved) == "E-EAF-58"


def test_more_of_the_family_are_not_more_reads(cast, approved, case, store, django_assert_num_queries):
    kind = PickListPaper()
    for more in range(2):
        with django_assert_num_queries(13):
            kind.context(kind.whole(approved), language="th", facts={})
        for n in range(3):
            child = make_person(f"Eh Ler {more}{n}", born=date(2020, 3, 1))
            add_member(family=case.family, person=child, role="sibling", by=cast.of("CW"))
