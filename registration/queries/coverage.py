"""Ward coverage (M10): how many of the births a hospital reported have a case, month by month."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from casework.accounts.models import Office
from casework.accounts.states import OfficeKind
from casework.reports.boards import Scope
from casework.reports.figures import NONE, Ids, Share
from casework.reports.periods import Period
from registration.models import BirthRecord, ReportedBirths, WardBirth, WardTally
from registration.states import PlaceKind

Month = tuple[int, date]  # office, first day


@dataclass(frozen=True, kw_only=True)
class Coverage:
    """The share, and for how many months the hospital's own number was taken."""

    share: Share
    reported_months: int = 0


def ward_coverage(scope: Scope, period: Period) -> Coverage:
    """Cases of reported births in the whole offices of the scope; a practice office counts nothing. Five queries."""
    offices = Office.objects.filter(pk__in=scope.offices, kind=OfficeKind.OFFICE).values_list("pk", flat=True)
    ids = frozenset(offices)
    told = _reported(ids, period)
    listed, with_case = _listed(ids, period)
    recorded = _recorded(ids, period) if told else {}
    met: Ids = NONE
    for place in {*told, *listed}:
        met |= recorded.get(place, NONE) if place in told else with_case.get(place, NONE)
    total = sum(told.get(place, listed.get(place, 0)) for place in {*told, *listed})
    return Coverage(share=Share(met=met, total=total), reported_months=len({month for _office, month in told}))


def _reported(offices: Ids, period: Period) -> dict[Month, int]:
    """What hospitals reported for months that lie wholly in the period; several hospitals of an office are added."""
    found: dict[Month, int] = defaultdict(int)
    whole = [part.first for part in period.months() if part.first.day == 1 and _is_whole(part)]
    for row in ReportedBirths.rows.filter(office__in=offices, month__in=whole):
        found[row.office_id, row.month] += row.births
    return dict(found)


def _is_whole(part: Period) -> bool:
    following = part.last.toordinal() + 1
    return date.fromordinal(following).day == 1


def _listed(offices: Ids, period: Period) -> tuple[dict[Month, int], dict[Month, Ids]]:
    """Births on the ward's lists by month, those already removed included; and the records of those met."""
    counts: dict[Month, int] = defaultdict(int)
    cases: dict[Month, Ids] = defaultdict(frozenset)
    rows = WardBirth.rows.filter(office__in=offices, born_on__range=(period.first, period.last)).counted()
    for office_id, born_on, birth_id in rows.values_list("office_id", "born_on", "birth_id"):
        place = (office_id, born_on.replace(day=1))
        counts[place] += 1
        if birth_id:
            cases[place] |= {birth_id}
    for tally in WardTally.objects.filter(office__in=offices, month__range=(period.first, period.last)):
        counts[tally.office_id, tally.month] += tally.births
    return dict(counts), dict(cases)


def _recorded(offices: Ids, period: Period) -> dict[Month, Ids]:
    """Records of children born in a hospital in Thailand, by month of birth, each child once."""
    found: dict[Month, dict[int, int]] = defaultdict(dict)
    rows = BirthRecord.rows.all().real().filter(
        office__in=offices, place_kind=PlaceKind.HOSPITAL, country="TH",
        case__child__born_on__range=(period.first, period.last),
    )  # fmt: skip
    for pk, office_id, child, born in rows.values_list("pk", "office_id", "case__child_id", "case__child__born_on"):
        found[office_id, born.replace(day=1)][child] = pk
    return {place: frozenset(children.values()) for place, children in found.items()}
