"""Voucher and receipt: to whom, how much in figures and in words, once; two copies with a place for the thumb."""

from __future__ import annotations

import pytest

from casework.kernel.refusals import Conflict, Refusal
from emergency_fund.documents.paying import ReceiptPaper, VoucherPaper, payments_of
from emergency_fund.services.cards import order_insurance
from tests.emergency_fund.insured import NOW, TODAY, insurance_line, quoted
from tests.emergency_fund.insured import approved as insured
from tests.factories import fund
from tests.factories.papers import pages_of, squeezed, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def approved(cast, case, mother, budget):
    request = fund.make_request(
        case, mother, ("health_cost", "4000.50"), ("nutrition", 800), ("transport_to_care", "1000"), by=cast.of("CW")
    )
    request.lines.update(budget_line=budget)
    request.lines.filter(kind="health_cost").update(provider="Mae Sot Hospital")
    fund.make_chain(request, cast.of("SUP"), (cast.of("FO"), "FO", "approve", ""))
    return fund.decide(request, "approved", "4000.21", 800, "1000")


def lines_of(request):
    return {line.kind: line for line in request.lines.all()}


def test_each_payee_has_a_voucher_of_its_own_and_its_number_changes_when_something_was_paid(cast, approved, mother):
    assert [(p.payee, p.key, str(p.total)) for p in payments_of(approved, "en")] == [
        ("Mae Sot Hospital", "1.1", "4000.21"), ("Naw Paw", "2.1", "1800.00"),
    ]  # fmt: skip
    fund.make_delivery(lines_of(approved)["nutrition"], 300, mother, cast.of("CSH"))
    assert [(p.key, str(p.total)) for p in payments_of(approved, "en")] == [("1.1", "4000.21"), ("2.2", "1500.00")]


@pytest.mark.parametrize("language", ["th", "en"])
def test_the_amount_stands_in_figures_and_in_words_of_both_languages(approved, case, language):
    text = text_of(VoucherPaper(), approved, language, payment="1.1")
    for words in (
        "MaeSotHospital", "4,000.21", f"{approved.number}/1.1", "สี่พันบาทยี่สิบเอ็ดสตางค์",
        "Fourthousandbahtandtwenty-onesatang",
    ):  # fmt: skip
        assert words in text
    assert squeezed(case.child.name) not in text, "who pays needs the payee, not the child"
    assert "1,800.00" not in text
    assert pages_of(VoucherPaper(), approved, language, payment="1.1") == 1


def test_of_several_lines_the_voucher_has_the_sum(approved):
    paper = VoucherPaper().context(VoucherPaper().whole(approved), language="en", facts={"payment": "2.1"})
    assert [line.amount for line in paper.lines] == ["800.00", "1,000.00"]
    assert (paper.total, paper.in_words["en"]) == ("1,800.00", "One thousand eight hundred baht only")
    assert [choice.key for choice in VoucherPaper().choices(approved)] == ["1.1", "2.1"]


def test_what_was_paid_meanwhile_has_no_voucher_and_its_twin(cast, approved, mother):
    fund.make_delivery(lines_of(approved)["nutrition"], 300, mother, cast.of("CSH"))
    with pytest.raises(Refusal, match="E-EAF-57"):
        VoucherPaper().context(VoucherPaper().whole(approved), language="en", facts={"payment": "2.1"})
    assert VoucherPaper().context(VoucherPaper().whole(approved), language="en", facts={"payment": "2.2"})


@pytest.mark.parametrize("change", [{"state": "asked"}, {"modality": "in_kind"}, {"state": "delivered"}])
def test_nothing_to_pay_and_its_twin(approved, change):
    assert VoucherPaper().can_make(approved)
    approved.lines.update(**change)
    with pytest.raises(Conflict, match="E-EAF-55"):
        VoucherPaper().context(VoucherPaper().whole(approved), language="en", facts={})


