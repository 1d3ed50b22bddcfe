"""Files as offices send them: Excel and text in every encoding, and what is no spreadsheet at all."""

from __future__ import annotations

import io
import zipfile
from datetime import date

import pytest
import xlsxwriter

from casework.imports import archive
from casework.imports.reading import read_book
from casework.kernel.refusals import Refusal
from tests.imports.sheets import HEADINGS, workbook


def rebuilt(content: bytes, **changed: bytes) -> bytes:
    """A workbook with parts replaced or added; names write __ for / and end without .xml."""
    buffer = io.BytesIO()
    parts = {f"xl/{name.replace('__', '/')}.xml": data for name, data in changed.items()}
    with (
        zipfile.ZipFile(io.BytesIO(content)) as old,
        zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for part in old.infolist():
            new.writestr(part.filename, parts.pop(part.filename, None) or old.read(part.filename))
        for name, data in parts.items():
            new.writestr(name, data)
    return buffer.getvalue()


def test_a_workbook_keeps_the_type_of_each_cell():
    book = read_book(
        workbook(("Births", [HEADINGS, (1, "Ma Hla", "F", date(2020, 2, 29), "Ma Mya", 812345678)])), "a.xlsx"
    )
    assert book.kind == "xlsx"
    assert book.grids[0].name == "Births"
    assert list(book.grids[0].rows[1]) == [1.0, "Ma Hla", "F", date(2020, 2, 29), "Ma Mya", 812345678.0]


def test_rows_keep_their_numbers_when_the_sheet_begins_with_blank_ones():
    book = read_book(workbook(("a", [(), (), HEADINGS])), "a.xlsx")
    assert book.grids[0].rows[2][1] == "Name of child"


def test_rows_that_are_hidden_are_read_and_known():
    rows = [HEADINGS, (1, "Ma Hla"), (2, "Ma Mya"), (3, "Ma Win")]
    grid = read_book(workbook(("a", rows), hidden=(3, 4)), "a.xlsx").grids[0]
    assert (len(grid.rows), grid.hidden) == (4, {3, 4})
    assert read_book(workbook(("a", rows)), "a.xlsx").grids[0].hidden == set()


def test_formulas_and_where_they_stand_are_known():
    book = read_book(workbook(("a", [HEADINGS, (1, '=HYPERLINK("http://example.test")')])), "a.xlsx")
    assert book.grids[0].places == {(2, 2): "formula"}


@pytest.mark.parametrize(
    ("encoding", "told"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8-sig"),
        ("cp874", "cp874"),
        ("tis-620", "cp874"),
        ("utf-16", "utf-16"),
    ],
)
@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_text_files_of_every_encoding_and_separator(encoding, told, separator):
    rows = [("ชื่อเด็ก", "เพศ", "วันเกิด"), ("มะลิ, ใจดี", "หญิง", "๒/๕/๒๕๕๙")]
    text = "\r\n".join(separator.join(f'"{cell}"' for cell in row) for row in rows)
    book = read_book(text.encode(encoding), "ทะเบียน.csv")
    assert [tuple(row) for row in book.grids[0].rows] == rows
    assert (book.encoding, book.separator, book.grids[0].name) == (told, separator, "ทะเบียน")


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "E-IMP-1"),
        (b"x" * (10 * 1024 * 1024 + 1), "E-IMP-1"),
        (b"PK\x03\x04 and then nothing", "E-IMP-2"),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF", "E-IMP-2"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 old", "E-IMP-3"),
        ("Café;Noël;Zürich\nà;é;ü".encode("latin-1"), "E-IMP-6"),
        (b",".join([b"x"] * 200), "E-IMP-5"),
        (b"a,b\n" * 60_001, "E-IMP-5"),
    ],
)
def test_what_is_no_register_is_refused_in_a_sentence(content, code):
    with pytest.raises(Refusal) as refused:
        read_book(content, "file")
    assert refused.value.code == code
    assert str(refused.value.sentence).endswith((".", "?"))


def test_a_zip_that_is_no_workbook_is_refused():
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("letter.txt", "dear sir")
    with pytest.raises(Refusal) as refused:
        read_book(buffer.getvalue(), "a.xlsx")
    assert refused.value.code == "E-IMP-2"


def test_a_bomb_is_refused_before_it_is_unpacked(monkeypatch):
    monkeypatch.setattr(archive, "LARGEST_UNPACKED", 1024 * 1024)
    bomb = rebuilt(workbook(("a", [HEADINGS])), worksheets__sheet2=b" " * (1024 * 1024))
    assert len(bomb) < 64 * 1024
    with pytest.raises(Refusal) as refused:
        read_book(bomb, "a.xlsx")
    assert refused.value.code == "E-IMP-4"


