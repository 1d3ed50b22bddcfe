"""The pages of people: what they show, what they refuse, and that what was typed stays."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from casework.accounts.models import Office, User
from casework.audit.models import Event
from casework.people.models import DuplicateHit, FamilyMember, MatchKey, Person, Phone
from casework.people.queries.comparison import ComparedRow
from casework.people.services import duplicates, families, papers
from casework.people.services.duplicates import BirthFacts, find_duplicates
from casework.programmes.contributions import registry
from casework.programmes.work import read_work
from tests.factories.forms import fields_of
from tests.factories.people import NOW, TODAY, make_office, make_person, make_worker, reach

pytestmark = pytest.mark.django_db
BORN = dt.date(2026, 11, 21)


@pytest.fixture
def office() -> Office:
    return make_office()


@pytest.fixture
def worker(office: Office) -> User:
    return make_worker(office, name="Ploy")


@pytest.fixture
def page(worker: User) -> Client:
    client = Client()
    client.force_login(worker)
    return client


@pytest.fixture
def child(office: Office) -> Person:
    person = make_person("Naw Eh Soe Paw", "နော်အဲစိုးဖော", born=dt.date(2024, 7, 3), sex="F", languages=["ksw"])
    reach(person, office)
    return person


def home_of(child: Person, office: Office) -> tuple[Person, Phone]:
    """The child's mother and her phone."""
    mother = make_person("Naw Paw Wah")
    reach(mother, office)
    home = families.family_of(person=child, by=None)
    families.add_member(family=home, person=mother, role="mother", by=None)
    return mother, families.add_phone(family=home, number="0812344471", person=mother, by=None)


def birth(**more: str) -> dict[str, str]:
    return {"birth_d": "3", "birth_m": "7", "birth_y": "2567", "birth_era": "be", "birth_precision": "exact"} | more


def test_a_family_is_started_to_write_down_an_address_or_a_phone(page: Client, child: Person) -> None:
    person, start = (reverse(f"people:{name}", args=[child.pk]) for name in ("person", "family-start"))
    assert start in page.get(person).content.decode()
    assert page.post(start).status_code == 302
    text = page.get(person).content.decode()
    assert start not in text and "Add a phone" in text


def test_the_person_page_shows_names_family_and_hidden_numbers(page: Client, child: Person, office: Office) -> None:
    papers.add_paper(person=child, type="passport", number="MB1234578", by=None, today=TODAY)
    home_of(child, office)
    answer = page.get(reverse("people:person", args=[child.pk]))
    text = answer.content.decode()
    assert answer.status_code == 200
    for shown in ("Naw Eh Soe Paw", "နော်အဲစိုးဖော", "Naw Paw Wah", "081-234-4471", "xxxxxx578", "Karen", "Girl"):
        assert shown in text
    assert "MB1234578" not in text
    title = text.partition("</title>")[0]
    assert "Naw Eh Soe Paw" not in title and "Person" in title, "a browser keeps titles, on a shared desk too"


def test_to_open_a_person_is_written_into_the_history(page: Client, child: Person, worker: User) -> None:
    page.get(reverse("people:person", args=[child.pk]))
    assert Event.objects.filter(action="people.person.opened", subject_id=child.pk, actor=worker).count() == 1


@pytest.mark.parametrize("name", ["person", "facts", "name-add", "paper-add", "member-add"])
def test_a_person_of_another_office_does_not_exist(child: Person, name: str) -> None:
    client = Client()
    client.force_login(make_worker(make_office("BK")))
    hidden = client.get(reverse(f"people:{name}", args=[child.pk]))
    missing = client.get(reverse(f"people:{name}", args=[child.pk + 9999]))
    assert hidden.status_code == missing.status_code == 404


def test_a_name_of_another_person_cannot_be_reached_through_ones_own(page: Client, child: Person) -> None:
    other = make_person("Other").names.get()
    assert page.get(reverse("people:name-edit", args=[child.pk, other.pk])).status_code == 404


def test_whoever_has_no_role_for_it_is_refused_in_words(office: Office, child: Person) -> None:
    client = Client()
    client.force_login(make_worker(office, "FO"))
    assert client.get(reverse("people:duplicates")).status_code == 403


def test_a_phone_that_must_not_be_called_is_no_link(page: Client, child: Person, office: Office) -> None:
    _mother, phone = home_of(child, office)
    families.change_phone(phone=phone, rule="do_not", by=None)
    text = page.get(reverse("people:person", args=[child.pk])).content.decode()
    assert "Do not contact" in text
    assert "tel:" not in text
    assert "081-234-4471" not in text


