"""How well re-entered children are found in made-up registers; other seeds of the same maker helped set the numbers."""

from collections import defaultdict
from itertools import pairwise

import pytest

from casework.people import matching
from casework.people.match_features import NAME_PASS_DAYS, Features, blocking_keys, probing_keys
from casework.people.match_weights import DEFAULT_WEIGHTS

from .registers import Entry, Register

Pairs = dict[tuple[int, int], matching.Match | None]


def compared(entries: list[Entry]) -> Pairs:
    """Every candidate pair of the three passes with what the check says of it."""
    children = [entry.features() for entry in entries]
    rows: dict[str, list[int]] = defaultdict(list)
    pairs: Pairs = {}
    for at, child in enumerate(children):
        for key in probing_keys(child):
            for before in rows[key]:
                if key[0] not in "cm" or near(children[before], child):
                    pairs[before, at] = matching.compare(children[before], child)
        for key in blocking_keys(child):
            rows[key].append(at)
    return pairs


def near(one: Features, other: Features) -> bool:
    return abs((one.born_on - other.born_on).days) <= NAME_PASS_DAYS


@pytest.fixture(scope="module", params=[11, 12])
def register(request: pytest.FixtureRequest) -> tuple[list[Entry], Pairs]:
    entries = Register(request.param).write(1200)
    return entries, compared(entries)


def same(entries: list[Entry]) -> set[tuple[int, int]]:
    return {(at, at + 1) for at, (one, other) in enumerate(pairwise(entries)) if one.child == other.child}


def test_a_least_score_leaves_out_what_is_worth_less_and_changes_nothing_else(
    register: tuple[list[Entry], Pairs],
) -> None:
    entries, pairs = register
    children, least = [entry.features() for entry in entries], DEFAULT_WEIGHTS.medium_at
    told = {pair: matching.compare(children[pair[0]], children[pair[1]], least=least) for pair in pairs}
    assert told == {pair: match if match and match.band != "low" else None for pair, match in pairs.items()}
    assert any(told.values()) and not all(told.values())


def test_the_passes_fetch_nearly_every_child_entered_twice(register: tuple[list[Entry], Pairs]) -> None:
    entries, pairs = register
    wanted = same(entries)
    assert len(wanted) > 100
    assert len(wanted & set(pairs)) / len(wanted) >= 0.985
    assert len(pairs) / len(entries) < 15


@pytest.mark.parametrize("bands", [("certain", "high"), ("certain", "high", "medium")])
def test_the_score_separates_one_child_from_two(register: tuple[list[Entry], Pairs], bands: tuple[str, ...]) -> None:
    entries, pairs = register
    wanted = same(entries)
    said = {pair for pair, match in pairs.items() if match and match.band in bands}
    right = len(said & wanted)
    f1 = 2 * right / (len(said) + len(wanted))
    assert f1 >= 0.96
