"""Are two records one child? One score, a band, and the reasons in words a caseworker can check.

The score is Fellegi and Sunter's; the rules D1-D6 of the clinic say what the evidence is called and how high a pair may
stand. Twins are never duplicates, and siblings only by their own birth dates. No database, no names: see
match_features for what is compared and how candidates are fetched, match_weights for the numbers.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from rapidfuzz import fuzz
from rapidfuzz.distance import OSA

from casework.kernel.dates import BirthDate, Precision

from .match_features import Features, exchanged
from .match_weights import DEFAULT_WEIGHTS, Weights

Band = Literal["certain", "high", "medium", "low"]
BANDS: tuple[Band, ...] = ("certain", "high", "medium", "low")

_SOUND_TRUST = 0.95  # equal in sound counts a little less than equal in letters
_WEIGHT_SAME, _WEIGHT_NEAR, _WEIGHT_OTHER = 10, 0.05, 0.15  # grams; shares

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


@dataclass(frozen=True)
class Match:
    """Two records that may be one child: how sure, by which rules, and the facts that agree."""

    score: float
    band: Band
    labels: tuple[str, ...]  # "D1" ... "D6"
    facts: tuple[str, ...]  # keys of REASONS, the strongest first

    @property
    def reasons(self) -> list[str]:
        """The facts as sentences in the reader's language."""
        return reasons_of(self.facts)

    @property
    def blocks_ready(self) -> bool:
        """Certain and high pairs must be decided before a case is ready."""
        return self.band in ("certain", "high")


def reasons_of(facts: Iterable[str]) -> list[str]:
    """Stored facts as sentences in the reader's language."""
    return [str(REASONS[fact]) for fact in facts if fact in REASONS]


@dataclass(frozen=True)
class _Pair:
    """The comparisons of two children, worked out once and read by the rules and the score."""

    one: Features
    other: Features
    child: float | None  # likeness of names, 0-1; None when one has none
    mother: float | None
    days: int | None  # between exact births
    same_paper: bool
    same_phone: bool
    same_number: bool
    same_hospital: bool
    same_certificate: bool


def compare(one: Features, other: Features, weights: Weights = DEFAULT_WEIGHTS) -> Match | None:
    """Compare two children; None when they are two children (twins, siblings, strangers)."""
    pair = _compared(one, other)
    if _are_twins(pair, weights) or _are_siblings(pair, weights):
        return None
    labels = tuple(label for label, holds in _RULES if holds(pair, weights))
    worth = _worths(pair, weights)
    score = round(weights.prior + sum(value for value, _fact in worth), 2)
    band = _band(labels, score, weights)
    if band is None:
        return None
    facts = [fact for value, fact in sorted(worth, key=lambda item: -item[0]) if fact and value > 0]
    return Match(score=score, band=band, labels=labels, facts=tuple(facts))


def are_twins(one: Features, other: Features, weights: Weights = DEFAULT_WEIGHTS) -> bool:
    """Whether two records are two children of one birth.

    Born within two days of the same mother, and either marked with different birth orders, or told apart by what a
    newborn has alone (13-digit number, hospital number, sex, weight, a twin mark) while no name speaks for one child.
    """
    return _are_twins(_compared(one, other), weights)


def _are_twins(pair: _Pair, weights: Weights) -> bool:
    one, other = pair.one, pair.other
    if pair.days is None or pair.days > weights.twin_days or not _same_mother(pair, weights):
        return False
    if pair.same_number or pair.same_hospital or pair.same_certificate:
        return False
    is_marked = max(one.plurality, other.plurality) > 1
    if is_marked and one.birth_order and other.birth_order:
        return one.birth_order != other.birth_order
    other_number = _both_differ(one.child_number, other.child_number) and not _number_slip(pair)
    other_hospital = _both_differ(one.hospital_no, other.hospital_no)
    other_sex = {one.sex, other.sex} == {"F", "M"}
    other_weight = _weight_gap(pair) > _WEIGHT_OTHER
    if pair.child is not None and pair.child >= weights.d4_child:
        return other_number and (other_hospital or other_weight or is_marked)
    if one.is_baby_of and other.is_baby_of:
        return other_number or other_sex or other_weight or (is_marked and other_hospital)
    return other_number or other_hospital or other_sex or other_weight or is_marked


def _are_siblings(pair: _Pair, weights: Weights) -> bool:
    """Born too far apart for one birth, by dates that are no slip of the pen, and not of one name."""
    if pair.days is None or pair.days <= weights.d2_days or pair.same_number or pair.same_hospital:
        return False
    is_slip = _born_worth(pair, weights)[1] in ("born_near", "born_year_slip")
    return not is_slip and not pair.same_certificate and (pair.child or 0) < weights.d4_child