def test_the_page_asks_a_fixed_number_of_queries(page: Client, child: Person, office: Office) -> None:
    address = reverse("people:person", args=[child.pk])
    home_of(child, office)
    page.get(address)
    with CaptureQueriesContext(connection) as first:
        page.get(address)
    for number in range(5):
        aunt = make_person(f"Aunt {'abcde'[number]}")
        reach(aunt, office)
        home = families.family_of(person=child, by=None)
        families.add_member(family=home, person=aunt, role="aunt_uncle", by=None)
        families.add_phone(family=home, number=f"081234447{number + 2}", person=aunt, by=None)
        papers.add_paper(person=child, type="passport", number=f"MB{number}", by=None, today=TODAY)
    with CaptureQueriesContext(connection) as second:
        page.get(address)
    assert len(first) == len(second)


def test_a_name_is_added(page: Client, child: Person) -> None:
    address = reverse("people:name-add", args=[child.pk])
    assert page.get(address).status_code == 200
    answer = page.post(address, {"name": "เอ โซ พอ", "kind": "as_spoken", "is_primary": "on"})
    assert (answer.status_code, answer.url) == (302, reverse("people:person", args=[child.pk]))
    assert child.name == "เอ โซ พอ"


def test_a_doubtful_name_comes_back_with_a_tick_box_and_passes_with_it(page: Client, child: Person) -> None:
    address = reverse("people:name-add", args=[child.pk])
    typed = {"name": "Mu เซ", "kind": "alias"}
    first = page.post(address, typed)
    text = first.content.decode()
    assert first.status_code == 422
    assert 'value="BR-NAME-3"' in text
    assert "Mu เซ" in text
    assert page.post(address, typed | {"acknowledged": "BR-NAME-3", "is_checked": "on"}).status_code == 302
    assert child.names.filter(full="Mu เซ", kind="alias").exists()


def test_an_empty_name_is_refused_and_the_kind_stays(page: Client, child: Person) -> None:
    answer = page.post(reverse("people:name-add", args=[child.pk]), {"name": "", "kind": "alias"})
    assert answer.status_code == 422
    assert '<option value="alias" selected>' in answer.content.decode()


def test_a_name_is_corrected_chosen_and_taken_away(page: Client, child: Person) -> None:
    main, other = child.name_list()
    edit = reverse("people:name-edit", args=[child.pk, other.pk])
    assert page.get(edit).status_code == 200
    page.post(edit, {"name": "အဲစိုးဖော", "kind": "official_home"})
    page.post(reverse("people:name-choose", args=[child.pk, other.pk]))
    assert child.names.get(is_primary=True).full == "အဲစိုးဖော"
    page.post(reverse("people:name-remove", args=[child.pk, main.pk]))
    assert [name.full for name in child.names.all()] == ["အဲစိုးဖော"]


def test_facts_are_changed_in_the_buddhist_era(page: Client, child: Person) -> None:
    address = reverse("people:facts", args=[child.pk])
    assert page.get(address).status_code == 200
    answer = page.post(
        address, birth(sex="M", languages=["ksw", "my"], reason="Seen on the delivery paper", birth_d="4")
    )
    child.refresh_from_db()
    assert answer.status_code == 302
    assert (child.born_on, child.sex, child.languages) == (dt.date(2024, 7, 4), "M", ["ksw", "my"])
    assert Event.objects.get(action="people.birth.changed").reason == "Seen on the delivery paper"


def test_a_birth_date_in_the_future_is_refused_beside_its_boxes(page: Client, child: Person) -> None:
    answer = page.post(reverse("people:facts", args=[child.pk]), birth(sex="M", birth_y="2580"))
    child.refresh_from_db()
    assert answer.status_code == 422
    assert 'value="2580"' in answer.content.decode()
    assert child.born_on == dt.date(2024, 7, 3)


def test_a_paper_is_added_changed_replaced_and_retired(page: Client, child: Person) -> None:
    add = reverse("people:paper-add", args=[child.pk])
    assert page.get(add).status_code == 200
    assert page.post(add, {"type": "passport", "number": "MB1", "verification": "copy_only"}).status_code == 302
    paper = child.papers.get()
    edit = reverse("people:paper-edit", args=[child.pk, paper.pk])
    assert page.get(edit).status_code == 200
    page.post(edit, {"type": "passport", "number": "MB2", "verification": "seen_original"})
    paper.refresh_from_db()
    assert (paper.number, paper.original_seen) == ("MB2", True)
    replace = reverse("people:paper-replace", args=[child.pk, paper.pk])
    assert page.get(replace).status_code == 200
    page.post(replace, {"type": "passport", "number": "MC3", "verification": "not_checked"})
    new = child.papers.get(is_current=True)
    assert new.number == "MC3"
    page.post(reverse("people:paper-retire", args=[child.pk, new.pk]))
    assert not child.papers.filter(is_current=True).exists()


