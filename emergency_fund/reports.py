"""The board of the emergency fund: its figures for a scope, the requests behind them, and its report."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import get_language, ngettext, override
from django.utils.translation import gettext_lazy as _

from casework.accounts.states import Role
from casework.funds.models import FundingSource
from casework.kernel.dates import add_years
from casework.reference.models import Place
from casework.reports import figures as f
from casework.reports import periods
from casework.reports.boards import Board, Scope
from casework.reports.measures import Measure
from casework.reports.paper import BoardReport
from casework.reports.periods import Period, last_months
from casework.stock.models import Store

from . import indicators as i
from .after_reports import STORE, AfterTables
from .models import AssistanceRequest
from .queries.counted import world_of
from .queries.gaps import missing_in
from .querysets import PROGRAMME
from .sheets import sheet_of
from .states import LineKind, ReturnReason, Urgency
from .wording.report import UNITS, said

TREND_MONTHS = 12
DONOR_YEARS = 2
LARGE = {"open": "open", "in-time": "in_time", "to-decision": "to_decision", "paid": "paid", "insured": "insured"}
TABLES = {
    "speed": "speed", "decision": "decision", "first-aid": "first_aid", "outcomes": "outcomes", "codes": "codes",
    "cost": "cost", "burn": "burn", "ageing": "ageing", "spread": "spread", "verified": "verified", "empty": "empty",
    "expired": "expired", "kits": "kits", "renewed": "renewed", "claimed": "claimed",
}  # fmt: skip
"""The words of each figure's name, by its key."""
AGE_BANDS = ((4, 0), (9, 5), (14, 10), (17, 15))


class FundBoard(Board):
    """Requests, how quickly they were decided, what was paid, and how far the money reaches."""

    key = PROGRAMME
    label = _("Emergency fund")
    report_kind = "emergency_fund.report"
    timed = ("F1",)
    opens_by_need = True
    row_label = _("Request")
    gap_words = {
        "screen": _("Received and not screened"),
        "decide": _("Screened and not decided"),
        "pay": _("Approved and not paid or handed over"),
        "end": _("Delivered and not closed"),
    }

    def gaps(self, office: int, month: Period) -> dict[str, f.Ids]:
        """Requests that were received, decided or delivered in the month."""
        return missing_in(office, month)

    def offered(self, language: str) -> list[f.Offered]:
        with override(language):
            words = said()
        large = [f.Offered(key=key, name=words[name], is_large=True) for key, name in LARGE.items()]
        return [*large, *(f.Offered(key=key, name=words[name]) for key, name in TABLES.items())]

    def read(self, scope: Scope) -> f.Reading:
        with override(scope.language):
            return _Reader(scope).reading()

    def counted_words(self, total: int) -> str:
        """How many requests stand in a list."""
        return ngettext("%(n)s request", "%(n)s requests", total) % {"n": f"{total:,}"}

    def more_periods(self, offices: f.Ids, today: date) -> list[tuple[f.Words, Period]]:
        """The running year of each donor who gives these offices something, and the year before."""
        rows = FundingSource.rows.filter(lines__office__in=offices, lines__programme=PROGRAMME, starts_on__lte=today)
        return [(source.code, year) for source in rows.distinct().order_by("code") for year in _years_of(source, today)]

    def places(self, user: Any, about: Iterable[str]) -> Mapping[str, str]:
        """The pages of stores, for those who look after them."""
        stores = Store.objects.visible_to(user).filter(pk__in=[one.removeprefix(STORE) for one in about])
        return {f"{STORE}{store.pk}": reverse("stock:store", args=[store.pk]) for store in stores}

    def open_rows(self, user: Any, ids: f.Ids) -> QuerySet[AssistanceRequest]:
        rows = AssistanceRequest.objects.visible_to(user).real().filter(pk__in=ids)
        return (
            rows.select_related("office", "case__child")
            .prefetch_related("case__child__names")
            .order_by("-received_at", "-pk")
        )

    def masked_rows(self, ids: f.Ids) -> QuerySet[AssistanceRequest]:
        rows = AssistanceRequest.rows.all().real().filter(pk__in=ids)
        return rows.select_related("case__child", "family").order_by("pk")

    def listed(self, rows: Sequence[AssistanceRequest]) -> list[f.ListedChild]:
        language = (get_language() or "en")[:2]
        return [
            f.ListedChild(
                name="–" if row.case.is_sealed else row.case.child.name,
                url=reverse("emergency_fund:detail", args=[row.pk]), born=row.case.child.birth, number=row.number,
                status=row.get_state_display(), office=row.office.name(language),
            )
            for row in rows
        ]  # fmt: skip

    def masked(self, rows: Sequence[AssistanceRequest], today: date) -> list[f.MaskedChild]:
        language, words = (get_language() or "en")[:2], said()
        codes = {row.pk: (row.family.place_code or "")[:2] for row in rows}
        names = {place.code: place.name(language) for place in Place.objects.filter(code__in=set(codes.values()))}
        children = [
            f.MaskedChild(
                code=salted_hmac("emergency_fund.reports.pseudonym", str(row.pk)).hexdigest()[:8].upper(),
                age_band=_band(row.case.child.birth.age_on(today), words),
                province=names.get(codes[row.pk], words["unknown_province"]),
            )
            for row in rows
        ]
        return sorted(children, key=lambda child: child.code)


