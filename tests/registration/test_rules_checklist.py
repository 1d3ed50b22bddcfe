"""Which papers a registration asks for, per track and circumstance, and when they are there."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from django.apps import apps

from casework.audit.models import Event
from casework.kernel.dates import BirthDate
from registration import documents
from registration.loading import load_requirements
from registration.models import BirthRecord, RegistryOffice, Requirement
from registration.queries.facts import facts_of
from registration.queries.lists import blocked
from registration.rules.checklist import completeness, in_place_of, requirements_for, stood_for
from registration.rules.facts import ParentFacts
from registration.rules.guards import ready_findings
from registration.services import progress
from registration.services.parents import change_parent
from registration.services.witnesses import add_witness
from registration.words.item_history import told as in_words
from tests.database import as_owner
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
        ("T2", {"home_proof", "witness_of_birth"} | ALWAYS),
        ("T3", {"first_proof", "photos"} | ALWAYS),
        ("T4", {"photos", "witnesses", "dna"} | ALWAYS),
        ("T6", {"photos", "care_evidence", "agency_id", "spelling"}),
        ("T7", {"witnesses", "birth_paper", "photos_adult", "spelling"}),
        ("T9", {"certificate", "birth_paper"}),
    ],
)
def test_papers_of_a_track(birth, track, own):
    assert keys(birth, track) == own


@pytest.mark.parametrize(("proof", "called", "state"), [
    ("TR1_front", "Village head’s receipt (Tor.Ror.1 front part)", "original_seen"),
    ("home_witness", "Notice by the house or village head", "original_seen"),
    ("TR1_1", "Delivery certificate (Tor.Ror.1/1)", "original_seen"),
])  # fmt: skip
def test_a_first_proof_is_called_what_the_family_has_where_any_will_do(cast, client_of, proof, called, state):
    """C4, T3: ★ first proof, of whatever kind; the letter encloses no delivery certificate that there is none of."""
    worker = cast.of("CW")
    facts = births.birth_facts(TODAY - dt.timedelta(days=60), proof=proof, late_reason="unaware")
    birth = births.ready(cast.mae_sot, worker, facts)
    item = birth.items.get(requirement__key="first_proof")
    assert (birth.track, item.state, item.label("en")) == ("T3", state, called)
    assert called in client_of(worker).get(f"/registration/{birth.pk}/").content.decode()
    letter, values = documents.Letter(), {"letter_date": TODAY.isoformat(), "letter_number": "1/2569"}
    enclosed = letter.context(letter.whole(birth), language="en", facts=values).enclosures
    assert called in {paper.name for paper in enclosed}
    thai = [paper.name for paper in letter.context(letter.whole(birth), language="th", facts=values).enclosures]
    assert ("หนังสือรับรองการเกิด (ท.ร.1/1)" in thai) is (proof == "TR1_1") and not any(" หรือ" in name for name in thai)


def test_a_birth_in_hospital_in_time_wants_the_delivery_certificate_whatever_else_was_seen(cast):
    worker = cast.of("CW")
    other = births.gathering(cast.mae_sot, worker, births.birth_facts(proof="other_facility"))
    item = other.items.get(requirement__key="first_proof")
    assert (other.track, item.state, item.label("en")) == ("T1", "needed", "Delivery certificate (Tor.Ror.1/1)")
    seen = births.gathering(cast.mae_sot, worker)
    assert seen.items.get(requirement__key="first_proof").state == "original_seen"


def test_what_is_settled_without_a_paper_blocks_nothing(cast):
    """C4: a ☆ paper that cannot be had and says why; one of a group in whose place another is there."""
    worker, later = cast.of("CW"), TODAY + dt.timedelta(days=9)
    facts = births.birth_facts(TODAY - dt.timedelta(days=60), proof="none", proof_seen=False)
    birth = births.gathering(cast.mae_sot, worker, facts)

    def is_blocked() -> bool:
        return BirthRecord.rows.filter(blocked(later), pk=birth.pk).exists()

    fathers, dna = (birth.items.get(requirement__key=key) for key in ("father_paper", "dna"))
    progress.set_item(item=fathers, state="needed", block="parent_no_id", by=worker, today=TODAY)
    assert is_blocked()
    progress.set_item(item=fathers, state="impossible", block="parent_no_id", by=worker, today=TODAY)
    assert not is_blocked()
    progress.set_item(item=dna, state="needed", block="dna_cost", by=worker, today=TODAY)
    assert is_blocked()
    witnesses = birth.items.get(requirement__key="witnesses")
    progress.set_item(item=witnesses, state="original_seen", by=worker, today=TODAY)
    assert not is_blocked()


def test_a_parent_who_is_not_known_has_no_paper_to_bring(cast):
    facts = births.birth_facts(parents=(births.known("mother"), births.missing("father")))
    birth = births.make_birth(cast.mae_sot, cast.of("CW"), facts)
    assert "father_paper" not in keys(birth, "T1")
    assert "mother_paper" in keys(birth, "T1")


@pytest.mark.parametrize(("mother", "is_asked"), [("known", True), ("absent_contactable", True), ("deceased", False)])
def test_another_office_asks_for_the_register_of_a_parent_who_can_be_reached(cast, mother, is_asked):
    """C4: a paper of parents whom nobody knows or who died cannot be had, and must never stop a case."""
    told = ParentFacts(role="mother", knowledge=mother, names={"Latn": "Naw Paw"}, reason="In Bangkok")
    parents = (told, births.missing("father"))
    birth = births.make_birth(cast.mae_sot, cast.of("CW"), births.birth_facts(parents=parents))
    birth.registry_office = births.make_registry("Phop Phra District registry")
    assert ("parent_register" in keys(birth, "T1")) is is_asked


def test_a_child_without_known_parents_goes_to_any_office_without_their_register(cast):
    facts = births.birth_facts(parents=(births.missing("mother"), births.missing("father")), is_in_care=True)
    birth = births.make_birth(cast.mae_sot, cast.of("CW"), facts)
    birth.registry_office = births.make_registry("Phop Phra District registry")
    assert keys(birth, "T6") == {"photos", "care_evidence", "agency_id", "spelling"}


def test_a_birth_abroad_is_not_asked_for_an_office(cast):
    birth = births.gathering(cast.mae_sot, cast.of("CW"), births.birth_facts(country="MM", place_kind="abroad"))
    found = {finding.code for finding in ready_findings(birth, facts_of(birth), today=TODAY)}
    assert birth.track == "T8" and "BR-READY-6" in found and "BR-READY-2" not in found


@pytest.mark.parametrize("relation", ["clinic_assigned", "grandparent", "relative", "other"])
def test_who_goes_for_the_family_brings_their_letter(birth, relation):
    """Guide 216 asks for a letter of assignment where another than who must notify does (s. 18)."""
    birth.informant_relation = relation
    assert {"assignment", "giver_id"} <= keys(birth, "T1")


@pytest.mark.parametrize("relation", ["", "mother", "father", "guardian", "house_head", "village_head", "agency_head"])
def test_whose_duty_it_is_to_notify_needs_no_letter(birth, relation):
    birth.informant_relation = relation
    assert not {"assignment", "giver_id"} & keys(birth, "T1")


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
    listed = list(birth.items.all())
    assert completeness(listed).is_complete
    assert stood_for(listed) == {dna.pk} and in_place_of(listed)[dna.pk] == [witnesses]
    total = completeness(listed).total
    progress.set_item(item=witnesses, state="needed", by=worker, today=TODAY)
    left = completeness(birth.items.all())
    assert {item.requirement.key for item in left.missing} == {"dna", "witnesses"}
    assert (left.done, left.total) == (total - 1, total)  # one of the two is enough, and counts once
    found = [f for f in ready_findings(birth, facts_of(birth), today=TODAY) if f.code == "BR-READY-1"]
    assert len(found) == 1 and "DNA" in str(found[0].sentence)
    lines = [line.name.main for line in documents.Checklist().context(birth, language="en", facts={}).missing]
    assert len([line for line in lines if "DNA" in line]) == 1 and "witnesses" in next(x for x in lines if "DNA" in x)


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


@pytest.mark.parametrize(("state", "block"), [("needed", "translation_missing"), ("requested", "")])
def test_a_paper_that_the_new_office_does_not_ask_for_stops_nothing_and_is_told(cast, client_of, state, block):
    worker = cast.of("CW")
    birth, paper, other = at_an_office_with_its_own_paper(cast)
    item = birth.items.get(requirement=paper)
    progress.set_item(item=item, state=state, block=block, by=worker, today=TODAY)
    births.settle_items(birth, worker)
    item.refresh_from_db()
    progress.set_item(item=item, state=state, block=block, by=worker, today=TODAY)
    assert not completeness(birth.items.all()).is_complete
    progress.choose_office(birth=birth, office=other, by=worker, today=TODAY)
    kept = birth.items.get(requirement=paper)
    assert (kept.state, kept.block, kept.is_wanted) == (state, block, False)
    assert kept not in completeness(birth.items.all()).missing
    assert not BirthRecord.rows.filter(blocked(TODAY + dt.timedelta(days=9)), pk=birth.pk).exists()
    told = Event.objects.get(action="registration.item.let-go", case_id_of=birth.case_id)
    assert (str(in_words(told.reason)), told.actor) == ("Translated passport", worker)
    assert "Paper no longer asked for" in client_of(worker).get(f"/registration/{birth.pk}/").content.decode()
    progress.choose_office(birth=birth, office=births.make_registry(), by=worker, today=TODAY)
    assert kept in completeness(birth.items.all()).missing, "the first office asks for it again"


def test_a_paper_nothing_was_done_about_goes_and_one_in_hand_stays(cast):
    worker = cast.of("CW")
    birth, paper, other = at_an_office_with_its_own_paper(cast)
    progress.choose_office(birth=birth, office=other, by=worker, today=TODAY)
    assert not birth.items.filter(requirement=paper).exists()
    progress.choose_office(birth=birth, office=births.make_registry(), by=worker, today=TODAY)
    item = birth.items.get(requirement=paper)
    progress.set_item(item=item, state="in_hand_copy", by=worker, today=TODAY)
    progress.choose_office(birth=birth, office=other, by=worker, today=TODAY)
    assert birth.items.get(requirement=paper).is_wanted
    assert not Event.objects.filter(action="registration.item.let-go").exists()


def at_an_office_with_its_own_paper(cast) -> tuple[BirthRecord, Requirement, RegistryOffice]:
    """A birth at an office that wants one more paper, and another office that does not."""
    worker, office = cast.of("CW"), births.make_registry()
    birth = births.gathering(cast.mae_sot, worker)
    paper = Requirement.objects.create(
        key="translated", label_en="Translated passport", registry_office=office, level="star", valid_from=TODAY
    )
    progress.choose_office(birth=birth, office=office, by=worker, today=TODAY)
    return birth, paper, RegistryOffice.objects.filter(is_active=True).exclude(pk=office.pk).first()


def test_nobody_decides_on_a_waiver_of_a_paper_that_is_no_longer_needed(cast):
    worker = cast.of("CW")
    birth = births.gathering(cast.mae_sot, worker)
    item = birth.items.get(requirement__key="father_paper")
    progress.ask_waiver(item=item, why="He went to the border", by=worker, today=TODAY)
    father = birth.parents.get(role="father")
    gone = ParentFacts(role="father", knowledge="absent_lost", reason="Nobody heard of him")
    change_parent(link=father, parent=gone, by=worker, now=NOW, today=TODAY)
    item.refresh_from_db()
    assert (item.is_wanted, item.waiver_asked_on) == (False, None)
    assert Event.objects.filter(action="registration.item.let-go", actor=worker).count() == 1


# Rows of C4


def test_the_rows_are_loaded_once_and_what_staff_changed_stays():
    with as_owner():
        Requirement.objects.filter(key="photos_adult").delete()
    Requirement.objects.filter(key="photos").update(label_en="Three photos")
    before = Requirement.objects.count()
    load_requirements(apps.get_model)
    load_requirements(apps.get_model)
    assert Requirement.objects.count() == before + 1
    assert Requirement.objects.get(key="photos").label_en == "Three photos"


def test_witnesses_that_are_in_hand_are_noted_by_name_and_kind(cast):
    worker = cast.of("CW")
    facts = births.birth_facts(BirthDate(TODAY - dt.timedelta(days=60)), proof="none", proof_seen=False)
    birth = births.gathering(cast.mae_sot, worker, replace(facts, proof_number="", late_reason="fear"))
    progress.choose_office(birth=birth, office=births.make_registry(), by=worker, today=TODAY)
    assert "BR-READY-8" not in warned(birth), "nobody says that the witnesses are there"
    births.settle_items(birth, worker)
    told = (("Naw Mu", "identity", True), ("Naw Hla", "identity", True), ("Saw Eh", "present_at_birth", False))
    for name, kind, is_warned in told:
        add_witness(birth=birth, by=worker, today=TODAY, name=name, kinds=[kind], relation="", contact="")
        assert ("BR-READY-8" in warned(birth)) is is_warned
    birth.witnesses.all().delete()
    assert "BR-READY-8" in warned(birth)
    assert progress.declare_ready(birth=birth, by=worker, now=NOW, today=TODAY).status == "ready", "it only warns"


def warned(birth: BirthRecord) -> set[str]:
    return {found.code for found in ready_findings(birth, facts_of(birth), today=TODAY)}