def test_a_wrong_number_is_refused_beside_its_box_and_stays_typed(page: Client, child: Person) -> None:
    answer = page.post(
        reverse("people:paper-add", args=[child.pk]), {"type": "thai_id", "number": "123", "verification": "copy_only"}
    )
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "13 digits" in text
    assert 'value="123"' in text


@pytest.mark.parametrize(("number", "kept"), [("0631637265101", ["422 POST BR-ID-7"]), ("0631637265110", [])])
def test_whoever_meets_the_number_of_a_record_they_may_not_see_stands_in_the_history(
    page: Client, child: Person, worker: User, number: str, kept: list[str]
) -> None:
    hidden = make_person("Moo Say Wa")
    reach(hidden, users=[make_worker(make_office("BK"))], level=3)
    papers.add_paper(person=hidden, type="child_13_digit", number="0631637265101", by=None, today=TODAY)
    sent = {"type": "child_13_digit", "number": number, "verification": "copy_only"}
    answer = page.post(reverse("people:paper-add", args=[child.pk]), sent)
    assert answer.status_code == (422 if kept else 302)
    refused = Event.objects.filter(action="audit.request.refused", actor=worker)
    assert list(refused.values_list("reason", flat=True)) == kept


def test_a_number_is_shown_on_request_and_the_history_knows(page: Client, child: Person, worker: User) -> None:
    paper = papers.add_paper(person=child, type="passport", number="MB1234578", by=None, today=TODAY)
    address = reverse("people:paper-number", args=[child.pk, paper.pk])
    assert page.get(address).status_code == 405
    assert "MB1234578" in page.post(address).content.decode()
    assert "<html" not in page.post(address, headers={"HX-Request": "true"}).content.decode()
    assert Event.objects.filter(action="people.paper.revealed", actor=worker).count() == 2


def test_a_psychologist_does_not_see_the_whole_number(office: Office, child: Person) -> None:
    user, client = make_worker(office, "PSY"), Client()
    reach(child, users=[user])
    client.force_login(user)
    paper = papers.add_paper(person=child, type="passport", number="MB1234578", by=None, today=TODAY)
    assert client.get(reverse("people:person", args=[child.pk])).status_code == 200
    assert client.post(reverse("people:paper-number", args=[child.pk, paper.pk])).status_code == 403


def test_a_family_member_is_added_with_a_phone_and_seen_at_once(page: Client, child: Person) -> None:
    typed = {"name": "Naw Paw Wah", "role": "mother", "sex": "F", "phone": "081 234 4471", "rule": "careful"}
    address = reverse("people:member-add", args=[child.pk])
    assert page.get(address).status_code == 200
    assert page.post(address, typed | {"birth_precision": "unknown"}).status_code == 302
    text = page.get(reverse("people:person", args=[child.pk])).content.decode()
    assert "Naw Paw Wah" in text
    assert "081-234-4471" in text
    assert "Say only that the clinic called" in text


def test_a_member_who_moved_out_is_listed_as_former(page: Client, child: Person, office: Office) -> None:
    mother, _phone = home_of(child, office)
    member = FamilyMember.rows.get(person=mother)
    address = reverse("people:member-edit", args=[child.pk, member.pk])
    assert page.get(address).status_code == 200
    page.post(address, {"role": "mother", "until_on_d": "1", "until_on_m": "11", "until_on_y": "2569"})
    assert "Lived here before:" in page.get(reverse("people:person", args=[child.pk])).content.decode()


