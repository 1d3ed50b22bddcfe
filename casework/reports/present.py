"""From counted sets to what an audience is shown: texts, notes and charts, with small numbers left out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from casework.documents.report import Columns, Lines, Map, Part

from .figures import Change, Grid, Legs, Sheet, Stat, Table, numbers
from .measures import Amount, Count, Heads, Measure, Portion, Rate, Share, Spread, Things, Told
from .suppression import STAFF, hidden_measures, hidden_places, hides, hides_change, is_small, with_sums

HIDDEN = "*"
NOTHING = "–"
TOLD = {"": "{:,.0f}", "baht": "฿{:,.0f}", "percent": "{:.0f}%"}


@dataclass(frozen=True, kw_only=True)
class ShownTable:
    """One figure as shown: its part for paper or page, and which of its cells have a list behind them."""

    key: str
    code: str
    part: Part
    cells: tuple[tuple[ShownCell, ...], ...]

    @property
    def lines(self) -> list[tuple[str, tuple[ShownCell, ...]]]:
        """Name and cells of each line."""
        return [(row[0], cells) for row, cells in zip(self.part.rows, self.cells, strict=True)]


@dataclass(frozen=True, kw_only=True)
class ShownCell:
    """A number as text and where its list is: line and column of the figure, or nothing."""

    text: str
    place: tuple[int, int] | None = None
    about: str = ""
    """What it is a number of, where no list stands behind it."""


@dataclass(frozen=True, kw_only=True)
class ShownStat:
    """A large number as shown."""

    key: str
    code: str
    label: str
    value: str
    note: str = ""
    compared: str = ""
    """The value of the period compared with, in words; nothing where nobody was counted then."""
    more: str = ""
    target: str = ""
    """What it is to reach and whether it does, in words; whether it does is not told of a hidden number."""
    is_reached: bool | None = None
    trend: tuple[float, ...] = ()
    direction: str = ""
    """"up" or "down" against the period compared with, "" when they read the same, or one is unknown."""
    has_list: bool = False
    restated: str = ""
    """What it was when its month was closed, where that reads differently, and why."""
    counts: Mapping[str, int] = field(default_factory=dict)


def unit_of(spread: Spread, value: float, words: Mapping[str, str]) -> str:
    """The word behind a number of days or hours."""
    return words[spread.unit if value == 1 else f"{spread.unit}s"]


def value_text(measure: Measure, below: int, words: Mapping[str, str]) -> str:
    """A measure in a word: 41, 66%, 12 days; * where it is hidden, – where there is nobody."""
    if hides(measure, below):
        return HIDDEN
    match measure:
        case Count():
            return f"{len(measure.ids):,}"
        case Things():
            return f"{len(measure.of):,}"
        case Rate() | Share() | Heads():
            return NOTHING if measure.percent is None else f"{measure.percent}%"
        case Spread():
            return NOTHING if measure.value is None else f"{measure.value:g} {unit_of(measure, measure.value, words)}"
        case Portion():
            return NOTHING if measure.value is None else f"{measure.value}%"
        case Amount() | Told():
            return NOTHING if measure.value is None else TOLD[measure.unit].format(measure.value)
    raise TypeError(measure)


def base_text(measure: Measure, words: Mapping[str, str]) -> str:
    """Of how many a measure is told, in words: 41 of 62; nothing of one that is its own base."""
    match measure:
        case Rate(met=met, of=of) if of:
            return words["of"] % {"met": f"{len(met):,}", "of": f"{len(of):,}"}
        case Share(met=met, total=total) if total:
            return words["of"] % {"met": f"{len(met):,}", "of": f"{total:,}"}
        case Heads(met=met, of=of) if of:
            return words["of_heads"] % {"met": f"{len(met):,}", "of": f"{len(of):,}"}
        case Spread(days=days) if days:
            return words["of_children"] % {"count": f"{len(days):,}"}
    return ""


def full_text(measure: Measure, words: Mapping[str, str]) -> str:
    """A measure with what it is told of: 66% (41 of 62)."""
    value, base = value_text(measure, STAFF, words), base_text(measure, words)
    return f"{value} ({base})" if base else value


def restated_text(change: Change, below: int, words: Mapping[str, str], *, with_reason: bool = True) -> str:
    """That a figure of a closed month reads differently now: from what to what and why, where that may be told."""
    if hides_change(change.was, change.now, below):
        return words["restated_hidden"]
    told = words["restated"] % {"was": full_text(change.was, words), "now": full_text(change.now, words)}
    return _notes(told, words["why"] % {"reason": change.reason} if change.reason and with_reason else "")


def shown_stat(
    stat: Stat, below: int, words: Mapping[str, str], before_text: str = "", change: Change | None = None
) -> ShownStat:  # fmt: skip
    """One large number for an audience; `before_text` names the period compared with."""
    measure, is_hidden = stat.measure, hides(stat.measure, below)
    now, then = (NOTHING if one is None else value_text(one, below, words) for one in (measure, stat.before))
    direction = "" if is_hidden or now == then else _direction(stat, below)
    compared = ""
    if before_text and then not in (NOTHING, HIDDEN):
        how = "same" if now == then else direction or "against"
        compared = words[how] % {"period": before_text, "value": then}
    told = stat.note if not is_hidden and not any(is_small(number, below) for number in stat.told) else ""
    is_reached = None if is_hidden else reached(stat)
    values = [value for point in stat.trend if (value := point.value) is not None]
    is_trend_told = not any(hides(point, below) for point in stat.trend)
    return ShownStat(
        key=stat.key,
        code=stat.code,
        label=str(stat.label),
        value=now,
        note=words["kept_back"] if is_hidden else base_text(measure, words),
        compared=compared,
        more=str(told),
        target=target_text(stat, is_reached, words),
        is_reached=is_reached,
        trend=tuple(values) if is_trend_told else (),
        direction=direction,
        has_list=bool(measure.ids) and not is_hidden,
        restated=restated_text(change, below, words) if change else "",
    )


def reached(stat: Stat) -> bool | None:
    """Whether a large number reaches its target; None where it has none, or where there is nobody."""
    value = stat.measure.value
    if stat.target is None or value is None:
        return None
    return value >= stat.target if stat.more_is_better else value <= stat.target


def target_text(stat: Stat, is_reached: bool | None, words: Mapping[str, str]) -> str:
    """The target in words, in the unit of the number: Target 90%, not reached."""
    if stat.target is None:
        return ""
    match stat.measure:
        case Spread():
            value = f"{stat.target:g} {unit_of(stat.measure, stat.target, words)}"
        case Rate() | Share() | Heads() | Portion():
            value = f"{stat.target:g}%"
        case Amount(unit=unit) | Told(unit=unit):
            value = TOLD[unit].format(stat.target)
        case _:
            value = f"{stat.target:,.0f}"
    state = {None: "target", True: "target_reached", False: "target_missed"}[is_reached]
    return words[state] % {"value": value}


def _direction(stat: Stat, below: int) -> str:
    if stat.before is None or hides(stat.before, below):
        return ""
    now, then = stat.measure.value, stat.before.value
    if now is None or then is None or now == then:
        return ""
    return "up" if now > then else "down"


def shown_table(table: Table, below: int, words: Mapping[str, str], partial_note: str = "") -> ShownTable:
    """One figure for an audience, drawn as far as its numbers may be told."""
    match table:
        case Legs():
            return _shown_legs(table, below, words)
        case Sheet():
            return _shown_sheet(table, below, words)
    return _shown_grid(table, below, words, partial_note)


def _shown_sheet(table: Sheet, below: int, words: Mapping[str, str]) -> ShownTable:
    columns = list(zip(*(measures for _name, measures in table.rows), strict=True))
    hidden = hidden_measures(columns, table.parts, below)
    cells = tuple(
        tuple(
            ShownCell(text=HIDDEN) if (r, c) in hidden else _cell(measure, value_text(measure, below, words), (r, c))
            for c, measure in enumerate(measures)
        )
        for r, (_name, measures) in enumerate(table.rows)
    )
    part = Part(
        title=str(table.title),
        columns=(str(table.heading), *(str(column) for column in table.columns)),
        rows=tuple(
            (str(name), *(cell.text for cell in line)) for (name, _m), line in zip(table.rows, cells, strict=True)
        ),
        note=_notes(str(table.note), words["hidden"] % {"limit": below} if hidden else ""),
    )
    return ShownTable(key=table.key, code=table.code, part=part, cells=cells)


def _cell(measure: Measure, text: str, place: tuple[int, int]) -> ShownCell:
    about = measure.about if isinstance(measure, Told) else ""
    return ShownCell(text=text, place=place if measure.ids else None, about=about)


def _shown_legs(table: Legs, below: int, words: Mapping[str, str]) -> ShownTable:
    cells, drawn = [], []
    spreads = [spread for _name, spread in table.rows]
    hidden = {row for row, _column in hidden_measures([spreads], table.parts, below)}
    for place, (name, spread) in enumerate(table.rows):
        count = len(spread.days)
        if place in hidden:
            cells.append(tuple(ShownCell(text=HIDDEN) for _column in table.columns))
            continue
        median = NOTHING if spread.value is None else f"{spread.value:g}"
        ninetieth = NOTHING if spread.ninetieth is None else str(spread.ninetieth)
        last = ShownCell(text=f"{count:,}", place=(place, 0) if count else None)
        cells.append((ShownCell(text=median), ShownCell(text=ninetieth), last))
        if spread.value is not None:
            days = int(spread.value) if spread.value == int(spread.value) else spread.value
            drawn.append((str(name), days, unit_of(spread, days, words)))
    rows = [(str(name), *(cell.text for cell in line)) for (name, _spread), line in zip(table.rows, cells, strict=True)]
    part = Part(
        title=str(table.title),
        finding="" if hidden else str(table.finding),
        chart=Lines(rows=tuple(drawn)) if drawn else None,
        columns=(str(table.heading), *(str(column) for column in table.columns)),
        rows=tuple(rows),
        note=_notes(str(table.note), words["hidden"] % {"limit": below} if hidden else ""),
    )
    return ShownTable(key=table.key, code=table.code, part=part, cells=tuple(cells))


def _shown_grid(grid: Grid, below: int, words: Mapping[str, str], partial_note: str) -> ShownTable:
    counts = numbers(grid)
    if grid.adds_up:
        hidden, full = hidden_places(counts, below), with_sums(counts) if counts else []
    else:
        full = counts
        hidden = {(r, c) for r, line in enumerate(full) for c, n in enumerate(line) if is_small(n, below)}
    cells = tuple(_cells(line, r, hidden, is_sum=r == len(counts)) for r, line in enumerate(full))
    names = [str(row.name) for row in grid.rows] + ([words["total"]] if grid.adds_up and counts else [])
    columns = [str(column) for column in grid.columns] + ([words["total"]] if _has_row_sums(grid) else [])
    is_told = not hidden and not any(is_small(number, below) for number in grid.told)
    chart = _chart(grid, counts, hidden, words) if counts else None
    part = Part(
        title=str(grid.title),
        finding=str(grid.finding) if is_told else "",
        chart=chart,
        columns=(str(grid.heading), *columns),
        rows=tuple((name, *(cell.text for cell in line)) for name, line in zip(names, cells, strict=True)),
        note=_notes(
            str(grid.note),
            partial_note if grid.partial else "",
            words["hidden"] % {"limit": below} if hidden else "",
            words["no_chart"] if hidden and chart is None and grid.shape != "table" else "",
        ),
        credit=words["map_credit"] if isinstance(chart, Map) else "",
    )
    return ShownTable(key=grid.key, code=grid.code, part=part, cells=cells)


def _has_row_sums(grid: Grid) -> bool:
    return grid.adds_up and len(grid.columns) > 1


def _cells(line: list[int], r: int, hidden: set[tuple[int, int]], *, is_sum: bool) -> tuple[ShownCell, ...]:
    return tuple(
        ShownCell(text=HIDDEN)
        if (r, c) in hidden
        else ShownCell(text=f"{number:,}", place=(r, c) if number and not is_sum else None)
        for c, number in enumerate(line)
    )


def _notes(*parts: str) -> str:
    return " ".join(part for part in parts if part)


def _chart(
    grid: Grid, counts: list[list[int]], hidden: set[tuple[int, int]], words: Mapping[str, str]
) -> Columns | Lines | Map | None:
    """The picture of what may be told; none where that is nothing but zeros."""
    match grid.shape:
        case "columns":
            return _columns(grid, counts, hidden, words)
        case "lines":
            rows = [(str(row.name), counts[r][0], "") for r, row in enumerate(grid.rows) if (r, 0) not in hidden]
            return Lines(rows=tuple(rows)) if any(number for _name, number, _unit in rows) else None
        case "map":
            return _map(grid, counts, hidden)
    return None


def _columns(
    grid: Grid, counts: list[list[int]], hidden: set[tuple[int, int]], words: Mapping[str, str]
) -> Columns | None:
    """Stacked columns; where parts are hidden only the sums, where sums are hidden nothing."""
    drawn = range(len(counts) - grid.undrawn)
    categories = tuple(str(grid.rows[r].name) for r in drawn)
    width = len(grid.columns)
    if not hidden:
        series = tuple((str(name), tuple(counts[r][c] for r in drawn)) for c, name in enumerate(grid.columns))
    elif any((r, width) in hidden for r in drawn):
        return None
    else:
        series = ((words["total"], tuple(sum(counts[r]) for r in drawn)),)
    return Columns(categories=categories, series=series, partial=tuple(sorted(grid.partial)))


def _map(grid: Grid, counts: list[list[int]], hidden: set[tuple[int, int]]) -> Map | None:
    """The map; what is hidden is told in one sum with the places too small, so that it adds up to the total."""
    if (len(counts), 0) in hidden:
        return None
    limit = max((counts[r][0] + 1 for r in range(len(counts)) if (r, 0) in hidden), default=0)
    placed = {row.code: counts[r][0] for r, row in enumerate(grid.rows) if row.code}
    unknown = sum(counts[r][0] for r, row in enumerate(grid.rows) if not row.code)
    if 0 < unknown < limit:
        placed[""], unknown = unknown, 0
    if limit and not any(code and count >= limit for code, count in placed.items()):
        return None  # nothing but grey
    names = {row.code: str(row.name) for row in grid.rows if row.code}
    return Map(counts=placed, names=names, unknown=unknown, hide_below=limit)
