"""Identity papers: every rule of the numbers with its allowed twin."""

from __future__ import annotations

import datetime as dt
import threading

import pytest
from django.db import connection
from django.urls import reverse

from casework.audit.models import Event
from casework.kernel.refusals import Refusal
from casework.people.identifiers import thai_check_digit
from casework.people.models import IdentityDocument, Person
from casework.people.services import papers
from tests.factories.people import TODAY, make_office, make_person, make_worker, reach

pytestmark = pytest.mark.django_db


def thirteen(first: str = "0", *, is_right: bool = True) -> str:
    """An invented 13-digit number."""
    body = (first + "631637265100")[:12]
    check = thai_check_digit(body)
    return body + (check if is_right else str((int(check) + 1) % 10))


def add(person: Person, type: str, number: object = "", **more: object) -> IdentityDocument:
    return papers.add_paper(person=person, type=type, number=number, by=None, today=TODAY, **more)


@pytest.mark.parametrize(
    ("type", "number", "code"),
    [
        ("thai_id", "123", "BR-ID-1"),
        ("thai_id", thirteen("1", is_right=False), "BR-ID-3"),
        ("pink_card_non_thai", thirteen("8", is_right=False), "BR-ID-3"),
        ("G_code", "G123", "BR-ID-6"),
    ],
)
def test_a_wrong_number_is_refused(type: str, number: str, code: str) -> None:
    with pytest.raises(Refusal) as refused:
        add(make_person(), type, number)
    assert (refused.value.code, refused.value.field) == (code, "number")


@pytest.mark.parametrize(
    ("type", "typed", "kept"),
    [
        (
            "thai_id",
            "๑-๐๖๓๑-๖๓๗๒๖-๕๑-" + thai_check_digit("106316372651"),
            "106316372651" + thai_check_digit("106316372651"),
        ),
        ("pink_card_non_thai", thirteen("0"), thirteen("0")),
        ("passport", "mb 123-456", "MB123456"),
        ("G_code", "661234567890", "G661234567890"),
        ("mm_household_list", "", ""),
    ],
)
def test_a_right_number_is_kept_as_text(type: str, typed: str, kept: str) -> None:
    paper = add(make_person(), type, typed)
    paper.refresh_from_db()
    assert paper.number == kept


@pytest.mark.parametrize(("number", "code"), [(thirteen("9"), "BR-ID-2"), (thirteen("0", is_right=False), "BR-ID-4")])
def test_a_doubtful_number_needs_an_acknowledgement(number: str, code: str) -> None:
    person = make_person()
    with pytest.raises(Refusal) as refused:
        add(person, "no_status_card", number, acknowledged=[])
    assert refused.value.code == code
    assert add(person, "no_status_card", number, acknowledged=[code]).number == number
    assert Event.objects.get(action="people.paper.added").values.changes["warnings_seen"] == ["", code]


def test_a_paper_that_ends_before_it_was_issued_is_refused() -> None:
    with pytest.raises(Refusal) as refused:
        add(make_person(), "passport", "MB1", issued_on=TODAY, expires_on=TODAY - dt.timedelta(days=1))
    assert (refused.value.code, refused.value.field) == ("BR-ID-8", "expires_on")


def test_an_expired_paper_needs_an_acknowledgement() -> None:
    person, ended = make_person(), TODAY - dt.timedelta(days=1)
    with pytest.raises(Refusal) as refused:
        add(person, "passport", "MB1", expires_on=ended, acknowledged=[])
    assert refused.value.code == "BR-ID-8"
    assert add(person, "passport", "MB1", expires_on=ended, acknowledged=["BR-ID-8"]).expires_on == ended


def test_a_child_number_of_another_child_is_refused_and_names_it_to_who_may_see() -> None:
    office = make_office()
    worker, stranger = make_worker(office), make_worker(make_office("BK"))
    first, second = make_person("Eh Soe Paw"), make_person("Ku Moo")
    reach(first, office)
    number = thirteen("7")
    add(first, "child_13_digit", number)
    with pytest.raises(Refusal) as seen:
        papers.add_paper(person=second, type="child_13_digit", number=number, by=worker, today=TODAY)
    with pytest.raises(Refusal) as unseen:
        papers.add_paper(person=second, type="child_13_digit", number=number, by=stranger, today=TODAY)
    assert seen.value.code == unseen.value.code == "BR-ID-7"
    assert "Eh Soe Paw" in str(seen.value.sentence)
    assert "Eh Soe Paw" not in str(unseen.value.sentence)
    assert [told.value.findings[0].url for told in (seen, unseen)] == [reverse("people:person", args=[first.pk]), ""]
    assert papers.add_paper(person=second, type="child_13_digit", number=thirteen("6"), by=worker, today=TODAY)