def test_address_and_phones_are_changed(page: Client, child: Person, office: Office) -> None:
    _mother, phone = home_of(child, office)
    home = families.family_of(person=child, by=None)
    family = reverse("people:family-edit", args=[child.pk, home.pk])
    add = reverse("people:phone-add", args=[child.pk, home.pk])
    edit = reverse("people:phone-edit", args=[child.pk, phone.pk])
    assert [page.get(address).status_code for address in (family, add, edit)] == [200, 200, 200]
    page.post(family, {"address_text": "Mae Pa", "contact_note": "Only through the aunt"})
    page.post(add, {"number": "0899999999", "whose": "Village shop", "rule": "safe"})
    page.post(edit, {"number": "0812344471", "rule": "do_not"})
    home.refresh_from_db()
    assert (home.address_text, home.contact_note) == ("Mae Pa", "Only through the aunt")
    assert sorted(home.phones.values_list("number", "rule")) == [("0812344471", "do_not"), ("0899999999", "safe")]
    page.post(reverse("people:phone-remove", args=[child.pk, phone.pk]))
    assert home.phones.count() == 1


def test_the_way_back_is_ours_only(page: Client, child: Person) -> None:
    address = reverse("people:name-add", args=[child.pk])
    inside = page.post(address, {"name": "Eh Soe", "kind": "alias", "next": "/drafts/"})
    outside = page.post(address, {"name": "Paw Soe", "kind": "alias", "next": "https://elsewhere.example/"})
    assert (inside.url, outside.url) == ("/drafts/", reverse("people:person", args=[child.pk]))


# Duplicates


def pair(office: Office, other: Office | None = None) -> tuple[Person, Person, DuplicateHit]:
    children = []
    for place, name in ((office, "Mu Say Wah"), (other or office, "Moo Say Wa")):
        child = make_person(name, born=BORN, sex="F")
        reach(child, place)
        facts = BirthFacts(office_id=place.pk, mother=make_person("Naw Paw Wah"))
        duplicates.refresh_match_key(child=child, facts=facts)
        children.append(child)
    return children[0], children[1], find_duplicates(child=children[1], now=NOW)[0]


def test_the_desk_lists_a_pair_and_the_comparison_offers_three_answers(page: Client, office: Office) -> None:
    _first, _second, hit = pair(office)
    desk = page.get(reverse("people:duplicates")).content.decode()
    assert "Mu Say Wah" in desk
    assert "Moo Say Wa" in desk
    text = page.get(reverse("people:duplicate", args=[hit.pk])).content.decode()
    assert [f'value="{answer}"' in text for answer in ("same", "sibling", "different")] == [True, True, True]


def test_another_child_without_a_reason_is_refused_and_with_one_saved(page: Client, office: Office) -> None:
    _first, _second, hit = pair(office)
    address = reverse("people:duplicate", args=[hit.pk])
    assert page.post(address, {"decision": "different", "reason": ""}).status_code == 422
    assert page.post(address, {"decision": "different", "reason": "Seen both"}).status_code == 302
    hit.refresh_from_db()
    assert (hit.state, hit.decision) == ("decided", "different")


def test_a_pair_asked_again_says_who_answered_when_and_what_is_new(page: Client, office: Office, worker: User) -> None:
    first, second, hit = pair(office)
    address, desk = reverse("people:duplicate", args=[hit.pk]), reverse("people:duplicates")
    page.post(address, {"decision": "different", "reason": "Seen both"})
    assert "Mu Say Wah" not in page.get(desk).content.decode()
    MatchKey.objects.filter(child__in=[first, second]).update(hospital_no="670123")
    find_duplicates(child=second, now=NOW)
    said = f"{worker.name_now} answered “Another child” on"
    for shown in (address, desk, reverse("people:person", args=[second.pk])):
        text = page.get(shown).content.decode()
        assert said in text and "Seen both" in text and "New since then:" in text


def test_a_merge_is_proposed_by_one_and_confirmed_by_another(page: Client, office: Office) -> None:
    first, second, hit = pair(office)
    address = reverse("people:duplicate", args=[hit.pk])
    page.post(address, {"decision": "same", "keep": str(first.pk), "choice_name": str(second.pk)})
    confirm = reverse("people:merge-confirm", args=[hit.pk])
    assert page.post(confirm).status_code == 403
    supervisor = Client()
    supervisor.force_login(make_worker(office, "SUP"))
    assert "Merge the two records" in supervisor.get(address).content.decode()
    assert supervisor.post(confirm).status_code == 302
    second.refresh_from_db()
    assert (second.merged_into, first.name) == (first, "Moo Say Wa")
    answer = page.get(reverse("people:person", args=[second.pk]))
    assert (answer.status_code, answer.url) == (302, reverse("people:person", args=[first.pk]))
    undo = reverse("people:unmerge", args=[first.pk])
    assert supervisor.get(undo).status_code == 200
    assert supervisor.post(undo, {"reason": "Two cousins"}).status_code == 302
    second.refresh_from_db()
    assert second.merged_into is None
    assert "The merge is taken back" in supervisor.get(reverse("people:person", args=[first.pk])).content.decode()
    for never in (undo, reverse("people:unmerge", args=[second.pk])):
        for refused in (supervisor.get(never), supervisor.post(never, {"reason": "Two cousins"}, follow=True)):
            assert refused.status_code == 409
            assert "No other record was merged into this one" in refused.content.decode()
            assert "The merge is taken back" not in refused.content.decode()


