"""Are two records one child? One score, a band, and the reasons in words a caseworker can check.

The score is Fellegi and Sunter's; the rules D1-D6 of the clinic say what the evidence is called and how high a pair may
stand; D7 lists namesakes of one office born together, whatever else speaks against it. Twins are never duplicates, and
siblings only by their own birth dates. No database, no names: see match_features for what is compared and how
candidates are fetched, match_weights for the numbers.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Literal

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from .match_features import Features
from .match_pairs import (
    SIBLING_DAYS,
    WEIGHT_OTHER,
    Pair,
    born_worth,
    both_differ,
    compared,
    most_worth,
    number_slip,
    same_sex,
    same_weight,
    weight_gap,
    within,
    worths,
)
from .match_weights import DEFAULT_WEIGHTS, Weights

Band = Literal["certain", "high", "medium", "low"]
BANDS: tuple[Band, ...] = ("certain", "high", "medium", "low")

REASONS: dict[str, str | Promise] = {
    "child_number": _("Same 13-digit number"),
    "hospital_no": _("Same hospital number"),
    "certificate_no": _("Same delivery certificate number"),
    "mother_paper": _("Same paper of the mother"),
    "mother_name": _("Same mother’s name"),
    "mother_name_alike": _("Mother’s names are alike"),
    "child_name": _("Same child’s name"),
    "child_name_alike": _("Child’s names are alike"),
    "born_same": _("Same birth date"),
    "born_near": _("Birth dates a few days apart or with day and month exchanged"),
    "born_year_slip": _("Birth dates differ only in the year"),
    "phone": _("Same phone number"),
    "weight": _("Same birth weight"),
    "child_number_slip": _("13-digit numbers differ in one or two digits"),
}
AGAINST: dict[str, str | Promise] = {
    "mother_name_other": _("Other mother’s name"),
    "child_name_other": _("Other child’s name"),
    "born_other": _("Other birth date"),
    "sex_other": _("Other sex"),
    "mother_paper_other": _("Other number on the mother’s paper"),
    "child_number_other": _("Other 13-digit number"),
    "hospital_no_other": _("Other hospital number"),
    "weight_other": _("Birth weights far apart"),
}


@dataclass(frozen=True)
class Match:
    """Two records that may be one child: how sure, by which rules, the facts that agree and those that do not."""

    score: float
    band: Band
    labels: tuple[str, ...]  # "D1" ... "D7"
    facts: tuple[str, ...]  # keys of REASONS, the strongest first
    against: tuple[str, ...] = ()  # keys of AGAINST, the strongest first

    @property
    def reasons(self) -> list[str]:
        """The facts as sentences in the reader's language."""
        return reasons_of(self.facts)


def reasons_of(facts: Iterable[str]) -> list[str]:
    """Stored facts as sentences in the reader's language."""
    return [str(REASONS[fact]) for fact in facts if fact in REASONS]


def doubts_of(facts: Iterable[str]) -> list[str]:
    """Stored facts that speak for two children, as sentences in the reader's language."""
    return [str(AGAINST[fact]) for fact in facts if fact in AGAINST]


def compare(
    one: Features, other: Features, weights: Weights = DEFAULT_WEIGHTS, *, same_office: bool = False,
    least: float | None = None,
) -> Match | None:  # fmt: skip
    """Compare two children; None when they are two children (twins, siblings, strangers).

    With `same_office`, children of one name born together are listed also when the score speaks against it (D7). Who
    compares very many and needs none below a score says so by `least`: most are then told apart without their score.
    """
    pair = compared(one, other)
    if least is not None and round(most_worth(pair, weights, least), 2) < least:
        return None
    if _are_twins(pair, weights) or _are_siblings(pair, weights):
        return None
    least = weights.low_at if least is None else least
    worth = worths(pair, weights)
    score = round(weights.prior + sum(value for value, _fact in worth), 2)
    is_namesake = same_office and _d7(pair, weights)
    if score < least and not _d1(pair, weights) and not is_namesake:
        return None
    labels = tuple(label for label, holds in _RULES if holds(pair, weights)) + (("D7",) if is_namesake else ())
    band = _band(labels, score, weights)
    if band is None:
        return None
    facts = [fact for value, fact in sorted(worth, key=lambda item: -item[0]) if fact and value > 0]
    against = [fact for value, fact in sorted(worth, key=lambda item: item[0]) if fact and value < 0]
    return Match(score=score, band=band, labels=labels, facts=tuple(facts), against=tuple(against))


