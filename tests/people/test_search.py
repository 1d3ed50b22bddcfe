"""One box finds a person by name in any script and spelling, by paper, phone and hospital number."""

from __future__ import annotations

import datetime as dt

import pytest

from casework.accounts.models import Office, User
from casework.kernel.dates import BirthDate, Precision
from casework.people.models import Person
from casework.people.queries.search import find_people, read_query
from casework.people.services import families, papers
from casework.people.services.duplicates import BirthFacts, refresh_match_key
from tests.factories.people import TODAY, make_office, make_person, make_worker, reach

pytestmark = pytest.mark.django_db


@pytest.fixture
def office() -> Office:
    return make_office()


@pytest.fixture
def worker(office: Office) -> User:
    return make_worker(office)


def child(office: Office, *names: str, **more: object) -> Person:
    person = make_person(*names, **more)
    reach(person, office)
    return person


def ids(text: str, user: User, **more: int) -> list[int]:
    return [row.person_id for row in find_people(text, user, **more)]


@pytest.mark.parametrize(
    "typed",
    ["Naw Eh Soe Paw", "eh soe paw", "ehsoepaw", "Eh So Paw", "Eh Soe", "အဲစိုးဖော", "Eh Soe Pau", "  EH   SOE PAW "],
)
def test_a_name_is_found_however_it_is_written(office: Office, worker: User, typed: str) -> None:
    person = child(office, "Naw Eh Soe Paw", "နော်အဲစိုးဖော")
    child(office, "Thiri Kyaw")
    assert ids(typed, worker)[:1] == [person.pk]


def test_a_thai_name_is_found_without_its_title_and_in_latin(office: Office, worker: User) -> None:
    person = child(office, "ด.ญ. มาลี ใจดี")
    assert ids("มาลี ใจดี", worker) == [person.pk]
    assert ids("malee jaidee", worker) == [person.pk]


def test_the_whole_name_comes_before_a_longer_one(office: Office, worker: User) -> None:
    longer, whole = child(office, "Say Wah Paw"), child(office, "Say Wah")
    assert ids("Say Wah", worker) == [whole.pk, longer.pk]


def test_a_birth_year_of_either_calendar_narrows(office: Office, worker: User) -> None:
    old = child(office, "Ku Moo", born=dt.date(2019, 5, 1))
    young = child(office, "Ku Moo", born=dt.date(2024, 5, 1))
    about = child(office, "Ku Moo", born=BirthDate(dt.date(2023, 7, 1), Precision.ESTIMATED))
    assert ids("Ku Moo 2562", worker) == [old.pk]
    assert set(ids("Ku Moo 2024", worker)) == {young.pk, about.pk}
    assert len(ids("Ku Moo", worker)) == 3


def test_a_relative_after_a_comma_narrows(office: Office, worker: User) -> None:
    mine, other = child(office, "Ku Moo", born=dt.date(2026, 5, 1)), child(office, "Ku Moo")
    home = families.create_family(by=None)
    families.add_member(family=home, person=mine, role="child", by=None)
    families.add_member(family=home, person=make_person("Naw Paw Wah"), role="mother", by=None)
    assert ids("Ku Moo, Paw Wah", worker) == [mine.pk]
    assert set(ids("Ku Moo", worker)) == {mine.pk, other.pk}
    (of_hers,) = find_people("Paw Wah, 2026", worker)
    assert (of_hers.person_id, of_hers.why) == (mine.pk, "Mother’s name")
    assert ids("Paw Wah, 2019", worker) == []


@pytest.mark.parametrize("typed", ["0-0631-63726-51-8", "๐๐๖๓๑๖๓๗๒๖๕๑๘", "၀၀၆၃၁၆၃၇၂၆၅၁၈", "0063163726518"])
def test_a_thirteen_digit_number_is_found_in_any_digits(office: Office, worker: User, typed: str) -> None:
    person = child(office, "Ku Moo")
    papers.add_paper(person=person, type="no_status_card", number="0063163726518", by=None, today=TODAY)
    found = find_people(typed, worker)
    assert [(row.person_id, row.why) for row in found] == [(person.pk, "Paper number")]


def test_a_passport_is_found_by_its_number(office: Office, worker: User) -> None:
    person = child(office, "Ku Moo")
    papers.add_paper(person=person, type="passport", number="MB123456", by=None, today=TODAY)
    assert ids("mb 123456", worker) == [person.pk]


@pytest.mark.parametrize("typed", ["4471", "081-234-4471", "+66812344471", "2344471"])
def test_a_phone_finds_the_family_by_its_tail(office: Office, worker: User, typed: str) -> None:
    person = child(office, "Ku Moo")
    home = families.create_family(by=None)
    families.add_member(family=home, person=person, role="child", by=None)
    families.add_phone(family=home, number="0812344471", by=None)
    assert [(row.person_id, row.why) for row in find_people(typed, worker)] == [(person.pk, "Phone of the family")]


