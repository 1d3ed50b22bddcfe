"""Programme reports: charts are drawn from stored numbers when the pages are made."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from casework.documents import parts
from casework.documents import report as reports
from casework.documents.compose import Stamp, as_facts, compose
from casework.documents.pages import draw_page, page_count, page_text
from casework.documents.pdf import RenderFailed
from casework.documents.reading import PageCode, page_code
from casework.documents.report import Columns, Definition, Lines, Map, Part, ReportKind, ReportPaper, Stat

CODED = Stamp(
    code="K7PD-3MXA-9QRT", url="https://casework.example.org/verify/K7PD3MXA9QRT/", made_at="23 Nov 2026 14:05",
    made_by="Somchai Kaewta", office="Mae Sot clinic",
)  # fmt: skip
STAMP = Stamp(code="", url="", made_at="", made_by="", office="Mae Sot clinic")


class BirthsReport(ReportKind):
    key = "test.report"
    titles = {"en": "Births", "th": "การเกิด"}


def report(finding: str = "Eight in ten") -> ReportPaper:
    columns = Columns(categories=("Jun", "Jul"), series=(("in time", (50, 52)), ("late", (14, 0))), partial=(1,))
    return ReportPaper(
        period="June–July 2026",
        stats=(Stat(value="412", label="registered"),),
        parts=(
            Part(title="By month", finding=finding, chart=columns, columns=("Month", "In time"), rows=(("Jun", "50"),)),
            Part(title="Missing", chart=Lines(rows=(("no paper", 23, "40 %"),))),
            Part(title="Where", chart=Map(counts={"63": 186}, names={"63": "ตาก"}, unknown=4), starts_page=True),
        ),
        definitions=(Definition(code="M1", name="Registered in time", text="first submission by the last day"),),
    )


def made(paper: ReportPaper, language: str = "en") -> bytes:
    stored = json.loads(json.dumps(as_facts(paper)))
    return compose(BirthsReport(), stored, language=language, stamp=STAMP)


def test_a_report_has_its_figures_charts_tables_and_definitions():
    pdf = made(report())
    first, last = page_text(pdf)
    assert page_count(pdf) == 2, "what the figures mean needs no page of its own"
    assert all(word in first for word in ("412", "Eight in ten", "Jun", "64", "no paper", "40 %"))
    assert "ตาก 186" in last
    assert "first submission by the last day" in last


def test_the_making_tells_how_far_it_is(caplog):
    told: list[int] = []
    stored = json.loads(json.dumps(as_facts(report())))
    quietly = compose(BirthsReport(), stored, language="en", stamp=STAMP)
    assert compose(BirthsReport(), stored, language="en", stamp=STAMP, tell=told.append) == quietly
    assert told == sorted(told) and len(set(told)) >= 7 and told[0] > 0 and told[-1] < 100
    assert not caplog.records, "the steps are not for the log"


def test_words_of_a_chart_are_only_letters():
    assert "<script>alert(1)</script>" in page_text(made(report("<script>alert(1)</script>")))[0]


def test_a_report_speaks_thai():
    assert "ความหมายของตัวเลข" in page_text(made(report(), "th"))[-1]


def long_report(rows: int) -> dict[str, object]:
    """A report with a short table, a long one of three columns, and definitions."""
    lines = tuple((f"row-{at:03d}", "เด็กหญิงพอวา", str(at)) for at in range(rows))
    paper = ReportPaper(
        period="2026",
        stats=(Stat(value="412", label="registered"),),
        parts=(
            Part(title="By month", columns=("Month", "In time"), rows=(("Jun", "50"),)),
            Part(title="Births", columns=("Case", "Child", "Days"), rows=lines, note="Counted by place of birth"),
        ),
        definitions=(Definition(code="M1", name="Registered in time", text="first submission by the last day"),),
    )
    return json.loads(json.dumps(as_facts(paper)))


def pages_of(facts: dict[str, object], **more: object) -> tuple[bytes, list[str]]:
    pdf = compose(BirthsReport(), facts, language="en", stamp=CODED, **more)
    return pdf, page_text(pdf)


def test_a_long_report_is_laid_out_in_parts_and_is_one_paper(monkeypatch):
    monkeypatch.setattr(reports, "MOST_CELLS", 150)
    told: list[int] = []
    pdf, pages = pages_of(long_report(120), watermark="Demo", tell=told.append)
    assert pages_of(long_report(120), watermark="Demo")[0] == pdf, "the same bytes again"
    assert told == sorted(told) and len(told) == 3, "three parts"
    everything = "\n".join(pages)
    assert [f"row-{at:03d}" in everything for at in range(120)] == [True] * 120
    assert everything.index("row-047") < everything.index("row-048") < everything.index("row-119")
    for number, text in enumerate(pages, start=1):
        assert f"{number} / {len(pages)}" in text and text.count(" / ") == 1, "its number, and nothing of the register"
        assert page_code(draw_page(pdf, number, width=1000)) == PageCode("K7PD3MXA9QRT", number)
        assert CODED.made_by in text
    assert all("Case" in text and "Child" in text for text in pages if "row-" in text), "the head of the table"
    for words in ("412", "By month", "Counted by place of birth", "first submission by the last day"):
        assert everything.count(words) == 1
    assert "412" in pages[0] and "first submission by the last day" in pages[-1]


def test_a_table_that_just_fits_is_laid_out_as_one(monkeypatch):
    facts = long_report(30)
    monkeypatch.setattr(reports, "MOST_CELLS", 92)
    assert len(BirthsReport().parted(facts)) == 1
    monkeypatch.setattr(reports, "MOST_CELLS", 91)
    assert len(BirthsReport().parted(facts)) == 2
    monkeypatch.setattr(reports, "MOST_CELLS", 3)
    in_parts = BirthsReport().parted(facts)
    rows = [row for part in in_parts for section in part["parts"] for row in section["rows"]]
    assert rows == [row for section in facts["parts"] for row in section["rows"]], "every row once, in order"


def test_a_part_that_cannot_be_laid_out_fails_the_paper():
    with pytest.raises(RenderFailed, match="FatalURLFetchingError"):
        parts.laid_out(['<img src="own:nothing.svg">'], language="en", watermark="")


def test_six_figures_stand_in_two_lines_and_half_days_stay():
    stats = tuple(Stat(value="24.5 days", label="From the first visit to the certificate") for _number in range(6))
    part = Part(title="Days", chart=Lines(rows=(("Submitted", 24.5, "days"), ("Certificate", 25, "days"))))
    paper = replace(report(), stats=stats, parts=(part,))
    (first,) = page_text(made(paper))
    assert "24.5 days" in first and "25 days" in first
    places = [line for line in first.splitlines() if "24.5 days" in line]
    assert len(places) >= 2


def test_a_chart_begins_on_the_page_that_has_room_for_it_though_not_for_its_table():
    months = tuple((f"Month {number}", "50") for number in range(20))
    stretches = tuple((f"Stretch {number}", number, "days") for number in range(1, 8))
    long = Part(title="By month", columns=("Month", "In time"), rows=months)
    drawn = Part(
        title="From birth to certificate", chart=Lines(rows=stretches), columns=("Stretch", "Days"),
        rows=tuple((name, str(days)) for name, days, _unit in stretches),
    )  # fmt: skip
    first, second = page_text(made(replace(report(), parts=(long, drawn))))
    assert "From birth to certificate" in first and "Stretch 7" in second
