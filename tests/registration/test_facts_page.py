"""The facts of a birth on their page: a child that is named, a name that is emptied."""

from __future__ import annotations

import datetime as dt

import pytest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import strip_tags

from casework.accounts.models import User
from casework.cases.models import Case
from casework.kernel.dates import BirthDate
from casework.people.models import Person
from casework.people.names import sort_key
from registration.documents.family import Spelling
from registration.documents.values import names, one_name
from registration.models import BirthRecord
from registration.rules.facts import PaperFacts
from tests.factories import registration as births
from tests.factories.forms import fields_of, fill_in

pytestmark = pytest.mark.django_db
BABY = {"Latn": "Baby of Ma Win", "Thai": "บุตรนางวิน", "Mymr": "မဝင်း ၏ ကလေး"}


@pytest.fixture
def worker(cast):
    return cast.of("CW")


@pytest.fixture
def baby(cast, worker) -> BirthRecord:
    """A child without a name of its own."""
    facts = births.birth_facts(names=BABY, is_baby_of=True, facility_id=births.make_facility().pk)
    return births.make_birth(cast.mae_sot, worker, facts)


@pytest.fixture
def save(client_of, worker):
    """Change boxes of the page of a birth's facts as a clerk does, and answer what comes."""
    client = client_of(worker)
    return lambda birth, **typed: fill_in(client, reverse("registration:facts", args=[birth.pk]), **typed)


def child_of(birth: BirthRecord) -> Person:
    return BirthRecord.rows.get(pk=birth.pk).case.child


def kinds(birth: BirthRecord) -> dict[str, str]:
    return {name.full: name.kind for name in child_of(birth).name_list()}


def test_a_child_that_is_named_is_searched_and_printed_under_its_own_name(baby, save, client_of, worker):
    assert save(baby, child_name_Latn="Saw Ko Htoo").status_code == 302
    child = child_of(baby)
    assert child.name == "Saw Ko Htoo"
    reader = User.objects.get(pk=worker.pk)
    reader.language = "th"
    reader.save()
    for shown in ("registration:list", "cases:list"):
        listed = client_of(reader).get(reverse(shown)).content.decode()
        assert "Saw Ko Htoo" in listed and BABY["Thai"] not in listed, "what it was called before stands in no list"
    reader.language = "en"
    reader.save()
    assert kinds(baby) == {"Saw Ko Htoo": "as_spoken", **dict.fromkeys(BABY.values(), "previous")}
    printed = names(child)
    assert (printed.latin, printed.th, printed.my, one_name(child)) == ("Saw Ko Htoo", "", "", "Saw Ko Htoo")
    assert Case.rows.get(pk=baby.case_id).sort_name == sort_key("Saw Ko Htoo")
    found = client_of(worker).post(reverse("home:search"), {"q": "Baby of Ma Win"}).content.decode()
    assert "Saw Ko Htoo" in found


def test_it_is_named_in_all_scripts_at_once_and_in_thai_alone(baby, save):
    assert save(baby, child_name_Thai="ซอโค").status_code == 302
    assert child_of(baby).name == "ซอโค"
    assert save(baby, child_name_Latn="Saw Ko", child_name_Mymr="စောကို").status_code == 302
    assert {name.full for name in child_of(baby).current_names()} == {"ซอโค", "Saw Ko", "စောကို"}
    assert child_of(baby).names.filter(is_primary=True).count() == 1


def test_what_was_said_of_the_mothers_card_is_not_asked_where_her_card_is_not(cast, worker, save):
    card = PaperFacts(type="pink_card_non_thai", number="0063163726519")
    facts = births.birth_facts(parents=(births.known("mother", papers=(card,)), births.known("father")))
    birth = births.make_birth(cast.mae_sot, worker, facts, acknowledged=["BR-ID-4"])
    assert save(birth, weight_g="3200").status_code == 302
    asked = save(birth, weight_g="1200")
    assert asked.status_code == 422
    assert 'value="BR-BIRTH-3"' in asked.content.decode() and "BR-ID-4" not in asked.content.decode()


def test_what_a_changed_day_says_of_the_mothers_age_is_asked(cast, worker, save):
    mother = births.known("mother", birth=BirthDate(dt.date(2014, 11, 1)))
    facts = births.birth_facts(dt.date(2026, 11, 20), parents=(mother, births.known("father")))
    birth = births.make_birth(cast.mae_sot, worker, facts)
    assert save(birth, weight_g="3200").status_code == 302
    asked = save(birth, birth_m="10")
    assert asked.status_code == 422 and 'value="BR-MOM-2"' in asked.content.decode()
    assert save(birth, birth_m="10", acknowledged="BR-MOM-2").status_code == 302
    assert save(birth, weight_g="3300").status_code == 302, "it was said already"


def test_a_baby_without_a_name_stays_one_when_other_facts_change(baby, save):
    assert save(baby, weight_g="3200").status_code == 302
    assert kinds(baby) == dict.fromkeys(BABY.values(), "baby_of")


