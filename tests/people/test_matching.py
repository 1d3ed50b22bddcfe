from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.kernel.dates import Precision
from casework.people import matching
from casework.people.match_features import (
    Features,
    blocking_keys,
    fingerprint,
    mentions_twins,
    paper_key,
    probing_keys,
)
from casework.people.match_weights import DEFAULT_WEIGHTS, Weights

BORN = date(2026, 5, 14)
PAPER = paper_key("passport", "M2538885")


def child(
    name: str = "Saw Htoo Wah", mother: str = "Naw Ku Moo Paw", *, born: date | None = BORN, **others: object
) -> Features:
    return Features.of_names(child=[name], mother=[mother], born_on=born, **{"sex": "M", **others})


def found(one: Features, other: Features, weights: Weights = DEFAULT_WEIGHTS) -> matching.Match:
    match = matching.compare(one, other, weights)
    assert match is not None
    return match


def test_a_shared_number_is_certain() -> None:
    for number in ("child_number", "hospital_no", "certificate_no"):
        match = found(child(**{number: "7383"}), child("Maung Zaw", "Ma Win", **{number: "7383"}))
        assert match.band == "certain"
        assert "D1" in match.labels
        assert number in match.facts


def test_a_hospital_number_counts_within_one_hospital() -> None:
    one, other = child(hospital_no="12/69", facility="A"), child("Zaw", "Win", hospital_no="12/69", facility="B")
    assert matching.compare(one, other) is None


def test_the_mothers_paper_and_the_birth_make_it_high() -> None:
    match = found(child(mother_papers=frozenset([PAPER])), child("Saw Tu Wa", mother_papers=frozenset([PAPER])))
    assert match.band == "high"
    assert "D2" in match.labels
    assert "Same paper of the mother" in match.reasons


def test_respelled_names_and_the_same_day_make_it_high() -> None:
    match = found(child(), child("Saw Htu War", "Naw Koo Mu Por"))
    assert match.band == "high"
    assert "D3" in match.labels


def test_a_baby_of_is_compared_by_its_mother() -> None:
    match = found(child("Baby of Naw Ku Moo Paw"), child("Saw Htoo Wah"))
    assert match.band == "high"
    assert match.facts[:2] == ("mother_name", "born_same") or set(match.facts) >= {"mother_name", "born_same"}


def test_names_in_two_scripts_are_compared_by_sound() -> None:
    one = child("Ma Soe Thet Naing", "Ma Kyaw Lin San", sex="F")
    other = child("စိုးသက်နိုင်", "ကျော်လင်းစန်း", sex="F")
    assert found(one, other).band == "high"


def test_a_birth_with_day_and_month_exchanged_is_near() -> None:
    match = found(child(born=date(2026, 5, 3)), child(born=date(2026, 3, 5)))
    assert match.band == "medium"
    assert "born_near" in match.facts


def test_a_phone_and_close_births_are_worth_a_look() -> None:
    phones = frozenset(["0812344471"])
    match = found(child("Saw Moo Say", phones=phones), child("Saw Moo Shee", "Naw Ku Mu", phones=phones))
    assert "D5" in match.labels
    assert match.band in ("medium", "high")


def test_strangers_are_not_alike() -> None:
    assert matching.compare(child(), child("Maung Zaw Win", "Ma Thida")) is None
    assert matching.compare(child(), child("Saw Htoo Wah", "Ma Thida", born=BORN - timedelta(days=900))) is None


