"""A counted board as one text and back: every figure with its rows, so that what was kept equals what was counted."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import fields, is_dataclass, replace
from typing import Any

from django.utils.functional import Promise

from .figures import Definition, Grid, Legs, Reading, Row, Sheet, Stat
from .measures import Amount, Count, Heads, Measure, Part, Portion, Rate, Share, Spread, Things, Told

MEASURES = (Amount, Count, Heads, Part, Portion, Rate, Share, Spread, Things, Told)
SHAPES = {shape.__name__: shape for shape in (*MEASURES, Definition, Grid, Legs, Reading, Row, Sheet, Stat)}
PAIRS = {Spread: "days", Amount: "parts", Portion: "parts"}
"""Measures whose rows are kept as a list of rows and one of values."""
SHAPE, IDS, WORDS = "is", "ids", "words"  # what a value of several parts is told by
READING, SETS = "reading", "sets"


def packed(reading: Reading) -> str:
    """The reading as a text; its lazy words are said in the language that is active.

    The rows behind a figure are mostly those behind another one too: each set of them is written once.
    """
    sets: dict[frozenset[int], int] = {}
    told = {READING: _plain(reading, sets), SETS: [sorted(one) for one in sets]}
    return json.dumps(told, ensure_ascii=False, separators=(",", ":"))


def unpacked(text: str) -> Reading:
    """The reading that was packed, also by the version before, which wrote each set where it stood."""
    told = json.loads(text)
    return _shaped(told.get(READING, told), [frozenset(one) for one in told.get(SETS, ())])


def packed_measure(measure: Measure) -> dict[str, Any]:
    """The numbers of one measure, with places in an order for its rows: what is kept for good points at nobody."""
    return _plain(_nameless(measure))


def unpacked_measure(kept: Mapping[str, Any]) -> Measure:
    """The measure that was packed."""
    return _shaped(json.loads(json.dumps(kept)))


def _nameless(measure: Measure) -> Measure:
    values: dict[str, Any] = {field.name: getattr(measure, field.name) for field in fields(measure)}
    pairs = PAIRS.get(type(measure), "")
    rows = {row for value in values.values() if isinstance(value, frozenset) for row in value}
    rows |= {row for row, _value in values.get(pairs, ())}
    places = {row: place for place, row in enumerate(sorted(rows))}
    held: dict[str, Any] = {
        name: frozenset(places[row] for row in value) for name, value in values.items() if isinstance(value, frozenset)
    }
    if pairs:
        held[pairs] = tuple((places[row], value) for row, value in values[pairs])
    return replace(measure, **held)


def _plain(value: Any, sets: dict[frozenset[int], int] | None = None) -> Any:
    if is_dataclass(value):
        parts = {field.name: _plain(getattr(value, field.name), sets) for field in fields(value)}
        pairs = PAIRS.get(type(value))
        if pairs:
            parts[pairs] = list(zip(*getattr(value, pairs), strict=True))
        return {SHAPE: type(value).__name__, **parts}
    if isinstance(value, frozenset):
        return {IDS: sorted(value) if sets is None else sets.setdefault(value, len(sets))}
    if isinstance(value, Mapping):
        return {WORDS: {key: str(word) for key, word in value.items()}}
    if isinstance(value, tuple):
        return [_plain(part, sets) for part in value]
    return str(value) if isinstance(value, Promise) else value


def _shaped(value: Any, sets: Sequence[frozenset[int]] = ()) -> Any:
    if isinstance(value, list):
        return tuple(_shaped(part, sets) for part in value)
    if not isinstance(value, dict):
        return value
    if SHAPE not in value:
        return _rows(value[IDS], sets) if IDS in value else value[WORDS]
    shape = SHAPES[value.pop(SHAPE)]
    parts = {name: _shaped(part, sets) for name, part in value.items()}
    pairs = PAIRS.get(shape)
    if pairs:
        parts[pairs] = tuple(zip(*value[pairs], strict=True))
    return shape(**parts)


def _rows(told: int | list[int], sets: Sequence[frozenset[int]]) -> frozenset[int]:
    return sets[told] if isinstance(told, int) else frozenset(told)
