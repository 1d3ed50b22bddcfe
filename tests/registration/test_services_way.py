"""A registration's whole way through the services, and what stands against each step."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from django.urls import reverse
from django.utils import timezone

from casework.audit.models import Event
from casework.cases.services.cases import seal_case
from casework.cases.services.contacts import lose_contact, record_contact
from casework.kernel.dates import BirthDate, Precision, both
from casework.kernel.moves import TransitionNotAllowed, move_all
from casework.kernel.refusals import Conflict, Refusal
from casework.people.models import DuplicateHit
from casework.people.services.duplicates import decide, forget_children
from casework.people.services.papers import change_paper, number_findings
from casework.people.services.persons import add_name, change_birth, change_facts, change_name
from registration.models import BirthRecord
from registration.queries.facts import facts_of
from registration.queries.panel import is_sibling_missing
from registration.rules.facts import PaperFacts
from registration.services import editing, fast, progress, witnesses
from registration.services import office as at_office
from registration.services.intake import open_birth
from registration.services.warnings import Unacknowledged
from registration.states import IN_HAND
from registration.words.item_history import told as in_words
from tests.factories import registration as births
from tests.factories.cases import HOME, missed_calls
from tests.factories.forms import date_boxes, fields_of, fill_in
from tests.factories.registration import NOW, TODAY

pytestmark = pytest.mark.django_db
TOMORROW = TODAY + dt.timedelta(days=1)


@pytest.fixture
def worker(cast):
    return cast.of("CW")


@pytest.fixture
def office(cast):
    return cast.mae_sot


def codes(refused: pytest.ExceptionInfo) -> set[str]:
    return {finding.code for finding in refused.value.findings}


def test_the_whole_way_with_a_return_and_an_inquiry(office, worker):
    birth = births.ready(office, worker)
    assert (birth.track, birth.status) == ("T1", "ready")
    first = births.visit(birth, worker, receipt_no="๑๒/๒๕๖๙")
    assert first.receipt_no == "12/2569"
    at_office.record_return(
        visit=first, refused=False, reason="missing_paper", text="No house book", on=TODAY, by=worker, today=TODAY
    )
    birth.refresh_from_db()
    assert birth.status == "gathering"
    assert not birth.items.filter(state="submitted").exists()
    progress.declare_ready(birth=birth, by=worker, now=NOW, today=TODAY)
    second = births.visit(birth, worker)
    assert second.number == 2
    at_office.open_inquiry(visit=second, on=TODAY, by=worker, today=TODAY)
    step = at_office.add_inquiry_step(visit=second, kind="witness_hearing", planned_on=TOMORROW, by=worker)
    at_office.finish_inquiry_step(step=step, done_on=TODAY, outcome="Two heard", by=worker, today=TODAY)
    birth.refresh_from_db()
    values = births.certificate(sex="M", name_th="ชื่ออื่น", certificate_no="ท.๑๒/๖๙")
    outcome = at_office.record_outcome(birth=birth, values=values, by=worker, today=TODAY)
    assert outcome.certificate_no == "ท.12/69"
    found = {row.field: row for row in birth.discrepancies.all()}
    assert {name: row.severity for name, row in found.items()} == {"sex": "blocks", "name_th": "should_fix"}
    with pytest.raises(Refusal) as refused:
        hand_over(birth, worker)
    assert codes(refused) == {"BR-REG-5"}
    at_office.correct_outcome(outcome=outcome, values={"sex": "F"}, by=worker, today=TODAY)
    at_office.settle_discrepancy(row=found["name_th"], state="accepted_as_is", text="The family agrees", by=worker)
    assert set(birth.discrepancies.values_list("state", flat=True)) == {"corrected", "accepted_as_is"}
    at_office.check_outcome(outcome=outcome, by=worker, today=TODAY)
    hand_over(birth, worker)
    birth.refresh_from_db()
    assert birth.status == "handed_over"
    with pytest.raises(Refusal) as refused:
        close(birth, worker)
    assert codes(refused) == {"BR-CLOSE-3"}
    for row in birth.follow_ups.all():
        at_office.answer_follow_up(follow_up=row, answer="declined", by=worker, today=TODAY)
    close(birth, worker)
    birth.case.refresh_from_db()
    assert (birth.status, birth.case.state, birth.case.close_reason) == ("closed", "closed", "completed")
    progress.reopen_birth(birth=birth, reason="The paper was lost", by=worker, today=TODAY)
    birth.case.refresh_from_db()
    assert (birth.status, birth.case.state) == ("handed_over", "open")


@pytest.mark.parametrize("comes_back", ["returned", "withdrawn"])
def test_a_copy_comes_back_from_the_office_as_a_copy(office, worker, comes_back):
    birth = births.ready(office, worker)
    copied = birth.items.first()
    said = {"result": comes_back, "reason": "missing_paper", "on": TODAY, "by": worker, "today": TODAY}
    progress.set_item(item=copied, state="in_hand_copy", by=worker, today=TODAY)
    for number in (1, 2):
        birth.refresh_from_db()
        visit = births.visit(birth, worker)
        assert set(birth.items.values_list("state", flat=True)) == {"submitted"}
        at_office.record_result(visit=visit, **said)
        copied.refresh_from_db()
        states = set(birth.items.exclude(pk=copied.pk).values_list("state", flat=True))
        assert (number, copied.state, states) == (number, "in_hand_copy", {"original_seen"})
        birth.refresh_from_db()
        progress.declare_ready(birth=birth, by=worker, now=NOW, today=TODAY)
    progress.set_item(item=copied, state="original_seen", by=worker, today=TODAY)
    birth.refresh_from_db()
    at_office.record_result(visit=births.visit(birth, worker), **said)
    copied.refresh_from_db()
    assert copied.state == "original_seen", "this time the original was there"


def hand_over(birth, worker):
    birth = BirthRecord.rows.get(pk=birth.pk)
    return at_office.hand_over(
        birth=birth, to="Naw Paw", relation="mother", sign="thumb", on=TODAY, by=worker, today=TODAY
    )


def close(birth, worker, reason="completed", text=""):
    birth.refresh_from_db()
    return progress.close_birth(birth=birth, reason=reason, text=text, by=worker, today=TODAY, gone=HOME)


def test_papers_seen_together_are_each_told_in_the_history(office, worker):
    birth = births.gathering(office, worker)
    waiting = list(birth.items.exclude(state__in=IN_HAND))
    seen = births.settle_items(birth, worker)
    assert [item.pk for item in seen] == [item.pk for item in waiting]
    assert {item.state for item in birth.items.all()} == {item.state for item in seen} == {"original_seen"}
    assert [item.version for item in seen] == [item.version + 1 for item in waiting]
    told = Event.objects.filter(action="registration.item.changed", subject_id=birth.pk).order_by("pk")
    words = [f"{item.requirement.label('en')}: Original seen" for item in waiting]
    assert [str(in_words(event.reason)) for event in told] == words
    assert {(event.case_id_of, event.office_id_of, event.actor) for event in told} == {
        (birth.case_id, office.pk, worker)
    }


def test_papers_move_together_or_not_at_all(office, worker):
    birth = births.gathering(office, worker)
    first, second = birth.items.exclude(state__in=IN_HAND)[:2]
    progress.set_item(item=second, state="in_hand_copy", by=worker, today=TODAY)
    with pytest.raises(TransitionNotAllowed):
        move_all([first, second], "in_hand_copy")
    first.refresh_from_db()
    assert first.state == "needed"
    move_all([first, second], "requested")
    assert set(birth.items.filter(pk__in=[first.pk, second.pk]).values_list("state", flat=True)) == {"requested"}


def easy_birth(office, worker, *with_paper, **more):
    """A birth on one page with the tick that all papers are here; these parents showed a passport."""
    parents = tuple(
        births.known(role, papers=(PaperFacts(type="passport", number=f"M{role}1"),) if role in with_paper else ())
        for role in ("mother", "father")
    )
    facts = births.birth_facts(
        facility_id=births.make_facility().pk, registry_office_id=births.make_registry().pk, parents=parents, **more
    )
    return fast.open_easy_birth(
        facts=facts, notice=births.NOTICE, office=office, by=worker, now=NOW, today=TODAY, papers_seen=True
    )


def seen_of(birth):
    return set(birth.items.filter(state="original_seen").values_list("requirement__key", flat=True))


def test_an_easy_birth_is_ready_in_one_save(office, worker):
    birth = easy_birth(office, worker, "mother", "father")
    assert birth.status == "ready"
    assert birth.parents.count() == 2
    must = {"first_proof", "spelling", "notifier_id", "mother_paper", "father_paper"}
    assert seen_of(birth) == must and birth.items.filter(requirement__key="house_book", state="needed").exists()


@pytest.mark.parametrize(
    ("with_paper", "notifies", "seen"),
    [
        ("mother", "mother", {"notifier_id", "mother_paper"}),
        ("mother", "father", {"mother_paper"}),
        ("father", "grandparent", {"notifier_id", "father_paper", "assignment"}),
    ],
)
def test_the_paper_of_a_parent_who_showed_none_is_still_asked_for(office, worker, with_paper, notifies, seen):
    birth = easy_birth(office, worker, with_paper, informant_relation=notifies)
    assert birth.status == "gathering"
    assert seen_of(birth) == {"first_proof", "spelling"} | seen


NO_ID, SEEN, ASKED = ("impossible", "parent_no_id"), ("original_seen", ""), ("needed", "")


@pytest.mark.parametrize(
    ("shows", "notifies", "stands"),
    [
        ({"has_paper": False}, "mother", [NO_ID, NO_ID]),
        ({"papers": (PaperFacts(type="passport", number="MA1", original_seen=True),)}, "mother", [SEEN, SEEN]),
        ({"papers": (PaperFacts(type="passport", number="MA1"),)}, "mother", [ASKED, ASKED]),
        ({}, "mother", [ASKED, ASKED]),
        ({"has_paper": False}, "grandparent", [NO_ID, ASKED]),
    ],
)
def test_what_was_told_of_a_parents_paper_is_not_asked_again(office, worker, shows, notifies, stands):
    parents = (births.known("mother", **shows), births.known("father"))
    birth = births.gathering(office, worker, births.birth_facts(parents=parents, informant_relation=notifies))
    items = {item.requirement.key: item for item in birth.items.select_related("requirement")}
    assert [(items[key].state, items[key].block) for key in ("mother_paper", "notifier_id")] == stands
    assert items["father_paper"].state == "needed"


@pytest.mark.parametrize("named", [{"names": {"Latn": "Saw Ko Htoo"}}, {"is_baby_of": True}])
def test_no_spelling_is_agreed_of_a_name_that_is_not_there(office, worker, named):
    facts = births.birth_facts(facility_id=births.make_facility().pk, **named)
    told = {"notice": births.NOTICE, "office": office, "by": worker, "now": NOW, "today": TODAY}
    with pytest.raises(Refusal) as refused:
        fast.open_easy_birth(facts=facts, papers_seen=True, **told)
    assert codes(refused) <= {"BR-NAME-1", "BR-NAME-5"} and not BirthRecord.rows.exists()
    assert fast.open_easy_birth(facts=facts, papers_seen=False, **told).status == "gathering"


def test_a_late_birth_is_not_easy(office, worker):
    facts = births.birth_facts(TODAY - dt.timedelta(days=60), facility_id=births.make_facility().pk)
    with pytest.raises(Refusal) as refused:
        fast.open_easy_birth(
            facts=facts, notice=births.NOTICE, office=office, by=worker, now=NOW, today=TODAY, papers_seen=True
        )
    assert codes(refused) == {"BR-EASY-1"}
    assert not BirthRecord.rows.exists()


def test_twins_share_mother_and_family_and_are_no_duplicates(office, worker):
    facts = births.birth_facts(plurality=2, birth_order=1)
    first = births.make_birth(office, worker, facts)
    mother = first.parents.get(role="mother").person
    other = births.birth_facts(plurality=2, birth_order=2)
    parents = tuple(replace(p, person_id=mother.pk) if p.role == "mother" else p for p in facts.parents)
    second = births.make_birth(office, worker, replace(other, parents=parents), twin_of=first)
    first.refresh_from_db()
    assert first.sibling_group == second.sibling_group is not None
    assert first.case.family == second.case.family
    assert second.parents.get(role="mother").person == mother
    assert not DuplicateHit.rows.filter(band__in=["certain", "high"]).exists()


def test_a_warning_is_acknowledged_once(office, worker):
    facts = births.birth_facts(weight_g=1200)
    with pytest.raises(Unacknowledged) as refused:
        births.make_birth(office, worker, facts)
    assert codes(refused) == {"BR-BIRTH-3"}
    birth = births.make_birth(office, worker, facts, acknowledged=["BR-BIRTH-3"])
    assert birth.acknowledged.get().by == worker


def test_a_child_has_the_notice_before_anything_else(office, worker):
    with pytest.raises(Refusal) as refused:
        births.make_birth(office, worker, notice=replace(births.NOTICE, language=""))
    assert codes(refused) == {"BR-NOTICE-1"}


def test_neither_the_notice_nor_a_paper_form_is_of_a_day_to_come(office, worker):
    with pytest.raises(Refusal) as refused:
        births.make_birth(office, worker, notice=replace(births.NOTICE, given_on=TODAY + dt.timedelta(days=1)))
    assert codes(refused) == {"BR-NOTICE-2"}
    with pytest.raises(Refusal) as refused:
        births.make_birth(office, worker, received_on=TODAY + dt.timedelta(days=1))
    assert codes(refused) == {"CAS-RECV-1"}
    assert births.make_birth(office, worker, received_on=TODAY).case.received_on == TODAY


def test_another_way_needs_a_reason(office, worker):
    birth = births.make_birth(office, worker)
    with pytest.raises(Refusal) as refused:
        progress.confirm_track(birth=birth, track="T3", reason="", by=worker, now=NOW, today=TODAY)
    assert codes(refused) == {"BR-TRACK-2"}
    progress.confirm_track(birth=birth, track="T3", reason="The office says so", by=worker, now=NOW, today=TODAY)
    assert birth.status == "gathering"


def test_an_edit_after_ready_goes_back_and_after_submission_is_refused(office, worker):
    birth = births.ready(office, worker)
    facts = editing.facts_of(birth)
    editing.change_facts(birth=birth, facts=replace(facts, weight_g=3200), by=worker, now=NOW, today=TODAY)
    birth.refresh_from_db()
    assert (birth.status, birth.weight_g) == ("gathering", 3200)
    progress.declare_ready(birth=birth, by=worker, now=NOW, today=TODAY)
    births.visit(birth, worker)
    with pytest.raises(Conflict) as refused:
        editing.change_facts(birth=birth, facts=replace(facts, weight_g=3300), by=worker, now=NOW, today=TODAY)
    assert refused.value.code == "BR-EDIT-1"


def test_a_paper_that_is_lost_again_takes_a_ready_case_back(office, worker):
    birth = births.ready(office, worker)
    item = birth.items.filter(level="star").first()
    progress.set_item(item=item, state="needed", by=worker, today=TODAY)
    birth.refresh_from_db()
    assert birth.status == "gathering"


@pytest.mark.parametrize("state", ["needed", "in_hand_copy"])
def test_a_paper_is_not_changed_from_a_copy_of_before(office, worker, state):
    birth = births.gathering(office, worker)
    item = birth.items.filter(level="star", state="needed").first()
    early, late = (type(item).rows.get(pk=item.pk) for _turn in range(2))
    told = {"by": worker, "today": TODAY, "version": item.version}
    progress.set_item(item=early, state=state, block="parent_no_id" if state == "needed" else "", **told)
    with pytest.raises(Conflict) as refused:
        progress.set_item(item=late, state="in_hand_copy", **told)
    assert refused.value.code == "BR-ITEM-3"
    late.refresh_from_db()
    assert progress.set_item(item=late, state="original_seen", **told | {"version": late.version})


def test_who_gets_a_paper_and_until_when_is_agreed_on_its_page(office, worker, client_of):
    birth = births.gathering(office, worker)
    agreed, other = birth.items.filter(state="needed")[:2]
    page, client = f"/registration/items/{agreed.pk}/", client_of(worker)
    before, after = (timezone.localdate() + dt.timedelta(days=days) for days in (-1, 1))
    refused = fill_in(client, page, **date_boxes("due_on", before), due_on_era="be")
    assert refused.status_code == 422 and "Give today or a later day." in refused.content.decode()
    sent = fill_in(client, page, responsible="hospital", **date_boxes("due_on", after), due_on_era="be")
    assert sent.status_code == 302
    agreed.refresh_from_db()
    assert (agreed.state, agreed.responsible, agreed.due_on) == ("needed", "hospital", after)
    kept = Event.objects.filter(subject_id=agreed.pk, action__startswith="registration.item.").get()
    assert set(kept.fields) == {"responsible", "due_on"}
    assert in_words(kept.reason) == agreed.requirement.label_en
    facts = replace(editing.facts_of(birth), birth=BirthDate(birth.case.child.born_on - dt.timedelta(days=2)))
    editing.change_facts(birth=birth, facts=facts, by=worker, now=NOW, today=TODAY)  # the time limit moves
    birth.refresh_from_db()
    days = dict(birth.items.values_list("pk", "due_on"))
    assert (days[agreed.pk], days[other.pk]) == (after, birth.notify_due_on)
    assert fill_in(client, page, due_on_d="", due_on_m="", due_on_y="").status_code == 302
    agreed.refresh_from_db()
    assert (agreed.responsible, agreed.due_on) == ("hospital", birth.notify_due_on)


def test_what_is_missing_is_listed(office, worker):
    birth = births.gathering(office, worker)
    with pytest.raises(Refusal) as refused:
        progress.declare_ready(birth=birth, by=worker, now=NOW, today=TODAY)
    assert {"BR-READY-1", "BR-READY-2"} <= codes(refused)


def test_a_late_birth_says_why(office, worker):
    birth = births.gathering(office, worker, births.birth_facts(TODAY - dt.timedelta(days=60)))
    assert birth.track == "T3"
    progress.choose_office(birth=birth, office=births.make_registry(), by=worker, today=TODAY)
    births.settle_items(birth, worker)
    with pytest.raises(Refusal) as refused:
        progress.declare_ready(birth=birth, by=worker, now=NOW, today=TODAY)
    assert codes(refused) == {"BR-READY-3"}
    progress.set_late_reason(birth=birth, reason="fear", text="", by=worker)
    assert progress.declare_ready(birth=birth, by=worker, now=NOW, today=TODAY).status == "ready"


def test_a_star_is_waived_with_a_reason_and_never_impossible(office, worker, cast):
    birth = births.gathering(office, worker)
    item = birth.items.filter(level="star", state="needed").first()
    with pytest.raises(Refusal) as refused:
        progress.set_item(item=item, state="impossible", block="other", by=worker, today=TODAY)
    assert codes(refused) == {"BR-ITEM-4"}
    with pytest.raises(Refusal) as refused:
        progress.waive_item(item=item, reason=" ", by=cast.of("SUP"), today=TODAY)
    assert codes(refused) == {"BR-WAIVE-1"}
    item.refresh_from_db()
    waived = progress.waive_item(item=item, reason="The office does not ask", by=cast.of("SUP"), today=TODAY)
    assert (waived.state, waived.waived_by) == ("waived", cast.of("SUP"))


def test_the_clinic_goes_only_with_a_letter_valid_that_day(office, worker):
    birth = births.ready(office, worker)
    with pytest.raises(Refusal) as refused:
        births.visit(birth, worker, by_whom="clinic_with_letter")
    assert codes(refused) == {"BR-POA-1"}
    letter = {
        "giver": "Naw Paw", "receiver": "The clinic", "scope": "notify the birth", "language_explained": "my",
        "signed_on": TODAY, "valid_until": TOMORROW,
    }  # fmt: skip
    witnesses.add_letter(birth=birth, by=worker, today=TODAY, **letter)
    assert births.visit(birth, worker, by_whom="clinic_with_letter").number == 1


def test_a_visit_neither_in_the_future_nor_before_the_birth(office, worker):
    birth = births.ready(office, worker)
    for day in (TOMORROW, TODAY - dt.timedelta(days=30)):
        with pytest.raises(Refusal) as refused:
            births.visit(birth, worker, submitted_on=day)
        assert codes(refused) == {"BR-SUB-1"}
    assert births.visit(birth, worker, submitted_on=TODAY).result == "pending"


def test_only_a_duplicate_one_can_decide_blocks(office, worker, cast):
    birth = births.ready(office, worker)
    elsewhere = births.make_birth(cast.ranong, cast.of("CW", "RN"))
    here = births.make_birth(office, worker)
    pair = hit(birth, elsewhere)
    assert "BR-DUP-1" not in ready_codes(birth)
    alike = hit(birth, here)
    assert "BR-DUP-1" in ready_codes(birth)
    assert pair.state == "open"
    decide(hit=alike, decision="same", keep=here.case.child, reason="", by=worker, now=NOW)
    assert "BR-DUP-1" in ready_codes(birth), "it goes into the other record"
    assert "BR-DUP-1" not in ready_codes(here)


def ready_codes(birth: BirthRecord) -> set[str]:
    return {found.code for found in progress.guards.ready_findings(birth, facts_of(birth), today=TODAY)}


def hit(one: BirthRecord, two: BirthRecord) -> DuplicateHit:
    first, second = sorted([one.case.child_id, two.case.child_id])
    facts = {"band": "certain", "score": 9.0, "fingerprint": f"{first}-{second}", "state": "open"}
    return DuplicateHit.rows.update_or_create(first_id=first, second_id=second, defaults=facts)[0]


@pytest.mark.parametrize(("days", "is_twin"), [(0, True), (400, False)])
def test_twins_that_were_logged_apart_know_each_other_once_somebody_says_so(office, worker, days, is_twin):
    born = TODAY - dt.timedelta(days=3)
    one, two = (
        births.make_birth(office, worker, births.birth_facts(on, plurality=2, birth_order=order))
        for order, on in ((1, born), (2, born - dt.timedelta(days=days)))
    )
    assert is_sibling_missing(one)
    decide(hit=hit(one, two), decision="sibling", reason="", by=worker, now=NOW)
    for birth in (one, two):
        birth.refresh_from_db()
        assert is_sibling_missing(birth) is not is_twin
    assert (one.sibling_group == two.sibling_group) is is_twin


def test_a_birth_whose_day_is_not_exact_has_no_deadline(office, worker):
    month = BirthDate(dt.date(2026, 11, 1), Precision.MONTH)
    birth = births.make_birth(office, worker, births.birth_facts(month))
    assert birth.notify_due_on is None
    exact = births.make_birth(office, worker, births.birth_facts(dt.date(2026, 11, 20)))
    assert exact.notify_due_on == dt.date(2026, 12, 5)


def test_while_the_day_is_not_known_the_proposal_warns_by_the_earliest_day(office, worker, client_of):
    this_month = timezone.localdate().replace(day=1)
    month = births.birth_facts(BirthDate(this_month, Precision.MONTH))
    birth = births.make_birth(office, worker, month, today=timezone.localdate())
    client = client_of(worker)
    first = both(this_month.replace(day=16), "en").replace(" ", " ")
    for name in ("track", "detail"):
        page = client.get(reverse(f"registration:{name}", args=[birth.pk])).content.decode().replace(" ", " ")
        assert f"By the earliest day it can be, the birth is to be notified by {first}." in page
        assert "Whether it is late is not known" in page
    exact = births.make_birth(office, worker)
    assert "earliest day" not in client.get(reverse("registration:track", args=[exact.pk])).content.decode()
    past = BirthDate(dt.date(2024, 5, 1), Precision.MONTH)
    over = births.make_birth(office, worker, births.birth_facts(past))
    assert "earliest day" not in client.get(reverse("registration:track", args=[over.pk])).content.decode()


def test_closing_unfinished_needs_words(office, worker):
    birth = births.gathering(office, worker)
    with pytest.raises(Refusal) as refused:
        close(birth, worker, reason="left_thailand")
    assert codes(refused) == {"CAS-CLOSE-2"}
    close(BirthRecord.rows.get(pk=birth.pk), worker, reason="left_thailand", text="Went home to Hpa-an")
    birth.refresh_from_db()
    assert birth.status == "closed"


def test_nothing_is_half_written_when_the_birth_is_refused(office, worker):
    facts = births.birth_facts(names={})
    with pytest.raises(Refusal) as refused:
        open_birth(facts=facts, notice=births.NOTICE, office=office, by=worker, now=NOW, today=TODAY)
    assert "BR-NAME-1" in codes(refused)
    assert not BirthRecord.rows.exists()


@pytest.mark.parametrize("whose", ["child", "mother", "father"])
def test_a_name_changed_on_the_persons_page_takes_ready_papers_back(office, worker, whose):
    birth, other = births.ready(office, worker), births.ready(office, worker)
    person = birth.case.child if whose == "child" else birth.parents.get(role=whose).person
    name = person.names.get(is_primary=True)
    add_name(person=person, full="Another Alias", by=worker)
    birth.refresh_from_db()
    assert birth.status == "ready", "one more name changes nothing that was written"
    change_name(name=name, full="Naw Written Otherwise", by=worker)
    birth.refresh_from_db()
    other.refresh_from_db()
    assert (birth.status, other.status) == ("gathering", "ready")


def test_a_birth_date_changed_on_the_persons_page_takes_ready_papers_back(office, worker):
    birth = births.ready(office, worker)
    change_facts(person=birth.case.child, by=worker, needs_interpreter=True)
    birth.refresh_from_db()
    assert birth.status == "ready"
    change_birth(person=birth.case.child, birth=BirthDate(TODAY - dt.timedelta(days=5)), by=worker, today=TODAY)
    birth.refresh_from_db()
    assert birth.status == "gathering"


@pytest.mark.parametrize("state", ["submitted", "waived", "original_seen"])
def test_saving_a_papers_form_untouched_changes_nothing(office, worker, client_of, state):
    birth = births.gathering(office, worker)
    item = birth.items.first()
    facts = {"waived_by": worker, "waive_reason": "Told"} if state == "waived" else {}
    type(item).rows.filter(pk=item.pk).update(state=state, **facts)
    address = f"/registration/items/{item.pk}/"
    sent = fields_of(client_of(worker).get(address))
    assert sent["state"] == state
    assert client_of(worker).post(address, sent).status_code == 302
    item.refresh_from_db()
    assert item.state == state


# A birth that is registered already has no day by which to notify (C4, T9)


def test_a_birth_that_is_registered_already_has_no_deadline(office, worker):
    birth = births.make_birth(office, worker, births.birth_facts(is_already_registered=True, wanted="a copy"))
    assert (birth.track_proposed, birth.notify_due_on, birth.notify_effective_on) == ("T9", None, None)
    other = births.make_birth(office, worker)
    assert other.notify_due_on is not None


def test_the_deadline_goes_and_comes_with_the_way(office, worker):
    birth = births.make_birth(office, worker)
    due = birth.notify_due_on
    for track, expected in (("T9", None), ("T1", due)):
        birth = progress.confirm_track(birth=birth, track=track, reason="Found out", by=worker, now=NOW, today=TODAY)
        birth.refresh_from_db()
        assert birth.notify_due_on == expected


def test_facts_changed_on_the_way_of_a_registered_birth_bring_no_deadline_back(office, worker):
    birth = births.make_birth(office, worker)
    birth = progress.confirm_track(birth=birth, track="T9", reason="Found out", by=worker, now=NOW, today=TODAY)
    facts = replace(facts_of(birth), weight_g=2900)
    birth = editing.change_facts(birth=birth, facts=facts, by=worker, now=NOW, today=TODAY)
    assert birth.notify_due_on is None


# A hold ends with the next contact (C5)


@pytest.mark.parametrize("suspension", ["on_hold", "lost_contact"])
def test_a_hold_ends_when_the_family_is_reached_and_not_when_nobody_answers(office, worker, suspension):
    birth = births.gathering(office, worker)
    progress.suspend(birth=birth, suspension=suspension, by=worker, reason="The family travels")
    told = {"case": birth.case, "by": worker, "now": NOW, "today": TODAY}
    record_contact(result="no_answer", **told)
    birth.refresh_from_db()
    assert birth.suspension == suspension
    record_contact(result="reached", **told)
    birth.refresh_from_db()
    assert birth.suspension == "none"


@pytest.mark.parametrize(("by_whom", "after"), [("parent", "none"), ("relative", "none"), ("agency", "on_hold")])
def test_a_hold_ends_when_the_family_goes_to_the_office_itself(office, worker, by_whom, after):
    birth = births.ready(office, worker)
    progress.suspend(birth=birth, suspension="on_hold", by=worker, reason="The family travels")
    births.visit(birth, worker, by_whom=by_whom)
    birth.refresh_from_db()
    assert birth.suspension == after


def test_a_hold_ends_when_the_certificate_is_collected(office, worker):
    outcome = births.registered(office, worker)
    progress.suspend(birth=outcome.birth, suspension="on_hold", by=worker, reason="The family travels")
    at_office.check_outcome(outcome=outcome, by=worker, today=TODAY)
    hand_over(outcome.birth, worker)
    assert BirthRecord.rows.get(pk=outcome.birth_id).suspension == "none"


def test_a_case_that_had_lost_contact_is_taken_up_when_the_certificate_is_collected(office, worker):
    outcome = births.registered(office, worker)
    case = outcome.birth.case
    missed_calls(case, worker)
    lose_contact(case=case, by=worker, today=TODAY)
    at_office.check_outcome(outcome=outcome, by=worker, today=TODAY)
    hand_over(outcome.birth, worker)
    case.refresh_from_db()
    assert (case.state, BirthRecord.rows.get(pk=outcome.birth_id).suspension) == ("open", "none")


def test_the_hold_of_a_closed_registration_is_history(office, worker):
    birth = births.gathering(office, worker)
    progress.suspend(birth=birth, suspension="on_hold", by=worker, reason="The family travels")
    close(birth, worker, reason="withdrawn", text="They left")
    record_contact(case=birth.case, result="reached", direction="in", by=worker, now=NOW, today=TODAY)
    birth.refresh_from_db()
    assert birth.suspension == "on_hold"


def test_a_number_that_is_typed_for_practice_leaves_the_real_one_free(cast):
    number, passport = "0631637265101", PaperFacts(type="passport", number="M7007124")
    practice, real = (cast.offices["PX"], cast.of("CW", "PX")), (cast.mae_sot, cast.of("CW"))
    births.make_birth(*real, _with_passport(passport))
    for office, worker in (practice, real):
        birth = births.ready(office, worker, _with_passport(passport) if office == practice[0] else None)
        if office == practice[0]:
            seal_case(case=birth.case, sealed=True, reason="A relative works here", by=worker)
            invented = birth.case.child.papers
        births.visit(birth, worker)
        at_office.record_outcome(
            birth=birth, values=births.certificate(child_number=number), by=worker, today=TODAY
        )  # fmt: skip
        assert birth.case.child.papers.filter(number=number, is_current=True).exists()
        with pytest.raises(Refusal) as refused:
            births.registered(office, worker, child_number=number)
        assert refused.value.code == "BR-ID-7"
    forget_children(children=[invented.instance.pk])  # as when an import is undone
    change_paper(paper=invented.get(), issuer="Practice", by=practice[1], today=TODAY)
    assert not Event.objects.filter(action="people.paper.added", values__changes__has_key="warnings_seen").exists()
    asked = {"type": passport.type, "number": passport.number, "person_id": None}
    assert not number_findings(**asked, office=practice[0])
    births.make_birth(*practice, _with_passport(passport))
    assert [found.code for found in number_findings(**asked, office=practice[0])] == ["BR-PAR-4"]


def _with_passport(paper):
    facts = births.birth_facts()
    mother, father = facts.parents
    return replace(facts, parents=(replace(mother, papers=(paper,)), father))