def _same_mother(pair: _Pair, weights: Weights) -> bool:
    if pair.same_paper or pair.same_phone:
        return True
    return pair.mother is not None and pair.mother >= weights.alike_close


def _compared(one: Features, other: Features) -> _Pair:
    exact = one.has_exact_birth and other.has_exact_birth
    days = abs((one.born_on - other.born_on).days) if exact and one.born_on and other.born_on else None
    same_place = not (one.facility and other.facility) or one.facility == other.facility
    return _Pair(
        one=one,
        other=other,
        child=_likeness(one.child_keys, one.child_sounds, other.child_keys, other.child_sounds),
        mother=_likeness(one.mother_keys, one.mother_sounds, other.mother_keys, other.mother_sounds),
        days=days,
        same_paper=bool(one.mother_papers & other.mother_papers),
        same_phone=bool(one.phones & other.phones),
        same_number=_both_same(one.child_number, other.child_number),
        same_hospital=_both_same(one.hospital_no, other.hospital_no) and same_place,
        same_certificate=_both_same(one.certificate_no, other.certificate_no) and same_place,
    )


def _likeness(
    keys: tuple[str, ...], sounds: tuple[str, ...], other_keys: tuple[str, ...], other_sounds: tuple[str, ...]
) -> float | None:
    """How alike two names are, the best of all spellings, by letters or by sound; None when one is missing."""
    if not keys or not other_keys:
        return None
    letters = max(fuzz.ratio(key, other) for key in keys for other in other_keys) / 100
    heard = max((_shared(sound, other) for sound in sounds for other in other_sounds), default=0.0)
    return max(letters, heard * _SOUND_TRUST)


def _shared(sound: str, other: str) -> float:
    """The share of syllables two names have in common, in any order."""
    mine, theirs = Counter(sound.split()), Counter(other.split())
    return 2 * (mine & theirs).total() / (mine.total() + theirs.total())


def _both_same(value: str, other: str) -> bool:
    return bool(value) and value == other


def _both_differ(value: str, other: str) -> bool:
    return bool(value) and bool(other) and value != other


def _number_slip(pair: _Pair) -> bool:
    number, other = pair.one.child_number, pair.other.child_number
    return _both_differ(number, other) and OSA.distance(number, other) <= 2


def _weight_gap(pair: _Pair) -> float:
    """The difference of the birth weights as a share of the heavier; 0 when one is unknown."""
    grams, other = pair.one.weight_g, pair.other.weight_g
    return abs(grams - other) / max(grams, other) if grams and other else 0.0


def _same_sex(pair: _Pair) -> bool:
    return pair.one.sex == pair.other.sex != "U"


def _within(pair: _Pair, days: int) -> bool:
    return pair.days is not None and pair.days <= days


def _d1(pair: _Pair, _weights: Weights) -> bool:
    return pair.same_number or pair.same_hospital or pair.same_certificate


def _d2(pair: _Pair, weights: Weights) -> bool:
    return pair.same_paper and _within(pair, weights.d2_days)


def _d3(pair: _Pair, weights: Weights) -> bool:
    if not (_within(pair, weights.d3_days) and _same_sex(pair) and (pair.mother or 0) >= weights.d3_mother):
        return False
    return pair.one.is_baby_of or pair.other.is_baby_of or (pair.child or 0) >= weights.d3_child


def _d4(pair: _Pair, weights: Weights) -> bool:
    alike = (pair.child or 0) >= weights.d4_child and (pair.mother or 0) >= weights.d4_mother
    return alike and _within(pair, weights.d4_days)


def _d5(pair: _Pair, weights: Weights) -> bool:
    return pair.same_phone and _within(pair, weights.d5_days)


def _d6(pair: _Pair, weights: Weights) -> bool:
    no_paper = not (pair.one.mother_papers and pair.other.mother_papers)
    return no_paper and (pair.mother or 0) >= weights.d6_mother and _within(pair, weights.d6_days)


