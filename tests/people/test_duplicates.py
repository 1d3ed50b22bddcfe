"""Children who look alike: found, shown masked, decided, remembered, merged and taken apart again."""

from __future__ import annotations

import datetime as dt
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, transaction
from django.db.models import Q, QuerySet
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from casework.accounts.models import Office, User
from casework.kernel.refusals import Conflict, Refusal
from casework.notifications.models import Notice
from casework.people.match_weights import DEFAULT_WEIGHTS
from casework.people.matching import BANDS
from casework.people.models import ConflictOfInterest, DuplicateHit, FamilyMember, MatchKey, Person, PersonReach
from casework.people.queries import candidates
from casework.people.queries.person_page import undoable_merges
from casework.people.queries.similar import hits_of, similar_children
from casework.people.queries.thresholds import weights_on
from casework.people.services import asking, duplicates, families, merging, papers, persons
from casework.people.services.duplicates import BirthFacts, decide, features_of_child, find_duplicates
from casework.reference.models import Term
from tests.database import wait_for_a_lock
from tests.factories.people import NOW, TODAY, make_office, make_person, make_worker, reach

pytestmark = pytest.mark.django_db
BORN = dt.date(2026, 11, 21)


@pytest.fixture
def office() -> Office:
    return make_office()


@pytest.fixture
def worker(office: Office) -> User:
    return make_worker(office)


@pytest.fixture
def supervisor(office: Office) -> User:
    return make_worker(office, "SUP")


def born(
    name: str,
    office: Office,
    *,
    mother: str = "Naw Paw Wah",
    on: dt.date = BORN,
    sex: str = "F",
    is_reached: bool = True,
    **facts: object,
) -> Person:
    """A child with its mother and its keys, seen by the office."""
    child = make_person(name, born=on, sex=sex)
    if is_reached:
        reach(child, office)
    parent = make_person(mother)
    key = BirthFacts(office_id=office.pk, mother=parent, **facts)
    duplicates.refresh_match_key(child=child, facts=key)
    return child


def decidable(child: Person, user: User) -> QuerySet[DuplicateHit]:
    """The strong pairs of a child that are open and the user's to decide."""
    found = DuplicateHit.rows.filter(Q(first=child) | Q(second=child)).open().decidable_by(user)
    return found.filter(band__in=("certain", "high"))


def pair(office: Office, other: Office | None = None, **facts: object) -> tuple[Person, Person, DuplicateHit]:
    """Two entries of one child and the pair that was found."""
    first = born("Mu Say Wah", office)
    second = born("Moo Say Wa", other or office, mother="Naw Phaw Wa", **facts)
    hit = find_duplicates(child=second, now=NOW)[0]
    return first, second, hit


def test_the_same_child_written_another_way_is_found(office: Office) -> None:
    first, second, hit = pair(office)
    assert (hit.first_id, hit.second_id) == (first.pk, second.pk)
    assert hit.band in BANDS[:2]
    assert "mother_name" in hit.evidence["facts"] or "mother_name_alike" in hit.evidence["facts"]


@pytest.mark.parametrize(
    ("name", "mother", "on"),
    [
        ("Mu Say Wah", "Naw Paw Wah", dt.date(2025, 1, 2)),
        ("Thiri Kyaw", "Ma Hnin Si", BORN),
        ("Htet Aung", "Daw Mya Mya", dt.date(2019, 3, 3)),
    ],
)
def test_a_sibling_or_a_stranger_does_not_block(
    office: Office, worker: User, name: str, mother: str, on: dt.date
) -> None:
    born("Mu Say Wah Paw", office)
    other = born(name, office, mother=mother, on=on)
    find_duplicates(child=other, now=NOW)
    assert not decidable(other, worker).exists()


@pytest.mark.parametrize("most", [1, 0], ids=["by their keys", "everybody"])
def test_a_register_meets_the_same_children_however_they_are_read(
    office: Office, monkeypatch: pytest.MonkeyPatch, most: int
) -> None:
    known, merged = born("Mu Say Wah", office), born("Moo Say Wah", office)
    MatchKey.objects.filter(child=merged).update(blocks=[])
    monkeypatch.setattr(candidates, "MOST_ASKED_BY_KEY", most)
    row = features_of_child(known, BirthFacts(office_id=office.pk, mother=make_person("Naw Paw Wah")))
    assert [child for child, _features in candidates.all_near([row])] == [known.pk]
    MatchKey.objects.filter(child=known).update(is_sealed=True)
    assert list(candidates.all_near([row])) == []


