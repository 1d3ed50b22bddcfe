"""Who works for the fund in each office of the demo: one team decides and pays for all three."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from casework.accounts.models import Grant
from casework.accounts.services import give_grant
from casework.accounts.states import Role

ASKERS = {"MS": ("naw.kham", "thida.oo"), "RN": ("mya.win",), "PN": ("suda.p",)}
OFFICERS, MANAGER, HEAD, CASHIER = ("ploy.m", "nok.s"), "malee.c", "daniel.r", "anan.j"
OF_THE_FUND = (Role.FUND_OFFICER, Role.FUND_MANAGER, Role.CASHIER, Role.MANAGER)


@dataclass(kw_only=True)
class Team:
    """The people of one office."""

    office: Any
    askers: tuple[Any, ...]
    officers: tuple[Any, Any]
    manager: Any
    head: Any
    cashier: Any


def teams_of(world: Any) -> dict[str, Team]:
    """The team of each office by its code."""
    users = world.users
    first, second = OFFICERS
    return {
        code: Team(
            office=world.offices[code], askers=tuple(users[name] for name in names),
            officers=(users[first], users[second]), manager=users[MANAGER], head=users[HEAD], cashier=users[CASHIER],
        )
        for code, names in ASKERS.items()
    }  # fmt: skip


def hold_roles_since(world: Any) -> None:
    """The fund's people held their roles in the year before, too: a role is given for twelve months at most."""
    first, last = world.today - timedelta(days=365), world.today - timedelta(days=1)
    codes: Mapping[str, Any] = {code: world.offices[code] for code in ASKERS}
    for grant in Grant.objects.live(world.today).filter(role__in=OF_THE_FUND, office__in=codes.values()):
        give_grant(
            user=grant.user, role=grant.role, office=grant.office, programme=grant.programme, given_by=None,
            confirmed_by=None, today=first, valid_to=last, reason="demo",
        )  # fmt: skip
