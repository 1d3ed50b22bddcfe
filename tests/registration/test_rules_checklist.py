"""Which papers a registration asks for, per track and circumstance, and when they are there."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from casework.kernel.dates import BirthDate
from registration.models import BirthRecord
from registration.rules.checklist import completeness, requirements_for
from registration.services import progress
from tests.factories import registration as births
from tests.factories.registration import NOW, TODAY

pytestmark = pytest.mark.django_db
ALWAYS = {"notifier_id", "mother_paper", "father_paper", "house_book", "spelling"}


def keys(birth: BirthRecord, track: str) -> set[str]:
    birth.track = track
    return {row.key for row in requirements_for(birth, TODAY)}


@pytest.fixture
def birth(cast) -> BirthRecord:
    return births.make_birth(cast.mae_sot, cast.of("CW"))


@pytest.mark.parametrize(
    ("track", "own"),
    [
        ("T1", {"first_proof"} | ALWAYS),
        ("T2", {"home_proof"} | ALWAYS),
        ("T3", {"first_proof", "photos"} | ALWAYS),
        ("T4", {"photos", "witnesses", "dna"} | ALWAYS),
        ("T6", {"photos", "care_evidence", "agency_id", "spelling"}),
        ("T7", {"witnesses", "birth_paper", "spelling"}),
        ("T9", {"birth_paper"}),
    ],
)
def test_papers_of_a_track(birth, track, own):
    assert keys(birth, track) == own


def test_a_parent_who_is_not_known_has_no_paper_to_bring(cast):
    facts = births.birth_facts(parents=(births.known("mother"), births.missing("father")))
    birth = births.make_birth(cast.mae_sot, cast.of("CW"), facts)
    assert "father_paper" not in keys(birth, "T1")
    assert "mother_paper" in keys(birth, "T1")


def test_who_goes_for_the_family_brings_their_letter(cast):
    facts = births.birth_facts(informant_relation="clinic_assigned")
    birth = births.make_birth(cast.mae_sot, cast.of("CW"), facts)
    assert {"assignment", "giver_id"} <= keys(birth, "T1")


@pytest.mark.parametrize(("marriage", "consent", "is_asked"), [
    ("customary", True, True), ("none", True, True), ("registered_th", True, False), ("customary", None, False),
])  # fmt: skip
def test_the_fathers_surname_of_unmarried_parents_needs_consent(cast, marriage, consent, is_asked):
    father = births.known("father", marriage=marriage, surname_consent=consent)
    facts = births.birth_facts(parents=(births.known("mother"), father))
    birth = births.make_birth(cast.mae_sot, cast.of("CW"), facts)
    assert ("surname_consent" in keys(birth, "T1")) is is_asked


def test_one_paper_of_a_group_stands_for_the_other(cast):
    worker = cast.of("CW")
    facts = births.birth_facts(BirthDate(TODAY - dt.timedelta(days=60)), proof="none", proof_seen=False)
    birth = births.gathering(cast.mae_sot, worker, replace(facts, proof_number=""))
    assert birth.track == "T4"
    births.settle_items(birth, worker)
    dna, witnesses = (birth.items.get(requirement__key=key) for key in ("dna", "witnesses"))
    progress.set_item(item=dna, state="needed", by=worker, today=TODAY)
    assert completeness(birth.items.all()).is_complete
    progress.set_item(item=witnesses, state="needed", by=worker, today=TODAY)
    assert {item.requirement.key for item in completeness(birth.items.all()).missing} == {"dna", "witnesses"}


def test_an_open_star_may_be_impossible_with_its_reason(cast):
    worker = cast.of("CW")
    birth = births.gathering(cast.mae_sot, worker)
    births.settle_items(birth, worker)
    item = birth.items.get(requirement__key="father_paper")
    progress.set_item(item=item, state="needed", by=worker, today=TODAY)
    assert not completeness(birth.items.all()).is_complete
    progress.set_item(item=item, state="impossible", block="father_absent", by=worker, today=TODAY)
    assert completeness(birth.items.all()).is_complete


def test_a_new_track_drops_only_papers_nothing_was_done_about(cast):
    worker = cast.of("CW")
    birth = births.gathering(cast.mae_sot, worker)
    paper = birth.items.get(requirement__key="mother_paper")
    progress.set_item(item=paper, state="requested", by=worker, today=TODAY)
    progress.confirm_track(birth=birth, track="T7", reason="An adult after all", by=worker, now=NOW, today=TODAY)
    kept = set(birth.items.values_list("requirement__key", flat=True))
    assert "mother_paper" in kept and "father_paper" not in kept


# Another office and no proof of birth (C4: other_registry)


@pytest.fixture
def unproven(cast) -> BirthRecord:
    """Late, born in Mae Sot, without any proof."""
    facts = births.birth_facts(BirthDate(TODAY - dt.timedelta(days=60)), proof="none", proof_seen=False)
    return births.gathering(cast.mae_sot, cast.of("CW"), replace(facts, proof_number=""))


@pytest.mark.parametrize(
    ("office", "papers"),
    [
        ("Mae Sot District registry", {"witnesses", "dna"}),
        ("Phop Phra District registry", {"witnesses", "dna_other_office", "parent_register"}),
    ],
)
def test_another_office_has_its_own_list_for_a_birth_without_proof(unproven, cast, office, papers):
    progress.choose_office(birth=unproven, office=births.make_registry(office), by=cast.of("CW"), today=TODAY)
    kept = set(unproven.items.values_list("requirement__key", flat=True))
    assert kept & {"witnesses", "dna", "dna_other_office", "parent_register"} == papers


def test_another_office_insists_on_dna_and_witnesses_do_not_stand_for_it(unproven, cast):
    worker = cast.of("CW")
    progress.choose_office(
        birth=unproven, office=births.make_registry("Phop Phra District registry"), by=worker, today=TODAY
    )
    births.settle_items(unproven, worker)
    dna, witnesses = (unproven.items.get(requirement__key=key) for key in ("dna_other_office", "witnesses"))
    progress.set_item(item=dna, state="needed", by=worker, today=TODAY)
    assert {item.requirement.key for item in completeness(unproven.items.all()).missing} == {"dna_other_office"}
    progress.set_item(item=dna, state="original_seen", by=worker, today=TODAY)
    progress.set_item(item=witnesses, state="needed", by=worker, today=TODAY)
    assert completeness(unproven.items.all()).is_complete, "DNA stands for the witnesses"


def test_a_late_birth_with_a_proof_needs_no_dna_anywhere(cast):
    worker = cast.of("CW")
    birth = births.gathering(cast.mae_sot, worker, births.birth_facts(BirthDate(TODAY - dt.timedelta(days=60))))
    progress.choose_office(
        birth=birth, office=births.make_registry("Phop Phra District registry"), by=worker, today=TODAY
    )
    assert birth.track == "T3"
    assert not birth.items.filter(requirement__key__startswith="dna").exists()
