"""What the content of a sent file may be, and what is kept of it."""

from __future__ import annotations

import struct
import zipfile
import zlib
from collections.abc import Callable
from io import BytesIO

import pydyf
import pytest
from PIL import Image

from casework.documents import pages_apart
from casework.documents import pdf as pdf_library
from casework.documents.attachments import (
    CUT_PDF,
    LONGEST_SIDE,
    MOST_BYTES,
    MOST_PAGES,
    PHOTO_BYTES,
    TWO_IN_ONE,
    cleaned,
)
from casework.documents.pages import NoSuchPage, page_count
from casework.documents.pages_apart import TooHard, sent_page_picture
from casework.kernel.refusals import Refusal

GPS = 0x8825
ORIENTATION = 0x0112


def picture(size: tuple[int, int] = (60, 40), form: str = "JPEG", mode: str = "RGB", **more: object) -> bytes:
    out = BytesIO()
    Image.new(mode, size, more.pop("colour", "navy")).save(out, form, **more)
    return out.getvalue()


def photo_with_place(size: tuple[int, int] = (60, 40)) -> bytes:
    exif = Image.Exif()
    exif[ORIENTATION] = 6
    exif[0x010F] = "SecretPhoneMaker"
    exif.get_ifd(GPS)[1] = "N"
    return picture(size, exif=exif.tobytes(), comment=b"SecretComment")


def pdf(
    add: Callable[[pydyf.PDF], None] = lambda made: None, *, compress: bool = False, box: tuple = (200, 300),
    pages: int = 1,
) -> bytes:  # fmt: skip
    """A page of one line, or more; with `compress`, its objects lie in compressed object streams."""
    made = pydyf.PDF()
    for _ in range(pages):
        add_page(made, [b"0 0 m 10 10 l S"], box)
    add(made)
    out = BytesIO()
    made.write(out, version=b"1.7", identifier=b"x", compress=compress)
    return out.getvalue()


def add_page(made: pydyf.PDF, drawn: list[bytes], box: tuple = (200, 300), **resources: object) -> None:
    content = pydyf.Stream(drawn)
    made.add_object(content)
    page = {"Type": "/Page", "Parent": made.pages.reference, "Contents": content.reference}
    page["Resources"] = pydyf.Dictionary(resources)
    made.add_page(pydyf.Dictionary({**page, "MediaBox": pydyf.Array([0, 0, *box])}))


def action(kind: str) -> Callable[[pydyf.PDF], None]:
    def add(made: pydyf.PDF) -> None:
        act = pydyf.Dictionary({"S": f"/{kind}", "JS": pydyf.String("app.alert(1)"), "F": pydyf.String("cmd.exe")})
        made.add_object(act)
        made.catalog["OpenAction"] = act.reference

    return add


def attached_file(made: pydyf.PDF) -> None:
    inner = pydyf.Stream([b"MZ program"], {"Type": "/EmbeddedFile"})
    made.add_object(inner)
    names = pydyf.Dictionary({"F": inner.reference})
    made.catalog["Names"] = pydyf.Dictionary(
        {"EmbeddedFiles": pydyf.Dictionary({"Names": pydyf.Array(["(a)", names])})}
    )


class Number(pydyf.Object):
    """A number as an object of its own."""

    def __init__(self, value: int) -> None:
        super().__init__()
        self.value = value

    @property
    def data(self) -> bytes:
        return str(self.value).encode()


def drawn(width: int, height: int, *, inside: bool = False) -> Callable[[pydyf.PDF], None]:
    """A page that draws a picture of so many pixels, whose size stands in objects of its own; `inside` another one."""

    def add(made: pydyf.PDF) -> None:
        sides = [Number(width), Number(height)]
        for side in sides:
            made.add_object(side)
        image = {"Type": "/XObject", "Subtype": "/Image", "BitsPerComponent": 8, "ColorSpace": "/DeviceGray"}
        size = {"Width": sides[0].reference, "Height": sides[1].reference}
        shown = pydyf.Stream([b"0"], {**image, **size})
        made.add_object(shown)
        names = pydyf.Dictionary({"Im": shown.reference})
        if inside:
            form = {"Type": "/XObject", "Subtype": "/Form", "BBox": pydyf.Array([0, 0, 1, 1])}
            around = pydyf.Stream([b"/Im Do"], {**form, "Resources": pydyf.Dictionary({"XObject": names})})
            made.add_object(around)
            names = pydyf.Dictionary({"Im": around.reference})
        add_page(made, [b"q 100 0 0 100 0 0 cm /Im Do Q"], XObject=names)

    return add


def drawn_in_parts(levels: int) -> Callable[[pydyf.PDF], None]:
    """A page that draws a part ten times, which draws a part ten times, and so on."""

    def add(made: pydyf.PDF) -> None:
        content, names = b"0 0 9 9 re f", pydyf.Dictionary()
        for _level in range(levels):
            form = {"Type": "/XObject", "Subtype": "/Form", "BBox": pydyf.Array([0, 0, 200, 300])}
            part = pydyf.Stream([content], {**form, "Resources": pydyf.Dictionary({"XObject": names})})
            made.add_object(part)
            content, names = b"/A Do " * 10, pydyf.Dictionary({"A": part.reference})
        add_page(made, [content], XObject=names)

    return add