def test_twins_are_never_duplicates(office: Office) -> None:
    facts = {"plurality": 2, "hospital_no": ""}
    born("Baby of Naw Paw Wah", office, birth_order=1, **facts)
    second = born("Baby of Naw Paw Wah", office, birth_order=2, **facts)
    assert find_duplicates(child=second, now=NOW) == []


def test_a_shared_hospital_number_is_certain_whatever_the_names(office: Office) -> None:
    born("Mu Say Wah", office, hospital_no="HN 67-0123")
    second = born("Thiri", office, mother="Ma Win", hospital_no="HN670123")
    assert find_duplicates(child=second, now=NOW)[0].band == "certain"


def test_a_child_without_a_birth_date_is_found_by_name(office: Office) -> None:
    first = born("Mu Say Wah", office, phones=["0812344471"])
    second = make_person("Mu Say Wah")
    facts = BirthFacts(office_id=office.pk, mother=make_person("Naw Paw Wah"), phones=["081-234-4471"])
    found = duplicates.candidates(features_of_child(second, facts), limit=5)
    assert [c.child_id for c in found] == [first.pk]


PHONE = "0812344471"


def compared_again(child: Person, office: Office, name: str = "Moo Say Wa", **facts: object) -> list[DuplicateHit]:
    """The open pairs of a child after it was written anew."""
    persons.change_name(name=child.names.get(kind="as_spoken"), full=name, by=None)
    key = BirthFacts(office_id=office.pk, mother=make_person("Naw Phaw Wa"), **facts)
    duplicates.refresh_match_key(child=child, facts=key)
    return find_duplicates(child=child, now=NOW)


def answered_pair(office: Office, worker: User, decision: str) -> tuple[Person, DuplicateHit]:
    """The second of two children who look alike, and what was said of them."""
    first = born("Mu Say Wah", office, phones=[PHONE])
    second = born("Moo Say Wa", office, mother="Naw Phaw Wa")
    (hit,) = find_duplicates(child=second, now=NOW)
    keep = first if decision == "same" else None
    return second, decide(hit=hit, decision=decision, reason="Seen both", by=worker, now=NOW, keep=keep)


@pytest.mark.parametrize("decision", ["different", "sibling"])
def test_two_children_are_asked_about_again_only_where_they_look_more_like_one(
    office: Office, worker: User, decision: str
) -> None:
    child, hit = answered_pair(office, worker, decision)
    assert compared_again(child, office) == []
    assert compared_again(child, office, "Thiri Kyaw") == [], "another name speaks for the answer"
    (again,) = compared_again(child, office, phones=[PHONE])
    assert (again.pk, again.state, again.decision, again.decided_by) == (hit.pk, "open", decision, worker)
    (card,) = hits_of(child, worker)
    earlier = card.earlier
    assert earlier is not None
    assert (earlier.by, earlier.reason) == (worker.name_now, "Seen both")
    assert (earlier.new, earlier.gone) == (("Same phone number",), ())
    decide(hit=again, decision=decision, reason="Met both mothers", by=worker, now=NOW)
    assert compared_again(child, office, phones=[PHONE], weight_g=3100) == [], "what was new has been answered too"


def test_one_child_is_asked_about_again_only_where_it_looks_less_like_one(office: Office, worker: User) -> None:
    child, _hit = answered_pair(office, worker, "same")
    assert compared_again(child, office, phones=[PHONE]) == [], "the phone speaks for the answer"
    (again,) = compared_again(child, office, "Moo Say Paw")
    assert (again.state, again.decision, again.keep) == ("open", "same", None)
    with pytest.raises(Conflict) as refused:
        duplicates.confirm_merge(hit=again, by=make_worker(office, "SUP"), now=NOW)
    assert refused.value.code == "PPL-DUP-7"


def test_an_answer_taken_back_is_not_shown_as_an_earlier_one(office: Office, worker: User) -> None:
    _first, second, hit = pair(office)
    decide(hit=hit, decision="different", reason="Seen both", by=worker, now=NOW)
    duplicates.reopen(hit=hit, by=worker, reason="Wrong row")
    (card,) = hits_of(second, worker)
    assert card.earlier is None


