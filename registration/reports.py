"""The board of birth registration: its figures for a scope, and the children behind them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from functools import cached_property
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import get_language, override
from django.utils.translation import gettext_lazy as _

from casework.kernel.dates import BUDDHIST_OFFSET, month_short, short
from casework.people.masking import MaskedChild, masked_children
from casework.reference import codes
from casework.reference.places import province_names
from casework.reference.queries import terms
from casework.reports import figures as f
from casework.reports.boards import Board, Scope
from casework.reports.paper import BoardReport
from casework.reports.periods import Period, last_months

from . import indicators as i
from .models import BirthRecord, OpeningBalance
from .open_lists import BLOCKS
from .quality_tables import NAMES as QUALITY
from .quality_tables import quality_definitions, quality_tables
from .queries.counted import lines_since, opening_balances, registered_ever, requirement_names
from .queries.coverage import ward_coverage
from .queries.gaps import missing_in
from .queries.lists import with_names
from .queries.narrowing import FILTERS, wanted
from .states import Block
from .words.report import said

TREND_MONTHS = 12
MONTHS_DRAWN = 24
LARGE = {
    "open": "open", "in-time": "in_time", "submitted": "submitted", "days": "days", "registered": "registered",
    "ward": "ward",
}  # fmt: skip
TABLES = {
    "births": "births", "legs": "legs", "own-limits": "own_limits", "map": "map", "ages": "ages",
    "backlog": "backlog", "codes": "codes",
    "blocked-days": "blocked_days", "papers": "papers",
    **{key: key for key in QUALITY},
}  # fmt: skip
"""The words of each figure's name, by its key."""


class BirthBoard(Board):
    """Births, how many are registered, in which time, and what stands in the way."""

    key = "registration"
    label = _("Birth registration")
    report_kind = "registration.report"
    timed = ("M1", "M2")
    apart = QUALITY
    apart_label = _("How well the work goes")
    filters = FILTERS
    not_narrowed = _("Targets, ward coverage and births before these records are of all cases, and are left out.")
    gap_words = {
        "way": _("Way of registration not confirmed"),
        "result": _("Handed in, no result written down"),
        "hand-over": _("Registered, certificate not handed over"),
    }

    def gaps(self, office: int, month: Period) -> dict[str, f.Ids]:
        """Births of the month: taken up, handed in or registered in it."""
        return missing_in(office, month)

    def offered(self, language: str) -> list[f.Offered]:
        with override(language):
            words = said(language)
        large = [f.Offered(key=key, name=words[name], is_large=True) for key, name in LARGE.items()]
        return [*large, *(f.Offered(key=key, name=words[name]) for key, name in TABLES.items())]

    def read(self, scope: Scope) -> f.Reading:
        with override(scope.language):
            return _Reader(scope).reading()

    def open_rows(self, user: Any, ids: f.Ids) -> QuerySet[BirthRecord]:
        rows = BirthRecord.objects.visible_to(user).real().filter(pk__in=ids)
        return with_names(rows.select_related("office")).order_by("-pk")

    def masked_rows(self, ids: f.Ids) -> QuerySet[BirthRecord]:
        rows = BirthRecord.rows.all().real().filter(pk__in=ids)
        return rows.select_related("case__child", "case__family").order_by("pk")

    def listed(self, rows: Sequence[BirthRecord]) -> list[f.ListedChild]:
        language = (get_language() or "en")[:2]
        return [
            f.ListedChild(
                name=row.case.child.name,
                url=reverse("registration:detail", args=[row.pk]),
                born=row.case.child.birth,
                number=row.case.number,
                status=row.get_status_display(),
                office=row.office.name(language),
            )
            for row in rows
        ]

    def masked(self, rows: Sequence[BirthRecord], today: date) -> list[MaskedChild]:
        words = said((get_language() or "en")[:2])
        children = [
            (
                row.case_id,
                words[i.band(row.case.child.born_on, today)],
                row.case.family.place_code if row.case.family else None,
            )
            for row in rows
        ]
        return masked_children("registration.reports.pseudonym", children, unknown=words["province_unknown"])


