"""A parent written down on the record: who comes on the fifth day, who is gone, what the papers follow."""

from __future__ import annotations

import pytest
from django.urls import reverse
from django.utils.timezone import localdate

from casework.kernel.refusals import Refusal
from casework.people.models import IdentityDocument, Person
from casework.people.services.families import add_member
from casework.people.services.persons import create_person
from casework.people.services.reach import share_reach
from casework.people.states import FamilyRole
from registration.models import BirthRecord
from registration.rules.facts import PaperFacts, ParentFacts
from registration.services import progress
from registration.services.parents import change_parent
from tests.factories import registration as births
from tests.factories.cast import Cast, make_cast
from tests.factories.forms import fields_of, fill_in
from tests.factories.registration import NOW, TODAY

pytestmark = pytest.mark.django_db
CAME = {"father_knowledge": "known", "father_name_Latn": "Saw Htoo Wah", "father_name_Thai": "ซอทูวา"}


def make_rows() -> tuple[Cast, BirthRecord]:
    """A birth whose father is not known, ready for the office."""
    cast = make_cast()
    facts = births.birth_facts(parents=(births.known("mother"), births.missing("father")))
    return cast, births.ready(cast.mae_sot, cast.of("CW"), facts)


@pytest.fixture
def change(client_of, worker, birth):
    """Type into the page of a parent as a clerk does, and answer what comes."""
    client = client_of(worker)
    return lambda role, **typed: fill_in(client, page_of(birth, role), **typed)


def page_of(birth, role):
    return reverse("registration:parent", args=[birth.parents.get(role=role).pk])


def again(birth) -> BirthRecord:
    return BirthRecord.rows.get(pk=birth.pk)


def keys(birth) -> set[str]:
    return set(birth.items.values_list("requirement__key", flat=True))


def test_a_father_who_comes_later_stands_in_the_family_on_the_list_and_in_the_letter(birth, change, client_of, worker):
    assert "father_paper" not in keys(birth)
    paper = {"father_paper_type": "passport", "father_paper_number": "MB123456", "father_paper_seen": "on"}
    assert change("father", **CAME, **paper).status_code == 302
    father = birth.parents.get(role="father")
    assert (father.knowledge, father.person.name_in("Thai"), father.person.sex) == ("known", "ซอทูวา", "M")
    assert father.person.memberships.get().family == birth.case.family
    assert IdentityDocument.rows.get(person=father.person).original_seen
    assert "father_paper" in keys(birth)
    assert again(birth).status == "gathering", "a parent changed after ready (C5)"
    page = client_of(worker).get(reverse("registration:detail", args=[birth.pk])).content.decode()
    assert "Saw Htoo Wah" in page or "ซอทูวา" in page
    assert client_of(worker).get(reverse("people:person", args=[father.person_id])).status_code == 200


def test_a_father_without_a_name_is_refused_at_the_box(birth, change):
    refused = change("father", father_knowledge="known")
    assert refused.status_code == 422
    assert 'aria-describedby="id_father_name_Mymr_error' in refused.content.decode()
    assert (again(birth).status, birth.parents.get(role="father").person) == ("ready", None)


def test_somebody_of_the_family_is_not_written_down_twice(birth, change, worker):
    uncle = create_person(names={"Latn": "Saw Eh"}, by=worker, today=TODAY, sex="M")
    add_member(family=birth.case.family, person=uncle, role=FamilyRole.OTHER, by=worker)
    share_reach(of=birth.case.child, to=uncle)
    both = change("father", **CAME, father_person=uncle.pk)
    assert both.status_code == 422 and "not both" in both.content.decode()
    before = Person.rows.count()
    assert change("father", father_knowledge="known", father_person=uncle.pk).status_code == 302
    assert (birth.parents.get(role="father").person, Person.rows.count()) == (uncle, before)


def test_the_mother_is_not_offered_as_the_father(birth, client_of, worker):
    page = client_of(worker).get(page_of(birth, "father")).content.decode()
    assert "father_person" not in page
    mother = birth.parents.get(role="mother").person
    answer = client_of(worker).post(page_of(birth, "father"), {"father_knowledge": "known", "father_person": mother.pk})
    assert answer.status_code == 422


def test_a_paper_of_somebody_we_know_asks_for_a_tick(birth, change, cast, worker):
    paper = PaperFacts(type="passport", number="MB123456")
    births.make_birth(cast.mae_sot, worker, births.birth_facts(parents=(
        births.known("mother", papers=(paper,)), births.missing("father"),
    )))  # fmt: skip
    typed = {**CAME, "father_paper_type": "passport", "father_paper_number": "MB123456"}
    asked = change("father", **typed)
    assert asked.status_code == 422 and 'name="acknowledged" value="BR-PAR-4"' in asked.content.decode()
    assert change("father", **typed, acknowledged="BR-PAR-4").status_code == 302
    assert birth.acknowledged.filter(code="BR-PAR-4").count() == 1


