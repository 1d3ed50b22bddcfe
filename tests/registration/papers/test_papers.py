"""Every paper, laid out: its words are on it, nothing runs out of the page, and names can do no harm."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from functools import cache
from typing import Any

import pypdfium2
import pytest
from django.template.loader import render_to_string

from casework.documents.compose import NOT_A_REGISTER, as_facts, compose
from casework.documents.kinds import DocumentKind
from casework.documents.pages import draw_page, page_count, page_text
from casework.documents.wording import FURTHER
from registration.papers.appointment import AppointmentSlipKind
from registration.papers.checklist import FamilyChecklistKind
from registration.papers.consent import NoticeAndConsentKind, NoticeText, plain_notice
from registration.papers.intake import BlankIntake, BlankIntakeKind
from registration.papers.letter import ReferralLetterKind
from registration.papers.parts import Names, Said
from registration.papers.plan import CasePlanKind, FamilyPlanKind
from registration.papers.receipt import HandoverReceiptKind
from registration.papers.spelling import SpellingSheetKind
from registration.papers.summary import CaseSummaryKind
from registration.papers.witness import WitnessSheetKind

from . import samples

PAPERS: dict[str, tuple[type[DocumentKind], Any, str, int]] = {
    # name: kind, paper, language, pages
    "blank intake": (BlankIntakeKind, BlankIntake(phone="055 000 111"), "th", 2),
    "letter": (ReferralLetterKind, samples.LETTER, "th", 1),
    "letter for twins": (ReferralLetterKind, samples.TWINS_LETTER, "th", 1),
    "letter copy": (ReferralLetterKind, samples.LETTER_EN, "en", 1),
    "checklist": (FamilyChecklistKind, samples.CHECKLIST, "my", 1),
    "checklist in Thai": (FamilyChecklistKind, samples.CHECKLIST_TH, "th", 1),
    "consent": (NoticeAndConsentKind, samples.CONSENT, "my", 2),
    "summary": (CaseSummaryKind, samples.SUMMARY, "th", 1),
    "masked summary": (CaseSummaryKind, samples.SUMMARY_EN, "en", 1),
    "plan": (CasePlanKind, samples.PLAN, "th", 1),
    "family plan": (FamilyPlanKind, samples.FAMILY_PLAN, "my", 1),
    "appointment": (AppointmentSlipKind, samples.APPOINTMENT, "my", 1),
    "receipt": (HandoverReceiptKind, samples.RECEIPT, "my", 1),
    "spelling": (SpellingSheetKind, samples.SPELLING, "my", 1),
    "witnesses": (WitnessSheetKind, samples.WITNESSES, "my", 2),
    "witness in Thai": (WitnessSheetKind, samples.WITNESS_TH, "th", 1),
}
KINDS = sorted({kind for kind, *_rest in PAPERS.values()}, key=lambda kind: kind.key)


@cache
def made(name: str) -> bytes:
    """The paper as a file, the same for all tests: it is made from the sample alone."""
    kind, paper, language, _pages = PAPERS[name]
    return compose(kind(), as_facts(paper), language=language, stamp=samples.STAMP)


def squeezed(text: str) -> str:
    return "".join(text.split())


def text_of(pdf: bytes) -> str:
    return squeezed("".join(page_text(pdf)))


def texts(value: Any) -> Iterator[str]:
    """Every text in a paper's dataclass."""
    if isinstance(value, str):
        yield value
    elif is_dataclass(value) and not isinstance(value, type):
        for field in fields(value):
            yield from texts(getattr(value, field.name))
    elif isinstance(value, tuple):
        for item in value:
            yield from texts(item)


@pytest.mark.parametrize("name", PAPERS)
def test_every_page_says_what_it_is_and_carries_its_code(name):
    pdf = made(name)
    assert page_count(pdf) == PAPERS[name][3]
    for page in page_text(pdf):
        for _language, sentence in NOT_A_REGISTER:
            assert squeezed(sentence) in squeezed(page)
        assert samples.STAMP.code in page
        assert samples.STAMP.reference in page


@pytest.mark.parametrize("name", PAPERS)
def test_nothing_runs_out_of_the_page(name):
    document = pypdfium2.PdfDocument(made(name))
    for page in document:
        width, height = page.get_size()
        for item in page.get_objects(filter=[pypdfium2.raw.FPDF_PAGEOBJ_TEXT]):
            left, bottom, right, top = item.get_bounds()
            assert left > 20, (name, left)
            assert right < width - 20, (name, right)
            assert bottom > 15, (name, bottom)
            assert top < height - 15, (name, top)


@pytest.mark.parametrize("name", PAPERS)
def test_body_and_footer_do_not_touch(name):
    pdf = made(name)
    for number in range(1, page_count(pdf) + 1):
        picture = draw_page(pdf, number, width=600).convert("L")
        footer = next(
            y for y in range(picture.height - 1, 0, -1) if min(picture.crop((0, y, 600, y + 1)).tobytes()) < 100
        )
        gap = 0
        for y in range(footer - round(picture.height * 0.12), footer):
            gap = gap + 1 if min(picture.crop((0, y, 600, y + 1)).tobytes()) > 200 else 0
            if gap >= 5:
                break
        assert gap >= 5, f"{name}, page {number}: no white between text and footer"