def are_twins(
    one: Features, other: Features, weights: Weights = DEFAULT_WEIGHTS, *, side_by_side: bool = False
) -> bool:
    """Whether two records are two children of one birth.

    Born within two days of the same mother, and either marked with different birth orders, or told apart by what a
    newborn has alone (13-digit number, hospital number, sex, weight, a twin mark) while no name speaks for one child.
    Of two that somebody wrote down `side_by_side`, two names or a twin mark tell it as well where the weight is not the
    same: nobody enters a child twice in one go under two names.
    """
    return _are_twins(compared(one, other), weights, side_by_side=side_by_side)


def _are_twins(pair: Pair, weights: Weights, *, side_by_side: bool = False) -> bool:
    one, other = pair.one, pair.other
    if pair.days is None or pair.days > weights.twin_days or not _same_mother(pair, weights):
        return False
    if pair.same_number or pair.same_certificate:
        return False
    is_marked = max(one.plurality, other.plurality) > 1
    if is_marked and one.birth_order and other.birth_order:
        return one.birth_order != other.birth_order
    if pair.same_hospital:
        return False
    other_number = both_differ(one.child_number, other.child_number) and not number_slip(pair)
    other_hospital = both_differ(one.hospital_no, other.hospital_no)
    other_sex = {one.sex, other.sex} == {"F", "M"}
    other_weight = weight_gap(pair) > WEIGHT_OTHER
    if pair.child is not None and pair.child >= weights.d4_child:
        return other_number and (other_hospital or other_weight or is_marked)
    is_apart = side_by_side and not same_weight(pair)
    if one.is_baby_of and other.is_baby_of:
        return other_number or other_sex or other_weight or (is_marked and (other_hospital or is_apart))
    other_name = is_apart and pair.child is not None
    return other_number or other_hospital or other_sex or other_weight or other_name or is_marked


def _are_siblings(pair: Pair, weights: Weights) -> bool:
    """Born too far apart for one birth, by dates that are no slip of the pen, and not of one name."""
    if pair.days is None or pair.days <= weights.d2_days or pair.same_number:
        return False
    if pair.same_hospital and pair.days < SIBLING_DAYS:  # further apart, it is the mother's own number
        return False
    is_slip = born_worth(pair, weights)[1] in ("born_near", "born_year_slip")
    return not is_slip and not pair.same_certificate and (pair.child or 0) < weights.d4_child


def _same_mother(pair: Pair, weights: Weights) -> bool:
    if pair.same_paper or pair.same_phone:
        return True
    return pair.mother is not None and pair.mother >= weights.alike_close


def _d1(pair: Pair, _weights: Weights) -> bool:
    return pair.same_number or pair.same_hospital or pair.same_certificate


def _d2(pair: Pair, weights: Weights) -> bool:
    return pair.same_paper and within(pair, weights.d2_days)


def _d3(pair: Pair, weights: Weights) -> bool:
    if not (within(pair, weights.d3_days) and same_sex(pair) and (pair.mother or 0) >= weights.d3_mother):
        return False
    return pair.one.is_baby_of or pair.other.is_baby_of or (pair.child or 0) >= weights.d3_child


def _d4(pair: Pair, weights: Weights) -> bool:
    alike = (pair.child or 0) >= weights.d4_child and (pair.mother or 0) >= weights.d4_mother
    return alike and within(pair, weights.d4_days)


def _d5(pair: Pair, weights: Weights) -> bool:
    return pair.same_phone and within(pair, weights.d5_days)


def _d6(pair: Pair, weights: Weights) -> bool:
    no_paper = not (pair.one.mother_papers and pair.other.mother_papers)
    return no_paper and (pair.mother or 0) >= weights.d6_mother and within(pair, weights.d6_days)


def _d7(pair: Pair, weights: Weights) -> bool:
    """One name and one birth: mothers are written and called in many ways, so the mother's name does not count."""
    return (pair.child or 0) >= weights.alike_same and born_worth(pair, weights)[1] in ("born_same", "born_near")


_RULES: tuple[tuple[str, Callable[[Pair, Weights], bool]], ...] = (
    ("D1", _d1),
    ("D2", _d2),
    ("D3", _d3),
    ("D4", _d4),
    ("D5", _d5),
    ("D6", _d6),
)


def _band(labels: tuple[str, ...], score: float, weights: Weights) -> Band | None:
    """The rules cap the band, the score must carry it; a high score without a rule is worth a look."""
    if "D1" in labels:
        return "certain"
    if score >= weights.high_at and {"D2", "D3"} & set(labels):
        return "high"
    if score >= weights.medium_at:
        return "medium"
    return "low" if "D7" in labels or (score >= weights.low_at and labels) else None