def test_a_pair_that_no_longer_looks_alike_is_stale(office: Office) -> None:
    _first, second, hit = pair(office)
    second.names.all().delete()
    persons.add_name(person=second, full="Thiri Kyaw", by=None)
    persons.change_birth(person=second, birth=persons.BirthDate(dt.date(2012, 1, 1)), by=None, today=TODAY)
    duplicates.refresh_match_key(child=second, facts=BirthFacts(office_id=office.pk, mother=make_person("Ma Win")))
    assert find_duplicates(child=second, now=NOW) == []
    hit.refresh_from_db()
    assert hit.state == "stale"


def test_another_child_needs_a_reason(office: Office, worker: User) -> None:
    _first, _second, hit = pair(office)
    with pytest.raises(Refusal) as refused:
        decide(hit=hit, decision="different", reason=" ", by=worker, now=NOW)
    assert (refused.value.code, refused.value.field) == ("PPL-DUP-2", "reason")
    assert decide(hit=hit, decision="different", reason="Seen both", by=worker, now=NOW).state == "decided"


def test_a_pair_is_decided_once(office: Office, worker: User) -> None:
    _first, _second, hit = pair(office)
    decide(hit=hit, decision="different", reason="Seen both", by=worker, now=NOW)
    with pytest.raises(Conflict):
        decide(hit=hit, decision="sibling", reason="", by=worker, now=NOW)


def test_siblings_come_into_one_family(office: Office, worker: User) -> None:
    first, second, hit = pair(office)
    decide(hit=hit, decision="sibling", reason="", by=worker, now=NOW)
    homes = FamilyMember.rows.filter(person__in=[first, second], role="child").values_list("family_id", flat=True)
    assert len(homes) == 2
    assert len(set(homes)) == 1


def test_nobody_decides_a_pair_of_which_they_see_one(office: Office, worker: User) -> None:
    other = make_office("BK")
    _first, _second, hit = pair(office, other)
    with pytest.raises(Refusal) as refused:
        decide(hit=hit, decision="different", reason="I think so", by=worker, now=NOW)
    assert refused.value.code == "PPL-DUP-1"
    assert not decidable(hit.first, worker).exists()
    both = make_worker(office)
    persons_reach = PersonReach.objects.filter(person=hit.second).first()
    assert persons_reach is not None
    reach(hit.second, office)
    assert decidable(hit.first, both).exists()


def test_from_how_many_points_on_a_pair_is_told_is_a_row_that_the_site_sets(office: Office) -> None:
    born("Mu Say Wah", office)
    second = born("Mu Say Wa", office, mother="Naw Paw Wa")
    for raised, band in ((), "high"), (["high_at"], "medium"), (["high_at", "medium_at"], "low"):
        Term.objects.filter(key__in=[f"people.match.{name}" for name in raised]).update(value=90)
        assert find_duplicates(child=second, now=NOW)[0].band == band


def test_the_rows_of_the_check_are_the_numbers_it_was_set_with() -> None:
    assert weights_on(TODAY) == DEFAULT_WEIGHTS
    assert Term.objects.filter(key__startswith="people.match.").count() == 13


def test_a_match_elsewhere_is_masked(office: Office) -> None:
    other = make_office("BK")
    first = born("Mu Say Wah", office)
    stranger, mine = make_worker(other), make_worker(office)
    features = features_of_child(first, BirthFacts(office_id=office.pk, mother=make_person("Naw Paw Wah")))
    (masked,) = similar_children(features, stranger)
    (full,) = similar_children(features, mine)
    assert (masked.is_masked, masked.person_id, masked.name, masked.birth) == (True, 0, "", "")
    assert masked.reasons == full.reasons != ()
    assert (full.is_masked, full.person_id, full.name) == (False, first.pk, "Mu Say Wah")


def test_a_sealed_match_leaves_no_trace_for_the_clerk(office: Office, worker: User) -> None:
    first = born("Mu Say Wah", office, is_reached=False, is_sealed=True)
    features = features_of_child(first, BirthFacts(office_id=office.pk, mother=make_person("Naw Paw Wah")))
    assert similar_children(features, worker) == []
    second = born("Mu Say Wah", office)
    find_duplicates(child=second, now=NOW)
    assert DuplicateHit.rows.count() == 1
    assert hits_of(second, worker) == []
    MatchKey.objects.filter(child=first).update(is_sealed=False)
    assert [card.other.is_masked for card in hits_of(second, worker)] == [True]