@pytest.mark.parametrize("name", ["letter", "letter for twins", "letter copy", "summary", "masked summary"])
def test_every_word_of_a_staff_paper_is_on_it(name):
    text = text_of(made(name))
    paper = PAPERS[name][1]
    unprinted = {"", paper.sender.hours, paper.contact_phone} if name.startswith("letter") else {""}
    missing = [word for word in texts(paper) if word not in unprinted and squeezed(word) not in text]
    assert not missing


def test_twins_stand_in_one_letter():
    text = text_of(made("letter for twins"))
    for child in samples.TWINS_LETTER.children:
        assert squeezed(child.name) in text
        assert squeezed(child.order) in text
    assert text.count("นางสาวหน่อเอมู") == 2, "the mother once, and once as who notifies"


def test_the_letter_is_laid_out_as_thai_letters_are():
    lines = [squeezed(line) for line in page_text(made("letter"))[0].splitlines()]
    order = [
        "ที่คกม.118/2569",
        "23พฤศจิกายน",
        "เรื่อง",
        "เรียน",
        "สิ่งที่ส่งมาด้วย",
        "จึงเรียนมาเพื่อ",
        "ขอแสดงความนับถือ",
        "(กาญจนาวงศ์ไพร)",
        "สำหรับสำนักทะเบียน",
    ]
    places = [next(i for i, line in enumerate(lines) if word in line) for word in order]
    assert places == sorted(places)


def test_a_late_letter_gives_the_reason_and_a_timely_one_the_last_day():
    assert "พ้นกำหนด15วัน" in text_of(made("letter for twins"))
    assert "มารดาพักรักษาตัวหลังคลอด" in text_of(made("letter for twins"))
    assert "วันพุธที่2ธันวาคม" in text_of(made("letter"))


def test_a_parent_who_is_not_named_is_not_named():
    text = text_of(made("letter copy"))
    assert "themotherdoesnotwishtosay" in text
    assert "SawHtooWah" not in text


def test_the_checklist_says_what_is_missing_in_both_languages_and_that_it_is_free():
    text = text_of(made("checklist"))
    for line in (*samples.CHECKLIST.missing, *samples.CHECKLIST.have):
        assert squeezed(line.name.main) in text
        assert squeezed(line.name.th) in text
    assert squeezed("ကျွန်ုပ်တို့၏ အကူအညီသည် အခမဲ့ဖြစ်ပါသည်။") in text
    assert "ไม่ต้องจ่ายเงินให้ใคร" in text
    assert squeezed(samples.DUE.main) in text
    assert squeezed("စကောကရင်") in text, "a family that reads Karen hears it from an interpreter"


def test_the_help_box_of_the_checklist_never_stands_alone_on_a_page():
    last = squeezed(page_text(made("checklist"))[-1])
    assert "ความช่วยเหลือของเราไม่มีค่าใช้จ่าย" in last
    assert squeezed(samples.CHECKLIST.have[-1].name.th) in last


def test_thai_stands_once_on_a_paper_in_thai():
    assert text_of(made("checklist in Thai")).count("ความช่วยเหลือของเราไม่มีค่าใช้จ่าย") == 1


def test_a_text_nobody_reviewed_says_so_and_a_reviewed_one_names_the_reviewer():
    assert "องค์กรยังไม่ได้ตรวจทาน" in text_of(made("consent"))
    reviewed = NoticeText(paragraphs=(Said(main="ကျေးဇူးတင်ပါသည်"),), reviewed_by="ฝ่ายกฎหมาย", reviewed_on="2569")
    paper = replace(samples.CONSENT, notice=reviewed)
    text = text_of(compose(NoticeAndConsentKind(), as_facts(paper), language="my", stamp=samples.STAMP))
    assert "ฝ่ายกฎหมาย" in text
    assert "ยังไม่ได้ตรวจทาน" not in text


def test_who_signs_the_consent_signs_below_the_choices_of_a_named_child():
    *_before, last = [squeezed(page) for page in page_text(made("consent"))]
    for words in (samples.PAW_WAH.my, samples.CONSENT.sharings[0].purpose.th, "ผู้ตัดสินใจ", "ลายพิมพ์นิ้วมือ"):
        assert squeezed(words) in last
    first = squeezed(page_text(made("consent"))[0])
    assert first.count(squeezed(samples.PAW_WAH.my)) == 1, "the head of the page only where the form goes on"


@pytest.mark.parametrize("language", ["my", "th", "en"])
def test_the_plain_notice_says_why_who_reads_it_that_a_no_costs_nothing_and_whom_to_tell(language):
    notice = plain_notice(language, "055 000 111")
    assert len(notice.paragraphs) >= 6
    assert "15" in notice.paragraphs[3].main
    assert "055 000 111" in notice.paragraphs[-1].main
    assert all(bool(said.th) == (language != "th") for said in notice.paragraphs)


