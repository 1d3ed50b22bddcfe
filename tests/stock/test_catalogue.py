"""Items are added and changed; a kit changes by a new version that a second person confirms."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone, translation

from casework.approvals.models import Proposal
from casework.approvals.services import proposals as approvals
from casework.kernel.refusals import Conflict
from casework.stock import rules
from casework.stock.models import Item, Kit, KitItem
from casework.stock.queries import kit_on
from casework.stock.wording import need_words
from tests.factories.cast import signed_in
from tests.factories.stock import make_item, make_kit, make_lot

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
PADS = {
    "name_en": "Pads", "code": "pads", "unit": "pack", "shelf_days": "๓๐", "minimum": "1,000", "is_active": "on",
    "idempotency_key": "i",
}  # fmt: skip


@pytest.fixture
def client(keeper):
    return signed_in(keeper)


def address(name: str, *args: object) -> str:
    return reverse(f"stock:{name}", args=args)


def test_an_item_is_added_once_and_changed(client, soap):
    for _time in range(2):
        assert client.post(address("item-new"), PADS).status_code == 302
    pads = Item.objects.get(code="pads")
    assert (pads.minimum, pads.shelf_days) == (1000, 30)
    assert client.post(address("item", pads.pk), PADS | {"name_th": "ผ้าอนามัย", "minimum": "5"}).status_code == 302
    pads.refresh_from_db()
    assert (pads.name_th, pads.minimum) == ("ผ้าอนามัย", 5)
    page = client.get(address("items")).content.decode()
    assert "Pads" in page and "Bathing soap" in page


def test_who_adds_at_the_same_moment_as_somebody_else_reads_it_and_has_what_was_typed(client, soap, monkeypatch):
    with monkeypatch.context() as meanwhile:
        meanwhile.setattr(rules, "against_item", lambda **_facts: ())  # each looked before the other had saved
        answer = client.post(address("item-new"), PADS | {"code": "soap"})
    page = answer.content.decode()
    assert answer.status_code == 422 and "Somebody saved the same at the same moment." in page
    assert 'value="Pads"' in page and Item.objects.count() == 1
    assert client.post(address("item-new"), PADS).status_code == 302


def test_each_wrong_answer_about_an_item_is_said(client, store, soap, keeper):
    for change, sentence in (
        ({"code": "soap"}, "Another item has this code."),
        ({"code": "so ap"}, "Use letters without accents"),
        ({"minimum": "-1"}, "cannot be negative"),
        ({"shelf_days": "-1"}, "not below 0"),
    ):
        answer = client.post(address("item-new"), PADS | change)
        assert answer.status_code == 422 and sentence in answer.content.decode()
    make_lot(store, soap, keeper, 10)
    told = {"name_en": "Soap", "code": "soap", "unit": "piece", "shelf_days": "30", "minimum": "0", "is_active": "on"}
    answer = client.post(address("item", soap.pk), told)
    assert answer.status_code == 422 and "This item was counted in g." in answer.content.decode()
    assert client.post(address("item", soap.pk), told | {"unit": "g"}).status_code == 302


def kit_answers(soap, pads, **changes: str) -> dict[str, str]:
    told = {
        "valid_from_d": str(TODAY.day), "valid_from_m": str(TODAY.month), "valid_from_y": str(TODAY.year + 543),
        "valid_from_era": "be", "source": "Sphere handbook 2018, page 100", "row-0-item": str(soap.pk),
        "row-0-basis": "person_month", "row-0-quantity": "๒๕๐", "row-2-item": str(pads.pk),
        "row-2-basis": "female_10_49", "row-2-quantity": "1", "row-1-item": "", "idempotency_key": "k",
    }  # fmt: skip
    return told | changes


def test_a_new_version_holds_when_a_second_person_has_confirmed(client, cast, soap, keeper):
    pads, before = make_item("pads", "pack"), make_kit((soap, "person_month", 200))
    bar = make_item("bar", "pieces", name_en="Small bar", is_whole=True)
    page = client.get(address("kit", "hygiene"))
    assert page.context["rows"][0].initial["quantity"] == "200"
    answer = client.post(address("kit", "hygiene"), kit_answers(soap, pads, **other(bar)))
    assert answer.status_code == 302 and kit_on("hygiene", TODAY) == before
    proposal = Proposal.rows.get()
    manager = cast.of("PM")
    shown = signed_in(manager).get(answer.url).content.decode()
    for words in (
        "250 g per person and month", "1 pack per woman or girl", "Sphere handbook 2018, page 100",
        "Stands in for Bathing soap", "1 piece of Small bar for 80 g",
    ):  # fmt: skip
        assert words in shown
    with pytest.raises(Conflict, match="APR-SELF"):
        approvals.confirm(proposal=proposal, by=keeper, now=timezone.now())
    approvals.confirm(proposal=proposal, by=manager, now=timezone.now())
    now = kit_on("hygiene", TODAY)
    assert (now.version, now.source) == (2, "Sphere handbook 2018, page 100")
    assert dict(now.items.values_list("item__code", "quantity")) == {"soap": 250, "pads": 1}
    assert before.items.get().quantity == 200, "what was packed before stays as it was"
    listed = client.get(address("items")).content.decode()
    assert "version 2, since" in listed and "Stands in: 1 piece of Small bar for 80 g" in listed
    begun = client.get(address("kit", "hygiene")).context["rows"][0].others[0]
    assert begun.initial == {"other": bar.pk, "much": "1", "counts_for": "80"}


def other(item, row: int = 0, nth: int = 0, much: str = "1", counts_for: str = "๘๐") -> dict[str, str]:
    """The answers that name an item that stands in for the item of a row."""
    told = {"other": str(item.pk), "much": much, "counts_for": counts_for}
    return {f"row-{row}-other-{nth}-{name}": value for name, value in told.items()}


def test_a_version_from_a_later_day_waits_for_it(client, cast, soap):
    pads, later = make_item("pads", "pack"), TODAY + timedelta(days=20)
    before = make_kit((soap, "person_month", 200))
    day = {
        "valid_from_d": str(later.day), "valid_from_m": str(later.month), "valid_from_y": str(later.year),
        "valid_from_era": "ce",
    }  # fmt: skip
    client.post(address("kit", "hygiene"), kit_answers(soap, pads, **day))
    approvals.confirm(proposal=Proposal.rows.get(), by=cast.of("PM"), now=timezone.now())
    assert kit_on("hygiene", TODAY) == before
    assert kit_on("hygiene", later).version == 2
    assert "Version 2 holds from" in client.get(address("items")).content.decode()


def test_two_proposals_on_one_version_make_one_version(client, cast, soap):
    pads = make_item("pads", "pack")
    client.post(address("kit", "hygiene"), kit_answers(soap, pads))
    client.post(address("kit", "hygiene"), kit_answers(soap, pads, **{"row-2-quantity": "2"}, idempotency_key="l"))
    first, second = Proposal.rows.order_by("pk")
    approvals.confirm(proposal=first, by=cast.of("PM"), now=timezone.now())
    with pytest.raises(Conflict, match="APR-CHANGED"):
        approvals.confirm(proposal=second, by=cast.of("PM"), now=timezone.now())
    assert Kit.objects.get().version == 1


def test_each_wrong_answer_about_a_kit_is_said(client, soap):
    pads = make_item("pads", "pack")
    Kit.objects.create(key="hygiene", version=1, valid_from=TODAY + timedelta(days=5), source="Sphere")
    page = client.post(address("kit", "hygiene"), kit_answers(soap, pads))
    assert page.status_code == 422 and "The version before holds from" in page.content.decode()
    Kit.objects.update(valid_from=date(2020, 1, 1))
    for change, sentence in (
        ({"row-0-quantity": "0"}, "Write how much, more than 0."),
        ({"row-0-quantity": ""}, "Fill in the whole row, or leave it empty."),
        ({"row-2-item": str(soap.pk), "row-2-basis": "person_month"}, "This item is counted this way in another row."),
        ({"row-0-min_age": "9", "row-0-max_age": "2"}, "The first age is above the last one."),
        ({"row-0-item": "", "row-0-quantity": "", "row-2-item": "", "row-2-quantity": ""}, "at least one item"),
        ({"valid_from_y": str(TODAY.year + 542)}, "That day is past."),
        ({"source": ""}, "“Source” needs an answer."),
        (other(soap), "Choose another item to stand in"), (other(pads) | other(pads, nth=1), "Choose another item"),
        (other(pads, much="0"), "how much of it stands in for how much"),
        (other(pads, counts_for=""), "Fill in the whole row"), (other(pads, row=1), "Fill in the whole row"),
        (
            {"row-1-item": str(soap.pk), "row-1-basis": "household", "row-1-quantity": "1"}
            | other(pads) | other(pads, row=1),
            "is named in another row",
        ),
    ):  # fmt: skip
        answer = client.post(address("kit", "hygiene"), kit_answers(soap, pads, **change))
        assert answer.status_code == 422 and sentence in answer.content.decode()
        assert "page 100" in answer.content.decode() or "source" in change
    assert client.post(address("kit", "hygiene"), kit_answers(soap, pads)).status_code == 302
    assert KitItem.objects.count() == 0, "a second person has not confirmed"


@pytest.mark.parametrize("role, sees, edits, proposes", [
    ("CSH", 200, 200, 200), ("PM", 200, 200, 200), ("AUD", 200, 403, 403), ("FO", 403, 403, 403),
])  # fmt: skip
def test_who_edits_items_and_proposes_kits(cast, soap, role, sees, edits, proposes):
    client = signed_in(cast.of(role))
    assert client.get(address("items")).status_code == sees
    assert client.get(address("item", soap.pk)).status_code == edits
    assert client.get(address("item-new")).status_code == edits
    assert client.get(address("kit", "hygiene")).status_code == proposes
    assert client.get(address("kit", "winter")).status_code == 404


def test_a_unit_has_its_word_in_each_language(cast, client_of):
    manager = client_of(cast.of("PM"))
    told = {"name_en": "Pads", "name_th": "ผ้าอนามัย", "code": "pads", "unit": "pack", "unit_th": "ห่อ", "unit_my": "",
            "shelf_days": "0", "minimum": "0", "is_active": "on"}  # fmt: skip
    assert manager.post(address("item-new"), told).status_code == 302
    item = Item.objects.get()
    assert [item.unit_in(language) for language in ("en", "th", "my")] == ["pack", "ห่อ", "pack"]
    need = KitItem(item=item, basis="household", quantity=2)
    with translation.override("th"):
        assert need_words(need, item).startswith("2 ห่อ ")
    assert need_words(need, item).startswith("2 packs ")
    assert need_words(KitItem(item=item, basis="household", quantity=1), item).startswith("1 pack ")
    assert manager.post(address("item", item.pk), told | {"unit_my": "ထုပ်"}).status_code == 302
    item.refresh_from_db()
    assert item.unit_in("my") == "ထုပ်"