def test_a_merge_taken_back_twice_by_a_double_click_is_taken_back_once(page: Client, office: Office) -> None:
    first, _second, hit = pair(office)
    page.post(reverse("people:duplicate", args=[hit.pk]), {"decision": "same", "keep": str(first.pk)})
    supervisor = Client()
    supervisor.force_login(make_worker(office, "SUP"))
    supervisor.post(reverse("people:merge-confirm", args=[hit.pk]))
    undo = reverse("people:unmerge", args=[first.pk])
    sent = fields_of(supervisor.get(undo)) | {"reason": "Two cousins"}
    assert [supervisor.post(undo, sent).status_code for _time in range(2)] == [302, 302]
    assert Event.objects.filter(action="people.person.unmerged").count() == 1


def test_a_supervisor_does_not_confirm_their_own_merge(office: Office) -> None:
    first, _second, hit = pair(office)
    supervisor = Client()
    supervisor.force_login(make_worker(office, "SUP"))
    supervisor.post(reverse("people:duplicate", args=[hit.pk]), {"decision": "same", "keep": str(first.pk)})
    assert supervisor.post(reverse("people:merge-confirm", args=[hit.pk])).status_code == 409


def test_a_decision_is_taken_back(page: Client, office: Office) -> None:
    _first, _second, hit = pair(office)
    page.post(reverse("people:duplicate", args=[hit.pk]), {"decision": "sibling"})
    reopen = reverse("people:duplicate-reopen", args=[hit.pk])
    assert page.get(reopen).status_code == 200
    page.post(reopen, {"reason": "Pressed the wrong button"})
    hit.refresh_from_db()
    assert hit.state == "open"


def test_a_match_in_another_office_is_masked_and_can_be_asked_about(page: Client, office: Office) -> None:
    first, _second, hit = pair(office, make_office("BK"))
    desk = page.get(reverse("people:duplicates")).content.decode()
    assert "Possible match, another office" in desk
    assert "Moo Say Wa" not in desk
    assert page.get(reverse("people:duplicate", args=[hit.pk])).url == reverse("people:duplicate-ask", args=[hit.pk])
    asked = page.get(reverse("people:duplicate-ask", args=[hit.pk])).content.decode()
    assert "Mu Say Wah" in asked
    assert "Moo Say Wa" not in asked
    page.post(reverse("people:duplicate-ask", args=[hit.pk]), {"question": "Born in our ward?"})
    other = Client()
    other.force_login(make_worker(Office.objects.get(code="BK")))
    theirs = other.get(reverse("people:duplicates")).content.decode()
    assert "Born in our ward?" in theirs
    assert "Moo Say Wa" in theirs
    assert "Mu Say Wah" not in theirs
    assert "Possible match, another office" in page.get(reverse("people:person", args=[first.pk])).content.decode()
    place, sent = reverse("people:duplicate-answer", args=[hit.pk]), {"answer": "different", "text": "Ours is older"}
    assert place in theirs and "1 question of another office about a child" in other.get("/").content.decode()
    assert page.get(place).status_code == page.post(place, sent).status_code == 404, "who asked does not answer"
    form = other.get(place).content.decode()
    assert "Moo Say Wa" in form and "Born in our ward?" in form and "Mu Say Wah" not in form
    assert other.post(place, {**sent, "text": ""}).status_code == 422
    assert other.post(place, sent).status_code == 302
    assert other.get(place).status_code == 404
    answered = page.get(reverse("people:duplicate-ask", args=[hit.pk])).content.decode()
    assert "Ours is older" in answered and "Moo Say Wa" not in answered
    assert "Possible match, another office" not in page.get(reverse("people:duplicates")).content.decode()
    assert "The other office answered about a possible duplicate" in page.get("/notices/").content.decode()