TWIN_MOTHER = {"mother_papers": frozenset([PAPER])}


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ({"plurality": 2, "birth_order": 1}, {"plurality": 2, "birth_order": 2}),
        ({"plurality": 2, "birth_order": 1}, {"plurality": 2, "birth_order": 2, "born": BORN + timedelta(days=1)}),
        ({"name": "Saw Say", "hospital_no": "1/69"}, {"name": "Ku Lay", "hospital_no": "2/69"}),
        ({"name": "Saw Say", "child_number": "7" * 13}, {"name": "Ku Lay", "child_number": "6" * 13}),
        ({"name": "Saw Say", "sex": "M"}, {"name": "Naw Lay", "sex": "F"}),
        ({"name": "Saw Say", "weight_g": 2100}, {"name": "Ku Lay", "weight_g": 2900}),
        ({"name": "Saw Say", "plurality": 2}, {"name": "Ku Lay"}),
        ({"name": "Baby of Naw Ku", "weight_g": 2100}, {"name": "Baby of Naw Ku", "weight_g": 2900}),
        ({"name": "Baby of Naw Ku", "hospital_no": "1/69"}, {"name": "Saw Say", "hospital_no": "2/69"}),
        (
            {"name": "Baby of Naw Ku", "hospital_no": "1/69", "plurality": 2, "birth_order": 1},
            {"name": "Baby of Naw Ku", "hospital_no": "1/69", "plurality": 2, "birth_order": 2},
        ),
    ],
)
def test_twins_are_never_duplicates(first: dict, second: dict) -> None:
    one, other = child(**TWIN_MOTHER, **first), child(**TWIN_MOTHER, **second)
    assert matching.are_twins(one, other)
    assert matching.compare(one, other) is matching.compare(other, one) is None


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ({}, {}),
        ({"plurality": 2, "birth_order": 1}, {"plurality": 2, "birth_order": 1}),
        ({"hospital_no": "1/69"}, {"hospital_no": "2/69"}),
        ({"name": "Baby of Naw Ku", "hospital_no": "1/69"}, {"name": "Baby of Naw Ku", "hospital_no": "2/69"}),
        ({"weight_g": 2100}, {"weight_g": 2110}),
    ],
)
def test_one_child_entered_twice_is_no_pair_of_twins(first: dict, second: dict) -> None:
    one, other = child(**TWIN_MOTHER, **first), child(**TWIN_MOTHER, **second)
    assert not matching.are_twins(one, other)
    assert found(one, other).band in ("certain", "high")


def test_siblings_share_a_mother_and_are_two_children() -> None:
    shared = {"mother_papers": frozenset([PAPER]), "phones": frozenset(["0812344471"])}
    assert matching.compare(child(**shared), child("Saw Moo Say", born=BORN - timedelta(days=700), **shared)) is None
    again = found(child(**shared), child("Saw Htoo Wah", born=BORN - timedelta(days=700), **shared))
    assert "D4" in again.labels


def test_a_hospital_number_of_births_far_apart_is_the_mothers() -> None:
    shared = {"mother_papers": frozenset([PAPER]), "hospital_no": "1234/66"}
    sibling = {"name": "Saw Moo Say", **shared}
    assert matching.compare(child(**shared), child(born=BORN - timedelta(days=700), **sibling)) is None
    assert found(child(**shared), child(born=BORN - timedelta(days=60), **sibling)).band == "certain"
    assert found(child(**shared), child(born=BORN - timedelta(days=700), **shared)).band == "certain", "one name"


def test_a_mothers_paper_is_one_however_it_is_spaced() -> None:
    assert paper_key("passport", "MA-123456") == paper_key("passport", "ma 123456") == paper_key("passport", "MA123456")


def test_dates_known_to_the_month_can_still_agree() -> None:
    one = child(born=date(2026, 5, 1), precision=Precision.MONTH, mother_papers=frozenset([PAPER]))
    assert found(one, child(mother_papers=frozenset([PAPER]))).band in ("medium", "high")
    assert matching.compare(child(born=None), child("Zaw", "Win", born=None)) is None


def test_a_slip_in_a_number_is_evidence_and_another_number_is_not() -> None:
    one = child(child_number="7383000000001")
    assert "child_number_slip" in found(one, child(child_number="7383000000010")).facts
    assert found(one, child()).score > found(one, child(child_number="0063163726518")).score


def test_the_numbers_are_data() -> None:
    strict = Weights.of({"high_at": 99, "old_name_of_a_number": 1})
    assert found(child(), child(), strict).band == "medium"
    assert Weights.of(DEFAULT_WEIGHTS.values()) == DEFAULT_WEIGHTS


def test_reasons_are_sentences_and_unknown_ones_are_left_out() -> None:
    assert matching.reasons_of(["born_same", "no longer known"]) == ["Same birth date"]