def _band(age: tuple[int, ...] | None, words: dict[str, str]) -> str:
    if age is None:
        return words["unknown_age"]
    for last, first in AGE_BANDS:
        if age[0] <= last:
            return words["years"] % {"first": first, "last": last}
    return words["older_child"]


def _years_of(source: FundingSource, today: date) -> list[Period]:
    """The years of an agreement that have begun, the newest first."""
    begins = [source.starts_on]
    while (following := add_years(source.starts_on, len(begins))) <= min(today, source.ends_on):
        begins.append(following)
    spans = [(first, min(add_years(first, 1) - timedelta(days=1), source.ends_on)) for first in reversed(begins)]
    return [periods.free(*span) for span in spans[:DONOR_YEARS]]


class _Reader:
    """One counting: the requests are read once, every figure is made of them."""

    def __init__(self, scope: Scope) -> None:
        self.scope, self.now = scope, timezone.now()
        self.words = said()
        self.period = scope.period.until(scope.today)
        self.trend = [month.until(scope.today) for month in last_months(scope.today, TREND_MONTHS)]
        spans = [self.period, self.trend[0], *([scope.before] if scope.before else [])]
        self.world = world_of(scope, min(span.first for span in spans))
        self.requests = self.world.requests

    def reading(self) -> f.Reading:
        return f.Reading(
            stats=self.stats(),
            tables=(
                self.speed(), self.decision(), self.first_aid(), self.outcomes(), self.codes(), self.cost(),
                *self.burn(), self.ageing(), self.spread(), *AfterTables(self.scope, self.period, self.words).tables(),
            ),
            definitions=self.definitions(), words=self.words, units=said(UNITS),
        )  # fmt: skip

    # large numbers

    def stats(self) -> tuple[f.Stat, ...]:
        words, requests, period = self.words, self.requests, self.period
        late = len(i.late_on(requests, self.now))
        to_decision = i.f2_to_decision(requests, period)
        children = len(i.children_helped(requests, period))
        hours = {"hours": to_decision.ninetieth}
        return (
            f.Stat(
                key="open", label=words["open"], code="F1", measure=f.Count(ids=i.open_on(requests)),
                note=words["late"] % {"count": late} if late else "", told=(late,), more_is_better=False, of_today=True,
            ),
            self.compared("in-time", "in_time", "F1", lambda span: i.f1_in_time(requests, span, self.now)),
            self.compared(
                "to-decision", "to_decision", "F2", lambda span: i.f2_to_decision(requests, span),
                note=words["ninetieth_note"] % hours if to_decision.days else "", more_is_better=False,
            ),
            self.compared(
                "paid", "paid", "F5", lambda span: i.f5_paid(requests, span),
                note=words["paid_note"] % {"count": children} if children else "", told=(children,),
            ),
            f.Stat(
                key="insured", label=words["insured"], code="F8",
                measure=i.f8_insured(requests, period, self.world.insured), of_today=True,
            ),
        )  # fmt: skip

    def compared(self, key: str, label: str, code: str, count: Any, **more: Any) -> f.Stat:
        """A large number with the period before and its months."""
        before = self.scope.before
        return f.Stat(
            key=key, label=self.words[label], code=code, measure=count(self.period),
            before=count(before) if before else None, trend=tuple(count(month) for month in self.trend), **more,
        )  # fmt: skip

    # figures

    def by_urgency(self) -> Iterator[tuple[f.Words, str]]:
        """Each urgency with its words, and all of them."""
        yield from ((urgency.label, urgency.value) for urgency in Urgency)
        yield self.words["all"], ""

    def speed(self) -> f.Sheet:
        rows = []
        for name, urgency in self.by_urgency():
            rate = i.f1_in_time(self.requests, self.period, self.now, urgency)
            rows.append((name, (f.Count(ids=rate.of), rate)))
        return self.sheet("speed", "urgency", ("due", "in_time_column"), rows, "F1", parts=len(Urgency))

    def decision(self) -> f.Legs:
        spreads = [(name, i.f2_to_decision(self.requests, self.period, key)) for name, key in self.by_urgency()]
        return self.legs("decision", spreads, "F2")

    def first_aid(self) -> f.Legs:
        spreads = [(name, i.f3_to_first_aid(self.requests, self.period, key)) for name, key in self.by_urgency()]
        return self.legs("first_aid", spreads, "F3")

    def outcomes(self) -> f.Sheet:
        requests, period = self.requests, self.period
        rates = [(self.words[outcome], i.f4_outcome(requests, period, outcome)) for outcome in i.OUTCOMES]
        rates.append((self.words["appealed"], i.f4_appealed(requests, period)))
        rates.append((self.words["reversed"], i.f4_reversed(requests, period)))
        rows = [(name, (f.Count(ids=rate.met), rate)) for name, rate in rates]
        return self.sheet("outcomes", "outcome", ("requests", "share"), rows, "F4", parts=len(i.OUTCOMES))

    def codes(self) -> f.Grid:
        words, found = self.words, i.f4_by_code(self.requests, self.period)
        names = dict(ReturnReason.choices)
        order = sorted(found, key=lambda code: (-sum(map(len, found[code])), code))
        return f.Grid(
            key="codes", title=words["codes"], heading=words["code"], code="F4",
            columns=tuple(words[outcome] for outcome in i.OUTCOMES[1:]),
            rows=tuple(f.Row(name=str(names.get(code, words["no_code"])), cells=found[code]) for code in order),
            finding="" if found else words["nothing"],
        )  # fmt: skip

    def cost(self) -> f.Sheet:
        costs: list[tuple[f.Words, i.Cost]] = [
            (kind.label, i.f5_cost(self.requests, self.period, kind)) for kind in LineKind
        ]
        costs.append((self.words["all"], i.f5_cost(self.requests, self.period)))
        rows = [(name, (cost.requests, cost.paid, cost.per_child)) for name, cost in costs]
        return self.sheet("cost", "kind", ("requests", "baht", "per_child"), rows, "F5", parts=len(LineKind))

    def burn(self) -> Iterator[f.Sheet]:
        """Where a donor gives these offices something."""
        rows = []
        for source in self.world.sources:
            elapsed = f.Told(value=source.elapsed(self.scope.today), unit="percent")
            given = f.Told(value=source.given_satang / 100, unit="baht")
            rows.append((source.name, (given, i.f6_burn(source), elapsed)))
        if rows:
            yield self.sheet("burn", "source", ("given", "used", "elapsed"), rows, "F6")

    def ageing(self) -> f.Sheet:
        found = i.f7_ages(self.requests, self.now)
        rows = [(self.words[key], (f.Count(ids=i.ids(held)), i.unpaid(held))) for key, held in found.items()]
        return self.sheet("ageing", "since", ("requests", "baht"), rows, "F7", parts=len(rows))

    def spread(self) -> f.Sheet:
        """Single figures on fairness; a colleague adds one by adding its line."""
        words, requests, period = self.words, self.requests, self.period
        rows: list[tuple[f.Words, Measure]] = [
            (words["insured"], i.f8_insured(requests, period, self.world.insured)),
            (words["top"], i.f9_concentration(requests, period)),
            (words["bypassed"], f.Count(ids=i.f10_bypassed(requests, period))),
        ]
        for role, people in sorted(i.f10_signed(requests, period).items()):
            called = {"role": str(Role(role).label)}
            rows.append((words["signed_by"] % called, f.Count(ids=f.joined(list(people.values())))))
            rows.append((words["busiest"] % called, f.Count(ids=max(people.values(), key=len))))
        return self.sheet(
            "spread", "measure", ("value",), [(name, (one,)) for name, one in rows], "F9", also=("F8", "F10")
        )

    def sheet(
        self, key: str, heading: str, columns: Sequence[str], rows: Sequence[Any], code: str, **more: Any
    ) -> f.Sheet:  # fmt: skip
        return sheet_of(self.words, key, heading, columns, rows, code, **more)

    def legs(self, key: str, spreads: Sequence[tuple[f.Words, f.Spread]], code: str) -> f.Legs:
        words, whole = self.words, spreads[-1][1]
        return f.Legs(
            key=key.replace("_", "-"), title=words[key], heading=words["urgency"], code=code, parts=len(spreads) - 1,
            rows=tuple((str(name), spread) for name, spread in spreads),
            columns=(words["median"], words["ninetieth"], words["requests"]),
            finding=words["half_within"] % {"hours": f"{whole.value:g}"} if whole.days else words["nothing"],
        )  # fmt: skip

    def definitions(self) -> tuple[f.Definition, ...]:
        words = self.words
        names = {
            "F1": "in_time", "F2": "decision", "F3": "first_aid", "F4": "outcomes", "F5": "cost", "F6": "burn",
            "F7": "ageing", "F8": "insured", "F9": "top", "F10": "bypassed", "F11": "verified", "F12": "empty",
            "F13": "expired", "F14": "kits", "F15": "renewed", "F16": "claimed",
        }  # fmt: skip
        shared = {"F4": "f2_period", "F7": "f6_period", "F8": "f5_period", "F9": "f5_period"}
        return tuple(
            f.Definition(
                code=code, name=words[name], numerator=words[f"{code.lower()}_num"],
                denominator=words.get(f"{code.lower()}_den", ""),
                period=words[shared.get(code, f"{code.lower()}_period")],
            )
            for code, name in names.items()
        )  # fmt: skip


class FundReport(BoardReport):
    """The report of the emergency fund, for a month, a quarter, a year, or a year of a donor."""

    key = "emergency_fund.report"
    title = _("Emergency fund report")
    titles = {
        "en": "Emergency fund report", "th": "รายงานกองทุนช่วยเหลือฉุกเฉิน", "my": "အရေးပေါ်ရန်ပုံငွေ အစီရင်ခံစာ",
    }  # fmt: skip
    languages = ("th", "en", "my")
    board = FundBoard()