@pytest.mark.parametrize("sent", [{}, {"decision": "different", "reason": "Seen both"}, {"decision": "sibling"}])
@pytest.mark.parametrize("role", ["CW", "SUP"])
def test_the_masked_record_is_not_shown_by_sending_the_form(office: Office, role: str, sent: dict[str, str]) -> None:
    _first, second, hit = pair(office, make_office("BK"))
    MatchKey.objects.filter(child=second).update(is_sealed=role == "SUP")
    sender = Client()
    sender.force_login(make_worker(office, role))
    answer = sender.post(reverse("people:duplicate", args=[hit.pk]), sent, follow=True)
    assert answer.redirect_chain == [(reverse("people:duplicate-ask", args=[hit.pk]), 302)]
    assert "Moo Say Wa" not in answer.content.decode()
    hit.refresh_from_db()
    assert hit.state == "open"


def test_every_page_of_both_records_is_written_into_the_history(page: Client, office: Office) -> None:
    _first, _second, hit = pair(office)
    for times, send in enumerate((page.get, page.post), start=1):
        assert "Moo Say Wa" in send(reverse("people:duplicate", args=[hit.pk])).content.decode()
        assert Event.objects.filter(action="people.duplicate.opened").count() == times


def test_a_decision_about_a_masked_record_is_taken_back_by_who_sees_both(page: Client, office: Office) -> None:
    there = make_office("BK")
    _first, second, hit = pair(office, there)
    both = make_worker(office)
    reach(second, users=[both])
    decider = Client()
    decider.force_login(both)
    decider.post(reverse("people:duplicate", args=[hit.pk]), {"decision": "different", "reason": "Seen both"})
    reopen, sent = reverse("people:duplicate-reopen", args=[hit.pk]), {"reason": "Not sure"}
    for sender, state in ((page, "decided"), (decider, "open")):
        sender.post(reopen, sent)
        hit.refresh_from_db()
        assert hit.state == state


def test_a_pair_of_other_offices_does_not_exist(page: Client) -> None:
    other = make_office("BK")
    _first, _second, hit = pair(other, other)
    assert page.get(reverse("people:duplicate", args=[hit.pk])).status_code == 404
    assert page.post(reverse("people:duplicate", args=[hit.pk]), {"decision": "sibling"}).status_code == 404


def test_an_empty_desk_says_so(page: Client) -> None:
    assert "Nothing to compare" in page.get(reverse("people:duplicates")).content.decode()


def test_pairs_that_wait_stand_in_my_work(worker: User, office: Office) -> None:
    people = registry.entries["people"]
    assert read_work(people.work_sources(worker, TODAY)) == []
    pair(office)
    pair(office, make_office("BK"))
    waiting = DuplicateHit.objects.visible_to(worker).decidable_by(worker).open().count()
    (item,) = read_work(people.work_sources(worker, TODAY))
    assert str(waiting) in item.title
    assert item.url == reverse("people:duplicates")
    supervisor, same = (
        make_worker(office, "SUP"),
        DuplicateHit.objects.visible_to(worker).decidable_by(worker).open()[0],
    )
    duplicates.decide(hit=same, decision="same", keep=same.first, reason="", by=worker, now=NOW)
    (item,) = [item for item in read_work(people.work_sources(supervisor, TODAY)) if item.key == "people.merges"]
    assert item.title == "1 merge of two records to confirm"
    duplicates.reopen(hit=same, by=worker, reason="")
    duplicates.decide(hit=same, decision="same", keep=same.first, reason="", by=supervisor, now=NOW)
    assert "people.merges" not in {item.key for item in read_work(people.work_sources(supervisor, TODAY))}, "one's own"


def test_more_pairs_than_a_day_holds_are_counted_all_the_same(worker: User, office: Office, monkeypatch) -> None:
    monkeypatch.setattr("casework.programmes.work.MOST", 1)
    for _n in range(3):
        pair(office)
    waiting = DuplicateHit.objects.visible_to(worker).decidable_by(worker).open().count()
    (item,) = read_work(registry.entries["people"].work_sources(worker, TODAY))
    assert waiting > 1 and item.title.startswith(f"{waiting} ")


def test_whoever_does_not_decide_has_no_pairs_in_my_work(office: Office) -> None:
    pair(office)
    assert read_work(registry.entries["people"].work_sources(make_worker(office, "FO"), TODAY)) == []


@pytest.mark.parametrize(
    ("first", "second", "differs"),
    [(("Saw",), ("Ko",), True), (("Saw",), ("Saw",), False), (("Saw",), (), False), ((), ("Saw",), False)],
)
def test_what_only_one_record_tells_is_no_difference(first, second, differs):
    assert ComparedRow("Father", first, second).differs is differs