def test_remarks_that_deny_twins_do_not_mention_them() -> None:
    assert not any(map(mentions_twins, ("ไม่ใช่แฝด", "ไม่แฝด", "not a twin", "no twins", "အမွှာမဟုတ်")))


def test_remarks_mention_twins_in_three_languages() -> None:
    assert all(mentions_twins(remark) for remark in ("แฝดพี่", "twin 1", "Twins", "အမွှာ"))
    assert not any(mentions_twins(remark) for remark in ("", "แม่ไม่มีบัตร", "twinkle"))


def test_candidates_share_a_key() -> None:
    stored = set(blocking_keys(child(hospital_no="1/69")))
    for other in (
        child("Baby of Naw Koo Mu Por"),
        child("Saw Wah Htoo", "Ma Thida"),
        child("Zaw", "Naw Ku Moo", born=date(2020, 1, 1)),
        child("Zaw", "Win", born=BORN + timedelta(days=1)),
        child("Zaw", "Win", born=date(2020, 1, 1), hospital_no="1/69"),
    ):
        assert stored & set(probing_keys(other))
    assert not stored & set(probing_keys(child("Zaw", "Win", born=date(2020, 1, 1))))
    assert set(blocking_keys(child(born=date(2026, 5, 3)))) & set(probing_keys(child("Z", "W", born=date(2026, 3, 5))))


def test_a_decision_is_asked_again_only_when_a_value_changed() -> None:
    one, other = child(), child("Saw Htu War", phones=frozenset(["0812344471", "0899999999"]))
    assert fingerprint(one, other) == fingerprint(other, one)
    assert fingerprint(one, other) == fingerprint(replace(one), replace(other))
    assert fingerprint(one, other) != fingerprint(one, replace(other, sex="F"))


NAMES = st.one_of(st.text(max_size=40), st.sampled_from(["Baby of Ma Win", "Saw Ku", "ดารา", "အောင်", ""]))
ANY_CHILD = st.builds(
    lambda name, mother, born, precision, sex, weight, number: child(
        name, mother, born=born, precision=precision, sex=sex, weight_g=weight, child_number=number
    ),
    NAMES,
    NAMES,
    st.one_of(st.none(), st.dates(date(1900, 1, 1), date(2100, 12, 31))),  # others are refused: BR-DOB-3
    st.sampled_from(list(Precision)),
    st.sampled_from("FMU"),
    st.one_of(st.none(), st.integers(0, 9000)),
    st.sampled_from(["", "7383000000001", "0063163726518"]),
)


@given(ANY_CHILD, ANY_CHILD)
def test_the_order_of_two_children_does_not_matter(one: Features, other: Features) -> None:
    assert matching.compare(one, other) == matching.compare(other, one)
    assert all(len(key) <= 80 for key in blocking_keys(one) + probing_keys(other))


def test_namesakes_of_one_office_born_together_are_listed_with_the_other_mothers_name() -> None:
    one = child("Mu Say Wah", "Naw Paw Wah", sex="F", mother_papers=frozenset([PAPER]))
    for other in (
        child("Mu Say Wah", "Ma Thidar Win", sex="F"),
        child("Moo Say Wa", "Ma Thidar Win", sex="F", born=BORN + timedelta(days=1)),
        child("Mu Say Wah", "Ma Thidar Win", sex="M", mother_papers=frozenset(["passport:X"])),
    ):
        match = matching.compare(one, other, same_office=True)
        assert match is not None
        assert (match.band, match.labels) == ("low", ("D7",))
        assert "mother_name_other" in match.against
        assert "Other mother’s name" in matching.doubts_of(match.against)
        assert matching.compare(other, one, same_office=True) == match


def test_namesakes_elsewhere_or_born_apart_are_two_children() -> None:
    one = child("Mu Say Wah", "Naw Paw Wah")
    assert matching.compare(one, child("Mu Say Wah", "Ma Thidar Win")) is None
    assert (
        matching.compare(one, child("Mu Say Wah", "Ma Thidar Win", born=BORN + timedelta(days=9)), same_office=True)
        is None
    )
    assert matching.compare(one, child("Htet Aung", "Ma Thidar Win"), same_office=True) is None