def test_three_digits_find_no_phone(office: Office, worker: User) -> None:
    person = child(office, "Ku Moo")
    home = families.create_family(by=None)
    families.add_member(family=home, person=person, role="child", by=None)
    families.add_phone(family=home, number="0812344471", by=None)
    assert ids("471", worker) == []


def test_nobody_finds_a_person_of_another_office(office: Office, worker: User) -> None:
    hidden = make_person("Ku Moo")
    reach(hidden, make_office("BK"))
    papers.add_paper(person=hidden, type="passport", number="MB123456", by=None, today=TODAY)
    assert ids("Ku Moo", worker) == ids("Ku Mu", worker) == ids("MB123456", worker) == []


def test_a_merged_record_is_not_found(office: Office, worker: User) -> None:
    kept, dropped = child(office, "Ku Moo"), child(office, "Ku Moo")
    Person.rows.filter(pk=dropped.pk).update(merged_into=kept)
    assert ids("Ku Moo", worker) == [kept.pk]


def test_the_row_says_how_sure_the_birth_date_is(office: Office, worker: User) -> None:
    child(office, "Ku Moo", "ကူမူး", born=BirthDate(dt.date(2024, 7, 1), Precision.MONTH), sex="F")
    row = find_people("Ku Moo", worker)[0]
    assert (row.name, row.other_names, row.birth, row.sex) == ("Ku Moo", ("ကူမူး",), "Jul\u00a02024", "Girl")


@pytest.mark.parametrize("typed", ["", "   ", "-", "\x00", "%", "_", "\u202e", "'", "\\", "๏"])
def test_odd_words_find_nothing_and_break_nothing(office: Office, worker: User, typed: str) -> None:
    child(office, "Ku Moo")
    assert ids(typed, worker) == []


def test_a_very_long_text_is_cut(office: Office, worker: User) -> None:
    assert ids("Ku Moo " * 5000, worker) == []


@pytest.mark.parametrize(
    ("typed", "number", "name", "year", "relative"),
    [
        ("Mu Say 2567", "", "Mu Say", 2024, ""),
        ("Mu Say, Paw Wah", "", "Mu Say", None, "Paw Wah"),
        ("081 234 4471", "0812344471", "", None, ""),
        ("HN 67-012345", "HN67012345", "", None, ""),
        ("2567", "2567", "", None, ""),
    ],
)
def test_words_are_taken_apart(typed: str, number: str, name: str, year: int | None, relative: str) -> None:
    asked = read_query(typed)
    assert (asked.number, asked.name, asked.year, asked.relative) == (number, name, year, relative)


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("wah", "Mu Say Wah"), ("Noe", "Su Myat Noe"), ("Myat", "Su Myat Noe"), ("say", "Mu Say Wah"),
        ("yin", "Khin Yin"), ("စေးဝါး", "မူစေးဝါး"),
    ],
)  # fmt: skip
def test_each_word_of_a_name_finds_it(office: Office, worker: User, typed: str, name: str) -> None:
    mine = child(office, name)
    child(office, "Thiri Kyaw Zin")
    assert ids(typed, worker) == [mine.pk]


def test_a_whole_word_stands_before_letters_within_one(office: Office, worker: User) -> None:
    whole = child(office, "Su Myat Noe")
    child(office, "Lin Noehtet")
    for _ in range(3):
        child(office, "Noe")
    found = ids("Noe", worker)
    assert len(found) == 5 and found.index(whole.pk) == 3


BETWEEN_SAVEPOINTS = 4  # beside the question itself: two words to the planner


@pytest.mark.parametrize(
    ("typed", "most"),
    [
        ("Ku Moo", 2),
        ("Ku Moo 2019", 2 + BETWEEN_SAVEPOINTS),
        ("Ku Moo, Paw Wah", 2 + BETWEEN_SAVEPOINTS),
        ("Ku Moo 2024", 2 + BETWEEN_SAVEPOINTS),
        ("4471", 2),
        ("zzz", 2),
    ],
)
def test_a_search_asks_once_and_for_the_mothers_and_again_only_where_nobody_of_that_sound_is_found(
    office: Office, worker: User, typed: str, most: int, django_assert_max_num_queries: object
) -> None:
    for number in range(12):
        child(office, "Ku Moo", f"Ku Mue {'abcdefghijkl'[number]}", born=dt.date(2019, 5, 1))
    ids("warm", worker)
    with django_assert_max_num_queries(most):  # type: ignore[operator]
        ids(typed, worker, limit=20)


