"""Programme reports: charts are drawn from stored numbers when the pages are made."""

from __future__ import annotations

import json

from casework.documents.compose import Stamp, as_facts, compose
from casework.documents.pages import page_count, page_text
from casework.documents.report import Columns, Definition, Lines, Map, Part, ReportKind, ReportPaper, Stat

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
    first, second, last = page_text(pdf)
    assert page_count(pdf) == 3
    assert all(word in first for word in ("412", "Eight in ten", "Jun", "64", "no paper", "40 %"))
    assert "ตาก 186" in second
    assert "first submission by the last day" in last


def test_the_making_tells_how_far_it_is():
    told: list[int] = []
    stored = json.loads(json.dumps(as_facts(report())))
    quietly = compose(BirthsReport(), stored, language="en", stamp=STAMP)
    assert compose(BirthsReport(), stored, language="en", stamp=STAMP, tell=told.append) == quietly
    assert told == sorted(told) and len(set(told)) >= 7 and told[0] > 0 and told[-1] < 100


def test_words_of_a_chart_are_only_letters():
    assert "<script>alert(1)</script>" in page_text(made(report("<script>alert(1)</script>")))[0]


def test_a_report_speaks_thai():
    assert "ความหมายของตัวเลข" in page_text(made(report(), "th"))[-1]
