"""Charts drawn by the server: shapes are SVG, words are HTML laid over them.

The PDF engine sets SVG text one code point at a time, which breaks Thai and Burmese, so no word is ever drawn inside an
SVG; HTML words also keep their size on a phone. The same markup, with static/kit/charts.css, goes into page and PDF.
Every chart carries its finding as one sentence for those who cannot see it, and a table of its numbers.
"""

from __future__ import annotations

import json
import math
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.utils.functional import Promise
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

Words = str | Promise

COLOURS = ("#0b5d66", "#468f96", "#c25a12", "#744600")
TRACK, GRID, NO_DATA = "#eaeef0", "#d8dee3", "#f0f3f4"
RAMP = ("#d3eaea", "#9ccbcd", "#468f96", "#0e6872", "#073a40")
WIDEST = 9.0  # hundredths of the drawing a column takes, also when it stands alone
CUTS = (1, 10, 25, 50, 100)  # the first count of each colour of the ramp


@dataclass(frozen=True, kw_only=True)
class Series:
    """One kind of bar: its name and a value for each category."""

    name: Words
    values: Sequence[int]


@dataclass(frozen=True, kw_only=True)
class Bar:
    """One line of a list of bars: its name, its length, and a word behind it such as "80 %"."""

    name: Words
    value: float
    note: Words = ""


@dataclass(frozen=True, kw_only=True)
class Figure:
    """A chart with its title, the finding in one sentence, and its numbers as a table that can be exported.

    `rows` hold plain values in the order of `columns`; `links` give the address of the list behind a row, by its place.
    """

    title: Words
    finding: Words
    drawing: SafeString
    columns: Sequence[Words]
    rows: Sequence[Sequence[Any]]
    links: Mapping[int, str] = field(default_factory=dict)
    note: Words = ""
    credit: Words = ""
    csv_url: str = ""

    @property
    def linked_rows(self) -> list[tuple[Sequence[Any], str]]:
        """The rows with the address behind each, or ""."""
        return [(row, self.links.get(i, "")) for i, row in enumerate(self.rows)]

    def export(self) -> list[list[str]]:
        """Heading and rows as text, for a spreadsheet file."""
        return [[str(c) for c in self.columns], *([str(v) for v in row] for row in self.rows)]


def top_of_scale(largest: float) -> int:
    """The smallest pleasant number above a value that four grid lines divide into whole numbers."""
    if largest <= 4:
        return 4
    unit = 10 ** math.floor(math.log10(largest / 4))
    steps = (factor * unit for factor in (1, 1.5, 2, 2.5, 3, 4, 5, 7.5, 10))
    return next(round(step) * 4 for step in steps if _whole(step) and step * 4 >= largest)


def _whole(number: float) -> bool:
    return abs(number - round(number)) < 1e-9


def _described(css: str, title: Words, finding: Words, inside: SafeString, style: str = "") -> SafeString:
    styled = format_html(' style="{}"', style) if style else ""
    return format_html('<div class="{}" role="img" aria-label="{}. {}"{}>{}</div>', css, title, finding, styled, inside)


def _word(css: str, left: float, top: float, text: object, width: float = 0) -> SafeString:
    place = f"left:{left:.2f}%;top:{top:.2f}%" + (f";width:{width:.2f}%" if width else "")
    return format_html('<span class="fig__w {}" style="{}">{}</span>', css, place, text)


def _rect(x: float, y: float, width: float, height: float, colour: str, opacity: float = 1) -> SafeString:
    shade = format_html(' fill-opacity="{}"', opacity) if opacity < 1 else ""
    return format_html(
        '<rect x="{}" y="{}" width="{}" height="{}" fill="{}"{}/>',
        f"{x:.2f}", f"{y:.2f}", f"{width:.2f}", f"{height:.2f}", colour, shade,
    )  # fmt: skip


def _joined(parts: Iterable[SafeString]) -> SafeString:
    return format_html_join("", "{}", ((part,) for part in parts))


def key_line(names: Sequence[Words]) -> SafeString:
    """Which colour means what."""
    keys = format_html_join("", '<span><i style="background:{}"></i>{}</span>', zip(COLOURS, names, strict=False))
    return format_html('<div class="fig__key">{}</div>', keys)


