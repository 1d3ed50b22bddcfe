"""The tables of the board on what came after decisions: whether it arrived, stores, kits, insurances, claims."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from casework.kernel.dates import month_and_year
from casework.reports import figures as f
from casework.reports.boards import Scope
from casework.reports.periods import Period

from . import after_indicators as i
from .queries.counted_after import after_world_of
from .sheets import sheet_of

STORE = "store:"
SATANG = 100


class AfterTables:
    """One counting: the facts are read once, every table is made of them."""

    def __init__(self, scope: Scope, period: Period, words: Mapping[str, str]) -> None:
        self.scope, self.period, self.words = scope, period, words
        self.world = after_world_of(scope, period)

    def tables(self) -> Iterator[f.Sheet]:
        """Every table; those of stores where the offices have one."""
        yield self.verified()
        if self.world.goods:
            yield self.empty()
            yield self.expired()
        yield self.kits()
        yield self.renewed()
        yield self.claimed()

    def verified(self) -> f.Sheet:
        """Whether families received what was paid."""
        words, drawn, period = self.words, self.world.drawn, self.period
        rates = [(words[f"said_{answer or 'waiting'}"], i.f11_said(drawn, period, answer)) for answer in i.ANSWERS]
        rates.append((words["drawn"], i.f11_said(drawn, period)))
        rows = [(name, (f.Count(ids=rate.met), rate)) for name, rate in rates]
        return self.sheet("verified", "said", ("requests", "share"), rows, "F11", parts=len(i.ANSWERS))

    def empty(self) -> f.Sheet:
        """How long each store was without what is watched, and what ran out there."""
        rows, stores = [], [one for one in self.world.goods if one.is_active]
        for store in stores:
            rows.append((store.name, self.days(store.watched, store)))
            rows += [(f"{store.name}, {item.item}", self.days([item], store)) for item in i.f12_ran_out(store)]
        everything = [item for store in stores for item in store.watched]
        rows.append((self.words["all_stores"], self.days(everything)))
        return self.sheet("empty", "store", ("days_without", "of_days"), rows, "F12")

    def days(self, watched: Any, store: i.Goods | None = None) -> tuple[f.Told, f.Told]:
        """So many evenings without, and their part of all."""
        empty, percent = i.f12_empty(watched)
        about = f"{STORE}{store.id}" if store else ""
        return f.Told(value=empty, about=about), f.Told(value=percent, unit="percent")

    def expired(self) -> f.Sheet:
        """What goods cost that expired."""
        stores = i.f13_with_any(self.world.goods)
        rows = [(one.name, self.baht([one], f"{STORE}{one.id}")) for one in stores]
        rows.append((self.words["all_stores"], self.baht(stores)))
        return self.sheet("expired", "store", ("written_off", "lies_expired"), rows, "F13")

    @staticmethod
    def baht(stores: list[i.Goods], about: str = "") -> tuple[f.Told, f.Told]:
        """Written off, and lying there."""
        sums = (sum(one.written_off_satang for one in stores), sum(one.expired_satang for one in stores))
        gone, lies = (f.Told(value=satang / SATANG, unit="baht", about=about) for satang in sums)
        return gone, lies

    def kits(self) -> f.Sheet:
        """Kits by month, and for how many people times months they are."""
        kits, language = self.world.kits, self.scope.language
        months = i.f14_months(kits, self.period)
        rows: list[Any] = [(month_and_year(month.first, language), i.f14_kits(kits, month)) for month in months]
        rows.append((self.words["whole_period"], i.f14_kits(kits, self.period)))
        return self.sheet("kits", "month", ("kits_given", "person_months"), rows, "F14", parts=len(months))

    def renewed(self) -> f.Sheet:
        """Insurances that ended, by whether anything followed."""
        ended, period, words = self.world.ended, self.period, self.words
        rows = [
            (words["ran_out"], i.f15_ended(ended, period, lapsed=True)),
            (words["followed"], i.f15_ended(ended, period, lapsed=False)),
            (words["all_ended"], i.f15_ended(ended, period)),
        ]
        return self.sheet("renewed", "what_followed", ("insurances", "share"), rows, "F15", parts=2)

    def claimed(self) -> f.Sheet:
        """Families with an injury at work, by what came of their claim."""
        claims, period, words = self.world.claims, self.period, self.words
        rows = [(words[f"claim_{end}"], i.f16_claimed(claims, period, end)) for end in i.CLAIM_ENDS]
        rows.append((words["all_claims"], i.f16_claimed(claims, period)))
        return self.sheet("claimed", "came_of_it", ("families", "share"), rows, "F16", parts=len(i.CLAIM_ENDS))

    def sheet(self, key: str, heading: str, columns: tuple[str, ...], rows: Any, code: str, parts: int = 0) -> f.Sheet:
        return sheet_of(self.words, key, heading, columns, rows, code, parts=parts)
