"""What goes home with the family: what it asked for, what was decided, why, and until when it may do what."""

from __future__ import annotations

import datetime as dt

import pytest

from casework.kernel.refusals import Conflict
from casework.people.models import Person
from emergency_fund.documents.family import AcknowledgementPaper, DecisionPaper
from emergency_fund.documents.values import age_words
from tests.factories import fund
from tests.factories.papers import pages_of, squeezed, text_of

pytestmark = pytest.mark.django_db
LANGUAGES = ("my", "th", "en", "km", "lo")


@pytest.fixture
def asked(cast, case, mother):
    return fund.make_request(case, mother, by=cast.of("CW"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_acknowledgement_tells_what_was_asked_and_by_when_it_is_decided(asked, case, language):
    text = text_of(AcknowledgementPaper(), asked, language)
    due = {"en": "Thursday26November2026", "th": "วันพฤหัสบดีที่26พฤศจิกายนพ.ศ.2569(ค.ศ.2026)", "my": "26နိုဝင်ဘာ2026"}
    due |= {"km": "ថ្ងៃព្រហស្បតិ៍ទី26វិច្ឆិកា2026(ឆ្នាំថៃ2569)", "lo": "ວັນພະຫັດທີ26ພະຈິກ2026(ປີໄທ2569)"}
    for words in (asked.number, "3,900.00", "800.00", "4,700.00", "NawPaw", squeezed(case.child.name), due[language]):
        assert words in text
    assert due["th"] in text, "Thai stands beside every language"
    assert pages_of(AcknowledgementPaper(), asked, language) == 1


@pytest.mark.parametrize("language, words", [("en", "3nights×1,300.00"), ("th", "3คืน×1,300.00"), ("my", "3ည×1,300.00")])
def test_so_many_at_a_price_stand_in_the_letters_and_how_many_were_approved(asked, language, words):
    asked.lines.filter(kind="health_cost").update(quantity=3, unit="night", unit_cost=1300)
    assert words in text_of(AcknowledgementPaper(), asked, language)
    fund.decide(asked, "approved", 2600, 800)
    text = text_of(DecisionPaper(), asked, language)
    assert words in text and words.replace("3", "2", 1) in text and "2คืน×1,300.00" in text
    fund.decide(asked, "approved", 2500, 800)
    assert words.replace("3", "1", 1) not in text_of(DecisionPaper(), asked, language)


def test_where_hours_count_the_hour_stands_on_it(asked):
    assert "26November2026(พ.ศ.2569),10:00" in text_of(AcknowledgementPaper(), asked, "en")
    asked.urgency = "14d"
    asked.save()
    assert "10:00" not in text_of(AcknowledgementPaper(), asked, "en")


@pytest.mark.parametrize("kind, state, other", [
    (AcknowledgementPaper, "approved", "in_approval"), (DecisionPaper, "in_approval", "approved"),
    (DecisionPaper, "withdrawn", "rejected"), (DecisionPaper, "expired", "closed"),
])  # fmt: skip
def test_each_paper_in_its_time_and_its_twin(asked, kind, state, other):
    fund.decide(asked, state)
    with pytest.raises(Conflict, match="E-EAF-5"):
        kind().context(kind().whole(asked), language="en", facts={})
    fund.decide(asked, other, 3900, 0)
    assert kind().context(kind().whole(asked), language="en", facts={})


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_part_approved_can_be_fetched_and_appealed(asked, language):
    asked.lines.filter(kind="health_cost").update(
        quantity=3, unit="night", unit_cost=1300, modality="service", provider="Mae Tao"
    )  # fmt: skip
    fund.decide(asked, "approved", "2600", "400.25", told_code="costs_less")
    text = text_of(DecisionPaper(), asked, language)
    until = {"en": "23January2027", "th": "23มกราคมพ.ศ.2570", "my": "23ဇန်နဝါရီ2027"}
    until |= {"km": "23មករា2027", "lo": "23ມັງກອນ2027"}
    appeal = {
        "en": "24December2026",
        "th": "24ธันวาคมพ.ศ.2569",
        "my": "24ဒီဇင်ဘာ2026",
        "km": "24ធ្នូ2026",
        "lo": "24ທັນວາ2026",
    }
    given = {
        "en": ("wepayitforyou:MaeTao", "givenasmoney"), "th": ("เราจ่ายให้:MaeTao", "ให้เป็นเงิน"),
        "my": ("ကျွန်ုပ်တို့ကပေးချေသည်:MaeTao", "ငွေဖြင့်"), "km": ("យើងបង់ជូនអ្នក:MaeTao", "ផ្តល់ជាប្រាក់"),
        "lo": ("ພວກເຮົາຈ່າຍໃຫ້ທ່ານ:MaeTao", "ໃຫ້ເປັນເງິນ"),
    }  # fmt: skip
    days = (until[language], appeal[language], until["th"], appeal["th"])
    for words in ("3,000.25", "1,300.00", "4,700.00", *given[language], *days):
        assert words in text
    assert pages_of(DecisionPaper(), asked, language) == 1


RECEIPT = {
    "en": "Ifyoualreadypaidthehospital,shopordriveryourself,bringthereceiptby",
    "th": "ถ้าจ่ายให้โรงพยาบาลร้านค้าหรือคนขับรถเองไปแล้วโปรดนำใบเสร็จมาภายใน",
    "my": "ဆေးရုံ၊ဆိုင်သို့မဟုတ်ယာဉ်မောင်းကိုကိုယ်တိုင်ပေးပြီးဖြစ်ပါကဖြတ်ပိုင်းကိုနောက်ဆုံးထား၍ယူလာရမည့်ရက်",
    "km": "បើអ្នកបានបង់ឲ្យមន្ទីរពេទ្យហាងឬអ្នកបើកបរដោយខ្លួនឯងរួចហើយសូមយកបង្កាន់ដៃមកត្រឹម",
    "lo": "ຖ້າທ່ານຈ່າຍໃຫ້ໂຮງໝໍຮ້ານຫຼືຄົນຂັບລົດເອງແລ້ວກະລຸນາເອົາໃບຮັບເງິນມາພາຍໃນ",
}
VOUCHER = {
    "en": "Usethevoucherbythesameday", "th": "ใช้คูปองภายในวันเดียวกัน", "my": "ဘောက်ချာကိုလည်း", "km": "សូមប្រើគូប៉ុងត្រឹមថ្ងៃដដែល",
    "lo": "ໃຊ້ຄູປອງພາຍໃນມື້ດຽວກັນ",
}  # fmt: skip
NOTHING = {
    "en": "Youdonothavetofetchanything.Wepayitdirectly.", "th": "ไม่ต้องมารับอะไรเราจ่ายให้โดยตรง",
    "my": "ဘာမျှလာယူရန်မလိုပါ။ကျွန်ုပ်တို့ကတိုက်ရိုက်ပေးချေပါမည်။", "km": "អ្នកមិនចាំបាច់មកទទួលអ្វីទេ។យើងបង់ដោយផ្ទាល់។",
    "lo": "ບໍ່ຕ້ອງມາຮັບຫຍັງ.ພວກເຮົາຈ່າຍໃຫ້ໂດຍກົງ.",
}  # fmt: skip
RECEIPT_TOO = {
    "en": "Ifyoualreadypaidsomeofityourself,bringthereceipttoo.", "th": "โปรดนำใบเสร็จมาด้วย",
    "my": "ဖြတ်ပိုင်းကိုလည်းယူလာပါ။", "km": "សូមយកបង្កាន់ដៃមកដែរ។",
    "lo": "ກະລຸນາເອົາໃບຮັບເງິນມານຳ.",
}  # fmt: skip
UNTIL = {
    "en": "23January2027", "th": "23มกราคมพ.ศ.2570", "my": "23ဇန်နဝါရီ2027", "km": "23មករា2027", "lo": "23ມັງກອນ2027",
}  # fmt: skip
WAYS = {
    "cash": ("", (False, True, False, False)),
    "voucher": ("Shop at the bridge", (False, True, False, True)),
    "service": ("Mae Tao", (True, False, True, False)),
    "insurance": ("", (True, False, False, False)),
}


def words_in_letter(key: str, language: str) -> str:
    return str(DecisionPaper().words(language)[key]["main"])


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("way", WAYS)
def test_the_letter_says_what_is_fetched_what_others_are_paid_and_whose_receipt_is_brought(asked, way, language):
    provider, expected = WAYS[way]
    fund.decide(asked, "approved", 3900, 800)
    asked.lines.update(modality=way, provider=provider)
    text = text_of(DecisionPaper(), asked, language)
    told = (NOTHING[language], squeezed(words_in_letter("fetch", language)), RECEIPT[language], VOUCHER[language])
    assert tuple(words in text for words in told) == expected
    assert (UNTIL[language] in text) is (way != "insurance")


def test_a_bill_that_the_family_has_paid_comes_back_to_it_as_money(asked):
    """Nobody else is named: it fetches the money, with the receipt."""
    fund.decide(asked, "approved", 3900, 800)
    asked.lines.update(modality="service", provider="")
    text = text_of(DecisionPaper(), asked, "en")
    assert "givenasmoney" in text and "Fetchitby" in text and RECEIPT_TOO["en"] in text
    assert "wepayitforyou" not in text and NOTHING["en"] not in text
    asked.lines.update(provider="Mae Tao")
    assert "wepayitforyou:MaeTao" in text_of(DecisionPaper(), asked, "en")


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_fetched_and_what_others_are_paid_stand_in_one_letter_of_one_page(asked, language):
    child = asked.lines.first().child
    asked.lines.filter(kind="health_cost").update(modality="service", provider="Mae Tao")
    for n in range(4):
        way = ("voucher", "Shop at the bridge") if n % 2 else ("service", "Ko Myint, driver")
        fund.add_line(asked, child, "transport_to_care", 600 + n, modality=way[0], provider=way[1])
    fund.decide(asked, "approved", 2600, 800, 600, 600, 600, 600, told_code="costs_less")
    text = text_of(DecisionPaper(), asked, language)
    assert RECEIPT_TOO[language] in text and VOUCHER[language] in text and NOTHING[language] not in text
    assert RECEIPT[language] not in text, "its day stands once"
    assert pages_of(DecisionPaper(), asked, language) == 1, "six things, with an appeal"


@pytest.mark.parametrize("language, words", [
    ("en", "Four thousand seven hundred baht only"), ("th", "สี่พันเจ็ดร้อยบาทถ้วน"), ("my", "လေးထောင့်ခုနစ်ရာဘတ်တိတိ"),
])  # fmt: skip
def test_what_is_approved_stands_in_words_of_the_letter(asked, language, words):
    fund.decide(asked, "approved", 3900, 800)
    paper = DecisionPaper().context(DecisionPaper().whole(asked), language=language, facts={})
    assert (paper.in_words.main, paper.in_words.th) == (words, "" if language == "th" else "สี่พันเจ็ดร้อยบาทถ้วน")
    text = text_of(DecisionPaper(), asked, language)
    assert squeezed(words) in text and squeezed("สี่พันเจ็ดร้อยบาทถ้วน") in text
    fund.decide(asked, "rejected", 0, 0, expires_on=None, told_code="duplicate", told="x")
    assert DecisionPaper().context(DecisionPaper().whole(asked), language=language, facts={}).in_words.main == ""


def test_all_approved_has_no_appeal_and_no_reason(asked):
    fund.decide(asked, "approved", 3900, 800)
    paper = DecisionPaper().context(DecisionPaper().whole(asked), language="my", facts={})
    assert (paper.result, paper.appeal.main, paper.reason.main, paper.is_lowered) == ("yes", "", "", False)
    asked.lines.filter(kind="health_cost").update(quantity=3, unit="night", unit_cost=1300)
    trips = {"quantity": 2, "unit": "trip", "unit_cost": 300, "modality": "voucher", "provider": "Shop at the bridge"}
    fund.add_line(asked, asked.lines.first().child, "transport_to_care", 600, **trips)
    fund.decide(asked, "approved", 3900, 800, 600)
    assert "ဘောက်ချာဖြင့်:Shopatthebridge" in text_of(DecisionPaper(), asked, "my")
    assert pages_of(DecisionPaper(), asked, "my") == 1
    for _more in range(3):
        fund.add_line(asked, asked.lines.first().child, "transport_to_care", 600, **trips)
    fund.decide(asked, "approved", 2600, 800, 600, 600, 600, 600, told_code="costs_less")
    assert pages_of(DecisionPaper(), asked, "my") == 1, "six things, with an appeal"


@pytest.mark.parametrize("language, reason", [
    ("en", "Thishelpwasgivenalready."), ("th", "เคยให้ความช่วยเหลือนี้แล้ว"), ("my", "ဤအကူအညီကိုပေးပြီးဖြစ်ပါသည်။"),
])  # fmt: skip
def test_what_is_not_approved_has_its_reason_and_nothing_to_fetch(asked, language, reason):
    fund.decide(asked, "rejected", expires_on=None, told_code="duplicate", told="THE WORDS OF AN APPROVER")
    paper = DecisionPaper().context(DecisionPaper().whole(asked), language=language, facts={})
    assert (paper.result, paper.approved, paper.fetch.main) == ("no", "0.00", "")
    assert not any(line.how.main for line in paper.lines), "what is not given is given no way"
    assert squeezed(paper.reason.main) == reason
    assert paper.appeal.main
    assert reason in text_of(DecisionPaper(), asked, language)


@pytest.mark.parametrize("language, reason", [
    ("en", "Itcostslessthanwasaskedfor."), ("th", "ค่าใช้จ่ายจริงน้อยกว่าที่ขอ"), ("my", "တကယ်ကုန်ကျငွေသည်တောင်းခံသည်ထက်နည်းပါသည်။"),
])  # fmt: skip
def test_less_than_asked_has_the_reason_of_who_lowered_it(asked, language, reason):
    fund.decide(asked, "approved", 3000, 800, told_code="costs_less", told="")
    paper = DecisionPaper().context(DecisionPaper().whole(asked), language=language, facts={})
    assert (paper.result, paper.is_lowered) == ("part", False)
    assert squeezed(paper.reason.main) == reason
    assert reason in text_of(DecisionPaper(), asked, language)


def test_less_for_no_told_reason_says_to_ask(asked):
    fund.decide(asked, "approved", 3000, 800)
    paper = DecisionPaper().context(DecisionPaper().whole(asked), language="en", facts={})
    assert (paper.is_lowered, paper.reason.main) == (True, "")


@pytest.mark.parametrize("state, reason, has_appeal", [
    ("referred_out", "Another source pays", True), ("ineligible", "not for this kind", True),
    ("upheld", "Please call", False),
])  # fmt: skip
def test_who_decided_otherwise_is_told_so_and_the_second_look_is_the_last(asked, state, reason, has_appeal):
    fund.decide(asked, state, expires_on=None)
    paper = DecisionPaper().context(DecisionPaper().whole(asked), language="en", facts={})
    assert reason in paper.reason.main
    assert (bool(paper.appeal.main), paper.is_final) == (has_appeal, not has_appeal)


def test_the_days_of_the_appeal_are_the_term_of_the_day(asked):
    from casework.reference.models import Term

    Term.objects.filter(key="emergency_fund.appeal_days").update(value=10)
    fund.decide(asked, "approved", 3000, 0)
    paper = DecisionPaper().context(DecisionPaper().whole(asked), language="en", facts={})
    assert str((fund.DECIDED + dt.timedelta(days=10)).day) in paper.appeal.main


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind, state", [(AcknowledgementPaper, "submitted"), (DecisionPaper, "approved")])
def test_of_a_sealed_case_the_papers_name_nobody(asked, case, mother, kind, state, language):
    fund.decide(asked, state, 3900, 800)
    names = {squeezed(case.child.name), squeezed(mother.name)}
    assert all(name in text_of(kind(), asked, language) for name in names)
    case.is_sealed = True
    case.save()
    text = text_of(kind(), asked, language)
    assert not any(name in text for name in names)
    child = {"en": "Child1,2years", "th": "เด็กคนที่1,2ปี", "my": "ကလေး1,2နှစ်", "km": "កុមារ1,2ឆ្នាំ", "lo": "ເດັກ1,2ປີ"}
    assert child[language] in text


@pytest.mark.parametrize("kind, state", [(AcknowledgementPaper, "submitted"), (DecisionPaper, "approved")])
def test_more_lines_are_not_more_reads(asked, case, kind, state, django_assert_num_queries):
    fund.decide(asked, state, 3900, 0)
    reads = 6 if kind is DecisionPaper else 4
    with django_assert_num_queries(reads):
        kind().context(kind().whole(asked), language="my", facts={})
    for n in range(5):
        fund.add_line(asked, case.child, "transport_to_care", 100 + n)
    with django_assert_num_queries(reads):
        kind().context(kind().whole(asked), language="my", facts={})


@pytest.mark.parametrize("born, en, km", [
    (dt.date(2026, 11, 20), "3 days", "3 ថ្ងៃ"), (dt.date(2026, 11, 22), "1 day", "1 ថ្ងៃ"),
    (dt.date(2026, 10, 23), "1 month", "1 ខែ"), (dt.date(2025, 11, 23), "12 months", "12 ខែ"),
    (dt.date(2024, 11, 23), "2 years", "2 ឆ្នាំ"), (None, "", ""),
])  # fmt: skip
def test_the_age_of_a_child_is_told_in_days_months_or_years(born, en, km):
    person = Person(born_on=born)
    said = [age_words(person, dt.date(2026, 11, 23), language).replace("\u00a0", " ") for language in ("en", "km")]
    assert said == [en, km]
