"""Two children side by side: each thing compared once, and what it is worth for the score."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import product
from math import inf

from django.utils.functional import cached_property
from rapidfuzz import fuzz
from rapidfuzz.distance import OSA, LCSseq

from casework.kernel.dates import BirthDate, Precision

from .match_features import Features, exchanged
from .match_weights import Weights

_MOST_LENGTH = 1.4  # how much more a long name counts than one of three syllables
_SOUND_TRUST = 0.95  # equal in sound counts a little less than equal in letters
_WEIGHT_SAME, _WEIGHT_NEAR = 10, 0.05  # grams; share of the heavier
NAMES_ALIKE = 0.85  # one name, heard or spelled by two people
WEIGHT_OTHER = 0.15  # weights this far apart are two newborns
SIBLING_DAYS = 200  # births this far apart are no slip of the pen about one, and may be of one mother


@dataclass(eq=False)
class Pair:
    """The comparisons of two children, worked out once and read by the rules and the score."""

    one: Features
    other: Features
    days: int | None  # between exact births
    same_paper: bool
    same_phone: bool
    same_number: bool
    same_hospital: bool
    same_certificate: bool

    @cached_property
    def child(self) -> float | None:
        """How alike the names are."""
        return child_likeness(self.one, self.other)

    @cached_property
    def mother(self) -> float | None:
        """The same of the mothers' names; most pairs are told apart without it."""
        return mother_likeness(self.one, self.other)


def compared(one: Features, other: Features) -> Pair:
    exact = one.has_exact_birth and other.has_exact_birth
    days = abs((one.born_on - other.born_on).days) if exact and one.born_on and other.born_on else None
    same_place = not (one.facility and other.facility) or one.facility == other.facility
    return Pair(
        one=one,
        other=other,
        days=days,
        same_paper=not one.mother_papers.isdisjoint(other.mother_papers),
        same_phone=not one.phones.isdisjoint(other.phones),
        same_number=one.child_number != "" and one.child_number == other.child_number,
        same_hospital=one.hospital_no != "" and one.hospital_no == other.hospital_no and same_place,
        same_certificate=one.certificate_no != "" and one.certificate_no == other.certificate_no and same_place,
    )


def are_names_alike(one: str, other: str) -> bool:
    """Whether two people may have written one name, by letters or by sound."""
    likeness = compared(Features.of_names(child=[], mother=[one]), Features.of_names(child=[], mother=[other])).mother
    return likeness is not None and likeness >= NAMES_ALIKE


def child_likeness(one: Features, other: Features) -> float | None:
    """How alike two children's names are, 0-1; None when one has none."""
    return _likeness(one.child_keys, one.child_sounds, other.child_keys, other.child_sounds)


def mother_likeness(one: Features, other: Features) -> float | None:
    """The same of their mothers' names."""
    return _likeness(one.mother_keys, one.mother_sounds, other.mother_keys, other.mother_sounds)


def _likeness(
    keys: tuple[str, ...], sounds: tuple[str, ...], other_keys: tuple[str, ...], other_sounds: tuple[str, ...]
) -> float | None:
    """How alike two names are, the best of all spellings, by letters or by sound; None when one is missing."""
    if not keys or not other_keys:
        return None
    best = 0.0
    for key in keys:
        for other in other_keys:
            best = max(best, fuzz.ratio(key, other) / 100)
    if best < _SOUND_TRUST:
        for sound, other in product(sounds, other_sounds):
            best = max(best, _shared(sound, other) * _SOUND_TRUST)
    return best


def _shared(sound: str, other: str) -> float:
    """The share of syllables two names have in common, in any order: sounds are kept sorted."""
    if sound == other:
        return 1.0
    mine, theirs = sound.split(), other.split()
    return 2 * LCSseq.similarity(mine, theirs) / (len(mine) + len(theirs))


def both_differ(value: str, other: str) -> bool:
    """Both are known and they are not the same."""
    return bool(value) and bool(other) and value != other


def number_slip(pair: Pair) -> bool:
    number, other = pair.one.child_number, pair.other.child_number
    return both_differ(number, other) and OSA.distance(number, other) <= 2


def weight_gap(pair: Pair) -> float:
    """The difference of the birth weights as a share of the heavier; 0 when one is unknown."""
    grams, other = pair.one.weight_g, pair.other.weight_g
    return abs(grams - other) / max(grams, other) if grams and other else 0.0


def same_weight(pair: Pair) -> bool:
    """Whether both were weighed and weigh the same."""
    grams, other = pair.one.weight_g, pair.other.weight_g
    return grams is not None and other is not None and abs(grams - other) <= _WEIGHT_SAME


def same_sex(pair: Pair) -> bool:
    return pair.one.sex == pair.other.sex != "U"


def within(pair: Pair, days: int) -> bool:
    return pair.days is not None and pair.days <= days


def worths(pair: Pair, weights: Weights) -> list[tuple[float, str]]:
    """What each comparison adds to the score or takes from it, with the fact it states."""
    return [
        _child_worth(pair, weights),
        _mother_worth(pair, weights),
        born_worth(pair, weights),
        _sex_worth(pair, weights),
        _paper_worth(pair, weights),
        _phone_worth(pair, weights),
        _number_worth(pair, weights),
        _hospital_worth(pair, weights),
        (weights.certificate_same, "certificate_no") if pair.same_certificate else (0.0, ""),
        _weight_worth(pair, weights),
    ]