@pytest.mark.parametrize("far", [b"A1048576", b"XFD2", b"a99999", b"DA7"])
def test_one_cell_at_the_end_of_the_world_does_not_take_all_memory(far):
    sheet = (
        b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
        b'<row r="1"><c r="A1"><v>1</v></c></row><row><c r="' + far + b'"><v>1</v></c></row></sheetData></worksheet>'
    )
    with pytest.raises(Refusal) as refused:
        read_book(rebuilt(workbook(("a", [HEADINGS])), worksheets__sheet1=sheet), "a.xlsx")
    assert refused.value.code == "E-IMP-5"


MAIN = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
FAR = b'<row r="1"><c r="A1"><v>1</v></c></row><row><c r="XFD1048576"><v>1</v></c></row>'


def sheet_of(cells: bytes) -> bytes:
    """A sheet with these rows."""
    return b'<worksheet xmlns="' + MAIN + b'"><sheetData>' + cells + b"</sheetData></worksheet>"


@pytest.mark.parametrize(
    ("part", "before", "after"),
    [
        ("xl/workbook.xml", b"r:id=", b"relationships:id="),
        ("xl/_rels/workbook.xml.rels", b"worksheets/sheet1.xml", b"Worksheets/SHEET1.xml"),
    ],
)
def test_a_sheet_is_looked_at_under_whatever_name_it_is_opened(part, before, after):
    """A kilobyte was laid out as seventeen thousand million cells, and took the process or the machine with it."""
    buffer = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(workbook(("a", [HEADINGS])))) as old,
        zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            data = old.read(name)
            new.writestr(
                name,
                data.replace(before, after).replace(b"xmlns:r=", b"xmlns:relationships=") if name == part else data,
            )
    content = buffer.getvalue()
    assert list(read_book(content, "a.xlsx").grids[0].rows[0]) == list(HEADINGS)
    with pytest.raises(Refusal) as refused:
        read_book(rebuilt(content, worksheets__sheet1=sheet_of(FAR)), "a.xlsx")
    assert refused.value.code == "E-IMP-5"


def test_no_book_of_another_kind_is_hidden_in_a_workbook():
    """Its cells were read without a look at how many they are, where the Excel one could not be opened."""
    table = (
        b'<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
        b' xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"><office:body><office:spreadsheet>'
        b'<table:table table:name="a"><table:table-row table:number-rows-repeated="60001"><table:table-cell'
        b' office:value-type="float" office:value="1"/></table:table-row></table:table>'
        b"</office:spreadsheet></office:body></office:document-content>"
    )
    buffer = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(workbook(("a", [HEADINGS])))) as old,
        zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            if name != "_rels/.rels":
                new.writestr(name, old.read(name))
        new.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        new.writestr("META-INF/manifest.xml", "<manifest/>")
        new.writestr("content.xml", table)
    with pytest.raises(Refusal) as refused:
        read_book(buffer.getvalue(), "a.xlsx")
    assert refused.value.code == "E-IMP-2"


@pytest.mark.parametrize(("across", "down", "is_refused"), [(104, 3, False), (105, 3, True), (1, 60_001, True)])
def test_cells_that_do_not_say_where_they_stand_are_counted_where_they_will(across, down, is_refused):
    rows = b"<row>" + b"<c><v>1</v></c>" * across + b"</row>" + b"<row><c><v>2</v></c></row>" * (down - 1)
    book = rebuilt(workbook(("a", [HEADINGS])), worksheets__sheet1=sheet_of(rows))
    if not is_refused:
        grid = read_book(book, "a.xlsx").grids[0]
        assert (len(grid.rows), len(grid.rows[0]), grid.rows[2][0]) == (down, across, 2.0)
        return
    with pytest.raises(Refusal) as refused:
        read_book(book, "a.xlsx")
    assert refused.value.code == "E-IMP-5"


@pytest.mark.parametrize(("times", "is_refused"), [(3, False), (4, True)])
def test_one_long_text_in_every_cell_does_not_take_all_memory(times, is_refused, monkeypatch):
    monkeypatch.setattr(archive, "MOST_LETTERS", 3_000)
    shared = b'<sst xmlns="' + MAIN + b'"><si><t>' + b"x" * 1_000 + b"</t></si></sst>"
    cells = b"<row>" + b'<c t="s"><v>0</v></c>' * times + b"</row>"
    book = rebuilt(workbook(("a", [HEADINGS])), worksheets__sheet1=sheet_of(cells), sharedStrings=shared)
    if not is_refused:
        assert len(read_book(book, "a.xlsx").grids[0].rows[0]) == times
        return
    with pytest.raises(Refusal) as refused:
        read_book(book, "a.xlsx")
    assert refused.value.code == "E-IMP-5"


