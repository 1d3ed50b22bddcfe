"""Money of the family itself may be sent to its account, which one officer writes down and another confirms."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from casework.accounts.models import User
from casework.approvals.models import Proposal
from casework.approvals.services.chains import act_on
from casework.approvals.services.conflicts import declare_conflict
from casework.approvals.services.proposals import confirm
from casework.approvals.states import Act
from casework.funds.models import CashMovement
from casework.people.services.families import add_member, create_family
from casework.reference.models import Term
from emergency_fund.documents import ReceiptPaper
from emergency_fund.models import AssistanceRequest, Delivery, FamilyAccount
from emergency_fund.queries.accounts import ACCOUNT, account_of
from emergency_fund.rules.accounts import Account
from emergency_fund.services.accounts import enter_account
from emergency_fund.services.delivering import pay
from tests.factories.accounts import make_grant, make_worker
from tests.factories.cases import make_case, make_consent
from tests.factories.cash import make_box
from tests.factories.fund_after import account_of_family
from tests.factories.papers import text_of
from tests.factories.people import make_person

from .test_cash import paid
from .test_money_path import NOW, amounts, ask, recommended, refused, second_officer

pytestmark = pytest.mark.django_db

TYPED = {"bank": "006", "number": "๙๘๗-๑๒๓๔-๕๖๗", "holder": "Naw Paw"}


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


def second(cast) -> User:
    return User.objects.get(username="fo.two")


def account_for(cast, line, **facts) -> FamilyAccount:
    """The account of the family of a line, written down by one officer and confirmed by another."""
    return account_of_family(line.request, cast.of("FO"), second(cast), **facts)


def entered(cast, line, by=None, **facts) -> FamilyAccount:
    told = {"bank": "006", "number": "9871234567", "holder": "Naw Paw"} | facts
    return enter_account(request=line.request, account=Account(**told), by=by or cast.of("FO"), now=NOW)


def sent(cast, line, amount, person, key="k-1", **facts) -> Delivery:
    values = {"proof": "bank_slip", "account": account_of(line.request.family_id), "reference": "T-1"}
    return paid(cast, line, amount, person, key, **values | facts)


def proposal_of(account) -> Proposal:
    return Proposal.rows.open().get(kind=ACCOUNT, subject_id=account.pk)


def test_one_officer_writes_it_down_another_confirms_it_and_then_it_holds(cast, lines, mother, client_of):
    _hospital, food = lines
    request, page = food.request, reverse("emergency_fund:account", args=[food.request_id])
    first = client_of(cast.of("FO"))
    answer = first.post(page, TYPED | {"number": "123"})
    assert answer.status_code == 422 and "10 to 15 digits" in answer.content.decode()
    assert first.post(page, TYPED).status_code == 302
    account = FamilyAccount.rows.get()
    assert (account.number, account.state, account_of(request.family_id)) == ("9871234567", "waiting", None)
    own = reverse("approvals:proposal", args=[proposal_of(account).pk])
    shown = first.get(reverse("emergency_fund:detail", args=[request.pk])).content.decode()
    assert own in shown and "9871234567" not in shown
    assert refused(confirm, proposal=proposal_of(account), by=cast.of("FO"), now=NOW) == "APR-SELF"
    assert refused(confirm, proposal=proposal_of(account), by=cast.of("CSH"), now=NOW) == "APR-RIGHT"
    assert "9871234567" in client_of(second(cast)).get(own).content.decode(), "who confirms compares it"
    confirm(proposal=proposal_of(account), by=second(cast), now=NOW)
    account.refresh_from_db()
    assert account_of(request.family_id) == account
    shown = first.get(reverse("emergency_fund:detail", args=[request.pk])).content.decode()
    assert "Krungthai Bank •••4567" in shown and "9871234567" not in shown
    assert cast.of("FO").pk in AssistanceRequest.rows.get(pk=request.pk).makers


def test_only_the_fund_s_officers_see_and_write_it(cast, lines, client_of):
    _hospital, food = lines
    page, detail = (reverse(f"emergency_fund:{name}", args=[food.request_id]) for name in ("account", "detail"))
    for role in ("CW", "SUP", "FA", "PM"):
        assert client_of(cast.of(role)).get(page).status_code == 403
        assert page not in client_of(cast.of(role)).get(detail).content.decode()
    assert client_of(cast.of("FO")).get(page).status_code == 200
    assert page in client_of(cast.of("FO")).get(detail).content.decode()


def test_what_an_account_that_is_written_down_needs(cast, lines):
    _hospital, food = lines
    assert refused(entered, cast, food, bank="") == "E-EAF-182"
    for bank, number in (("006", "123456789"), ("006", "1" * 16), ("006", "12345-67890"), ("promptpay", "1" * 11)):
        assert refused(entered, cast, food, bank=bank, number=number) == "E-EAF-183"
    assert refused(entered, cast, food, holder=" ") == "E-EAF-184"
    assert entered(cast, food, bank="promptpay", number="0812345678").pk


def test_it_is_written_down_while_nobody_decides_and_by_no_relative(cast, case, budget, lines):
    _hospital, food = lines
    waiting = recommended(cast, ask(cast, case, ("transport_to_care", 100)), budget_for(budget), decided=earlier(lines))
    assert refused(entered, cast, waiting.lines.get()) == "E-EAF-202"
    declare_conflict(by=cast.of("FO"), kind="family", number=case.number, reason="My sister lives there", now=NOW)
    assert refused(entered, cast, food) == "E-EAF-199"
    account = entered(cast, food, by=second(cast))
    assert refused(confirm, proposal=proposal_of(account), by=cast.of("FO"), now=NOW) == "APR-INTEREST"
    assert confirm(proposal=proposal_of(account), by=make_worker("FO", cast.mae_sot), now=NOW).state == "confirmed"
    AssistanceRequest.rows.filter(pk=food.request_id).update(state="closed")
    assert refused(entered, cast, food, by=second(cast)) == "E-EAF-202"


def budget_for(budget):
    budget.kinds = ["transport_to_care"]
    budget.save(update_fields=["kinds"])
    return budget


def earlier(lines) -> frozenset[int]:
    return frozenset(lines.values_list("request", flat=True))


def test_who_changes_the_payee_does_not_pay(cast, lines, mother):
    _hospital, food = lines
    both = make_worker("FO", cast.mae_sot)
    make_grant(both, "CSH", cast.mae_sot)
    account = entered(cast, food, by=second(cast))
    confirm(proposal=proposal_of(account), by=both, now=NOW)
    assert refused(sent, cast, food, 300, mother, by=both) == "E-EAF-204"
    assert refused(sent, cast, food, 300, mother, by=second(cast)) == "E-EAF-16"
    assert sent(cast, food, 300, mother).pk


def test_only_the_account_that_holds_is_paid_to(cast, lines, mother, of_others):
    _hospital, food = lines
    theirs, _their_mother = of_others
    first, strange = account_for(cast, food), account_for(cast, theirs, number="5550001112")
    assert refused(sent, cast, food, 300, mother, account=strange) == "E-EAF-203"
    waiting = entered(cast, food, number="1112223334")
    assert refused(sent, cast, food, 300, mother, account=waiting) == "E-EAF-203"
    assert sent(cast, food, 300, mother, account=first).pk
    confirm(proposal=proposal_of(waiting), by=second(cast), now=timezone.now())
    assert refused(sent, cast, food, 200, mother, key="k-2", account=first) == "E-EAF-203"
    assert sent(cast, food, 200, mother, key="k-2").account_number == "1112223334"


def test_a_transfer_is_paid_once_and_leaves_the_box_alone(cast, lines, mother, budget):
    _hospital, food = lines
    account_for(cast, food)
    box = make_box(cast.mae_sot, cast.of("CSH"), 1000, "Front desk")
    receipt = sent(cast, food, 500, mother)
    assert sent(cast, food, 500, mother) == receipt
    box.refresh_from_db()
    assert (box.balance, CashMovement.rows.filter(kind="pay_out").count()) == (1000, 0)
    assert amounts(budget) == (0, 4200, 5300)
    assert receipt.account == "Krungthai Bank •••4567"


def test_what_a_transfer_needs(cast, lines, mother):
    hospital, food = lines
    account = account_for(cast, food)
    box = make_box(cast.mae_sot, cast.of("CSH"), 1000, "Front desk")
    others = {"received_by": None, "provider_receipt": "H-1", "by": cast.of("CSH"), "now": NOW, "key": "k-1"}
    others |= {"account": account, "reference": "T-1"}
    assert refused(pay, line=hospital, amount=Decimal(500), **others) == "E-EAF-180"
    assert refused(sent, cast, food, 500, mother, box=box) == "E-EAF-181"
    assert refused(sent, cast, food, 500, mother, reference=" ") == "E-EAF-185"
    assert refused(sent, cast, food, 500, mother, proof="paper") == "E-EAF-186"
    assert refused(paid, cast, food, 500, mother, proof="bank_slip", box=box) == "E-EAF-186"
    assert not Delivery.rows.exists()
    assert sent(cast, food, 500, mother)


def test_an_account_that_another_family_was_paid_to_is_asked_about(cast, lines, mother, of_others):
    _hospital, food = lines
    theirs, their_mother = of_others
    account_for(cast, food)
    account_for(cast, theirs)
    assert sent(cast, food, 300, mother)
    assert sent(cast, food, 200, mother, key="k-2"), "one's own account is no stranger's"
    assert refused(sent, cast, theirs, 300, their_mother, key="k-3") == "W-02"
    assert sent(cast, theirs, 200, their_mother, key="k-4", acknowledged=["W-02"])
    account_for(cast, theirs, number="5550001112", holder="Naw Mu")
    assert sent(cast, theirs, 300, their_mother, key="k-3")


def test_how_many_may_share_an_account_is_a_dated_row(cast, lines, mother, of_others):
    Term.objects.filter(key="emergency_fund.families_of_account").update(value=1)
    _hospital, food = lines
    theirs, their_mother = of_others
    account_for(cast, food)
    account_for(cast, theirs)
    assert sent(cast, food, 300, mother)
    assert sent(cast, theirs, 800, their_mother, key="k-3")


def test_the_database_has_the_last_word(cast, lines, mother):
    _hospital, food = lines
    account = account_for(cast, food)
    receipt = sent(cast, food, 300, mother)
    with pytest.raises(IntegrityError, match="Another person confirms an account"), transaction.atomic():
        FamilyAccount.rows.filter(pk=account.pk).update(confirmed_by=account.entered_by)
    wrong = {"account_number": ""}, {"account_holder": ""}, {"account_reference": ""}, {"proof": "paper"}
    for values in wrong:
        kept = {f.attname: getattr(receipt, f.attname) for f in Delivery._meta.concrete_fields if not f.primary_key}
        with pytest.raises(IntegrityError, match="A transfer says to which account"), transaction.atomic():
            Delivery.rows.create(**kept | {"key": "x", "number": "x", **values})


def typed_for(account, mother) -> dict[str, str]:
    return {
        "amount": "500", "turn": "1", "paid_from": f"account-{account.pk}", "account_reference": "T-1",
        "received_by": str(mother.pk),
    }  # fmt: skip


def test_the_cashier_sends_it_in_the_browser(cast, lines, mother, client_of):
    _hospital, food = lines
    box = make_box(cast.mae_sot, cast.of("CSH"), 1000, "Front desk")
    desk, page = client_of(cast.of("CSH")), reverse("emergency_fund:pay-line", args=[food.pk])
    shown = desk.get(page).content.decode()
    assert "a fund officer writes the account down" in shown and "account_reference" not in shown
    account = account_for(cast, food)
    shown = desk.get(page).content.decode()
    assert f"paid_from=box-{box.pk}" in shown and "the account Krungthai Bank •••4567" in shown
    assert "9871234567" not in shown and "account_number" not in shown
    typed = typed_for(account, mother)
    answer = desk.post(page, typed | {"account_reference": ""})
    assert answer.status_code == 422 and "reference number" in answer.content.decode()
    answer = desk.post(page, typed)
    receipt = Delivery.rows.get()
    assert answer.status_code == 302
    assert answer["Location"] == reverse("emergency_fund:receipt", args=[receipt.pk]) + "?queue=pay"
    assert (receipt.account_number, receipt.proof) == ("9871234567", "bank_slip")
    told = desk.get(answer["Location"]).content.decode()
    assert "•••4567" in told and "9871234567" not in told
    assert "Keep the bank’s slip with it" in told and "two halves" not in told, "nobody is there to sign"


def test_a_stranger_s_account_is_ticked_off_in_the_browser(cast, lines, mother, of_others, client_of):
    _hospital, food = lines
    account_for(cast, food)
    sent(cast, food, 300, mother)
    line, their_mother = of_others
    typed = typed_for(account_for(cast, line), their_mother)
    desk, page = client_of(cast.of("CSH")), reverse("emergency_fund:pay-line", args=[line.pk])
    answer = desk.post(page, typed)
    assert answer.status_code == 422 and "1 other family" in answer.content.decode()
    assert desk.post(page, typed | {"acknowledged": "W-02"}).status_code == 302


def test_the_answers_of_the_other_way_are_not_asked_for(cast, lines, mother, client_of):
    hospital, food = lines
    account_for(cast, food)
    desk = client_of(cast.of("CSH"))
    page = reverse("emergency_fund:pay-line", args=[food.pk])
    in_hand = {"amount": "500", "turn": "1", "received_by": str(mother.pk), "paid_from": "cash"}
    assert "proof" in desk.post(page, in_hand).context["form"].errors
    assert desk.post(page, in_hand | {"proof": "known_to_staff"}).status_code == 302
    assert not Delivery.rows.get().account
    assert "account_reference" not in desk.get(reverse("emergency_fund:pay-line", args=[hospital.pk])).content.decode()


def test_the_receipt_names_bank_and_last_digits(cast, lines, mother):
    _hospital, food = lines
    account_for(cast, food)
    receipt = sent(cast, food, Decimal("300"), mother)
    told = text_of(ReceiptPaper(), receipt.line.request, "en", delivery=receipt.pk)
    assert "KrungthaiBank•••4567" in told and "9871234567" not in told
