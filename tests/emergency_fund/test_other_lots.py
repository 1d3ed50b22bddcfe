"""The lot that expires first is picked, another one only for a reason that is kept and printed, never an old one."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from casework.audit.models import Event
from casework.documents.models import Document
from casework.stock.models import Lot, Movement
from emergency_fund.documents.kits import PickListPaper
from emergency_fund.models import PickedItem, PickList
from emergency_fund.services.kits import hand_over_kit, take_other_lot
from tests.factories.papers import text_of
from tests.factories.stock import make_lot

from .test_kits import (  # noqa: F401  fixtures
    TODAY,
    kit,
    line,
    pads,
    pick,
    request_,
    soap,
    store,
)
from .test_money_path import NOW, refused

pytestmark = pytest.mark.django_db
WHY = "The boxes of it are wet"


@pytest.fixture
def picked(cast, line, store) -> PickList:  # noqa: F811
    """300 g of SOON and 200 g of LATE soap, two packs of pads."""
    return pick(cast, line, store)


def row_of(picked: PickList, number: str) -> PickedItem:
    return picked.items.get(lot__number=number)


def swapped(cast, row: PickedItem, lot: Lot, **facts: object) -> PickedItem:
    return take_other_lot(row=row, lot=lot, **{"reason": WHY, "by": cast.of("CSH"), "now": NOW} | facts)


def handed(cast, picked: PickList, mother, quantities, key: str = "k-1"):
    facts = {"received_by": mother, "relation": "mother", "proof": "known_to_staff", "witness": ""}
    return hand_over_kit(picked=picked, quantities=quantities, key=key, by=cast.of("CSH"), now=NOW, **facts)


def test_another_lot_is_taken_with_its_reason_and_leaves_the_store(cast, picked, mother):
    late = Lot.objects.get(number="LATE")
    changed = swapped(cast, row_of(picked, "SOON"), late)
    assert (changed.lot, changed.quantity, changed.reason, changed.instead_of.number) == (late, 500, WHY, "SOON")
    assert not picked.items.filter(lot__number="SOON").exists()
    assert Event.objects.get(action="emergency_fund.line.lot-chosen").reason == WHY
    handed(cast, picked, mother, {row.pk: row.quantity for row in picked.items.all()})
    gone = Movement.rows.filter(kind="hand_over", lot__item=late.item)
    assert [(one.lot, one.quantity) for one in gone] == [(late, 500)]


def test_each_guard_and_its_twin(cast, picked, store, soap, pads):  # noqa: F811
    row, keeper = row_of(picked, "SOON"), cast.of("CSH")
    old = make_lot(store, soap, keeper, 900, number="OLD", expires_on=TODAY + timedelta(days=29))
    few = make_lot(store, soap, keeper, 299, number="FEW", expires_on=TODAY + timedelta(days=500))
    other = make_lot(store, pads, keeper, 900, number="P2")
    for code, lot, facts in [
        ("E-EAF-173", row.lot, {}), ("E-EAF-173", other, {}), ("E-EAF-174", old, {}), ("E-EAF-175", few, {}),
        ("E-EAF-176", Lot.objects.get(number="LATE"), {"reason": "wet"}),
        ("E-EAF-16", Lot.objects.get(number="LATE"), {"by": cast.of("FO")}),
    ]:  # fmt: skip
        assert refused(swapped, cast, row, lot, **facts) == code
    enough = make_lot(store, soap, keeper, 300, number="ENOUGH", expires_on=TODAY + timedelta(days=30))
    assert swapped(cast, row, enough).quantity == 300


def test_what_was_handed_over_stays_and_the_rest_is_swapped(cast, picked, mother):
    row = row_of(picked, "SOON")
    handed(cast, picked, mother, {row.pk: 100})
    row.refresh_from_db()
    changed = swapped(cast, row, Lot.objects.get(number="LATE"))
    row.refresh_from_db()
    assert (row.quantity, row.handed, changed.quantity) == (100, 100, 400)
    PickList.rows.filter(pk=picked.pk).update(is_current=False)
    assert refused(swapped, cast, changed, Lot.objects.get(number="SOON")) == "E-EAF-93"


def test_the_database_wants_a_reason_and_another_lot(picked):
    row = row_of(picked, "SOON")
    for facts in ({"reason": "x"}, {"instead_of": Lot.objects.get(number="LATE")},
                  {"instead_of": row.lot, "reason": "x"}):  # fmt: skip
        with pytest.raises(IntegrityError, match="for a reason"), transaction.atomic():
            PickedItem.rows.filter(pk=row.pk).update(**facts)
    assert PickedItem.rows.filter(pk=row.pk).update(instead_of=Lot.objects.get(number="LATE"), reason="x")


@pytest.mark.parametrize("language", ["en", "th"])
def test_the_paper_says_why(cast, picked, request_, language):  # noqa: F811
    swapped(cast, row_of(picked, "SOON"), Lot.objects.get(number="LATE"))
    text = text_of(PickListPaper(), request_, language)
    assert "Theboxesofitarewet" in text and "SOON" in text


def test_on_the_page_only_lots_that_keep_are_on_offer(cast, client_of, picked, line, store, soap):  # noqa: F811
    old = make_lot(store, soap, cast.of("CSH"), 900, number="OLD", expires_on=TODAY + timedelta(days=29))
    client, address = client_of(cast.of("CSH")), reverse("emergency_fund:other-lot", args=[line.pk])
    hand_over = reverse("emergency_fund:hand-over", args=[line.pk])
    assert address in client.get(hand_over).content.decode()
    page = client.get(address).content.decode()
    assert "LATE" in page and "OLD" not in page
    row, late = row_of(picked, "SOON"), Lot.objects.get(number="LATE")
    assert client.post(address, {"swap": f"{row.pk}-{old.pk}", "reason": WHY}).status_code == 422
    wrong = client.post(address, {"swap": f"{row.pk}-{late.pk}", "reason": "wet"})
    assert wrong.status_code == 422 and 'value="wet"' in wrong.content.decode()
    assert client.post(address, {"swap": f"{row.pk}-{late.pk}", "reason": WHY})["Location"] == hand_over
    assert WHY in client.get(hand_over).content.decode()
    assert client_of(cast.of("FO")).get(address).status_code == 403 and not Document.rows.exists()