@pytest.mark.parametrize(
    "typed", ["Suongtin, Min Aung", "Suaungtinn, Minaung", "Su Aung Tin, Minnong", "Su Aung Tin, Mi Aung"]
)
def test_one_of_two_names_may_be_written_together_or_otherwise(office: Office, worker: User, typed: str) -> None:
    mine = child_of(office, "Su Aung Tin", "Nang Min Aung")
    child_of(office, "Su Aung Tin", "Daw Khin Htwe")
    child_of(office, "Hla Kyaw", "Nang Min Aung")
    assert ids(typed, worker) == [mine.pk]


def test_a_word_of_the_name_and_the_beginning_of_the_mothers_find_where_nothing_fits_better(
    office: Office, worker: User
) -> None:
    mine = child_of(office, "Yamin Kham Thiri", "Daw Kyaw Win Gay")
    child_of(office, "Yamin Kham Thiri", "Daw Khin Htwe")
    assert ids("Thiri, Kyaw Win", worker) == [mine.pk]
    child_of(office, "Thiri", "Daw Kyaw Win Gay")
    assert mine.pk not in ids("Thiri, Kyaw Win", worker)


def test_what_fits_better_stands_first(office: Office, worker: User) -> None:
    alike = child_of(office, "Suongtin", "Nang Min Aung")
    longer = child_of(office, "Su Aung Tin Hla", "Nang Min Aung")
    whole = child_of(office, "Su Aung Tin", "Nang Min Aung")
    found = find_people("Su Aung Tin, Min Aung", worker)
    assert [row.person_id for row in found] == [whole.pk, longer.pk, alike.pk]
    assert [(row.why, row.is_exact) for row in found] == [("Name", True), ("Name", False), ("Name is similar", False)]


def child_of(office: Office, name: str, mother: str) -> Person:
    """A child who lives with its mother."""
    kid = child(office, name)
    home = families.create_family(by=None)
    families.add_member(family=home, person=kid, role="child", by=None)
    families.add_member(family=home, person=make_person(mother), role="mother", by=None)
    return kid


def test_one_syllable_may_be_misheard_where_a_second_fact_is_given(office: Office, worker: User) -> None:
    mine = child_with_mother(office, "Lay Kyaw Ku", "Naw Paw Wah Htoo", born=dt.date(2019, 5, 1))
    child_with_mother(office, "Ku Moo", "Naw Paw Wah Htoo", born=dt.date(2019, 5, 1))
    assert ids("Kyaw Ku 2019", worker) == [mine.pk]
    assert ids("Kyaw Ku, Paw Moe Htoo", worker) == [mine.pk]
    assert ids("Kyaw Ku 2024", worker) == []
    assert ids("Kyaw Ku, Thiri Win Mar", worker) == []


def child_with_mother(office: Office, name: str, mother: str, *, born: dt.date) -> Person:
    """A child whose keys are kept for the duplicate check."""
    person, parent = child(office, name, born=born), make_person(mother)
    refresh_match_key(child=person, facts=BirthFacts(office_id=office.pk, mother=parent))
    return person


def test_children_of_one_name_are_told_apart_by_age_and_mother(office: Office, worker: User) -> None:
    for number, name in enumerate(("Naw Paw Wah", "Ma Thidar Win")):
        kid = child(office, "Thiha Aung", born=TODAY - dt.timedelta(days=10 + 400 * number))
        mother = child(office, name)
        home = families.create_family(by=None)
        families.add_member(family=home, person=kid, role="child", by=None)
        families.add_member(family=home, person=mother, role="mother", by=None)
    rows = find_people("Thiha Aung", worker)
    assert {row.mother for row in rows} == {"Naw Paw Wah", "Ma Thidar Win"}
    assert all(row.age for row in rows) and len({row.age for row in rows}) == 2
    assert find_people("Naw Paw Wah", worker)[0].mother == ""


def test_a_mother_the_reader_may_not_see_is_not_named(office: Office, worker: User) -> None:
    kid = child(office, "Thiha Aung")
    home = families.create_family(by=None)
    families.add_member(family=home, person=kid, role="child", by=None)
    families.add_member(family=home, person=make_person("Naw Paw Wah"), role="mother", by=None)
    assert [row.mother for row in find_people("Thiha Aung", worker)] == [""]


@pytest.mark.parametrize("typed", ["T40048", "t 40048", "T๔๐๐๔๘"])
def test_the_number_of_the_delivery_certificate_finds_the_child(office: Office, worker: User, typed: str) -> None:
    person, other = child(office, "Mu Say Wah"), child(office, "Thiri Kyaw")
    refresh_match_key(child=person, facts=BirthFacts(office_id=office.pk, certificate_no="T-40048"))
    refresh_match_key(child=other, facts=BirthFacts(office_id=office.pk, certificate_no="T-40049"))
    assert [(row.person_id, row.why) for row in find_people(typed, worker)] == [
        (person.pk, "Number of the delivery certificate")
    ]