def test_an_insurance_has_a_voucher_once_it_is_ordered(cast, case, budget):
    line = insurance_line(cast, case)
    policy, request = quoted(cast, line), insured(cast, line, budget)
    assert not VoucherPaper().can_make(request)
    order_insurance(policy=policy, starts_on=TODAY, by=cast.of("FO"), now=NOW)
    assert VoucherPaper().can_make(request)


@pytest.mark.parametrize("language", ["my", "th", "en", "km", "lo"])
def test_the_receipt_stands_twice_on_one_sheet_with_thumb_and_witness(cast, approved, case, mother, language):
    fund.make_delivery(lines_of(approved)["nutrition"], "300.25", mother, cast.of("CSH"))
    text = text_of(ReceiptPaper(), approved, language)
    thumb = {"en": "Thumbprint", "th": "ลายพิมพ์นิ้วมือ", "my": "လက်ဗွေ", "km": "ស្នាមមេដៃ", "lo": "ລາຍນິ້ວມື"}[language]
    mother_of = {"en": "mother", "th": "แม่", "my": "မိခင်", "km": "ម្តាយ", "lo": "ແມ່"}[language]
    words = (
        mother_of,
        "300.25",
        "499.75",
        "สามร้อยบาทยี่สิบห้าสตางค์",
        squeezed(case.child.name),
        "DawKhin",
        "R-MS-2026",
        thumb,
    )
    assert all(text.count(word) >= 2 for word in words)
    assert ("Threehundredbahtandtwenty-fivesatang" in text) == (language in ("en", "km", "lo"))
    assert ("သုံးရာဘတ်နှစ်ဆယ့်ငါးဆတန်" in text) == (language == "my")
    assert pages_of(ReceiptPaper(), approved, language) == 1
    fund.make_delivery(
        lines_of(approved)["health_cost"], 4000, mother, cast.of("CSH"), received_by=None, provider_receipt="H-000138",
        received_name="Mae Sot Hospital", proof="their_receipt", witness="", relation="",
    )  # fmt: skip
    assert "H-000138" in text_of(ReceiptPaper(), approved, language)
    assert pages_of(ReceiptPaper(), approved, language) == 1, "also of what a hospital was paid"


def test_each_receipt_tells_of_its_own_payment(cast, approved, mother):
    line = lines_of(approved)["nutrition"]
    first = fund.make_delivery(line, 300, mother, cast.of("CSH"))
    second = fund.make_delivery(line, 500, mother, cast.of("CSH"), proof="known_to_staff", witness="")
    line.state = "delivered"
    line.save()
    kind = ReceiptPaper()
    assert [choice.options["delivery"] for choice in kind.choices(approved)] == [second.pk, first.pk]
    papers = [kind.context(kind.whole(approved), language="en", facts={"delivery": pk}) for pk in (first.pk, second.pk)]
    assert [(paper.amount, paper.rest) for paper in papers] == [("300.00", "500.00"), ("500.00", "")]


def test_nothing_received_and_its_twin(cast, approved, mother):
    kind = ReceiptPaper()
    with pytest.raises(Conflict, match="E-EAF-56"):
        kind.context(kind.whole(approved), language="en", facts={})
    fund.make_delivery(lines_of(approved)["nutrition"], 300, mother, cast.of("CSH"))
    assert kind.context(kind.whole(approved), language="en", facts={})
    with pytest.raises(Refusal, match="E-EAF-57"):
        kind.context(kind.whole(approved), language="en", facts={"delivery": 0})


@pytest.mark.parametrize("kind, reads", [(VoucherPaper, 8), (ReceiptPaper, 7)])
def test_more_payments_are_not_more_reads(cast, approved, case, mother, budget, kind, reads, django_assert_num_queries):
    for _more in range(2):
        for line in list(approved.lines.all())[-3:]:
            fund.make_delivery(line, 100, mother, cast.of("CSH"))
        with django_assert_num_queries(reads):
            kind().context(kind().whole(approved), language="th", facts={})
        for n in range(3):
            fund.add_line(
                approved, case.child, "transport_to_care", 500 + n, budget_line=budget, state="approved", approved=500
            )
