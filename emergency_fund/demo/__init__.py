"""A believable year of the fund, made through the same services as real work. Everybody in it is invented."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from casework.funds.models import FundingSource
from casework.notifications.services.notices import read_all_notices
from casework.reports.demo import load_months, load_template
from emergency_fund.reports import FundBoard

from .after import play_after
from .calls import past_calls
from .cash import past_cash
from .donors import open_donors
from .emergencies import helped_first, one_is_away
from .families import Household
from .finance import past_months
from .insurances import past_insurances
from .recent import TURN, households_of, last_weeks
from .teams import hold_roles_since, teams_of
from .year import past_year


def load_demo(world: Any) -> None:
    """The fund of three offices by hand; nothing where a number of children is asked for instead."""
    if world.children is not None or FundingSource.rows.exists():
        return
    hold_roles_since(world)
    teams = teams_of(world)
    open_donors(world, teams)
    houses = households_of(teams["MS"])
    latest = sorted(houses[-len(TURN) :], key=_born)  # asked for after their births
    read = (world.now - timedelta(days=4), lambda: _read_notices(world))
    played = [
        *past_year(world, teams), *last_weeks(world, teams["MS"], latest), read,
        *helped_first(world, teams["MS"]), *past_calls(world), *past_months(world, teams["MS"]),
    ]  # fmt: skip
    for _moment, act in sorted(played, key=lambda step: step[0]):
        act()
    past_insurances(world, teams["MS"], houses)
    play_after(world)
    past_cash(world)
    one_is_away(world)
    load_months(world, FundBoard(), "MS", "daniel.r", "A request on paper was entered later.")
    load_template(
        world, FundBoard(), "daniel.r", name="รายงานกองทุนช่วยเหลือฉุกเฉินประจำปี", donor="Harbour Children’s Fund",
        language="th", year_begins=7,
        figures={
            "paid": "HCF 4.1 เงินช่วยเหลือที่ถึงมือครอบครัว", "in-time": "HCF 4.2 ตัดสินภายในกำหนด", "cost": "",
            "first-aid": "HCF 4.3 ความรวดเร็วของความช่วยเหลือแรก", "verified": "",
        },
        boxes={"ผลลัพธ์ต่อเด็กและครอบครัว": "สองถึงสามย่อหน้า", "บทเรียนที่ได้รับ": ""},
    )  # fmt: skip


def _born(house: Household) -> date:
    return house.case.child.born_on or date.min


def _read_notices(world: Any) -> None:
    """Everybody has read what they were told until then."""
    for user in world.users.values():
        read_all_notices(recipient=user, now=world.now)
