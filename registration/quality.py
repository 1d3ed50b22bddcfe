"""How well the work goes: the indicators M7 to M9, M11 to M14 and M16 (birth_registration.md C10), as pure functions.

They count the lines of `indicators`; what they need besides is read by `queries.quality`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from casework.kernel.dates import Precision
from casework.reports.figures import Amount, Ids, Portion, Rate
from casework.reports.measures import NONE
from casework.reports.periods import Period

from .indicators import Line, ids
from .states import Result


@dataclass(frozen=True, kw_only=True)
class GivenBack:
    """Papers that a registry office gave back or refused."""

    birth: int
    office: int
    reason: str
    result: str


@dataclass(frozen=True, kw_only=True)
class Cost:
    """What something cost, in satang; whether the clinic paid it, where that is written down."""

    birth: int
    kind: str
    satang: int
    is_ours: bool | None = None


@dataclass(frozen=True, kw_only=True)
class Beside:
    """What the period holds besides the lines, as sets of records and rows about them."""

    accepted_at: Mapping[int, int] = field(default_factory=dict)
    """Record → the number of the visit that led to the registration."""
    given_back: Sequence[GivenBack] = ()
    without_papers: Ids = NONE
    checked: Ids = NONE
    """Certificates that were compared in the period."""
    differing: Mapping[str, Ids] = field(default_factory=dict)
    """Line of the certificate → records whose certificate says something else."""
    costs: Sequence[Cost] = ()
    offered: Mapping[str, Ids] = field(default_factory=dict)
    """Service → records for whose child it applies."""
    wanted: Mapping[str, Ids] = field(default_factory=dict)
    linked: Mapping[str, Ids] = field(default_factory=dict)
    interpreted: Ids = NONE
    """Records on which the interpreter's language stands."""
    agreed: Ids = NONE
    """Records whose family said yes to a sharing."""
    withdrawn: Ids = NONE
    """Those of whose answers one was withdrawn."""
    without_thai_name: Ids = NONE
    without_place: Ids = NONE
    acknowledged: Ids = NONE
    """Records on which somebody went on over a warning."""


def _rate(base: Ids, met: Ids) -> Rate:
    return Rate(met=base & met, of=base)


def m7_first_time(lines: Iterable[Line], period: Period, accepted_at: Mapping[int, int]) -> Rate:
    """M7: registered on the first visit, of all registered in the period on a visit that is written down."""
    base = ids(line for line in lines if line.registered_on in period) & frozenset(accepted_at)
    return _rate(base, frozenset(birth for birth, number in accepted_at.items() if number == 1))


def m8_given_back(lines: Iterable[Line], rows: Iterable[GivenBack]) -> dict[tuple[int, str], tuple[Ids, Ids]]:
    """M8: children whose papers were returned, and refused, by office and reason."""
    known = ids(lines)
    found: dict[tuple[int, str], tuple[set[int], set[int]]] = {}
    for row in rows:
        if row.birth in known:
            returned, refused = found.setdefault((row.office, row.reason), (set(), set()))
            (refused if row.result == Result.REFUSED else returned).add(row.birth)
    return {place: (frozenset(returned), frozenset(refused)) for place, (returned, refused) in found.items()}


def m9_without_papers(lines: Iterable[Line], period: Period, without: Ids) -> Rate:
    """M9: registered, of those first taken to an office in the period of whom neither parent had a paper."""
    base = [line for line in lines if line.first_submitted_on in period and line.id in without]
    return _rate(ids(base), ids(line for line in base if line.is_registered))


def m11_differing(lines: Iterable[Line], checked: Ids, differing: Mapping[str, Ids]) -> dict[str, Rate]:
    """M11: certificates that differ, of those compared in the period; "" is all, then by line."""
    base = ids(lines) & checked
    each = {key: _rate(base, found) for key, found in differing.items()}
    return {"": _rate(base, frozenset().union(*differing.values())), **each}


def m12_costs(lines: Iterable[Line], costs: Iterable[Cost]) -> dict[str, tuple[Amount, Portion]]:
    """M12: what each kind came to, and the part that the clinic paid; nothing of one where nobody wrote who paid."""
    known = ids(lines)
    kinds: dict[str, list[Cost]] = {}
    for cost in costs:
        if cost.birth in known:
            kinds.setdefault(cost.kind, []).append(cost)
    return {kind: (_amount(found), _portion(found)) for kind, found in kinds.items()}


def _amount(costs: Iterable[Cost]) -> Amount:
    return Amount(parts=tuple((cost.birth, cost.satang) for cost in costs))


def _portion(costs: Iterable[Cost]) -> Portion:
    told = [cost for cost in costs if cost.is_ours is not None]
    ours = tuple((cost.birth, cost.satang) for cost in told if cost.is_ours)
    return Portion(parts=ours, whole=sum(cost.satang for cost in told), base=len({cost.birth for cost in told}))


def m13_linked(
    lines: Iterable[Line], period: Period, beside: Beside, kinds: Iterable[str]
) -> dict[str, tuple[Rate, Rate]]:
    """M13: of certificates handed over in the period, who wants a service, and who is linked to it."""
    handed = ids(line for line in lines if line.handed_over_on in period)
    found = {}
    for kind in kinds:
        base = handed & beside.offered.get(kind, NONE)
        found[kind] = _rate(base, beside.wanted.get(kind, NONE)), _rate(base, beside.linked.get(kind, NONE))
    return found


def opened_in(lines: Iterable[Line], period: Period) -> list[Line]:
    """Lines of families that came in the period."""
    return [line for line in lines if line.opened_on in period]


def m14_interpreter(lines: Iterable[Line], period: Period, beside: Beside) -> Rate:
    """M14: with the interpreter's language, of those opened in the period."""
    return _rate(ids(opened_in(lines, period)), beside.interpreted)


def m14_withdrawn(lines: Iterable[Line], period: Period, beside: Beside) -> Rate:
    """M14: consent withdrawn, of those opened in the period whose family had agreed to a sharing."""
    return _rate(ids(opened_in(lines, period)) & beside.agreed, beside.withdrawn)


def m16_quality(lines: Iterable[Line], period: Period, beside: Beside) -> dict[str, Rate]:
    """M16: what is not known of those opened in the period, and where somebody went on over a warning."""
    opened = opened_in(lines, period)
    unsure = ids(line for line in opened if line.precision != Precision.EXACT)
    lacking = {
        "date": unsure, "thai_name": beside.without_thai_name, "place": beside.without_place,
        "warning": beside.acknowledged,
    }  # fmt: skip
    return {key: _rate(ids(opened), found) for key, found in lacking.items()}