@pytest.mark.parametrize(
    ("language", "called"),
    [("en", "Baby of Ma Win"), ("th", "บุตรของ Ma Win"), ("my", "Ma Win ၏ ကလေး")],
)
def test_a_child_without_a_name_is_called_in_the_readers_words_on_every_page(cast, worker, client_of, language, called):
    facts = births.birth_facts(names={"Latn": "Baby of Ma Win"}, is_baby_of=True)
    birth = births.make_birth(cast.mae_sot, worker, facts)
    worker.language = language
    worker.save()
    client, child = client_of(worker), birth.case.child_id
    pages = {
        address: strip_tags(client.get(address).content.decode())
        for address in (
            reverse("registration:list"),
            reverse("cases:list"),
            reverse("registration:detail", args=[birth.pk]),
            reverse("cases:detail", args=[birth.case_id]),
            reverse("people:person", args=[child]),
        )
    }
    pages["search"] = strip_tags(client.post(reverse("home:search"), {"q": "Ma Win"}).content.decode())
    assert [address for address, text in pages.items() if called not in text] == []


def test_a_child_without_a_name_is_called_in_each_language_of_a_paper(cast, worker):
    birth = births.make_birth(
        cast.mae_sot, worker, births.birth_facts(names={"Latn": "Baby of Ma Win"}, is_baby_of=True)
    )
    printed = names(child_of(birth))
    assert (printed.latin, printed.th, printed.my) == ("Baby of Ma Win", "บุตรของ Ma Win", "Ma Win ၏ ကလေး")
    for language, main, other in (("th", printed.th, printed.latin), ("my", printed.my, printed.latin)):
        told = render_to_string("registration/documents/names.html", {"names": printed, "language": language})
        assert main in told and other not in told, "each reader reads it once"
    shown = Spelling().context(birth, language="my", facts={}).children[0].names
    assert (shown.th, shown.latin, shown.my) == ("", "", ""), "no spelling is agreed before there is a name"
    assert one_name(child_of(birth)) == "บุตรของ Ma Win"


def test_a_name_taken_back_is_baby_of_again(baby, save):
    save(baby, child_name_Latn="Saw Ko Htoo")
    mother = baby.parents.get(role="mother").person
    save(baby, child_name_Latn="", child_name_Thai="", child_name_Mymr="", is_baby_of="on")
    assert child_of(baby).name == f"Baby of {mother.name_in('Latn')}"
    assert kinds(baby)[child_of(baby).name] == "baby_of"


def test_a_name_that_is_emptied_is_taken_away_and_another_becomes_the_main_one(cast, worker, save):
    birth = births.make_birth(cast.mae_sot, worker, births.birth_facts(facility_id=births.make_facility().pk))
    before = child_of(birth)
    assert before.name == before.name_in("Latn")
    assert save(birth, child_name_Latn="").status_code == 302
    assert [(name.script, name.is_primary) for name in child_of(birth).name_list()] == [("Thai", True)]


def test_all_names_emptied_is_refused_at_the_field(cast, worker, save):
    birth = births.make_birth(cast.mae_sot, worker, births.birth_facts(facility_id=births.make_facility().pk))
    answer = save(birth, child_name_Latn="", child_name_Thai="")
    assert answer.status_code == 422
    assert "Write the child’s name" in answer.content.decode()
    assert child_of(birth).names.count() == 2


def test_a_nickname_in_the_same_script_is_not_mistaken_for_the_name(cast, worker, save):
    birth = births.make_birth(cast.mae_sot, worker, births.birth_facts(facility_id=births.make_facility().pk))
    child = child_of(birth)
    child.names.create(full="Moo Moo", script="Latn", kind="alias", search_key="moo moo")
    main = child.name
    assert save(birth, weight_g="3200").status_code == 302
    assert save(birth, child_name_Latn="Naw Paw Hser").status_code == 302
    assert {name.full for name in child_of(birth).name_list() if name.script == "Latn"} == {"Naw Paw Hser", "Moo Moo"}
    assert main not in kinds(birth)


def test_what_a_colleague_saved_meanwhile_stands_beside_what_was_typed(baby, client_of, worker, save):
    client, address = client_of(worker), reverse("registration:facts", args=[baby.pk])
    typed = fields_of(client.get(address)) | {"weight_g": "2900"}
    assert save(baby, weight_g="3400", sex="M").status_code == 302
    refused = client.post(address, typed)
    page = refused.content.decode()
    assert refused.status_code == 422 and 'value="2900"' in page
    assert page.count("Saved meanwhile") == 2 * 2, "two fields, each of them in the summary too"
    assert "Saved meanwhile: 3400" in page and "Saved meanwhile: Boy" in page


def test_a_warning_comes_back_as_a_tick_and_the_title_says_so(baby, save):
    page = save(baby, weight_g="600").content.decode()
    assert "<title>Error:" in page
    assert '<input class="tick tick--sq" type="checkbox" name="acknowledged" value="BR-BIRTH-3">' in page
    assert page.count('class="error-summary') == 1, "it is asked once"
    assert "<span>Weight at birth: " in page
    assert save(baby, weight_g="600", acknowledged="BR-BIRTH-3").status_code == 302


def test_one_baby_is_not_asked_which_it_is_and_the_time_has_no_seconds(cast, worker, client_of, save):
    pages = []
    for facts in ({"time": dt.time(3, 20)}, {"plurality": 2, "birth_order": 1}):
        birth = births.make_birth(cast.mae_sot, worker, births.birth_facts(**facts))
        pages.append(client_of(worker).get(reverse("registration:facts", args=[birth.pk])).content.decode())
    single, twin = pages
    assert 'name="birth_order"' in twin and 'name="birth_order"' not in single
    assert 'value="03:20"' in single
