"""Every validation code of a birth: what it refuses or questions, and the twin that passes."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casework.kernel.dates import BirthDate, Precision
from casework.kernel.refusals import Level
from registration.rules.facts import PaperFacts
from registration.rules.tracks import propose_track
from registration.rules.validations import birth_findings, ready_name_findings, track_findings
from registration.states import FirstProof, Knowledge, PlaceKind, Track
from tests.factories.registration import TODAY, birth_facts, known, missing

GOOD = birth_facts(facility_id=1)
BOTH = (known("mother"), known("father"))


def years_ago(years: int) -> BirthDate:
    return BirthDate(dt.date(TODAY.year - years, 1, 15))


def parents(mother=None, father=None):
    return {"parents": (mother or known("mother"), father or known("father"))}


ERRORS = [
    ("BR-NAME-1", {"names": {"Latn": " . "}}, {"names": {"Latn": "Nan Wah"}}),
    ("BR-DOB-0", {"birth": BirthDate(None, Precision.UNKNOWN)}, {"birth": BirthDate(TODAY, Precision.YEAR)}),
    ("BR-DOB-1", {"birth": BirthDate(TODAY + dt.timedelta(days=1))}, {"birth": BirthDate(TODAY)}),
    ("BR-BIRTH-1", {"plurality": 2}, {"plurality": 2, "birth_order": 2}),
    ("BR-BIRTH-1", {"plurality": 2, "birth_order": 3}, {"plurality": 3, "birth_order": 3}),
    ("BR-BIRTH-3", {"weight_g": 299}, {"weight_g": 1500}),
    ("BR-BIRTH-3", {"weight_g": 7001}, {"weight_g": 5500}),
    ("BR-BIRTH-4", {"gestation_weeks": 19}, {"gestation_weeks": 20}),
    ("BR-BIRTH-4", {"gestation_weeks": 46}, {"gestation_weeks": 45}),
    ("BR-PLACE-0", {"place_kind": ""}, {"place_kind": PlaceKind.UNKNOWN}),
    ("BR-PLACE-1", {"facility_id": None}, {"facility_id": 1}),
    ("BR-PLACE-1", {"place_kind": PlaceKind.NGO_CLINIC, "facility_id": None}, {"place_kind": PlaceKind.NGO_CLINIC}),
    ("BR-PLACE-2", {"place_kind": PlaceKind.HOME}, {"place_kind": PlaceKind.HOME, "place_code": "6306"}),
    ("BR-PLACE-3", {"country": "MM"}, {"country": "MM", "place_kind": PlaceKind.ABROAD}),
    ("BR-PAR-0", {"parents": (known("mother"),)}, {"parents": BOTH}),
    ("BR-PAR-1", parents(replace(known("mother"), names={})), parents(replace(known("mother"), names={}, person_id=7))),
    ("BR-PAR-2", parents(father=missing("father", reason=" ")), parents(father=missing("father"))),
    (
        "BR-PAR-3",
        {"parents": tuple(replace(parent, person_id=7) for parent in BOTH)},
        {"parents": (replace(BOTH[0], person_id=7), replace(BOTH[1], person_id=8))},
    ),
    ("BR-MOM-1", parents(known("mother", birth=BirthDate(TODAY))), parents(known("mother", birth=years_ago(20)))),
    (
        "BR-DAD-1",
        parents(father=known("father", birth=BirthDate(TODAY))),
        parents(father=known("father", birth=years_ago(13 + 1))),
    ),
]
WARNINGS = [
    ("BR-AGE-1", {"birth": years_ago(100)}, {"birth": years_ago(59)}),
    ("BR-BIRTH-3", {"weight_g": 1499}, {"weight_g": 1500}),
    ("BR-BIRTH-3", {"weight_g": 5501}, {"weight_g": 5500}),
    ("BR-MOM-2", parents(known("mother", birth=years_ago(11))), parents(known("mother", birth=years_ago(12)))),
    ("BR-MOM-2", parents(known("mother", birth=years_ago(56))), parents(known("mother", birth=years_ago(55)))),
    (
        "BR-DAD-1",
        parents(father=known("father", birth=years_ago(12))),
        parents(father=known("father", birth=years_ago(14))),
    ),
    ("BR-DOB-4", {"birth": BirthDate(dt.date(1940, 2, 1))}, {"birth": BirthDate(dt.date(1940, 4, 1))}),
    (
        "BR-DOB-5",
        {"weekday_told": (GOOD.birth.on.weekday() + 1) % 7},
        {"weekday_told": GOOD.birth.on.weekday()},
    ),
]


def codes(level: Level, **changed: object) -> set[str]:
    return {f.code for f in birth_findings(replace(GOOD, **changed), today=TODAY) if f.level is level}


def test_a_good_birth_has_nothing_against_it():
    assert birth_findings(GOOD, today=TODAY) == []


@pytest.mark.parametrize(("code", "wrong", "right"), ERRORS)
def test_what_is_refused_and_its_twin(code, wrong, right):
    assert code in codes(Level.ERROR, **wrong)
    assert code not in codes(Level.ERROR, **right)


@pytest.mark.parametrize(("code", "odd", "usual"), WARNINGS)
def test_what_is_questioned_and_its_twin(code, odd, usual):
    assert code in codes(Level.WARNING, **odd)
    assert not codes(Level.ERROR, **odd)
    assert code not in codes(Level.WARNING, **usual)


def test_a_thirteen_digit_number_is_checked_and_another_paper_is_not():
    wrong = PaperFacts(type="pink_card_non_thai", number="1234567890123")
    other = PaperFacts(type="passport", number="1234567890123")
    assert codes(Level.ERROR, **parents(known("mother", papers=(wrong,))))
    assert not codes(Level.ERROR, **parents(known("mother", papers=(other,))))


def test_findings_name_a_field_and_a_sentence():
    for _code, wrong, _right in ERRORS + WARNINGS:
        for finding in birth_findings(replace(GOOD, **wrong), today=TODAY):
            assert finding.field and str(finding.sentence).endswith((".", "?", "…"))


def track_codes(track: str, age: int | None, **changed: object) -> set[str]:
    return {f.code for f in track_findings(replace(GOOD, **changed), track, age=age)}


@pytest.mark.parametrize(
    ("code", "wrong", "right"),
    [
        ("BR-DOB-7", ("T1", 0, {"birth": BirthDate(TODAY, Precision.MONTH)}), ("T1", 0, {})),
        ("BR-AGE-1", ("T6", 18, {}), ("T6", 17, {})),
        ("BR-AGE-1", ("T3", 18, {}), ("T7", 18, {})),
        ("BR-AGE-2", ("T6", 7, {}), ("T6", 6, {})),
        ("BR-PLACE-3", ("T1", 0, {"country": "MM"}), ("T8", 0, {"country": "MM"})),
    ],
)
def test_what_a_track_demands(code, wrong, right):
    track, age, changed = wrong
    assert code in track_codes(track, age, **changed)
    track, age, changed = right
    assert code not in track_codes(track, age, **changed)


def test_a_name_in_thai_letters_stands_before_the_papers_go():
    assert {f.code for f in ready_name_findings(["Latn", "Mymr"])} == {"BR-NAME-5"}
    assert {f.code for f in ready_name_findings([])} == {"BR-NAME-1"}
    assert not list(ready_name_findings(["Latn", "Thai"]))


@pytest.mark.parametrize(
    ("track", "changed", "effective"),
    [
        (Track.T9, {"is_already_registered": True, "country": "MM"}, TODAY),
        (Track.T8, {"country": "MM"}, TODAY),
        (Track.T7, {"birth": BirthDate(dt.date(2008, 11, 23))}, None),
        (Track.T6, {"is_in_care": True}, TODAY),
        (Track.T6, {"parents": (missing("mother"), missing("father"))}, TODAY),
        (Track.T4, {"proof": FirstProof.NONE}, TODAY - dt.timedelta(days=1)),
        (Track.T3, {}, TODAY - dt.timedelta(days=1)),
        (Track.T1, {}, TODAY),
        (Track.T1, {"place_kind": PlaceKind.NGO_CLINIC}, TODAY),
        (Track.T2, {"place_kind": PlaceKind.NGO_CLINIC, "proof": FirstProof.OTHER_FACILITY}, TODAY),
        (Track.T2, {"is_certifying": False, "proof": FirstProof.NONE}, TODAY),
        (Track.T1, {"is_certifying": False}, TODAY),
        (Track.T2, {"place_kind": PlaceKind.HOME}, TODAY),
        (Track.UNCLEAR, {"place_kind": PlaceKind.UNKNOWN}, TODAY),
        (Track.T3, {"birth": BirthDate(TODAY, Precision.MONTH)}, None),
        (Track.T1, {"birth": BirthDate(TODAY, Precision.MONTH), "proof_issued_on": TODAY}, None),
    ],
)
def test_the_first_row_that_fits_is_proposed(track, changed, effective):
    assert propose_track(replace(GOOD, **changed), effective=effective, today=TODAY) == track


days = st.none() | st.dates(dt.date(1900, 1, 1), TODAY)


@settings(max_examples=300, deadline=None)
@given(
    born=days,
    precision=st.sampled_from(Precision),
    effective=days,
    place=st.sampled_from(PlaceKind),
    proof=st.sampled_from(FirstProof),
    issued=days,
    country=st.sampled_from(["TH", "MM", "LA"]),
    registered=st.booleans(),
    in_care=st.booleans(),
    mother=st.sampled_from(Knowledge),
    father=st.sampled_from(Knowledge),
)
def test_every_birth_has_a_track(
    born, precision, effective, place, proof, issued, country, registered, in_care, mother, father
):
    facts = replace(
        GOOD, birth=BirthDate(born, precision if born else Precision.UNKNOWN), place_kind=place, proof=proof,
        proof_issued_on=issued, country=country, is_already_registered=registered, is_in_care=in_care,
        parents=(missing("mother", mother), missing("father", father)),
    )  # fmt: skip
    assert propose_track(facts, effective=effective, today=TODAY) in Track
