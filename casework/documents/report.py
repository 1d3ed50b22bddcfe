"""A programme report on paper: figures, charts, tables and definitions. The reports room fills it.

What is kept with the document are numbers; charts are drawn from them anew when the pages are made.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from django.utils.safestring import SafeString

from casework.ui import charts

from .kinds import DocumentKind

WORDS = {
    "en": {"definitions": "What the figures mean", "figure": "Figure", "counted": "What is counted", "for": "For:"},
    "th": {"definitions": "ความหมายของตัวเลข", "figure": "ตัวชี้วัด", "counted": "นับอย่างไร", "for": "เสนอ:"},
    "my": {"definitions": "ကိန်းဂဏန်းများ၏ အဓိပ္ပာယ်", "figure": "ကိန်းဂဏန်း", "counted": "ရေတွက်ပုံ", "for": "ပေးပို့ရန်:"},
}


MOST_CELLS = 3_000
"""Cells of tables that one process lays out: each takes 0.02 MB and a millisecond."""
_NO_HEAD = {"title": "", "finding": "", "text": "", "chart": None, "starts_page": True}


@dataclass(frozen=True, kw_only=True)
class Stat:
    """One large number with its name, and what it is compared with."""

    value: str
    label: str
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class Columns:
    """Columns by category, stacked; `partial` are the places of periods still running."""

    categories: tuple[str, ...]
    series: tuple[tuple[str, tuple[int, ...]], ...]
    """(name, one value for each category)."""
    partial: tuple[int, ...] = ()
    shape: str = "columns"


@dataclass(frozen=True, kw_only=True)
class Lines:
    """Lying bars: (name, value, a word behind it)."""

    rows: tuple[tuple[str, float, str], ...]
    shape: str = "lines"


@dataclass(frozen=True, kw_only=True)
class Map:
    """Counts by official province code."""

    counts: Mapping[str, int]
    names: Mapping[str, str]
    unknown: int = 0
    hide_below: int = 0
    shape: str = "map"


@dataclass(frozen=True, kw_only=True)
class Part:
    """One section: its finding in a sentence, words, a chart, and its numbers as a table."""

    title: str
    finding: str = ""
    text: str = ""
    chart: Columns | Lines | Map | None = None
    columns: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    note: str = ""
    credit: str = ""
    starts_page: bool = False


@dataclass(frozen=True, kw_only=True)
class Definition:
    """What a figure counts, printed with it."""

    code: str
    name: str
    text: str
    period: str = ""
    called: str = ""
    """What a donor calls the figures of it."""


@dataclass(frozen=True, kw_only=True)
class Words:
    """What somebody wrote about the figures, under a heading."""

    heading: str
    text: str


@dataclass(frozen=True, kw_only=True)
class ReportPaper:
    """A whole report in ready words and numbers."""

    period: str
    name: str = ""
    """How a donor calls it; the title of the kind where it is made for none."""
    donor: str = ""
    office: str = ""
    only: str = ""
    """By which filters its figures are narrowed."""
    note: str = ""
    stats: tuple[Stat, ...] = ()
    narrative: tuple[Words, ...] = ()
    parts: tuple[Part, ...] = ()
    definitions: tuple[Definition, ...] = ()


class ReportKind(DocumentKind):
    """Base of programme reports: subclasses give key, titles, action and `context` with a ReportPaper."""

    template = "documents/report.html"
    languages: ClassVar[Sequence[str]] = ("th", "en")
    subject_type = "accounts.office"
    level = 1
    is_long = True
    says_no_register = False

    def words(self, language: str) -> Mapping[str, Any]:
        return WORDS[language]

    def parted(self, facts: Mapping[str, Any]) -> Sequence[Mapping[str, Any]]:
        """Give a long report as several, with so many cells each: head and figures on the first, definitions last."""
        groups = list(_groups(facts["parts"]))
        rest = {**facts, "continues": True, "note": "", "stats": [], "narrative": [], "definitions": []}
        reports = [
            {**(rest if at else {**facts, "definitions": []}), "parts": group} for at, group in enumerate(groups)
        ]
        return [*reports[:-1], {**reports[-1], "definitions": facts["definitions"]}]

    def prepared(self, facts: Mapping[str, Any]) -> Mapping[str, Any]:
        parts = [{**part, "drawing": draw(part)} for part in facts["parts"]]
        return {**facts, "parts": parts}


def _groups(parts: Sequence[Mapping[str, Any]]) -> Iterator[list[Mapping[str, Any]]]:
    """The sections in order, in groups of at most so many cells; a table too long for one goes on in the next."""
    group: list[Mapping[str, Any]] = []
    room = MOST_CELLS
    for part in parts:
        rest = part
        while len(rest["rows"]) * len(rest["columns"]) > room:
            most = room // len(rest["columns"])
            if most:
                group.append({**rest, "rows": rest["rows"][:most], "note": "", "credit": ""})
                rest = {**rest, **_NO_HEAD, "rows": rest["rows"][most:]}
            yield group
            group, room = [], MOST_CELLS
        group.append(rest)
        room -= len(rest["rows"]) * len(rest["columns"])
    yield group


def draw(part: Mapping[str, Any], *, for_paper: bool = True) -> SafeString:
    """Draw a part's chart from its stored numbers, for paper or a page; nothing when it has none."""
    chart = part["chart"]
    if not chart:
        return SafeString("")
    about = (part["title"], part["finding"])
    if chart["shape"] == "columns":
        series = [charts.Series(name=name, values=values) for name, values in chart["series"]]
        return charts.stacked_bars(*about, chart["categories"], series, partial=chart["partial"])
    if chart["shape"] == "lines":
        rows = [charts.Bar(name=name, value=value, note=note) for name, value, note in chart["rows"]]
        return (charts.bars_table if for_paper else charts.bars)(*about, rows)
    return charts.province_map(
        *about, chart["counts"], names=chart["names"], unknown=chart["unknown"], hide_below=chart["hide_below"]
    )