def test_a_namesake_of_the_office_is_shown_and_kept_as_a_pair_though_the_mother_differs(
    office: Office, worker: User
) -> None:
    first = born("Mu Say Wah", office)
    second = born("Mu Say Wah", office, mother="Ma Thidar Win", on=BORN + dt.timedelta(days=1))
    features = features_of_child(second, BirthFacts(office_id=office.pk, mother=make_person("Ma Thidar Win")))
    (shown,) = similar_children(features, worker, office_id=office.pk, exclude=(second.pk,))
    assert (shown.person_id, shown.sex) == (first.pk, "Girl")
    assert "Same child’s name" in shown.reasons and "Other mother’s name" in shown.against
    assert similar_children(features, worker, office_id=make_office("BK").pk, exclude=(second.pk,)) == []
    (hit,) = find_duplicates(child=second, now=NOW)
    assert (hit.band, hit.evidence["labels"]) == ("low", ["D7"])
    assert "mother_name_other" in hit.evidence["against"]
    assert not decidable(second, worker).exists()


def test_a_pair_with_a_sealed_record_has_no_page_for_the_clerk(
    office: Office, worker: User, supervisor: User, client: Client
) -> None:
    first = born("Mu Say Wah", office, is_reached=False)
    second = born("Mu Say Wah", office)
    (hit,) = find_duplicates(child=second, now=NOW)
    ask = reverse("people:duplicate-ask", args=[hit.pk])
    client.force_login(worker)
    assert client.get(ask).status_code == 200
    MatchKey.objects.filter(child=first).update(is_sealed=True)
    assert client.get(ask).status_code == 404
    assert client.get(reverse("people:duplicate", args=[hit.pk])).status_code == 404
    client.force_login(supervisor)
    assert client.get(ask).status_code == 200


def test_the_other_office_is_asked_in_words(office: Office, worker: User) -> None:
    _first, _second, hit = pair(office, make_office("BK"))
    with pytest.raises(Refusal) as refused:
        asking.ask_other_office(hit=hit, question=" ", by=worker, now=NOW)
    assert refused.value.code == "PPL-DUP-5"
    hit = asking.ask_other_office(hit=hit, question="Born in our ward?", by=worker, now=NOW)
    assert (hit.asked_by, hit.asked_by_first) == (worker, True)


@pytest.fixture
def question(office: Office, worker: User) -> tuple[DuplicateHit, User]:
    """A pair about which the office asked another one, and who there has its record."""
    other = make_office("BK")
    _first, _second, hit = pair(office, other)
    theirs = make_worker(other)
    return ask(hit, worker, "Born in our ward?"), theirs


def ask(hit: DuplicateHit, by: User, question: str) -> DuplicateHit:
    return asking.ask_other_office(hit=hit, question=question, by=by, now=timezone.now())


def answer(hit: DuplicateHit, by: User, said: str = "different", text: str = "We know both") -> DuplicateHit:
    return asking.answer_other_office(hit=hit, answer=said, text=text, by=by, now=NOW)


def told(person: User) -> list[str]:
    return list(Notice.rows.filter(recipient=person).order_by("pk").values_list("action", flat=True))


def test_another_child_said_by_the_other_office_decides_the_pair(
    question: tuple[DuplicateHit, User], worker: User
) -> None:
    hit, theirs = question
    assert told(theirs) == ["people.question.asked"] and told(worker) == []
    for by, text, code in ((theirs, " ", "PPL-DUP-9"), (worker, "It is not", "PPL-DUP-10")):
        with pytest.raises(Refusal) as refused:
            answer(hit, by, text=text)
        assert refused.value.code == code
    hit = answer(hit, theirs)
    assert (hit.state, hit.decision, hit.decided_by, hit.reason) == ("decided", "different", theirs, "We know both")
    assert told(worker) == ["people.question.answered"]
    with pytest.raises(Conflict) as late:
        answer(hit, theirs, "same")
    assert late.value.code == "PPL-DUP-10"
    hit = ask(hit, worker, "And the phone?")
    assert (hit.state, hit.decision, hit.answer, hit.answer_text) == ("open", "", "", "")


