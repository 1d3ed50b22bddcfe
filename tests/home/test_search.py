"""The search box: a family is found by the mother's name as well as by the child's."""

from __future__ import annotations

import pytest
from django.urls import reverse

from tests.factories import registration as births

pytestmark = pytest.mark.django_db


@pytest.fixture
def birth(cast):
    return births.gathering(cast.mae_sot, cast.of("CW"))


def quick(client, words: str) -> str:
    return client.post(reverse("home:quick-search"), {"q": words}).content.decode()


def page_of(case) -> str:
    return f'href="{reverse("cases:detail", args=[case.pk])}"'


def test_a_mothers_name_leads_to_her_childs_case(cast, client_of, birth):
    found = quick(client_of(cast.of("CW")), birth.parents.get(role="mother").person.name)
    assert page_of(birth.case) in found and birth.case.number in found


def test_of_two_children_both_are_named_and_neither_is_guessed(cast, client_of, birth):
    facts = births.birth_facts(parents=(births.known("mother"), births.missing("father")))
    other = births.make_birth(cast.mae_sot, cast.of("CW"), facts, sibling_of=birth)
    mother = birth.parents.get(role="mother").person
    found = quick(client_of(cast.of("CW")), mother.name)
    assert birth.case.number in found and other.case.number in found
    assert reverse("people:person", args=[mother.pk]) in found and page_of(birth.case) not in found


def test_a_mother_is_no_way_to_a_case_of_another_office(cast, client_of, birth):
    found = quick(client_of(cast.of("CW", "RN")), birth.parents.get(role="mother").person.name)
    assert birth.case.number not in found


@pytest.mark.parametrize(("words", "said"), [("N", "Type at least two letters."), ("Zz", "Nobody found.")])
def test_what_finds_nobody_says_why(cast, client_of, words, said):
    assert said in client_of(cast.of("CW")).post(reverse("home:search"), {"q": words}).content.decode()