def words_like_a_picture(made: pydyf.PDF) -> None:
    """Words that look like the size of a picture, with a number no number type holds."""
    made.info["Title"] = pydyf.String("/Height " + "1" * 5000 + " /Width 1")


def archive() -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        made.writestr("run.exe", b"MZ")
    return out.getvalue()


def png_that_claims(width: int, height: int) -> bytes:
    """A small PNG whose header promises very many pixels."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"\0" * 99)) + chunk(b"IEND", b"")
    )


def refusal_of(content: bytes) -> Refusal:
    with pytest.raises(Refusal) as refused:
        cleaned(content)
    assert refused.value.field == "files"
    return refused.value


def test_a_photo_loses_where_and_with_what_it_was_taken_and_is_turned_upright():
    kept = cleaned(photo_with_place())
    image = Image.open(BytesIO(kept.content))
    assert kept.mime == "image/jpeg"
    assert image.size == (40, 60)
    assert not image.getexif()
    assert b"Secret" not in kept.content
    assert b"Exif" not in kept.content


def test_a_large_photo_becomes_small_and_keeps_its_shape():
    noise = Image.effect_noise((3200, 2400), 60).convert("RGB")
    out = BytesIO()
    noise.resize((800, 600)).resize((3200, 2400)).save(out, "JPEG", quality=95)
    kept = cleaned(out.getvalue())
    assert Image.open(BytesIO(kept.content)).size == (LONGEST_SIDE, 1200)
    assert len(kept.content) <= PHOTO_BYTES


@pytest.mark.parametrize("mode", ["RGBA", "LA", "L", "P", "1", "I;16"])
def test_every_kind_of_png_becomes_a_jpeg(mode):
    kept = cleaned(picture(form="PNG", mode=mode, colour=0))
    assert Image.open(BytesIO(kept.content)).mode == "RGB"


def test_what_is_transparent_becomes_white_paper():
    kept = cleaned(picture(form="PNG", mode="RGBA", colour=(0, 0, 0, 0)))
    assert Image.open(BytesIO(kept.content)).getpixel((5, 5)) == (255, 255, 255)


def test_an_archive_behind_a_photo_does_not_survive():
    sent = picture() + archive()
    assert zipfile.is_zipfile(BytesIO(sent))
    assert not zipfile.is_zipfile(BytesIO(cleaned(sent).content))


def test_a_picture_of_too_many_pixels_is_refused_before_it_is_opened():
    assert refusal_of(png_that_claims(60_000, 60_000)).code == "E-DOC-8"
    assert refusal_of(png_that_claims(8_000, 5_001)).code == "E-DOC-8"


def test_a_damaged_photo_is_refused():
    assert pdf_library.weasyprint  # which is lenient with damaged pictures
    assert refusal_of(picture((900, 900))[:600]).code == "E-DOC-7"
    assert refusal_of(b"\xff\xd8\xff" + b"no photo").code == "E-DOC-7"
    assert refusal_of(png_that_claims(90, 90)).code == "E-DOC-7"


@pytest.mark.parametrize(
    "content",
    [b"", b"GIF89a", b"<html><script>alert(1)</script>", b"MZ\x90", archive(), b"junk" + pdf(), picture(form="GIF")],
)
def test_what_is_no_photo_and_no_pdf_is_refused(content):
    assert refusal_of(content).code == "BR-DOC-1"


def heic(size: tuple[int, int] = (60, 40)) -> bytes:
    """What a phone of another make sends, with its place and make in it."""
    exif = Image.Exif()
    exif[ORIENTATION], exif[0x010F] = 6, "SecretPhoneMaker"
    exif.get_ifd(GPS)[1] = "N"
    return picture(size, "HEIF", exif=exif.tobytes())


def test_a_heic_photo_becomes_an_upright_jpeg_without_metadata():
    sent = heic()
    assert b"Secret" in sent
    kept = cleaned(sent)
    image = Image.open(BytesIO(kept.content))
    assert (kept.mime, image.format, image.size) == ("image/jpeg", "JPEG", (40, 60))
    assert not image.getexif()
    assert b"Secret" not in kept.content


def test_a_damaged_heic_photo_is_refused_as_other_damaged_photos():
    sent = heic((300, 200))
    for damaged in (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", sent[: len(sent) // 2], sent[:-40] + b"\xff" * 10):
        assert refusal_of(damaged).code == "E-DOC-7"


def test_a_heic_photo_of_too_many_pixels_is_refused(monkeypatch):
    monkeypatch.setattr("casework.documents.attachments.MOST_PIXELS", 2399)
    assert refusal_of(heic()).code == "E-DOC-8"
    monkeypatch.setattr("casework.documents.attachments.MOST_PIXELS", 2400)
    assert cleaned(heic()).mime == "image/jpeg"


def test_photos_to_ten_megabytes_and_scans_to_twenty_five():
    assert cleaned(picture() + b"\0" * (MOST_BYTES["image"] - len(picture()))).mime == "image/jpeg"
    assert refusal_of(picture() + b"\0" * MOST_BYTES["image"]).code == "BR-DOC-1"
    scan = pdf()
    assert cleaned(scan + b"\n" * (MOST_BYTES["pdf"] - len(scan))).mime == "application/pdf"
    assert refusal_of(scan + b"\n" * MOST_BYTES["pdf"]).code == "BR-DOC-1"


@pytest.mark.parametrize("compress", [False, True])
def test_a_plain_pdf_is_kept(compress):
    kept = cleaned(pdf(compress=compress))
    assert kept.mime == "application/pdf"
    assert page_count(kept.content) == 1


@pytest.mark.parametrize("compress", [False, True])
@pytest.mark.parametrize("kind", ["JavaScript", "Java#53cript", "Launch", "L#61unch", "GoToE", "SubmitForm"])
def test_a_pdf_that_acts_is_refused_also_where_the_act_is_compressed(kind, compress):
    assert refusal_of(pdf(action(kind), compress=compress)).code == "E-DOC-9"


@pytest.mark.parametrize("compress", [False, True])
def test_a_pdf_that_carries_a_file_is_refused(compress):
    assert refusal_of(pdf(attached_file, compress=compress)).code == "E-DOC-9"


def test_a_pdf_with_another_file_behind_it_is_refused():
    assert refusal_of(pdf() + archive()).code == "E-DOC-9"
    assert refusal_of(pdf() + b"<script>").code == "E-DOC-9"


def test_a_pdf_that_was_cut_off_is_called_damaged_and_not_hiding_a_file():
    whole = pdf()
    for cut in (whole[: len(whole) // 2], whole[:-8], whole + b"\n7 0 obj\n<< /Type /Page", whole + b"xref\n0 4\n"):
        refused = refusal_of(cut)
        assert (refused.code, refused.sentence) == ("E-DOC-7", CUT_PDF)
    hidden = refusal_of(whole + b"\n7 0 obj\n" + archive())
    assert (hidden.code, hidden.sentence) == ("E-DOC-9", TWO_IN_ONE)
    assert cleaned(whole).mime == "application/pdf"


@pytest.mark.parametrize(("times", "is_refused"), [(100, False), (1_000, True)])
def test_a_photo_that_is_drawn_over_and_over_is_refused(times, is_refused):
    """Some hundred kilobytes of it held the process that answers pages for half a minute, ten megabytes for an hour."""
    whole = picture((64, 64), progressive=True)
    sent = whole[:-2] + whole[whole.rindex(b"\xff\xda") : -2] * times + whole[-2:]
    if is_refused:
        assert refusal_of(sent).code == "E-DOC-7"
    else:
        assert cleaned(sent).mime == "image/jpeg"


@pytest.mark.parametrize("inside", [False, True])
def test_a_pdf_with_a_picture_too_large_to_draw_is_refused(inside):
    assert refusal_of(pdf(drawn(30_000, 30_000, inside=inside))).code == "E-DOC-8"
    assert cleaned(pdf(drawn(5_000, 8_000, inside=inside))).mime == "application/pdf"


@pytest.mark.parametrize(("levels", "is_refused"), [(2, False), (7, True)])
def test_a_pdf_that_takes_all_time_and_memory_to_draw_is_refused(levels, is_refused, monkeypatch):
    """Two kilobytes held the process that answers pages for minutes, and took gigabytes."""
    monkeypatch.setattr(pages_apart, "LOOK_SECONDS", 1)
    sent = pdf(drawn_in_parts(levels))
    if is_refused:
        assert refusal_of(sent).code == "E-DOC-25"
    else:
        assert cleaned(sent).mime == "application/pdf"


def test_a_page_that_takes_too_long_is_not_drawn(monkeypatch):
    monkeypatch.setattr(pages_apart, "DRAW_SECONDS", 0)
    assert sent_page_picture(pdf(drawn_in_parts(2)), 2).startswith(b"RIFF")
    with pytest.raises(TooHard):
        sent_page_picture(pdf(drawn_in_parts(7)), 2)
    with pytest.raises(NoSuchPage):
        sent_page_picture(pdf(), 2)


def test_words_that_look_like_the_size_of_a_picture_harm_nothing():
    assert cleaned(pdf(words_like_a_picture)).mime == "application/pdf"


def test_a_pdf_of_too_many_pages_is_refused():
    assert refusal_of(pdf(pages=MOST_PAGES + 1)).code == "E-DOC-15"
    assert page_count(cleaned(pdf(pages=MOST_PAGES)).content) == MOST_PAGES


def test_a_pdf_that_cannot_be_opened_or_drawn_is_refused():
    assert refusal_of(b"%PDF-1.7\nnothing\n%%EOF").code == "E-DOC-7"
    assert refusal_of(pdf(box=(1, 14400))).code == "E-DOC-7"