class _Reader:
    """One counting: the lines are read once, every figure is made of them."""

    def __init__(self, scope: Scope) -> None:
        self.scope = scope
        self.words = said(scope.language)
        self.whole = scope.period
        self.period = scope.period.until(scope.today)
        self.trend = [month.until(scope.today) for month in last_months(scope.today, TREND_MONTHS)]
        spans = [self.period, self.trend[0], *([scope.before] if scope.before else [])]
        lines = i.each_child_once(lines_since(scope, min(span.first for span in spans)))
        self.lines = i.only(lines, wanted(scope)) if scope.filters else lines

    def reading(self) -> f.Reading:
        return f.Reading(
            stats=self.stats(),
            tables=(
                self.births(), self.legs(), self.own_limits(), self.map(), self.ages(), self.backlog(),
                *self.blocked_by_code(), self.blocked_by_paper(),
                *quality_tables(self.lines, self.scope, self.period, self.words),
            ),
            definitions=self.definitions(),
            words=self.words,
        )  # fmt: skip

    def as_it_stands(self, title: str) -> str:
        """The title of what is told as it stands today, with the day where the period ended before it."""
        if self.period.last >= self.scope.today:
            return title
        return self.words["as_it_stands"] % {"what": title, "day": short(self.scope.today, self.scope.language)}

    @cached_property
    def rules(self) -> dict[str, int]:
        """The days and other numbers of the programme that hold today."""
        return {key: int(value) for key, value in terms("registration.", self.scope.today).items()}

    @property
    def silent_days(self) -> int:
        """Days without any act after which nothing counts as done."""
        return self.rules["inactive_days"]

    # large numbers

    def stats(self) -> tuple[f.Stat, ...]:
        words, lines, before = self.words, self.lines, self.scope.before
        all_opened = i.m1_of_all_opened(lines, self.period)
        whole_way = i.LEGS[-1]
        way = i.m3_leg(lines, self.period, whole_way)
        still = len(i.m5_still(lines))
        silence = words["still"] % {"count": still, "days": self.silent_days} if still else ""
        counted = self.registered_ever
        return (
            f.Stat(
                key="open", label=words["open"], code="M5",
                measure=f.Count(ids=i.open_on(lines, self.period.last)),
                before=f.Count(ids=i.open_on(lines, before.last)) if before else None,
                trend=tuple(f.Count(ids=i.open_on(lines, month.last)) for month in self.trend),
                note=silence, told=(still,), more_is_better=False,
            ),
            f.Stat(
                key="in-time", label=words["in_time"], code="M1",
                measure=i.m1_registered_within_15(lines, self.period),
                before=i.m1_registered_within_15(lines, before) if before else None,
                trend=tuple(i.m1_registered_within_15(lines, month) for month in self.trend),
                note="" if all_opened.percent is None else words["in_time_all"] % {"percent": all_opened.percent},
                told=(len(all_opened.met), len(all_opened.of), len(all_opened.of - all_opened.met)),
            ),
            f.Stat(
                key="submitted", label=words["submitted"], code="M2", also=("M1",),
                measure=i.m2_submitted_within_15(lines, self.period),
                before=i.m2_submitted_within_15(lines, before) if before else None,
                trend=tuple(i.m2_submitted_within_15(lines, month) for month in self.trend),
            ),
            f.Stat(
                key="days", label=words["days"], code="M3", measure=way,
                before=i.m3_leg(lines, before, whole_way) if before else None,
                trend=tuple(i.m3_leg(lines, month, whole_way) for month in self.trend),
                note=words["median_note"] % {"days": way.ninetieth} if way.days else "", more_is_better=False,
            ),
            f.Stat(
                key="registered", label=words["registered"], code="M4", also=("M15",),
                measure=f.Count(ids=i.registered_in(lines, self.period)),
                before=f.Count(ids=i.registered_in(lines, before)) if before else None,
                trend=tuple(f.Count(ids=i.registered_in(lines, month)) for month in self.trend),
                note=self.ever(), told=(counted,),
            ),
            *self.ward(),
        )  # fmt: skip

    def ward(self) -> Iterator[f.Stat]:
        """Ward coverage (M10), where a hospital reported anything; what it reports is of all births."""
        if self.scope.filters:
            return
        found = ward_coverage(self.scope, self.whole)
        before = ward_coverage(self.scope, self.scope.before) if self.scope.before else None
        if found.share.total:
            note = self.words["ward_reported"] % {"months": found.reported_months} if found.reported_months else ""
            yield f.Stat(
                key="ward", label=self.words["ward"], code="M10", measure=found.share,
                before=before.share if before else None, note=note,
            )  # fmt: skip

    @cached_property
    def registered_ever(self) -> int:
        """Children registered in these records (M15)."""
        return registered_ever(self.scope)

    @cached_property
    def balances(self) -> list[OpeningBalance]:
        """What was registered before these records (M15)."""
        return [] if self.scope.filters else opening_balances(self.scope)

    def ever(self) -> str:
        """All births registered, those before these records told apart (M15); nothing where figures are narrowed."""
        if self.scope.filters:
            return ""
        counted, before = self.registered_ever, sum(row.births for row in self.balances)
        if before:
            return self.words["ever"] % {"total": f"{counted + before:,}", "before": f"{before:,}"}
        return self.words["ever_counted"] % {"total": f"{counted:,}"}

    def m15(self) -> f.Definition:
        """What M15 counts, with the source of each number from before these records."""
        words = self.words
        counted = "; ".join([words["m15_num"], *(self.told_before(row) for row in self.balances)])
        return f.Definition(code="M15", name=words["m15_name"], numerator=counted, period=words["m15_period"])

    def told_before(self, row: OpeningBalance) -> str:
        """What was registered in an office before these records, until when, and who says so."""
        day = short(row.until_on, self.scope.language)
        return self.words["m15_before"] % {"births": f"{row.births:,}", "day": day, "source": row.source}

    # figures

    def births(self) -> f.Grid:
        words, language = self.words, self.scope.language
        months = list(self.period.months())
        *known, unsure = i.births_by_month(self.lines, months)
        several = months[0].first.year != months[-1].first.year
        rows = [
            f.Row(name=month_label(month, language, several), cells=cells)
            for month, cells in zip(months, known, strict=True)
        ]
        running = {len(rows) - 1} if self.whole.is_partial(self.scope.today) else set()
        if len(rows) > MONTHS_DRAWN:
            rows = by_year(months, known, language)
            running = {len(rows) - 1} if running else set()
        extra = any(unsure)
        if extra:
            rows.append(f.Row(name=words["month_unknown"], cells=unsure))
        total = sum(len(row.ids) for row in rows)
        done = sum(len(row.cells[0]) for row in rows)
        return f.Grid(
            key="births", title=words["births"], heading=words["month"], shape="columns",
            columns=tuple(words[f"result_{result}"] for result in i.RESULTS), rows=tuple(rows), code="B",
            partial=frozenset(running), undrawn=1 if extra else 0,
            finding=words["births_found"] % {"registered": done, "total": total} if total else words["births_none"],
        )  # fmt: skip

    def legs(self) -> f.Legs:
        words = self.words
        rows = tuple((words[leg.key], i.m3_leg(self.lines, self.period, leg)) for leg in i.LEGS)
        whole = rows[-1][1]
        return f.Legs(
            key="legs", title=words["legs"], heading=words["leg"], rows=rows, code="M3",
            columns=(words["median"], words["ninetieth"], words["children"]),
            finding=words["legs_found"] % {"days": f"{whole.value:g}"} if whole.days else words["legs_none"],
        )  # fmt: skip

    def own_limits(self) -> f.Sheet:
        """What the clinic set itself: the share of it done in time (C6)."""
        words, rules = self.words, self.rules
        rates = (
            ("limit_submit", rules["submit_target_days"], i.submitted_within),
            ("limit_hand_over", rules["handover_target_days"], i.handed_over_within),
        )
        rows = [(words[name] % {"days": days}, rate(self.lines, self.period, days)) for name, days, rate in rates]
        return f.Sheet(
            key="own-limits", title=words["own_limits"], heading=words["own_limit"], code="M3",
            columns=(words["children"], words["limit_kept"]), note=words["own_limits_note"],
            rows=tuple((name, (f.Count(ids=rate.of), rate)) for name, rate in rows),
        )  # fmt: skip

    def map(self) -> f.Grid:
        words = self.words
        found = i.open_by_province(self.lines)
        names = province_names(set(found), self.scope.language)
        order = sorted(found, key=lambda code: (code not in names, -len(found[code]), code))
        unplaced = frozenset().union(*(found[code] for code in order if code not in names))
        rows = [f.Row(name=names[code], cells=(found[code],), code=code) for code in order if code in names]
        if unplaced:
            rows.append(f.Row(name=words["province_unknown"], cells=(unplaced,)))
        return f.Grid(
            key="map", title=self.as_it_stands(words["map"]), heading=words["province"], columns=(words["children"],),
            rows=tuple(rows), shape="map", finding=words["map_found"], code="M5",
        )  # fmt: skip

    def ages(self) -> f.Grid:
        words = self.words
        found = i.m4_registered(self.lines, self.period)
        total = sum(map(len, found.values()))
        finding = words["ages_found"] % {"number": len(found["d15"]), "total": total} if total else words["legs_none"]
        bands = [key for key in i.BANDS if found[key] or key != "unknown"]
        return f.Grid(
            key="ages", title=words["ages"], heading=words["age"], columns=(words["children"],), shape="lines",
            rows=tuple(f.Row(name=words[key], cells=(found[key],)) for key in bands), finding=finding, code="M4",
        )  # fmt: skip

    def backlog(self) -> f.Grid:
        words = self.words
        found = i.m5_backlog(self.lines, self.scope.today)
        rows = tuple(f.Row(name=words[key], cells=found[key]) for key in i.BANDS if any(found[key]) or key != "unknown")
        status = {"registered": "registered_status"}
        total = sum(len(row.ids) for row in rows)
        still = len(i.m5_still(self.lines))
        return f.Grid(
            key="backlog", told=(still,), title=self.as_it_stands(words["backlog"]), heading=words["age"], rows=rows,
            code="M5", columns=tuple(words[status.get(key, key)] for key, _statuses in i.OPEN_COLUMNS),
            finding=words["backlog_found"] % {"total": total, "still": still, "days": self.silent_days},
        )  # fmt: skip

    def blocked_by_code(self) -> tuple[f.Grid, f.Legs]:
        words = self.words
        found = i.m6_by_code(self.lines, self.scope.today)
        order = sorted(found, key=lambda code: (-len(found[code][0]), code))
        names = {code: words[code] if code in Block.values else self.own_block(code) for code in order}
        total = len(i.blocked_lines(self.lines))
        finding = words["codes_found"] % {"total": total} if total else words["codes_none"]
        counts = f.Grid(
            key="codes", title=self.as_it_stands(words["codes"]), heading=words["code"], columns=(words["children"],),
            shape="lines",
            rows=tuple(f.Row(name=names[code], cells=(found[code][0],)) for code in order),
            adds_up=False, code="M6", finding=finding, told=(total,),
        )  # fmt: skip
        days = f.Legs(
            key="blocked-days", title=self.as_it_stands(words["blocked_days"]), heading=words["code"], code="M6",
            rows=tuple((names[code], found[code][1]) for code in order),
            columns=(words["median"], words["ninetieth"], words["children"]), finding=finding,
        )  # fmt: skip
        return counts, days

    def own_block(self, code: str) -> str:
        return codes.words(BLOCKS, code, self.scope.language)

    def blocked_by_paper(self) -> f.Grid:
        words = self.words
        found = i.m6_by_requirement(self.lines, self.scope.today)
        names = requirement_names(found, self.scope.language)
        order = sorted(found, key=lambda pk: (-len(found[pk][0]), pk))
        total = len(i.blocked_lines(self.lines))
        return f.Grid(
            key="papers", title=self.as_it_stands(words["papers"]), heading=words["paper"], shape="lines",
            columns=(words["children"],),
            rows=tuple(f.Row(name=names[pk], cells=(found[pk][0],)) for pk in order), adds_up=False, code="M6",
            told=(total,), finding=words["codes_found"] % {"total": total} if total else words["codes_none"],
        )  # fmt: skip

    def further(self) -> Iterator[f.Definition]:
        """The definitions of quality with those of M10 and M15 in their places."""
        found = {one.code: one for one in quality_definitions(self.words)}
        words = self.words
        found["M10"] = f.Definition(
            code="M10", name=words["ward"], numerator=words["m10_num"], denominator=words["m10_den"],
            period=words["m10_period"],
        )  # fmt: skip
        found["M15"] = self.m15()
        yield from sorted(found.values(), key=lambda one: int(one.code[1:]))

    def definitions(self) -> tuple[f.Definition, ...]:
        words = self.words

        def defined(code: str, key: str, denominator: str = "", period: str = "") -> f.Definition:
            return f.Definition(
                code=code, name=words.get(f"{key}_name") or words[key],
                numerator=words[f"{key}_num"] % {"days": self.rules["blocked_after_days"]},
                denominator=words[denominator] if denominator else "", period=words[period] if period else "",
            )  # fmt: skip

        return (
            defined("M1", "m1", "m1_den", "m1_period"),
            defined("M2", "m2", "m2_den", "m1_period"),
            defined("M3", "m3", "m3_den", "m3_period"),
            defined("M4", "m4", "", "m4_period"),
            defined("M5", "m5", "", "m5_period"),
            defined("M6", "m6", "", "m5_period"),
            *self.further(),
            defined("B", "births", "", "births_period"),
        )


def month_label(month: Period, language: str, with_year: bool) -> str:
    """The short name of a month, with the year where several years stand side by side."""
    name = month_short(month.first.month, language)
    shown = month.first.year + (BUDDHIST_OFFSET if language == "th" else 0)
    return f"{name} {shown % 100:02}" if with_year else name


def by_year(months: Sequence[Period], cells: Sequence[tuple[f.Ids, ...]], language: str) -> list[f.Row]:
    """Months gathered into years, for long periods."""
    years: dict[int, list[tuple[f.Ids, ...]]] = {}
    for month, line in zip(months, cells, strict=True):
        years.setdefault(month.first.year, []).append(line)
    shown = BUDDHIST_OFFSET if language == "th" else 0
    return [
        f.Row(name=str(year + shown), cells=tuple(f.joined(column) for column in zip(*lines, strict=True)))
        for year, lines in years.items()
    ]


class BirthReport(BoardReport):
    """The programme report of birth registration."""

    key = "registration.report"
    title = _("Birth registration report")
    titles = {"en": "Birth registration report", "th": "รายงานการจดทะเบียนการเกิด"}
    board = BirthBoard()
