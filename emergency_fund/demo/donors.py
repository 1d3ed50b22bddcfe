"""Three donors: one for health, one for food, one for both that began half a year ago and gives in dollars."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from django.utils import timezone

from casework.funds.models import BudgetLine, ExchangeRate
from casework.funds.services import budget
from casework.funds.states import Currency, EntryKind
from casework.kernel.dates import add_months
from casework.kernel.requests import as_of
from emergency_fund.querysets import PROGRAMME
from emergency_fund.states import LineKind

from .teams import Team

K = LineKind


@dataclass(frozen=True, kw_only=True)
class Donor:
    """A donor's agreement: when it began, for how many months, what it gives each office for what."""

    code: str
    name: str
    line: tuple[str, str, str]
    kinds: tuple[LineKind, ...]
    months_ago: int
    months: int
    gives: Mapping[str, int]
    """What each office's line is given in all, in the donor's currency: one half at once, the other half later."""
    currency: str = Currency.THB


DONORS = (
    Donor(
        code="LF-26", name="Lake Foundation", line=("Health", "สุขภาพ", "ကျန်းမာရေး"), months_ago=13, months=24,
        kinds=(K.HEALTH_COST, K.HEALTH_INSURANCE, K.TRANSPORT),
        gives={"MS": 230_000, "RN": 76_000, "PN": 54_000},
    ),
    Donor(
        code="RB-26", name="River Bank Trust", line=("Food", "อาหาร", "အစားအစာ"), months_ago=12, months=18,
        kinds=(K.NUTRITION, K.HYGIENE_KIT), gives={"MS": 130_000, "RN": 60_000, "PN": 44_000},
    ),
    Donor(
        code="HC-26", name="Harbour Children’s Fund", line=("Children", "เด็ก", "ကလေးများ"), months_ago=6, months=12,
        kinds=(K.HEALTH_COST, K.NUTRITION, K.HYGIENE_KIT), currency=Currency.USD,
        gives={"MS": 4_000, "RN": 1_800, "PN": 1_200},
    ),
)  # fmt: skip
RATES = ((14, "34.10"), (9, "33.20"), (6, "32.60"), (3, "32.90"), (1, "33.40"))
"""Baht for a dollar, so many months ago."""


def open_donors(world: Any, teams: Mapping[str, Team]) -> None:
    """Open each donor's source with a line for each office, and give half of it at once, half after some months."""
    for months, baht in RATES:
        ExchangeRate.objects.get_or_create(
            currency=Currency.USD, valid_from=first_of_month(world.today, months),
            defaults={"baht": Decimal(baht), "source": "invented", "checked_on": world.today},
        )  # fmt: skip
    for donor in DONORS:
        _open(donor, world, teams)


def first_of_month(today: date, months_ago: int) -> date:
    """The first day of the month so many months ago."""
    return add_months(today.replace(day=1), -months_ago)


def _open(donor: Donor, world: Any, teams: Mapping[str, Team]) -> None:
    first = first_of_month(world.today, donor.months_ago)
    ends = add_months(first, donor.months) - timedelta(days=1)
    at, by, head = _morning(first), teams["MS"].manager, teams["MS"].head
    with as_of(at):
        source = budget.open_source(
            facts={
                "code": donor.code, "donor": donor.name, "currency": donor.currency,
                "ceiling": str(sum(donor.gives.values()) * 2), "starts_on": str(first), "ends_on": str(ends),
            },
            by=by, now=at,
        )  # fmt: skip
        lines = {code: _line(source, donor, teams[code], at) for code in donor.gives}
    half = first_of_month(world.today, donor.months_ago // 2)
    for on, kind, reason in ((first, EntryKind.ALLOT, "Agreement"), (half, EntryKind.RAISE, "Second part")):
        for code, line in lines.items():
            _give(line, donor.gives[code] // 2, kind, on, reason, (by, head))


def _line(source: Any, donor: Donor, team: Team, at: datetime) -> BudgetLine:
    name_en, name_th, name_my = donor.line
    facts = {
        "office": team.office.pk, "programme": PROGRAMME, "name_en": name_en, "name_th": name_th, "name_my": name_my,
        "kinds": [str(kind) for kind in donor.kinds], "ceiling": "500000",
    }  # fmt: skip
    return budget.open_line(source=source, facts=facts, by=team.manager, now=at)


def _give(line: BudgetLine, amount: int, kind: EntryKind, on: date, reason: str, people: tuple[Any, Any]) -> None:
    proposed_by, by = people
    at = _morning(on)
    with as_of(at):
        budget.give(
            line=line, kind=kind, facts={"amount": str(amount), "on": str(on)}, key=f"demo-{line.pk}-{kind}",
            reason=reason, by=by, proposed_by=proposed_by, now=at,
        )  # fmt: skip


def _morning(on: date) -> datetime:
    return timezone.make_aware(datetime.combine(on, time(8, 0)))