def test_a_child_number_is_free_again_when_the_paper_was_retired() -> None:
    first, second = make_person(), make_person()
    papers.retire_paper(paper=add(first, "child_13_digit", thirteen("7")), by=None)
    assert add(second, "child_13_digit", thirteen("7")).is_current


def test_the_same_paper_on_two_persons_needs_an_acknowledgement() -> None:
    first, second = make_person(), make_person()
    reach(first, make_office())
    add(first, "passport", "MB1")
    with pytest.raises(Refusal) as refused:
        add(second, "passport", "MB1", acknowledged=[])
    assert refused.value.code == "BR-PAR-4"
    assert add(second, "passport", "MB1", acknowledged=["BR-PAR-4"]).number == "MB1"


def test_a_paper_of_a_sealed_record_is_met_by_its_own_people_only() -> None:
    hidden, second, office = make_person("Eh Soe Paw"), make_person(), make_office()
    lead, worker = make_worker(office), make_worker(office, "SUP")
    reach(hidden, users=[lead], level=3)
    add(hidden, "passport", "MB1")
    told = {"person": second, "type": "passport", "number": "MB1", "today": TODAY, "acknowledged": []}
    with pytest.raises(Refusal) as seen:
        papers.add_paper(by=lead, **told)
    assert "Eh Soe Paw" in str(seen.value.sentence)
    assert papers.add_paper(by=worker, **told).number == "MB1"


def test_a_household_list_belongs_to_many_without_a_warning() -> None:
    add(make_person(), "mm_household_list", "12/99", acknowledged=[])
    assert add(make_person(), "mm_household_list", "12/99", acknowledged=[]).number == "1299"


def test_the_same_paper_twice_on_one_person_is_refused() -> None:
    person = make_person()
    add(person, "passport", "MB1")
    with pytest.raises(Refusal) as refused:
        add(person, "passport", "MB 1")
    assert refused.value.code == "PPL-PAPER-1"


def test_replace_paper_keeps_the_former_one() -> None:
    person = make_person()
    old = add(person, "passport", "MB1")
    new = papers.replace_paper(paper=old, by=None, today=TODAY, number="MC2")
    assert [(p.number, p.is_current) for p in person.papers.order_by("pk")] == [("MB1", False), ("MC2", True)]
    assert new.type == "passport"


def test_change_paper_is_checked_like_a_new_one() -> None:
    paper = add(make_person(), "thai_id", thirteen("1"))
    with pytest.raises(Refusal):
        papers.change_paper(paper=paper, number=thirteen("1", is_right=False), by=None, today=TODAY)
    changed = papers.change_paper(paper=paper, number=thirteen("2"), original_seen=True, by=None, today=TODAY)
    assert (changed.number, changed.seen_on, changed.verification) == (thirteen("2"), TODAY, "seen_original")


def test_to_reveal_a_number_is_written_into_the_history() -> None:
    worker, person = make_worker(), make_person()
    assert papers.reveal_number(paper=add(person, "passport", "MB1"), by=worker) == "MB1"
    assert Event.objects.filter(action="people.paper.revealed", actor=worker).count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_child_number_given_to_two_children_at_once_goes_to_one() -> None:
    children = [make_person("Eh Soe Paw"), make_person("Ku Moo")]
    start, codes = threading.Barrier(2), []

    def give(child: Person) -> None:
        try:
            start.wait()
            add(child, "child_13_digit", thirteen("7"))
        except Refusal as refused:
            codes.append(refused.code)
        finally:
            connection.close()

    threads = [threading.Thread(target=give, args=(child,)) for child in children]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert codes == ["BR-ID-7"]
    assert IdentityDocument.rows.filter(type="child_13_digit").count() == 1