def test_the_fathers_surname_can_be_agreed_later(birth, change):
    assert change("father", **CAME).status_code == 302
    assert "surname_consent" not in keys(birth)
    assert change("father", marriage="customary", surname_consent="yes").status_code == 302
    assert "surname_consent" in keys(birth)
    assert change("father", marriage="registered_th").status_code == 302
    assert "surname_consent" not in keys(birth)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"mother_knowledge": "unknown", "mother_reason": "never told"}, "id_mother_knowledge_error"),
        ({"mother_knowledge": "absent_lost", "mother_reason": " "}, "Write in a few words"),
    ],
)
def test_what_is_known_of_a_parent_fits_the_name(birth, change, typed, said):
    refused = change("mother", **typed)
    assert refused.status_code == 422 and said in refused.content.decode()
    assert change("mother", mother_knowledge="absent_lost", mother_reason="Gone").status_code == 302
    assert birth.parents.get(role="mother").knowledge == "absent_lost"


def test_who_has_a_name_is_not_unknown_through_any_door(birth, worker):
    link = birth.parents.get(role="mother")
    nobody = ParentFacts(role="mother", knowledge="unknown", reason="never told")
    with pytest.raises(Refusal) as refused:
        change_parent(link=link, parent=nobody, by=worker, now=NOW, today=TODAY)
    assert refused.value.code == "BR-PAR-5"


def test_the_nationality_is_asked_at_intake_and_can_be_told_later(birth, change):
    assert change("mother", mother_nationality="TH").status_code == 302
    assert birth.parents.get(role="mother").nationality_claimed == "TH"
    assert change("mother", mother_nationality="Thai").status_code == 422


def test_the_status_in_thailand_is_asked_at_intake_and_can_be_told_later(birth, change):
    """C2: `status_group`; it narrows figures by the status of the parents (C10)."""
    assert change("mother", mother_status="registered_CLM").status_code == 302
    assert birth.parents.get(role="mother").status_group == "registered_CLM"
    assert change("mother", mother_nationality="MM", mother_status="registered_CLM").status_code == 302
    assert birth.parents.get(role="mother").status_group == "registered_CLM"
    assert change("mother", mother_status="illegal").status_code == 422


@pytest.mark.parametrize(("kind", "has_paper"), [("", None), ("none", False), ("unhcr", True)])
def test_none_and_not_asked_are_two_answers(birth, change, kind, has_paper):
    assert change("father", **CAME, father_paper_type=kind).status_code == 302
    assert birth.parents.get(role="father").has_paper is has_paper


def test_a_number_belongs_to_a_paper(birth, change):
    assert change("father", **CAME, father_paper_type="none", father_paper_number="MB1").status_code == 422


def test_nothing_changed_leaves_a_ready_record_ready(birth, change):
    assert change("mother").status_code == 302
    assert again(birth).status == "ready"


def test_at_the_office_and_registered_a_parent_is_not_changed_any_more(birth, worker, client_of):
    client, address = client_of(worker), page_of(birth, "father")
    link = f'href="{address}"'
    detail = reverse("registration:detail", args=[birth.pk])
    assert client.get(address).status_code == 200 and link in client.get(detail).content.decode()
    births.visit(birth, worker)
    assert client.get(address).status_code == client.post(address, CAME).status_code == 409
    assert link not in client.get(detail).content.decode()


def test_two_windows_on_one_parent(birth, client_of, worker, change):
    client, address = client_of(worker), page_of(birth, "mother")
    typed = fields_of(client.get(address)) | {"mother_knowledge": "deceased"}
    assert change("mother", mother_knowledge="absent_contactable", mother_reason="In Bangkok").status_code == 302
    refused = client.post(address, typed)
    assert refused.status_code == 422 and "Saved meanwhile" in refused.content.decode()


def test_who_was_lost_and_is_known_again_changes_the_way(cast, worker, client_of):
    lost = births.of_today(parents=(births.missing("mother"), births.missing("father")))
    birth = births.make_birth(cast.mae_sot, worker, **lost)
    assert birth.track_proposed == "T6"
    typed = {"mother_knowledge": "known", "mother_name_Latn": "Naw Paw Eh"}
    assert fill_in(client_of(worker), page_of(birth, "mother"), **typed).status_code == 302
    assert again(birth).track_proposed == "T1"
    progress.confirm_track(birth=again(birth), track="T1", reason="", by=worker, now=NOW, today=localdate())