_RULES: tuple[tuple[str, Callable[[_Pair, Weights], bool]], ...] = (
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
    return "low" if score >= weights.low_at and labels else None


def _worths(pair: _Pair, weights: Weights) -> list[tuple[float, str]]:
    """What each comparison adds to the score, with the fact it states."""
    return [
        _name_worth(pair.child, _syllables(pair.one.child_sounds, pair.other.child_sounds), "child", weights),
        _name_worth(pair.mother, _syllables(pair.one.mother_sounds, pair.other.mother_sounds), "mother", weights),
        _born_worth(pair, weights),
        _sex_worth(pair, weights),
        _paper_worth(pair, weights),
        _phone_worth(pair, weights),
        _number_worth(pair, weights),
        _hospital_worth(pair, weights),
        (weights.certificate_same, "certificate_no") if pair.same_certificate else (0.0, ""),
        _weight_worth(pair, weights),
    ]


def _syllables(sounds: tuple[str, ...], other: tuple[str, ...]) -> int:
    """The length of the shorter name: agreeing on four syllables says more than on one."""
    return min((len(sound.split()) for sound in (*sounds, *other)), default=2)


def _name_worth(likeness: float | None, syllables: int, whose: str, weights: Weights) -> tuple[float, str]:
    if likeness is None:
        return 0.0, ""
    length = min(1.4, max(0.6, syllables / 3))
    for level in ("same", "close", "some"):
        if likeness >= getattr(weights, f"alike_{level}"):
            fact = f"{whose}_name" if level == "same" else f"{whose}_name_alike"
            return getattr(weights, f"{whose}_{level}") * length, fact
    return (getattr(weights, f"{whose}_{'little' if likeness >= weights.alike_little else 'other'}"), "")


def _born_worth(pair: _Pair, weights: Weights) -> tuple[float, str]:
    one, other = pair.one.born_on, pair.other.born_on
    if one is None or other is None:
        return 0.0, ""
    if pair.days is None:
        return (weights.born_overlap if _overlap(pair.one, pair.other) else weights.born_apart), ""
    if pair.days == 0:
        return weights.born_same, "born_same"
    if pair.days <= weights.twin_days or other in exchanged(one):
        return weights.born_near, "born_near"
    if (one.day, one.month) == (other.day, other.month) and abs(one.year - other.year) == 1:
        return weights.born_year_slip, "born_year_slip"
    if pair.days <= 31:
        return weights.born_month, ""
    return (weights.born_sibling_gap if pair.days <= weights.d2_days else weights.born_far), ""


def _overlap(one: Features, other: Features) -> bool:
    spans = [_span(features) for features in (one, other)]
    return spans[0][0] <= spans[1][1] and spans[1][0] <= spans[0][1]


def _span(features: Features) -> tuple[date, date]:
    born = BirthDate(features.born_on, Precision(features.precision))
    return born.earliest or date.min, born.latest or date.max


def _sex_worth(pair: _Pair, weights: Weights) -> tuple[float, str]:
    if "U" in (pair.one.sex, pair.other.sex):
        return 0.0, ""
    return (weights.sex_same if _same_sex(pair) else weights.sex_other), ""


def _paper_worth(pair: _Pair, weights: Weights) -> tuple[float, str]:
    if pair.same_paper:
        return weights.paper_same, "mother_paper"
    kinds = [{paper.partition(":")[0] for paper in features.mother_papers} for features in (pair.one, pair.other)]
    return (weights.paper_other, "") if kinds[0] & kinds[1] else (0.0, "")


def _phone_worth(pair: _Pair, weights: Weights) -> tuple[float, str]:
    if pair.same_phone:
        return weights.phone_same, "phone"
    return (weights.phone_other, "") if pair.one.phones and pair.other.phones else (0.0, "")


def _number_worth(pair: _Pair, weights: Weights) -> tuple[float, str]:
    if pair.same_number:
        return weights.number_same, "child_number"
    if _number_slip(pair):
        return weights.number_slip, "child_number_slip"
    differ = _both_differ(pair.one.child_number, pair.other.child_number)
    return (weights.number_other, "") if differ else (0.0, "")


def _hospital_worth(pair: _Pair, weights: Weights) -> tuple[float, str]:
    if pair.same_hospital:
        return weights.hospital_same, "hospital_no"
    differ = _both_differ(pair.one.hospital_no, pair.other.hospital_no)
    return (weights.hospital_other, "") if differ else (0.0, "")


def _weight_worth(pair: _Pair, weights: Weights) -> tuple[float, str]:
    grams, other = pair.one.weight_g, pair.other.weight_g
    if not grams or not other:
        return 0.0, ""
    if abs(grams - other) <= _WEIGHT_SAME:
        return weights.weight_same, "weight"
    gap = _weight_gap(pair)
    if gap <= _WEIGHT_NEAR:
        return weights.weight_near, ""
    return (weights.weight_other if gap > _WEIGHT_OTHER else 0.0), ""