def stacked_bars(
    title: Words,
    finding: Words,
    categories: Sequence[Words],
    series: Sequence[Series],
    *,
    partial: Collection[int] = (),
) -> SafeString:
    """Columns by category, the total above each. `partial` are the places of periods still running: paler, and said."""
    totals = [sum(s.values[i] for s in series) for i in range(len(categories))]
    scale = top_of_scale(max(totals, default=0) * 1.04)
    left, top, height = 6.0, 5.0, 82.0
    step = (100 - left) / max(len(categories), 1)
    width = min(step * 0.66, WIDEST)
    shapes, words = _grid(scale, left, top, height)
    for i, name in enumerate(categories):
        x, y = left + step * i + (step - width) / 2, top + height
        for s, colour in zip(series, COLOURS, strict=False):
            tall = height * s.values[i] / scale
            y -= tall
            if s.values[i]:
                shapes.append(_rect(x, y, width, max(tall - 0.45, 0.2), colour, 0.55 if i in partial else 1))
        words.append(_word("is-v", x + width / 2, y, totals[i]))
        told = format_html("{}<br><small>{}</small>", name, _("so far")) if i in partial else name
        every_other = " is-odd" if len(categories) > 6 and i % 2 else ""
        words.append(_word(f"is-x{every_other}", x + width / 2, top + height, told, step))
    drawing = format_html(
        '<svg viewBox="0 0 100 100" preserveAspectRatio="none" aria-hidden="true">{}</svg>{}',
        _joined(shapes), _joined(words),
    )  # fmt: skip
    key = key_line([s.name for s in series]) if len(series) > 1 else ""
    return format_html("{}{}", key, _described("fig fig--bars", title, finding, drawing))


def _grid(scale: int, left: float, top: float, height: float) -> tuple[list[SafeString], list[SafeString]]:
    shapes, words = [], []
    for line in range(5):
        y = top + height - height * line / 4
        shapes.append(_rect(left, y - 0.18, 100 - left, 0.36, GRID))
        words.append(_word("is-y", left - 0.8, y, f"{scale * line // 4:,}"))
    return shapes, words


def bars(title: Words, finding: Words, rows: Sequence[Bar], *, colour: str = COLOURS[0]) -> SafeString:
    """A list of lying bars, the longest filling the line."""
    most = max((row.value for row in rows), default=0) or 1
    lines = (
        format_html(
            '<span>{}</span><svg viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">{}{}</svg>'
            "<span><b>{}</b> {}</span>",
            row.name, _rect(0, 0, 100, 10, TRACK), _rect(0, 0, 100 * row.value / most, 10, colour),
            f"{row.value:,}", row.note,
        )
        for row in rows
    )  # fmt: skip
    return _described("hbars", title, finding, _joined(lines))


def bars_table(title: Words, finding: Words, rows: Sequence[Bar], *, colour: str = COLOURS[0]) -> SafeString:
    """The same bars as a table, for paper: the PDF engine fails on a grid that a page break divides."""
    most = max((row.value for row in rows), default=0) or 1
    lines = (
        format_html(
            '<tr><td>{}</td><td><svg viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">{}{}</svg></td>'
            "<td><b>{}</b> {}</td></tr>",
            row.name, _rect(0, 0, 100, 10, TRACK), _rect(0, 0, 100 * row.value / most, 10, colour),
            f"{row.value:,}", row.note,
        )
        for row in rows
    )  # fmt: skip
    columns = SafeString('<colgroup><col style="width:60mm"><col style="width:75mm"><col></colgroup>')
    inside = format_html("<table>{}{}</table>", columns, _joined(lines))
    return _described("hbars-table", title, finding, inside)


def spark(title: Words, values: Sequence[float], *, colour: str = COLOURS[0]) -> SafeString:
    """A small line of how a number moved; the last point is marked. Nothing for fewer than two values."""
    if len(values) < 2:
        return SafeString("")
    width, height = 110, 30
    low, span = min(values), (max(values) - min(values)) or 1
    points = [
        (3 + i * (width - 6) / (len(values) - 1), height - 4 - (value - low) / span * (height - 8))
        for i, value in enumerate(values)
    ]
    line = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    said = _("%(title)s, now %(value)s") % {"title": title, "value": f"{values[-1]:g}"}
    return format_html(
        '<svg viewBox="0 0 {} {}" role="img" aria-label="{}"><polyline points="{}" fill="none" stroke="{}" '
        'stroke-width="2"/><circle cx="{}" cy="{}" r="3" fill="{}"/></svg>',
        width, height, said, line, colour, f"{points[-1][0]:.1f}", f"{points[-1][1]:.1f}", colour,
    )  # fmt: skip


