"""The rows the fund begins with: terms, prices of insurances, who approves how much, what a need counts.

The board of the fund, or the hospital, replaces each by a newer one; [U] in the source marks what nobody has set yet.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from casework.reference.loading import load_terms, rows_of

DATA = Path(__file__).parent / "data"
FIRST_DAY = date(2020, 1, 1)
UNSET = "[U] to be set by the board of the fund"
HELP_FIRST_UP_TO = 8_000
"""Baht with which the fund helps before approval where a life is at risk."""
BANDS = {
    "emergency_fund.help": ((0, 5_000, ("FO",)), (5_000, 10_000, ("FO", "FA")), (10_000, None, ("FA", "PM"))),
    "emergency_fund.appeal": ((0, 5_000, ("FA",)), (5_000, None, ("PM",))),
}
"""From and up to which amount who approves in turn. On an appeal it is one step above those who decided first, so
that somebody is left who had nothing to do with it."""
WEIGHTS = {
    "no_food": 40, "little_food": 20, "no_earner": 25, "short": 15, "deep_debt": 10, "many_depend": 10,
    "some_need": 2, "serious_need": 5, "urgent_need": 10,
}  # fmt: skip
GetModel = Callable[[str, str], Any]


def load_tariffs(get_model: GetModel) -> None:
    """What insurances cost, to be confirmed with the hospital."""
    model = get_model("emergency_fund", "InsuranceTariff")
    model.objects.bulk_create(model(**row) for row in rows_of(DATA / "tariffs.csv"))


def load_bands(get_model: GetModel) -> None:
    """Who approves how much."""
    policies, bands = get_model("approvals", "ApprovalPolicy"), get_model("approvals", "ApprovalBand")
    for kind, rows in BANDS.items():
        cap = HELP_FIRST_UP_TO if kind == "emergency_fund.help" else 0
        policy = policies.objects.create(
            programme="emergency_fund", kind=kind, valid_from=FIRST_DAY, emergency_cap=cap, source=UNSET
        )
        for low, high, roles in rows:
            steps = [{"role": role, "quorum": "any"} for role in roles]
            bands.objects.create(policy=policy, amount_from=low, amount_to=high, steps=steps)


def load_weights(get_model: GetModel) -> None:
    """What each finding of an assessment counts."""
    get_model("emergency_fund", "NeedWeights").objects.create(valid_from=FIRST_DAY, source=UNSET, **WEIGHTS)


def load_first_rows(get_model: GetModel) -> None:
    """Everything this programme brings."""
    load_terms(partial(get_model, "reference"), DATA / "terms.csv")
    load_tariffs(get_model)
    load_bands(get_model)
    load_weights(get_model)