@pytest.mark.parametrize(
    ("part", "data"),
    [
        ("styles", b"<styleSheet><fonts>" + b"<font>" * 300_000),
        ("styles", b"<styleSheet>" + b"<cellXfs" * 300_000),
        ("worksheets__sheet1", b"<worksheet><sheetData>" + b"<row " * 300_000),
        ("worksheets__sheet1", b'<!DOCTYPE x [<!ENTITY a "1">]>' + sheet_of(b"<row><c><v>&a;</v></c></row>")),
    ],
)
def test_what_never_ends_does_not_take_all_time(part, data):
    """A file of a few kilobytes held a web process until it was ended from outside."""
    with pytest.raises(Refusal) as refused:
        read_book(rebuilt(workbook(("a", [HEADINGS])), **{part: data}), "a.xlsx")
    assert refused.value.code == "E-IMP-2"


def test_the_formula_of_a_list_to_choose_from_is_none_of_a_cell():
    rows = b"<row><c><v>1</v></c><c><f>A1</f><v>1</v></c><c><v>3</v></c></row></sheetData><sheetData>"
    book = rebuilt(
        workbook(("a", [HEADINGS])),
        worksheets__sheet1=sheet_of(rows).replace(
            b"</worksheet>", b"<extLst><ext><f>Sheet2!A1</f></ext></extLst></worksheet>"
        ),
    )
    assert read_book(book, "a.xlsx").grids[0].places == {(1, 2): "formula"}


@pytest.mark.parametrize(("sheets", "is_refused"), [(1, False), (2, True)])
def test_many_sheets_with_one_cell_far_away_do_not_take_it_either(sheets, is_refused, monkeypatch):
    monkeypatch.setattr(archive, "MOST_CELLS", 60_000)
    far = [("x",), *[()] * 1_000, ("",) * 49 + ("x",)]
    book = workbook(*((str(number), far) for number in range(sheets)))
    if not is_refused:
        assert len(read_book(book, "a.xlsx").grids) == 1
        return
    with pytest.raises(Refusal) as refused:
        read_book(book, "a.xlsx")
    assert refused.value.code == "E-IMP-5"


def test_cells_merged_over_one_another_do_not_take_all_time(monkeypatch):
    """A hundred thousand of them, in a file of 20 kB, took five minutes of a web process."""
    monkeypatch.setattr("casework.imports.reading.MOST_CELLS", 5_000)
    cell = b'<row r="%d"><c r="A%d"><v>1</v></c></row>'
    for merged, is_refused in ((4, False), (6, True)):
        sheet = (
            b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
            + cell % (1, 1) + cell % (1001, 1001) + b"</sheetData><mergeCells>"
            + b'<mergeCell ref="A1:A1001"/>' * merged + b"</mergeCells></worksheet>"
        )  # fmt: skip
        book = rebuilt(workbook(("a", [HEADINGS])), worksheets__sheet1=sheet)
        if not is_refused:
            assert read_book(book, "a.xlsx").grids[0].rows[1000][0] == 1
            continue
        with pytest.raises(Refusal) as refused:
            read_book(book, "a.xlsx")
        assert refused.value.code == "E-IMP-5"


def test_a_damaged_sheet_is_refused():
    with pytest.raises(Refusal) as refused:
        read_book(rebuilt(workbook(("a", [HEADINGS])), worksheets__sheet1=b"<worksheet><sheetData><row"), "a.xlsx")
    assert refused.value.code == "E-IMP-2"


def test_what_is_merged_downwards_stands_in_each_row_and_wide_cells_tell_how_far():
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    sheet = book.add_worksheet("Births")
    sheet.merge_range("A1:B1", "Mother")
    sheet.write_row("A2", ["Name", "ID number", "Baby name"])
    sheet.merge_range("A3:A4", "Ma Win")
    sheet.write_row("B3", ["7", "Aye"])
    sheet.write_row("B4", ["7", "Htoo"])
    book.close()
    grid = read_book(buffer.getvalue(), "a.xlsx").grids[0]
    assert [row[0] for row in grid.rows] == ["Mother", "Name", "Ma Win", "Ma Win"]
    assert grid.spans == {0: {0: 1}}