def test_the_same_child_stays_open_for_who_sees_both_and_a_call_stays_owed(
    question: tuple[DuplicateHit, User], office: Office, worker: User
) -> None:
    hit, theirs = question
    waiting = DuplicateHit.objects.visible_to(theirs).asked_of(theirs)
    hit = answer(hit, theirs, "call", "Tomorrow at nine")
    assert hit.state == "open" and list(waiting) == [hit]
    hit = answer(hit, theirs, "same", "Ask for Moo at our desk")
    assert hit.state == "open" and not waiting.all()
    reach(hit.second, office)
    decide(hit=hit, decision="sibling", reason="", by=worker, now=NOW)
    with pytest.raises(Refusal) as refused:
        ask(hit, make_worker(make_office("BK")), "Again?")
    assert refused.value.code == "PPL-DUP-8"


def test_a_question_goes_to_who_works_on_the_record_and_one_of_a_sealed_record_to_supervisors(
    office: Office, worker: User
) -> None:
    other = make_office("BK")
    first, second, hit = pair(office, other)
    colleague, lead, head = make_worker(other), make_worker(other), make_worker(other, "SUP")
    PersonReach.objects.create(person=second, source_type="cases.case", source_id=1, user_id=lead.pk)
    ask(hit, worker, "Yours?")
    assert [told(person) for person in (colleague, lead, head)] == [[], ["people.question.asked"], []]
    MatchKey.objects.filter(child=first).update(is_sealed=True)
    hit = ask(hit, worker, "Yours?")
    assert told(head) == ["people.question.asked"] and told(colleague) == []
    for person, is_asked in ((head, True), (lead, False), (colleague, False)):
        assert DuplicateHit.objects.visible_to(person).asked_of(person).exists() is is_asked


def test_who_sees_both_is_told_to_decide_instead_of_asking(office: Office, worker: User) -> None:
    _first, _second, hit = pair(office)
    with pytest.raises(Refusal) as refused:
        asking.ask_other_office(hit=hit, question="Same?", by=worker, now=NOW)
    assert refused.value.code == "PPL-DUP-6"


def test_the_panel_asks_a_fixed_number_of_queries(office: Office, worker: User) -> None:
    first = born("Mu Say Wah", office)
    features = features_of_child(first, BirthFacts(office_id=office.pk, mother=make_person("Naw Paw Wah")))
    similar_children(features, worker)
    with CaptureQueriesContext(connection) as one:
        assert len(similar_children(features, worker)) == 1
    for _number in range(4):
        born("Mu Say Wah", office)
    with CaptureQueriesContext(connection) as five:
        assert len(similar_children(features, worker)) == 5
    assert len(one) == len(five)
    words_to_the_planner = ("SAVEPOINT", "RELEASE", "SET LOCAL")
    assert sum(not query["sql"].startswith(words_to_the_planner) for query in five) <= 6


# Merging


def merged(
    office: Office, worker: User, supervisor: User, **choices: str
) -> tuple[Person, Person, merging.PersonMerge]:
    first, second, hit = pair(office)
    persons.change_facts(person=second, sex="M", languages=["ksw"], by=None)
    papers.add_paper(person=second, type="passport", number="MB1", by=None, today=TODAY)
    home = families.create_family(by=None)
    families.add_member(family=home, person=second, role="child", by=None)
    decide(hit=hit, decision="same", reason="", by=worker, now=NOW, keep=first, choices=choices)
    done = duplicates.confirm_merge(hit=hit, by=supervisor, now=NOW)
    return first, second, done


def test_same_child_needs_the_record_to_keep(office: Office, worker: User) -> None:
    first, _second, hit = pair(office)
    with pytest.raises(Refusal) as refused:
        decide(hit=hit, decision="same", reason="", by=worker, now=NOW)
    assert (refused.value.code, refused.value.field) == ("PPL-DUP-3", "keep")
    assert decide(hit=hit, decision="same", reason="", by=worker, now=NOW, keep=first).keep == first


