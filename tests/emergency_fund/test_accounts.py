"""Money of the family itself may be sent to its account: wholly named, once, out of no box, and not to a stranger's."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from casework.accounts.models import User
from casework.approvals.services.chains import act_on
from casework.approvals.states import Act
from casework.funds.models import CashMovement
from casework.people.services.families import add_member, create_family
from casework.reference.models import Term
from emergency_fund.documents import ReceiptPaper
from emergency_fund.models import Delivery
from emergency_fund.rules.accounts import Account
from emergency_fund.services.delivering import pay
from tests.factories.cases import make_case, make_consent
from tests.factories.cash import make_box
from tests.factories.papers import text_of
from tests.factories.people import make_person

from .test_cash import paid
from .test_money_path import NOW, amounts, ask, recommended, refused, second_officer

pytestmark = pytest.mark.django_db

ACCOUNT = Account(bank="006", number="9871234567", holder="Naw Paw", reference="T-1")
TYPED = {
    "amount": "500", "turn": "1", "paid_from": "account", "account_bank": "006", "account_number": "๙๘๗-๑๒๓๔-๕๖๗",
    "account_holder": "Naw Paw", "account_reference": "T-1",
}  # fmt: skip


@pytest.fixture
def lines(cast, case, budget, mother):
    """Approved: 3,900 for the hospital, and 800 for food, which the family itself gets."""
    request = recommended(cast, ask(cast, case), budget)
    act_on(request=request.approval, act=Act.APPROVE, by=second_officer(cast), now=NOW)
    request.lines.filter(kind="health_cost").update(provider="Mae Sot Hospital")
    return request.lines.order_by("pk")


@pytest.fixture
def of_others(cast, budget, lines):
    """800 for the food of another family, approved, and its mother."""
    worker, family = cast.of("CW"), create_family(by=cast.of("CW"))
    child, mother = make_person("Saw Htoo", born=date(2023, 2, 2)), make_person("Naw Mu", born=date(1990, 1, 1))
    add_member(family=family, person=child, role="child", by=worker)
    add_member(family=family, person=mother, role="mother", by=worker)
    case = make_case(cast.mae_sot, worker, child=child, family=family)
    make_consent(case, worker, purpose="emergency_fund")
    request = recommended(cast, ask(cast, case, ("nutrition", 800)), budget)
    act_on(request=request.approval, act=Act.APPROVE, by=User.objects.get(username="fo.two"), now=NOW)
    return request.lines.get(), mother


def sent(cast, line, amount, person, key="k-1", **facts) -> Delivery:
    return paid(cast, line, amount, person, key, **{"proof": "bank_slip", "account": ACCOUNT} | facts)


def test_a_transfer_is_paid_once_and_leaves_the_box_alone(cast, lines, mother, budget):
    _hospital, food = lines
    box = make_box(cast.mae_sot, cast.of("CSH"), 1000, "Front desk")
    receipt = sent(cast, food, 500, mother)
    assert sent(cast, food, 500, mother) == receipt
    box.refresh_from_db()
    assert (box.balance, CashMovement.rows.filter(kind="pay_out").count()) == (1000, 0)
    assert amounts(budget) == (0, 4200, 5300)
    assert receipt.account == "Krungthai Bank •••4567"


def test_what_an_account_needs(cast, lines, mother):
    hospital, food = lines
    box = make_box(cast.mae_sot, cast.of("CSH"), 1000, "Front desk")
    changed = lambda **facts: Account(**{**ACCOUNT.__dict__, **facts})  # noqa: E731
    others = {"received_by": None, "provider_receipt": "H-1", "by": cast.of("CSH"), "now": NOW, "key": "k-1"}
    assert refused(pay, line=hospital, amount=Decimal(500), account=ACCOUNT, **others) == "E-EAF-180"
    assert refused(sent, cast, food, 500, mother, box=box) == "E-EAF-181"
    assert refused(sent, cast, food, 500, mother, account=changed(bank="")) == "E-EAF-182"
    for bank, number in (("006", "123456789"), ("006", "1" * 16), ("006", "12345-67890"), ("promptpay", "1" * 11)):
        assert refused(sent, cast, food, 500, mother, account=changed(bank=bank, number=number)) == "E-EAF-183"
    assert refused(sent, cast, food, 500, mother, account=changed(holder=" ")) == "E-EAF-184"
    assert refused(sent, cast, food, 500, mother, account=changed(reference="")) == "E-EAF-185"
    assert refused(sent, cast, food, 500, mother, proof="paper") == "E-EAF-186"
    assert refused(paid, cast, food, 500, mother, proof="bank_slip", box=box) == "E-EAF-186"
    assert not Delivery.rows.exists()
    assert sent(cast, food, 500, mother, account=changed(bank="promptpay", number="0812345678"))


def test_an_account_that_another_family_was_paid_to_is_asked_about(cast, lines, mother, of_others):
    _hospital, food = lines
    theirs, their_mother = of_others
    assert sent(cast, food, 300, mother)
    assert sent(cast, food, 200, mother, key="k-2"), "one's own account is no stranger's"
    assert refused(sent, cast, theirs, 800, their_mother, key="k-3") == "W-02"
    other = Account(bank="006", number="5550001112", holder="Naw Mu", reference="T-2")
    assert sent(cast, theirs, 300, their_mother, key="k-3", account=other)
    assert sent(cast, theirs, 200, their_mother, key="k-4", acknowledged=["W-02"])


def test_how_many_may_share_an_account_is_a_dated_row(cast, lines, mother, of_others):
    Term.objects.filter(key="emergency_fund.families_of_account").update(value=1)
    _hospital, food = lines
    theirs, their_mother = of_others
    assert sent(cast, food, 300, mother)
    assert sent(cast, theirs, 800, their_mother, key="k-3")


def test_the_database_has_the_last_word(cast, lines, mother):
    _hospital, food = lines
    receipt = sent(cast, food, 300, mother)
    wrong = {"account_number": ""}, {"account_holder": ""}, {"account_reference": ""}, {"proof": "paper"}
    for values in wrong:
        kept = {f.attname: getattr(receipt, f.attname) for f in Delivery._meta.concrete_fields if not f.primary_key}
        with pytest.raises(IntegrityError, match="A transfer says to which account"), transaction.atomic():
            Delivery.rows.create(**kept | {"key": "x", "number": "x", **values})


def test_the_cashier_sends_it_in_the_browser(cast, lines, mother, client_of):
    _hospital, food = lines
    box = make_box(cast.mae_sot, cast.of("CSH"), 1000, "Front desk")
    desk, page = client_of(cast.of("CSH")), reverse("emergency_fund:pay-line", args=[food.pk])
    shown = desk.get(page).content.decode()
    assert f"paid_from=box-{box.pk}" in shown and "By transfer to an account" in shown
    typed = TYPED | {"received_by": str(mother.pk)}
    answer = desk.post(page, typed | {"account_number": "123"})
    assert answer.status_code == 422
    assert "10 to 15 digits" in answer.content.decode() and 'value="123"' in answer.content.decode()
    answer = desk.post(page, typed)
    receipt = Delivery.rows.get()
    assert answer.status_code == 302 and answer["Location"] == reverse("emergency_fund:receipt", args=[receipt.pk])
    assert (receipt.account_number, receipt.proof) == ("9871234567", "bank_slip")
    told = desk.get(answer["Location"]).content.decode()
    assert "•••4567" in told and "9871234567" not in told
    assert 'value="9871234567"' in desk.get(page).content.decode(), "the family's account is there the next time"


def test_a_stranger_s_account_is_ticked_off_in_the_browser(cast, lines, mother, of_others, client_of):
    _hospital, food = lines
    sent(cast, food, 300, mother)
    line, their_mother = of_others
    desk, page = client_of(cast.of("CSH")), reverse("emergency_fund:pay-line", args=[line.pk])
    typed = TYPED | {"received_by": str(their_mother.pk)}
    answer = desk.post(page, typed)
    assert answer.status_code == 422 and "1 other family" in answer.content.decode()
    assert desk.post(page, typed | {"acknowledged": "W-02"}).status_code == 302


def test_the_answers_of_the_other_way_are_not_asked_for(cast, lines, mother, client_of):
    hospital, food = lines
    desk = client_of(cast.of("CSH"))
    page = reverse("emergency_fund:pay-line", args=[food.pk])
    in_hand = {"amount": "500", "turn": "1", "received_by": str(mother.pk), "paid_from": "cash"}
    assert "proof" in desk.post(page, in_hand).context["form"].errors
    assert desk.post(page, in_hand | {"proof": "known_to_staff"}).status_code == 302
    assert not Delivery.rows.get().account
    assert "account_number" not in desk.get(reverse("emergency_fund:pay-line", args=[hospital.pk])).content.decode()


def test_the_receipt_names_bank_and_last_digits(cast, lines, mother):
    _hospital, food = lines
    receipt = sent(cast, food, Decimal("300"), mother)
    told = text_of(ReceiptPaper(), receipt.line.request, "en", delivery=receipt.pk)
    assert "KrungthaiBank•••4567" in told and "9871234567" not in told