def test_the_receipt_comes_twice_on_one_sheet():
    (sheet,) = page_text(made("receipt"))
    assert sheet.index("ฉบับสำหรับครอบครัว") < sheet.index("ฉบับสำหรับคลินิก"), "the clinic's half keeps the code to scan"
    assert sheet.count("6301-2569-00418") == 2
    assert sheet.count(samples.STAMP.code) == 2, "the half of the family can be verified as well"
    assert "ลายพิมพ์นิ้วมือ" in sheet


def test_what_is_not_known_of_a_handover_has_a_line_to_write_on():
    paper = replace(samples.RECEIPT, on=Said(main=""), relation=Said(main=""))
    kind = HandoverReceiptKind()
    html = render_to_string(
        kind.template, {"paper": as_facts(paper), "words": kind.words("my"), "stamp": samples.STAMP, "language": "my"}
    )
    assert html.count('class="rule-line"') == 4, "day and relation in each half"


def test_the_spelling_sheet_leaves_out_a_father_who_is_not_to_be_named():
    paper = replace(samples.SPELLING, father=None)
    text = text_of(compose(SpellingSheetKind(), as_facts(paper), language="my", stamp=samples.STAMP))
    assert "นายซอทูวา" not in text
    assert "นางสาวหน่อเอมู" in text


def test_the_spelling_of_twins_is_signed_on_the_page_that_has_it():
    one, order = samples.SPELLING.children[0], Said(main="အမြွှာ 2 ဦးအနက် 1", th="แฝดคนที่ 1 ใน 2")
    paper = replace(samples.SPELLING, children=(replace(one, order=order),) * 2)
    assert page_count(compose(SpellingSheetKind(), as_facts(paper), language="my", stamp=samples.STAMP)) == 1


def test_html_and_addresses_in_a_name_are_only_letters():
    name = "<b onclick=x>Paw</b> url(file:///etc/passwd) <img src=http://127.0.0.1/a> {{ paper }}"
    paper = replace(samples.SPELLING, mother=Names(th=name, latin=name, my=name))
    text = text_of(compose(SpellingSheetKind(), as_facts(paper), language="my", stamp=samples.STAMP))
    assert text.count(squeezed(name)) == 3
    assert "root:" not in text


def test_a_very_long_name_without_spaces_stays_in_its_cell():
    long = "နော်" * 30
    paper = replace(samples.SPELLING, mother=Names(th="หน่อเอมูพอวาทูวา" * 4, latin="Naw Eh Mu", my=long))
    pdf = compose(SpellingSheetKind(), as_facts(paper), language="my", stamp=samples.STAMP)
    page = pypdfium2.PdfDocument(pdf)[0]
    rights = [item.get_bounds()[2] for item in page.get_objects(filter=[pypdfium2.raw.FPDF_PAGEOBJ_TEXT])]
    assert max(rights) < page.get_size()[0] - 18 / 25.4 * 72 + 1


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.key)
def test_a_kind_has_a_title_and_the_same_words_in_each_of_its_languages(kind):
    words = [set(kind().words(language)) for language in kind.languages]
    assert set(kind.titles) == set(kind.languages) - set(FURTHER)
    assert all(keys == words[0] for keys in words)


@pytest.mark.parametrize("kind", [k for k in KINDS if "my" in k.languages], ids=lambda kind: kind.key)
def test_family_papers_have_thai_beside_every_word(kind):
    for key, said in kind().words("my").items():
        if key != "title_th":
            assert said["main"], key
            assert said["th"], key


@pytest.mark.parametrize("kind", [k for k in KINDS if "my" in k.languages], ids=lambda kind: kind.key)
def test_words_for_families_keep_to_the_rules(kind):
    burmese = " ".join(said["main"] for key, said in kind().words("my").items() if key != "title_th")
    thai = " ".join(said["main"] for key, said in kind().words("th").items() if key != "title_th")
    assert "အမှု" not in burmese, "a court case"
    assert not any(particle in thai for particle in ("ครับ", "ค่ะ", "นะคะ"))


@pytest.mark.parametrize("name", [name for name, made_of in PAPERS.items() if made_of[2] == "my"])
def test_the_thai_beside_a_word_never_runs_into_it(name):
    kind, paper, language, _pages = PAPERS[name]
    text = "\n".join(page_text(made(name)))
    pairs = [(said["main"], said["th"]) for key, said in kind().words(language).items() if key != "title_th"]
    pairs += [(said.main, said.th) for said in values_of(paper, Said)]
    run_together = [main + th for main, th in pairs if main and th and main + th in text]
    assert not run_together


def values_of(value: Any, wanted: type) -> Iterator[Any]:
    """Every value of a dataclass within a paper."""
    if isinstance(value, wanted):
        yield value
    elif is_dataclass(value) and not isinstance(value, type):
        for field in fields(value):
            yield from values_of(getattr(value, field.name), wanted)
    elif isinstance(value, tuple):
        for item in value:
            yield from values_of(item, wanted)