def test_who_proposes_a_merge_does_not_confirm_it(office: Office, supervisor: User) -> None:
    first, second, hit = pair(office)
    decide(hit=hit, decision="same", reason="", by=supervisor, now=NOW, keep=first)
    with pytest.raises(Conflict) as refused:
        duplicates.confirm_merge(hit=hit, by=supervisor, now=NOW)
    assert refused.value.code == "PPL-MERGE-1"
    duplicates.confirm_merge(hit=hit, by=make_worker(office, "SUP"), now=NOW)
    second.refresh_from_db()
    assert second.merged_into == first


def test_a_merge_keeps_everything_of_both_and_takes_what_was_chosen(
    office: Office, worker: User, supervisor: User
) -> None:
    first, second, _done = merged(office, worker, supervisor, sex="dropped", name="dropped")
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.sex, first.languages, first.name) == ("M", [], "Moo Say Wa")
    assert {name.full for name in first.names.all()} == {"Mu Say Wah", "Moo Say Wa"}
    assert first.names.filter(is_primary=True).count() == 1
    assert first.papers.get().number == "MB1"
    assert first.memberships.get().role == "child"
    assert second.merged_into == first


def test_a_merged_child_is_not_a_duplicate_any_more(office: Office, worker: User, supervisor: User) -> None:
    first, _second, _done = merged(office, worker, supervisor)
    assert find_duplicates(child=first, now=NOW) == []


def test_a_merge_is_taken_back_with_everything(office: Office, worker: User, supervisor: User) -> None:
    first, second, done = merged(office, worker, supervisor, sex="dropped", name="dropped")
    merging.unmerge(merged=done, by=supervisor, now=NOW, today=TODAY, reason="Two cousins")
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.sex, first.name, second.sex, second.name) == ("F", "Mu Say Wah", "M", "Moo Say Wa")
    assert second.papers.get().number == "MB1"
    assert second.memberships.count() == 1
    assert second.merged_into is None
    assert [hit.pk for hit in find_duplicates(child=second, now=NOW)] == [DuplicateHit.rows.get().pk]


def test_a_value_changed_after_the_merge_is_kept_when_it_is_taken_back(
    office: Office, worker: User, supervisor: User
) -> None:
    first, _second, done = merged(office, worker, supervisor, languages="dropped")
    persons.change_facts(person=first, languages=["my"], by=worker)
    merging.unmerge(merged=done, by=supervisor, now=NOW, today=TODAY, reason="Two cousins")
    first.refresh_from_db()
    assert first.languages == ["my"]


def declared(user: User, person: Person, **facts: object) -> ConflictOfInterest:
    values = {"reason": "Her mother is my sister", "declared_on": TODAY}
    return ConflictOfInterest.rows.create(user=user, person=person, **values | facts)


def test_a_conflict_of_interest_moves_with_a_merge_and_back(office: Office, worker: User, supervisor: User) -> None:
    first, second, hit = pair(office)
    sister, other = make_worker(office, "FO"), make_worker(office, "FA")
    moves, over = declared(sister, second), declared(supervisor, second, until_on=TODAY - dt.timedelta(days=1))
    twice = [declared(other, first), declared(other, second)]
    decide(hit=hit, decision="same", reason="", by=worker, now=NOW, keep=first)
    done = duplicates.confirm_merge(hit=hit, by=supervisor, now=NOW)
    assert set(first.conflicts.all()) == {moves, over, twice[0]}, "what was declared of both stays with each"
    for person in (first, second):
        holding = ConflictOfInterest.rows.holding(TODAY).about([person.pk])
        assert set(holding.values_list("user", flat=True)) == {sister.pk, other.pk}
    later = declared(worker, first)
    merging.unmerge(merged=done, by=supervisor, now=NOW, today=TODAY, reason="Two cousins")
    assert set(second.conflicts.all()) == {moves, over, twice[1]}
    assert set(first.conflicts.all()) == {twice[0], later}
    of_second = ConflictOfInterest.rows.holding(TODAY).about([first.pk])
    assert set(of_second.values_list("user", flat=True)) == {other.pk, worker.pk}


@pytest.mark.parametrize(("days", "is_allowed"), [(30, True), (31, False)])
def test_a_merge_can_be_taken_back_for_thirty_days(
    office: Office, worker: User, supervisor: User, days: int, is_allowed: bool
) -> None:
    _first, second, done = merged(office, worker, supervisor)
    later = NOW + dt.timedelta(days=days)
    if is_allowed:
        merging.unmerge(merged=done, by=supervisor, now=later, today=later.date(), reason="Two cousins")
    else:
        with pytest.raises(Conflict) as refused:
            merging.unmerge(merged=done, by=supervisor, now=later, today=later.date(), reason="Two cousins")
        assert refused.value.code == "PPL-MERGE-4"
    second.refresh_from_db()
    assert (second.merged_into_id is None) is is_allowed


