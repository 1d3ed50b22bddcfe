"""Small numbers: what an audience may not be told, and what would let them work it out.

A count from 1 to one less than `below` is hidden. A hidden count that could be worked out from its line and the sum
shown with it takes a second one with it, by line and by column, until nothing can be worked out by subtraction.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from .measures import Amount, Heads, Measure, Part, Portion, Rate, Share, Things, Told

STAFF = 0  # staff who may open the cases see their own numbers (day.md 28)
MASKED = 5  # everybody else of the organisation
OUTSIDE = 10  # readers outside the organisation

Place = tuple[int, int]
Counts = Sequence[Sequence[int]]


def is_small(number: int, below: int) -> bool:
    """Whether a count is so small that it could point at a child."""
    return 0 < number < below


def hidden_places(counts: Counts, below: int) -> set[Place]:
    """Places to hide in a table whose lines and columns add up to sums that are shown with it.

    The sums count as one line and one column more: place (len(counts), c) is the sum of column c.
    """
    if below <= 1 or not counts:
        return set()
    full = with_sums(counts)
    hidden = {(r, c) for r, line in enumerate(full) for c, value in enumerate(line) if is_small(value, below)}
    while True:
        more = next((place for line in _lines(full) if (place := _second(full, line, hidden, below))), None)
        if more is None:
            return hidden
        hidden.add(more)


def with_sums(counts: Counts) -> list[list[int]]:
    """The table with the sum of each line behind it and a last line of sums; a single column has no sums behind."""
    lines = [[*line, sum(line)] if len(line) > 1 else list(line) for line in counts]
    return [*lines, [sum(column) for column in zip(*lines, strict=True)]]


def _lines(full: Counts) -> Iterator[list[Place]]:
    """Each line and column with its own sum as the last place."""
    height, width = len(full), len(full[0])
    if width > 1:
        for r in range(height):
            yield [(r, c) for c in range(width)]
    for c in range(width):
        yield [(r, c) for r in range(height)]


def _second(full: Counts, line: list[Place], hidden: set[Place], below: int) -> Place | None:
    """What must be hidden as well in this line, or None: one unknown alone, or unknowns whose known sum is small."""
    unknown = [place for place in line if place in hidden]
    if not unknown:
        return None
    open_ones = [place for place in line if place not in hidden and full[place[0]][place[1]]]
    parts = [place for place in unknown if place != line[-1]]
    is_sum_known = line[-1] not in hidden
    told = sum(full[r][c] for r, c in parts)
    safe = len(unknown) > 1 and not (is_sum_known and told < below)
    if safe or not open_ones:
        return None
    inner = [place for place in open_ones if place != line[-1]] or open_ones
    return min(inner, key=lambda place: (full[place[0]][place[1]], place))


def hides(measure: Measure, below: int) -> bool:
    """Whether a large number may not be told: of a rate, also when those left out are few."""
    if isinstance(measure, Rate):
        met, of = len(measure.met), len(measure.of)
        return any(is_small(number, below) for number in (met, of, of - met))
    if isinstance(measure, Part):
        return any(is_small(number, below) for number in split(measure))
    if isinstance(measure, Share):
        met = len(measure.met)
        return any(is_small(number, below) for number in (met, measure.total, measure.total - met))
    if isinstance(measure, Heads):
        met, of = len(measure.met), len(measure.of)
        return any(is_small(number, below) for number in (met, of, of - met))
    if isinstance(measure, Things):
        return is_small(len(measure.of), below)
    if isinstance(measure, Told):
        return False
    if isinstance(measure, Portion):
        return is_small(measure.base, below)
    if isinstance(measure, Amount) and measure.over > 1:
        return is_small(measure.over, below) or is_small(len(measure.ids), below)
    return is_small(len(measure.ids), below)


def hides_change(was: Measure, now: Measure, below: int) -> bool:
    """Whether two readings of a measure may not be told together: one is hidden, or so few came or went between them.

    A sum or a median moves by a single row as well, so that as many as the limit must have come or gone.
    """
    if below <= 1 or isinstance(now, Told):
        return False
    moved = [abs(before - after) for before, after in zip(split(was), split(now), strict=True)]
    is_few = any(is_small(number, below) for number in moved) or max(moved) < below
    return is_few or hides(was, below) or hides(now, below)


def hidden_measures(columns: Sequence[Sequence[Measure]], parts: int, below: int) -> set[Place]:
    """Places to hide in a table of measures, given by columns; the first `parts` of each make up a whole."""
    hidden = {(r, c) for c, column in enumerate(columns) for r, one in enumerate(column) if hides(one, below)}
    for c, column in enumerate(columns):
        for r, _part in hidden_places([split(one) for one in column[:parts]], below):
            if r < len(column):
                hidden.add((r, c))
    return hidden


def split(measure: Measure) -> list[int]:
    """The counts that a measure is made of."""
    if isinstance(measure, Rate | Heads):
        return [len(measure.met), len(measure.of - measure.met)]
    if isinstance(measure, Part):
        return [len(measure.ids), len(measure.of - measure.ids)]
    if isinstance(measure, Share):
        return [len(measure.met), measure.total - len(measure.met)]
    if isinstance(measure, Things):
        return [len(measure.of)]
    return [len(measure.ids)]
