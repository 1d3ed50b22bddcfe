"""Recognising which column of a register is which: by its heading in any language, then by what it holds.

What is found is a proposal: a person can change it, and the office's answer is kept for the next file with the same
headings.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

from casework.imports.columns import (
    LIKELY,
    OF_CHILD,
    SURE,
    UNSURE,
    ColumnSpec,
    cut,
    heading_score,
    plain,
    squashed,
    subject_weight,
    words_score,
)

if TYPE_CHECKING:
    from casework.imports.reading import Raw

_NAMED_WHOSE = 0.02  # a heading that says whose fact it is goes before one that leaves it open
_SECOND_CHOICE = 0.1  # a column whose fact is taken does not fall back on one that fits so much worse
_OF_OTHERS = 0.62  # of a fact whose place, or rival, says that it is another
_CELLS_ALIKE = 0.9  # of the cells of a column that nothing but its cells speaks for
_FEWEST = 3  # facts named by their headings, from which on cells alone may propose one more


@dataclass(frozen=True, kw_only=True)
class Proposal:
    """What a column was taken for, and how sure that is (0 to 1).

    `named` is how well its heading alone names the fact; `is_only` is false where another column is named as well and a
    register cannot do without the fact, and where the heading leaves open whose fact it is, or which.
    """

    key: str
    score: float
    named: float = 1.0
    is_only: bool = True

    @property
    def is_sure(self) -> bool:
        return self.score >= SURE and self.is_only

    @property
    def is_named(self) -> bool:
        """Whether the heading says it, whatever stands in the cells."""
        return self.named >= SURE and self.is_only


def recognise(
    headings: Sequence[str], columns: Sequence[Sequence[Raw]], specs: Sequence[ColumnSpec]
) -> dict[int, Proposal]:
    """Propose a fact for each column, each fact once: the best fit first.

    `columns` holds a sample of filled cells per column. Of two columns that are named alike none is sure, and neither
    is one whose heading leaves open whose fact it is, or which of two.
    """
    sheet = _Sheet(headings=headings, columns=columns, specs=specs)
    proposals = _best_of(list(sheet.fits()), {spec.key for spec in specs if spec.required})
    for spec in specs:
        place = sheet.by_cells(spec, proposals) if spec.by_cells else None
        if place is not None:
            proposals[place] = Proposal(key=spec.key, score=LIKELY, named=0.0, is_only=False)
    return dict(sorted(proposals.items()))


@dataclass(frozen=True, kw_only=True)
class _Fit:
    """How well a fact fits a column: with its cells, and by its heading alone; unsure where a person looks at it."""

    key: str
    place: int
    score: float
    named: float
    is_sure: bool = True


@dataclass(frozen=True, kw_only=True)
class _Sheet:
    """The headings of a table side by side, with a sample of their cells."""

    headings: Sequence[str]
    columns: Sequence[Sequence[Raw]]
    specs: Sequence[ColumnSpec]

    @cached_property
    def named(self) -> list[dict[str, float]]:
        """How well each heading by itself names each fact."""
        return [{spec.key: heading_score(heading, spec) for spec in self.specs} for heading in self.headings]

    @cached_property
    def owners(self) -> list[frozenset[str]]:
        """Whose fact each heading names: what it says, else the child where its facts are those of the child alone."""
        return [self._owner(place) for place in range(len(self.headings))]

    @cached_property
    def open_rivals(self) -> dict[str, ColumnSpec]:
        """By fact the other one that some of its headings can mean as well, where no column names that one."""
        by_key = {spec.key: spec for spec in self.specs}
        found = {spec.key: by_key[spec.rival] for spec in self.specs if spec.rival}
        return {key: rival for key, rival in found.items() if not self._has_its_own(rival) and self._matters(rival)}

    def fits(self) -> Iterator[_Fit]:
        """Every fact that a column may hold."""
        for place, heading in enumerate(self.headings):
            for spec in self.specs if plain(heading) else ():
                fit = self._fit(place, spec)
                if fit is None:
                    continue
                rival = self.open_rivals.get(spec.key) if may_be_either(heading, spec) else None
                if rival and "" in rival.about:
                    yield _Fit(key=rival.key, place=place, score=UNSURE, named=UNSURE, is_sure=False)
                    yield _Fit(key=spec.key, place=place, score=_OF_OTHERS, named=_OF_OTHERS, is_sure=False)
                else:
                    is_sure = fit.is_sure and not rival
                    yield _Fit(key=fit.key, place=place, score=fit.score, named=fit.named, is_sure=is_sure)

    def by_cells(self, spec: ColumnSpec, proposals: Mapping[int, Proposal]) -> int | None:
        """The only column left that looks like a fact no heading names, among columns that are known."""
        if any(one.key == spec.key for one in proposals.values()) or len(proposals) < _FEWEST:
            return None
        like = [place for place in range(len(self.headings)) if place not in proposals and self._reads_as(place, spec)]
        return like[0] if len(like) == 1 else None

    def _fit(self, place: int, spec: ColumnSpec) -> _Fit | None:
        """How well a fact fits a column, None below LIKELY; whose it is the columns beside tell where nothing else."""
        named, is_sure = self.named[place][spec.key], True
        subjects = cut(self.headings[place]).subjects
        if spec.by_place and not subjects and (by_place := self._by_place(place)):
            named, is_sure = by_place.get(spec.key, min(named, _OF_OTHERS)), False
        if named < LIKELY:
            return None
        whose = _NAMED_WHOSE if subjects & spec.about and named >= SURE else 0.0
        score = _with_content(named, self.columns[place], spec)
        return _Fit(key=spec.key, place=place, score=score + whose, named=named + whose, is_sure=is_sure)

    def _by_place(self, place: int) -> dict[str, float]:
        """The facts a heading names where it is about whom the columns beside it are, and no other column names it."""
        beside = self._beside(place)
        others = [spec for spec in self.specs if spec.by_place and spec.about == beside and not self._has_its_own(spec)]
        scores = {spec.key: heading_score(self.headings[place], spec, beside) for spec in others}
        best = max(SURE, *scores.values(), *self.named[place].values())
        return dict.fromkeys((key for key, score in scores.items() if score == best), UNSURE)

    def _owner(self, place: int) -> frozenset[str]:
        if subjects := cut(self.headings[place]).subjects:
            return subjects
        named = [spec for spec in self.specs if self.named[place][spec.key] >= SURE and plain(self.headings[place])]
        of_child = bool(named) and all(spec.about == OF_CHILD and not spec.by_place for spec in named)
        return frozenset({"child"}) if of_child else frozenset()

    def _beside(self, place: int) -> frozenset[str]:
        """Whose fact the nearest column is that says it: to the left, else to the right."""
        further = (*reversed(self.owners[:place]), *self.owners[place + 1 :])
        return next((owner for owner in further if owner), frozenset())

    def _has_its_own(self, spec: ColumnSpec) -> bool:
        """Whether a heading names a fact and no other one."""
        return any(
            named[spec.key] >= SURE and not may_be_either(heading, spec)
            for heading, named in zip(self.headings, self.named, strict=True)
        )

    def _matters(self, rival: ColumnSpec) -> bool:
        """Whether a table can hold a fact: one of no person, or of a person it has other columns of."""
        return "" in rival.about or any(owner & rival.about for owner in self.owners)

    def _reads_as(self, place: int, spec: ColumnSpec) -> bool:
        """Whether the cells under a heading that does not speak against it can be read as a fact."""
        heading, sample = self.headings[place], self.columns[place]
        if not sample or not plain(heading) or not subject_weight(cut(heading).subjects, spec.about):
            return False
        looked = sample if spec.looks is None else [raw for raw in sample if spec.looks(raw)]
        read = [spec.read(raw, date.min) for raw in looked]
        return sum(bool(cell.value) and not cell.findings for cell in read) >= _CELLS_ALIKE * len(sample)


def may_be_either(heading: str, spec: ColumnSpec) -> bool:
    """Whether a heading can mean the rival of a fact as well."""
    found = cut(heading)
    if not spec.either or found.subjects:
        return False
    return 0 < words_score(found, squashed(spec.headings)) == words_score(found, squashed(spec.either))


def _best_of(fits: Sequence[_Fit], needed: set[str]) -> dict[int, Proposal]:
    """The best fit of each column and each fact."""
    best: dict[int, float] = {}
    for fit in fits:
        best[fit.place] = max(fit.score, best.get(fit.place, 0.0))
    proposals: dict[int, Proposal] = {}
    taken: set[str] = set()
    in_order = sorted(
        fits, key=lambda fit: (fit.score, fit.named, fit.key in needed, -fit.place, fit.key), reverse=True
    )
    for fit in in_order:
        is_second_choice = fit.score < best[fit.place] - _SECOND_CHOICE
        if fit.score >= LIKELY and not is_second_choice and fit.key not in taken and fit.place not in proposals:
            rivals = [other.named for other in fits if other.key == fit.key and other.place != fit.place]
            is_only = fit.is_sure and (fit.key not in needed or max(rivals, default=0.0) < fit.named)
            shown = min(fit.score, 1.0) if is_only else min(fit.score, UNSURE)
            proposals[fit.place] = Proposal(key=fit.key, score=round(shown, 2), named=fit.named, is_only=is_only)
            taken.add(fit.key)
    return proposals


def _with_content(named: float, sample: Sequence[Raw], spec: ColumnSpec) -> float:
    """The heading's score, lowered where most filled cells do not look like the fact.

    Raised where they do.
    """
    if spec.looks is None or not sample:
        return named
    share = sum(map(spec.looks, sample)) / len(sample)
    raised = 0.05 if SURE <= named < 1 and share > 0.9 else 0.0
    return named * (0.75 + 0.25 * min(1.0, share / 0.6)) + raised