@pytest.mark.parametrize(("days", "is_allowed"), [(30, True), (31, False)])
def test_the_thirty_days_of_a_merge_at_night_begin_on_the_day_of_the_clinic(
    office: Office, worker: User, supervisor: User, days: int, is_allowed: bool
) -> None:
    first, second, done = merged(office, worker, supervisor)
    done.merged_at = dt.datetime(2026, 11, 22, 18, 0, tzinfo=dt.UTC)  # one in the morning of the 23rd
    done.save(update_fields=["merged_at"])
    today = TODAY + dt.timedelta(days=days)
    assert [merge.pk for merge in undoable_merges(first, today)] == ([done.pk] if is_allowed else [])
    if is_allowed:
        merging.unmerge(merged=done, by=supervisor, now=NOW, today=today, reason="Two cousins")
    else:
        with pytest.raises(Conflict):
            merging.unmerge(merged=done, by=supervisor, now=NOW, today=today, reason="Two cousins")
    second.refresh_from_db()
    assert (second.merged_into_id is None) is is_allowed


def test_a_merge_is_not_taken_back_twice_nor_without_a_reason(office: Office, worker: User, supervisor: User) -> None:
    _first, _second, done = merged(office, worker, supervisor)
    with pytest.raises(Refusal) as refused:
        merging.unmerge(merged=done, by=supervisor, now=NOW, today=TODAY, reason=" ")
    assert refused.value.code == "PPL-MERGE-5"
    merging.unmerge(merged=done, by=supervisor, now=NOW, today=TODAY, reason="Two cousins")
    with pytest.raises(Conflict) as refused:
        merging.unmerge(merged=done, by=supervisor, now=NOW, today=TODAY, reason="Again")
    assert refused.value.code == "PPL-MERGE-3"


@pytest.mark.django_db(transaction=True)
def test_a_correction_made_while_a_merge_is_taken_back_stays() -> None:
    office = make_office()
    supervisor = make_worker(office, "SUP")
    first, _second, done = merged(office, make_worker(office), supervisor)

    def take_back() -> None:
        try:
            merging.unmerge(merged=done, by=supervisor, now=NOW, today=TODAY, reason="Two cousins")
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as thread:
        with transaction.atomic():
            persons.change_facts(person=Person.rows.get(pk=first.pk), sex="M", by=None)
            other = thread.submit(take_back)
            wait_for_a_lock(other)
        other.result()
    first.refresh_from_db()
    done.refresh_from_db()
    assert (first.sex, done.undone_by) == ("M", supervisor)


def test_a_record_is_merged_into_one_other_only(office: Office, worker: User, supervisor: User) -> None:
    first, second, _done = merged(office, worker, supervisor)
    third = make_person("Third")
    with pytest.raises(Conflict) as refused:
        merging.merge(kept=third, dropped=second, choices={}, by=worker, confirmed_by=supervisor, now=NOW)
    assert refused.value.code == "PPL-MERGE-2"
    fourth = make_person("Fourth")
    merging.merge(kept=third, dropped=fourth, choices={}, by=worker, confirmed_by=supervisor, now=NOW)
    assert Person.rows.current().filter(pk__in=[first.pk, third.pk]).count() == 2


def test_a_proposed_merge_is_taken_back_by_reopening(office: Office, worker: User) -> None:
    first, _second, hit = pair(office)
    decide(hit=hit, decision="same", reason="", by=worker, now=NOW, keep=first)
    duplicates.reopen(hit=hit, by=worker, reason="Not sure")
    assert (hit.state, hit.decision, hit.keep) == ("open", "", None)


def test_a_merged_pair_is_not_reopened(office: Office, worker: User, supervisor: User) -> None:
    merged(office, worker, supervisor)
    with pytest.raises(Conflict) as refused:
        duplicates.reopen(hit=DuplicateHit.rows.get(), by=worker, reason="Not sure")
    assert refused.value.code == "PPL-DUP-4"
