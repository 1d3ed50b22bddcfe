"""The engine: text that can be read back, nothing from outside, the same bytes again."""

import subprocess
import sys

import pypdfium2
import pytest
from django.conf import settings

from casework.documents.pages import page_count, page_text
from casework.documents.pdf import RenderFailed, StaticOnly, render

THAI = "เด็กที่เกิดจากบิดามารดาซึ่งเป็นแรงงานข้ามชาติในอำเภอแม่สอดได้รับการจดทะเบียนการเกิดเพิ่มขึ้น"
KHMER = "សំណើ_របស់_អ្នក_ត្រូវ_បាន_អនុម័ត_មួយ_ផ្នែក_ដោយ_មូលនិធិ".replace("_", "\u200b")
LAO = "ຄຳຮ້ອງ_ຂອງ_ທ່ານ_ໄດ້_ຮັບ_ອະນຸມັດ_ບາງ_ສ່ວນ_ຈາກ_ກອງທຶນ_ຂອງ_ພວກເຮົາ_ໃນ_ມື້_ນີ້".replace("_", "\u200b")
BURMESE = "ကလေးအဆုတ်ရောင်ရောဂါကြောင့်ဆေးရုံတွင်တက်ရောက်ကုသရန်လိုအပ်ပါသည်။မိသားစုတွင်ငွေမရှိပါ။"


def page(body: str, language: str = "th") -> str:
    return f'<!doctype html><html lang="{language}"><title>t</title><body>{body}</body></html>'


def joined(pdf: bytes) -> str:
    return "".join("".join(page_text(pdf)).split())


@pytest.mark.parametrize(
    ("language", "words"),
    [("th", THAI), ("my", BURMESE), ("en", "Birth certificate"), ("km", KHMER), ("lo", LAO), ("en", "ສົມພອນ សុខា")],
)
def test_words_can_be_read_back_from_the_pdf(language, words):
    assert words.replace(" ", "").replace("\u200b", "") in joined(
        render(page(f"<p>{words}</p>", language), language=language)
    )


def test_the_same_input_gives_the_same_bytes_in_this_and_in_another_process():
    html = page(f"<p>{THAI}</p><p lang='my'>{BURMESE}</p>")
    here = render(html, language="th", watermark="ตัวอย่าง")
    assert render(html, language="th", watermark="ตัวอย่าง") == here
    code = (
        "import sys, django; django.setup(); from casework.documents.pdf import render;"
        "sys.stdout.buffer.write(render(sys.stdin.buffer.read().decode(), language='th', watermark='ตัวอย่าง'))"
    )
    there = subprocess.run(
        [sys.executable, "-c", code],
        input=html.encode(),
        capture_output=True,
        check=True,
        cwd=settings.BASE_DIR,
    )
    assert there.stdout == here


def test_another_watermark_gives_another_document():
    assert render(page("<p>a</p>"), language="th", watermark="ก") != render(page("<p>a</p>"), language="th")


@pytest.mark.parametrize(
    "address",
    [
        "http://127.0.0.1:9/picture.png",
        "https://example.org/picture.png",
        "file:///etc/passwd",
        "/etc/passwd",
        "data:image/png;base64,iVBORw0KGgo=",
        "ftp://example.org/a",
        "part:nobody",
    ],
)
def test_foreign_addresses_are_refused(address):
    with pytest.raises(ValueError, match="nothing from outside"):
        StaticOnly({}).fetch(address)


def test_static_files_and_parts_are_served():
    assert b"<svg" in StaticOnly({}).fetch("own:kit/pictograms/phone.svg").read()
    assert StaticOnly({"qr-1": b"<svg/>"}).fetch("part:qr-1").read() == b"<svg/>"


@pytest.mark.parametrize("name", ["nothing.svg", "../manage.py", "kit/../../manage.py", "%2e%2e/manage.py", "kit"])
def test_a_missing_file_or_a_way_out_of_static_fails_the_document(name):
    with pytest.raises(RenderFailed):
        render(page(f'<img src="own:{name}">'), language="en")


def test_a_foreign_picture_is_left_out_and_the_rest_is_printed():
    pdf = render(page('<p>before</p><img src="file:///etc/passwd"><p>after</p>'), language="en")
    assert "beforeafter" in joined(pdf)


def test_a_watermark_cannot_end_its_string():
    pdf = render(page("<p>kept</p>"), language="en", watermark='"} p { display: none } "')
    assert "kept" in joined(pdf)


def glyph_boxes(pdf: bytes) -> list[tuple[float, float, float, float]]:
    sheet = pypdfium2.PdfDocument(pdf)[0]
    return [obj.get_bounds() for obj in sheet.get_objects(filter=[pypdfium2.raw.FPDF_PAGEOBJ_TEXT])]


@pytest.mark.parametrize(("language", "words"), [("th", THAI), ("my", BURMESE), ("km", KHMER), ("lo", LAO)])
def test_text_breaks_inside_a_narrow_cell(language, words):
    style = "width:60mm;table-layout:fixed;border-spacing:0"
    cell = f'<table style="{style}"><tr><td>{words}</td><td></td></tr></table>'
    boxes = glyph_boxes(render(page(cell, language), language=language))
    left, right = 18 / 25.4 * 72, (18 + 30) / 25.4 * 72
    assert len(boxes) > 3, "the text should take several lines"
    assert all(box[0] >= left - 1 and box[2] <= right + 1 for box in boxes)


def test_what_follows_a_lao_mark_is_not_drawn_over_it():
    mark, number = glyph_boxes(render(page("<p>ທີ 4</p>", "lo"), language="lo"))
    assert number[0] >= mark[2]


def test_a_thai_year_stays_with_its_era_and_a_day_with_its_month():
    date = "วันจันทร์ที่\u00a030\u00a0พฤศจิกายน พ.ศ.\u00a02569 (ค.ศ.\u00a02026)"
    cells = "".join(f'<p style="width:{width}mm">{date}</p>' for width in range(22, 60, 2))
    pdf = render(page(cells), language="th")
    lines = pypdfium2.PdfDocument(pdf)[0].get_textpage().get_text_range().splitlines()
    assert len(lines) > 19 * 2
    assert not [line for line in lines if line.strip().endswith(("ศ.", "30", "ที่"))]


def test_pages_are_counted():
    assert page_count(render(page("<p>1</p><p style='break-before:page'>2</p>"), language="en")) == 2