@lru_cache(maxsize=1)
def thailand() -> dict[str, Any]:
    """The provinces of Thailand by official two-digit code: name, shape, place of a label."""
    path = settings.BASE_DIR / "static" / "vendor" / "maps" / "thailand.json"
    found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return found


def province_map(
    title: Words,
    finding: Words,
    counts: Mapping[str, int],
    *,
    names: Mapping[str, str] | None = None,
    unknown: int = 0,
    hide_below: int = 0,
    labelled: int = 4,
) -> SafeString:
    """Counts by province (official code) as shades, the largest ones named; those under `hide_below` are not told.

    The line beneath names what the map cannot show, so that it adds up to the total.
    """
    land = thailand()
    told = {code: count for code, count in counts.items() if count >= max(hide_below, 1)}
    named = {code: (names or {}).get(code) or place["name"] for code, place in land["provinces"].items()}
    shapes = _joined(
        format_html(
            '<path d="{}" fill="{}" stroke="#8f9ba5" stroke-width="1.1" stroke-linejoin="round">'
            "<title>{}</title></path>",
            place["path"], _shade(told.get(code, 0)), named[code],
        )
        for code, place in land["provinces"].items()
    )  # fmt: skip
    marks = _labels(land, told, named, labelled)
    inside = format_html(
        '<svg viewBox="0 0 {} {}" aria-hidden="true">{}{}</svg>{}',
        land["width"], land["height"], shapes, marks[0], marks[1],
    )  # fmt: skip
    style = f"padding-bottom:{100 * land['height'] / land['width']:.2f}%"
    hidden = sum(counts.values()) - sum(told.values())
    drawing = _described("fig", title, finding, inside, style)
    below = _joined([_ramp(hide_below, told.values()), _sum_line(counts, unknown, hidden)])
    return format_html('<div class="fig-map">{}</div>{}', drawing, below)


def _shade(count: int) -> str:
    step = sum(count >= cut for cut in CUTS)
    return RAMP[step - 1] if step else NO_DATA


def _labels(
    land: Mapping[str, Any], told: Mapping[str, int], named: Mapping[str, str], labelled: int
) -> tuple[SafeString, SafeString]:
    """Dots and names of the largest provinces, leaving out a name that would lie on another."""
    dots, words = [], []
    placed: list[tuple[float, float]] = []
    for code, count in sorted(told.items(), key=lambda item: -item[1]):
        if code not in land["provinces"] or len(placed) == labelled:
            continue
        x, y = land["provinces"][code]["at"]
        if any(abs(y - other_y) < 42 and abs(x - other_x) < 260 for other_x, other_y in placed):
            continue
        placed.append((x, y))
        dot = '<circle cx="{}" cy="{}" r="8" fill="#c25a12" stroke="#fff" stroke-width="3"/>'
        dots.append(format_html(dot, x, y))
        label = format_html("{} <b>{}</b>", named[code], f"{count:,}")
        words.append(_word("is-m", 100 * (x + 14) / land["width"], 100 * y / land["height"], label))
    return _joined(dots), _joined(words)


def _ramp(hide_below: int, told: Collection[int]) -> SafeString:
    """The shades that stand on the map, and what they mean."""
    first = max(hide_below, 1)
    ends = [*(cut - 1 for cut in CUTS[1:]), None]
    steps = [
        (RAMP[i], f"{max(cut, first)}–{end}" if end else f"{cut}+")
        for i, (cut, end) in enumerate(zip(CUTS, ends, strict=True))
        if any(max(cut, first) <= count and (end is None or count <= end) for count in told)
    ]
    none = _("none or under %(number)s") % {"number": hide_below} if hide_below > 1 else _("none")
    keys = format_html_join("", '<span><i style="background:{}"></i>{}</span>', [*steps, (NO_DATA, none)])
    return format_html('<div class="legend-ramp">{}</div>', keys)


def _sum_line(counts: Mapping[str, int], unknown: int, hidden: int) -> SafeString:
    parts = [_("Total %(number)s") % {"number": f"{sum(counts.values()) + unknown:,}"}]
    if unknown:
        parts.append(_("province not known %(number)s") % {"number": f"{unknown:,}"})
    if hidden:
        parts.append(_("in provinces with few children %(number)s") % {"number": f"{hidden:,}"})
    return format_html('<p class="fig__sum">{}</p>', ", ".join(parts))
