"""Money for a hospital goes to the hospital, for its receipt; the family gets back only what it paid there itself."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from casework.approvals.services.chains import act_on
from casework.approvals.states import Act
from casework.funds.models import CashMovement
from emergency_fund.documents.paying import ReceiptPaper
from emergency_fund.models import Delivery
from emergency_fund.services.delivering import pay
from tests.factories.cash import make_box
from tests.factories.papers import text_of

from .test_money_path import NOW, amounts, ask, recommended, refused, second_officer

pytestmark = pytest.mark.django_db

HOSPITAL = "Mae Sot Hospital"


@pytest.fixture
def lines(cast, case, budget, mother):
    """Approved: 3,900 for the hospital that the request names, and 800 for food."""
    request = recommended(cast, ask(cast, case), budget)
    act_on(request=request.approval, act=Act.APPROVE, by=second_officer(cast), now=NOW)
    request.lines.filter(kind="health_cost").update(provider=HOSPITAL)
    return request.lines.order_by("pk")


def paid(cast, line, amount, key="k-1", **facts) -> Delivery:
    values = {"provider_receipt": "H-0042", "by": cast.of("CSH"), "now": NOW}
    return pay(line=line, amount=Decimal(amount), key=key, **values | facts)


def to_family(cast, line, mother, **facts) -> Delivery:
    return paid(cast, line, 500, received_by=mother, relation="mother", **{"proof": "paper"} | facts)


def test_the_hospital_is_paid_for_its_receipt_and_takes_no_box(cast, lines, budget):
    hospital, _food = lines
    make_box(cast.mae_sot, cast.of("CSH"), 1000, "Front desk")
    made = paid(cast, hospital, 1000)
    assert paid(cast, hospital, 1000) == made, "sent twice, paid once"
    assert (made.received_by, made.received_name, made.proof) == (None, HOSPITAL, "their_receipt")
    assert (made.relation, made.witness, made.provider_receipt) == ("", "", "H-0042")
    assert not CashMovement.rows.filter(kind="pay_out").exists()
    assert amounts(budget) == (0, 3700, 5300)


def test_out_of_a_box_where_one_is_named(cast, lines):
    hospital, _food = lines
    box = make_box(cast.mae_sot, cast.of("CSH"), 1000, "Front desk")
    paid(cast, hospital, 400, box=box)
    box.refresh_from_db()
    assert box.balance == 600


def test_what_is_refused(cast, lines, mother):
    hospital, food = lines
    assert refused(paid, cast, food, 100) == "E-EAF-192", "nobody else is named"
    assert refused(paid, cast, hospital, 100, provider_receipt=" ") == "E-EAF-193"
    assert refused(to_family, cast, hospital, mother, provider_receipt="") == "E-EAF-193"
    assert refused(to_family, cast, hospital, mother, proof="their_receipt") == "E-EAF-194"
    assert refused(paid, cast, hospital, 100, proof="paper") == "E-EAF-194"
    assert to_family(cast, food, mother, provider_receipt="", key="k-2")
    assert not Delivery.rows.filter(line=hospital).exists()


def test_the_family_gets_back_what_it_paid_there_out_of_the_box(cast, lines, mother):
    hospital, _food = lines
    box = make_box(cast.mae_sot, cast.of("CSH"), 1000, "Front desk")
    assert refused(to_family, cast, hospital, mother) == "E-EAF-140", "cash in its hand comes out of a box"
    made = to_family(cast, hospital, mother, box=box)
    box.refresh_from_db()
    assert (made.received_by, made.provider_receipt, box.balance) == (mother, "H-0042", 500)


def test_the_database_has_the_last_word(cast, lines, mother):
    hospital, _food = lines
    made = paid(cast, hospital, 100)
    kept = {f.attname: getattr(made, f.attname) for f in Delivery._meta.concrete_fields if not f.primary_key}
    for values in ({"provider_receipt": ""}, {"received_by_id": mother.pk}, {"proof": "paper"}):
        with pytest.raises(IntegrityError, match="has given a receipt"), transaction.atomic():
            Delivery.rows.create(**kept | {"key": "x", "number": "x", **values})


def test_the_cashier_pays_the_hospital_in_the_browser(cast, lines, mother, client_of):
    hospital, food = lines
    desk, page = client_of(cast.of("CSH")), reverse("emergency_fund:pay-line", args=[hospital.pk])
    form = desk.get(page)
    assert HOSPITAL in form.content.decode() and "received_by" not in form.context["form"].fields
    answer = desk.post(page, {"amount": "1000", "turn": "1", "provider_receipt": ""})
    assert answer.status_code == 422 and "provider_receipt" in answer.context["form"].errors
    answer = desk.post(page, {"amount": "1000", "turn": "1", "provider_receipt": "H-7"})
    receipt = desk.get(answer["Location"]).content.decode()
    assert "Paid to" in receipt and HOSPITAL in receipt and "H-7" in receipt
    assert HOSPITAL in desk.get(reverse("emergency_fund:pay", args=[hospital.request_id])).content.decode()
    food_form = desk.get(reverse("emergency_fund:pay-line", args=[food.pk])).context["form"]
    assert "received_by" in food_form.fields and "provider_receipt" not in food_form.fields


def test_the_cashier_gives_the_family_back_what_it_paid(cast, lines, mother, client_of):
    hospital, _food = lines
    desk, page = client_of(cast.of("CSH")), reverse("emergency_fund:pay-line", args=[hospital.pk]) + "?to=family"
    typed = {"amount": "500", "turn": "1", "received_by": str(mother.pk), "proof": "paper", "paid_from": "cash"}
    answer = desk.post(page, typed)
    assert answer.status_code == 422 and "provider_receipt" in answer.context["form"].errors
    assert desk.post(page, typed | {"provider_receipt": "H-7"}).status_code == 302
    assert Delivery.rows.get().received_by == mother


@pytest.mark.parametrize("language", ["en", "th", "my"])
def test_the_family_s_paper_says_who_has_the_money(cast, lines, language):
    hospital, _food = lines
    made = paid(cast, hospital, 1000)
    told = text_of(ReceiptPaper(), hospital.request, language, delivery=made.pk)
    assert "MaeSotHospital" in told and "H-0042" in told
    assert {"en": "Ihavecountedit", "th": "ได้ตรวจนับแล้ว", "my": "ရေတွက်ပြီး"}[language] not in told