def most_worth(pair: Pair, weights: Weights, least: float) -> float:
    """What a pair is worth at most, from the births and the names alone; endless where they share a number.

    The mother's names are compared only where they can still lift it to `least`.
    """
    one, other = pair.one, pair.other
    if pair.same_number or pair.same_hospital or pair.same_certificate or pair.same_paper or pair.same_phone:
        return inf
    worth = weights.prior + born_worth(pair, weights)[0] + _sex_worth(pair, weights)[0]
    if one.child_number and other.child_number:
        worth += weights.number_slip
    if one.weight_g and other.weight_g:
        worth += weights.weight_same
    worth += _child_worth(pair, weights)[0]
    if worth + weights.mother_same * _MOST_LENGTH < least:
        return worth
    return worth + _mother_worth(pair, weights)[0]


def _child_worth(pair: Pair, weights: Weights) -> tuple[float, str]:
    syllables = _syllables(pair.one.child_syllables, pair.other.child_syllables)
    return _name_worth(pair.child, syllables, "child", weights)


def _mother_worth(pair: Pair, weights: Weights) -> tuple[float, str]:
    syllables = _syllables(pair.one.mother_syllables, pair.other.mother_syllables)
    return _name_worth(pair.mother, syllables, "mother", weights)


def _syllables(one: int, other: int) -> int:
    """The length of the shorter name: agreeing on four syllables says more than on one."""
    return min(one, other) or max(one, other) or 2


def _name_worth(likeness: float | None, syllables: int, whose: str, weights: Weights) -> tuple[float, str]:
    if likeness is None:
        return 0.0, ""
    if likeness < weights.alike_some:
        level = "little" if likeness >= weights.alike_little else "other"
        return getattr(weights, f"{whose}_{level}"), f"{whose}_name_other"
    level = "some" if likeness < weights.alike_close else "close" if likeness < weights.alike_same else "same"
    length = min(_MOST_LENGTH, max(0.6, syllables / 3))
    fact = f"{whose}_name" if level == "same" else f"{whose}_name_alike"
    return getattr(weights, f"{whose}_{level}") * length, fact


def born_worth(pair: Pair, weights: Weights) -> tuple[float, str]:
    one, other = pair.one.born_on, pair.other.born_on
    if one is None or other is None:
        return 0.0, ""
    if pair.days is None:
        is_possible = _overlap(pair.one, pair.other)
        return (weights.born_overlap, "") if is_possible else (weights.born_apart, "born_other")
    if pair.days == 0:
        return weights.born_same, "born_same"
    if pair.days <= weights.twin_days or other in exchanged(one):
        return weights.born_near, "born_near"
    if (one.day, one.month) == (other.day, other.month) and abs(one.year - other.year) == 1:
        return weights.born_year_slip, "born_year_slip"
    if pair.days <= 31:
        return weights.born_month, ""
    return (weights.born_sibling_gap if pair.days <= weights.d2_days else weights.born_far), "born_other"


def _overlap(one: Features, other: Features) -> bool:
    spans = [_span(features) for features in (one, other)]
    return spans[0][0] <= spans[1][1] and spans[1][0] <= spans[0][1]


def _span(features: Features) -> tuple[date, date]:
    born = BirthDate(features.born_on, Precision(features.precision))
    return born.earliest or date.min, born.latest or date.max


def _sex_worth(pair: Pair, weights: Weights) -> tuple[float, str]:
    if "U" in (pair.one.sex, pair.other.sex):
        return 0.0, ""
    return (weights.sex_same, "") if same_sex(pair) else (weights.sex_other, "sex_other")


def _paper_worth(pair: Pair, weights: Weights) -> tuple[float, str]:
    if pair.same_paper:
        return weights.paper_same, "mother_paper"
    kinds = [{paper.partition(":")[0] for paper in features.mother_papers} for features in (pair.one, pair.other)]
    return (weights.paper_other, "mother_paper_other") if kinds[0] & kinds[1] else (0.0, "")


def _phone_worth(pair: Pair, weights: Weights) -> tuple[float, str]:
    if pair.same_phone:
        return weights.phone_same, "phone"
    return (weights.phone_other, "") if pair.one.phones and pair.other.phones else (0.0, "")


def _number_worth(pair: Pair, weights: Weights) -> tuple[float, str]:
    if pair.same_number:
        return weights.number_same, "child_number"
    if number_slip(pair):
        return weights.number_slip, "child_number_slip"
    differ = both_differ(pair.one.child_number, pair.other.child_number)
    return (weights.number_other, "child_number_other") if differ else (0.0, "")


def _hospital_worth(pair: Pair, weights: Weights) -> tuple[float, str]:
    if pair.same_hospital:
        return weights.hospital_same, "hospital_no"
    differ = both_differ(pair.one.hospital_no, pair.other.hospital_no)
    return (weights.hospital_other, "hospital_no_other") if differ else (0.0, "")


def _weight_worth(pair: Pair, weights: Weights) -> tuple[float, str]:
    grams, other = pair.one.weight_g, pair.other.weight_g
    if not grams or not other:
        return 0.0, ""
    if same_weight(pair):
        return weights.weight_same, "weight"
    gap = weight_gap(pair)
    if gap <= _WEIGHT_NEAR:
        return weights.weight_near, ""
    return (weights.weight_other, "weight_other") if gap > WEIGHT_OTHER else (0.0, "")
