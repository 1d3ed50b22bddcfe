"""The tables of the board about how well the work goes, made of the indicators of `quality`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from casework.reference import codes
from casework.reports import figures as f
from casework.reports.boards import Scope
from casework.reports.periods import Period

from . import quality as q
from .certificate_states import CounterLineKey
from .indicators import Line
from .models import RegistryOffice
from .open_lists import RETURN_REASONS
from .queries.quality import CONSULAR, PROFILE, beside
from .states import FollowUpKind, ReturnReason

NAMES = ("results", "returns", "certificates", "costs", "services", "records")
"""The keys of the tables, which are those of their titles."""
CODES = ("M7", "M8", "M9", "M11", "M12", "M13", "M14", "M16")
COSTS = ("fine", "visit", "dna", "step", "correction")
SERVICES = (
    FollowUpKind.INSURANCE.value, FollowUpKind.VACCINATION.value, FollowUpKind.SCHOOL.value,
    FollowUpKind.NATIONALITY.value, PROFILE, CONSULAR,
)  # fmt: skip
NOT_ASKED = f.Told(value=None)
NO_MONEY = (f.Amount(parts=()), f.Portion(parts=(), whole=0, base=0))


def quality_tables(
    lines: Sequence[Line], scope: Scope, period: Period, words: Mapping[str, str]
) -> tuple[f.Table, ...]:
    """All tables, in their order."""
    found = beside(scope, period)
    return (
        _results(lines, period, found, words), _returns(lines, found, scope.language, words),
        _certificates(lines, found, words), _costs(lines, found, words), _services(lines, period, found, words),
        _records(lines, period, found, words),
    )  # fmt: skip


def quality_definitions(words: Mapping[str, str]) -> Iterator[f.Definition]:
    """What each of them counts."""
    for code in CODES:
        key = code.lower()
        yield f.Definition(
            code=code, name=words[f"{key}_name"], numerator=words[f"{key}_num"],
            denominator=words.get(f"{key}_den", ""), period=words[f"{key}_period"],
        )  # fmt: skip


def _sheet(
    words: Mapping[str, str], key: str, heading: str, columns: Iterable[str], rows: Iterable[tuple[str, tuple]], *,
    code: str, also: tuple[str, ...] = (), note: str = "",
) -> f.Sheet:  # fmt: skip
    return f.Sheet(
        key=key, title=words[key], heading=words[heading], columns=tuple(words[column] for column in columns),
        rows=tuple(rows), code=code, also=also, note=note,
    )  # fmt: skip


def _told(rate: f.Rate) -> tuple[f.Count, f.Part, f.Rate]:
    """Of how many, how many, and the share."""
    return f.Count(ids=rate.of), _part(rate), rate


def _part(rate: f.Rate) -> f.Part:
    return f.Part(ids=rate.met, of=rate.of)


def _results(lines: Sequence[Line], period: Period, found: q.Beside, words: Mapping[str, str]) -> f.Sheet:
    rows = (
        (words["first_time"], _told(q.m7_first_time(lines, period, found.accepted_at))),
        (words["no_papers"], _told(q.m9_without_papers(lines, period, found.without_papers))),
    )
    return _sheet(words, "results", "result_kind", ("children", "these", "share"), rows, code="M7", also=("M9",))


def _returns(lines: Sequence[Line], found: q.Beside, language: str, words: Mapping[str, str]) -> f.Grid:
    given_back = q.m8_given_back(lines, found.given_back)
    offices = {row.pk: row.name(language) for row in RegistryOffice.objects.all()}
    order = sorted(given_back, key=lambda place: (offices[place[0]], place[1]))
    total = len(f.joined([f.joined(cells) for cells in given_back.values()]))
    return f.Grid(
        key="returns", title=words["returns"], heading=words["office_reason"],
        columns=(words["returned"], words["refused"]), adds_up=False, code="M8", told=(total,),
        rows=tuple(
            f.Row(name=f"{offices[office]}: {_reason(reason, language)}", cells=given_back[office, reason])
            for office, reason in order
        ),
        finding=words["returns_found"] % {"total": total} if total else words["returns_none"],
    )  # fmt: skip


def _reason(code: str, language: str) -> str:
    known = code in ReturnReason.values
    return str(ReturnReason(code).label) if known else codes.words(RETURN_REASONS, code, language)


def _certificates(lines: Sequence[Line], found: q.Beside, words: Mapping[str, str]) -> f.Sheet:
    rates = q.m11_differing(lines, found.checked, found.differing)
    nobody = f.Rate(met=f.NONE, of=rates[""].of)
    rows = [(words["any_line"], _told(rates[""]))]
    rows += [(str(line.label), _told(rates.get(line.value, nobody))) for line in CounterLineKey]
    return _sheet(words, "certificates", "certificate_line", ("children", "differs", "share"), rows, code="M11")


def _costs(lines: Sequence[Line], found: q.Beside, words: Mapping[str, str]) -> f.Sheet:
    sums = q.m12_costs(lines, found.costs)
    rows = []
    for kind in COSTS:
        amount, ours = sums.get(kind, NO_MONEY)
        rows.append((words[f"cost_{kind}"], (f.Count(ids=amount.ids), amount, ours)))
    columns, note = ("children", "baht", "our_share"), words["costs_note"]
    return _sheet(words, "costs", "cost_kind", columns, rows, code="M12", note=note)


def _services(lines: Sequence[Line], period: Period, found: q.Beside, words: Mapping[str, str]) -> f.Sheet:
    rates = q.m13_linked(lines, period, found, SERVICES)
    rows = []
    for kind in SERVICES:
        wanted, linked = rates[kind]
        asked = NOT_ASKED if kind == PROFILE else _part(wanted)
        known = (NOT_ASKED, NOT_ASKED) if kind == CONSULAR else (_part(linked), linked)
        rows.append((words[f"service_{kind}"], (f.Count(ids=wanted.of), asked, *known)))
    return _sheet(words, "services", "service", ("children", "wanted", "linked", "share"), rows, code="M13")


def _records(lines: Sequence[Line], period: Period, found: q.Beside, words: Mapping[str, str]) -> f.Sheet:
    rows = [
        (words["interpreter"], _told(q.m14_interpreter(lines, period, found))),
        (words["withdrawn"], _told(q.m14_withdrawn(lines, period, found))),
    ]
    rows += [(words[f"lack_{key}"], _told(rate)) for key, rate in q.m16_quality(lines, period, found).items()]
    return _sheet(words, "records", "record_kind", ("children", "these", "share"), rows, code="M16", also=("M14",))
