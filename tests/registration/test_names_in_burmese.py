"""Hospitals, registry offices and papers are named in the language of the page, people in its script.

Where they have no name in it, the English one or the main one stands.
"""

from __future__ import annotations

import pytest
from django.conf import settings
from django.urls import reverse

from casework.reference.models import Facility
from registration.models import RegistryOffice, Requirement
from registration.words.codes import PAPERS
from tests.factories import registration as births

pytestmark = pytest.mark.django_db
OFFICE = {
    "en": "Mae Sot City Municipality registry",
    "th": "สำนักทะเบียนท้องถิ่นเทศบาลนครแม่สอด",
    "my": "မဲဆောက် မြူနီစပယ် မှတ်ပုံတင်ရုံး",
}
HOSPITAL = {"en": "Mae Sot Hospital", "th": "โรงพยาบาลแม่สอด", "my": "မဲဆောက်ဆေးရုံ"}
LANGUAGES = ["en", "th", "my"]


def page_in(language: str, client, url: str) -> str:
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    return client.get(url).content.decode()


def others(language: str, names: dict[str, str]) -> list[str]:
    return [name for code, name in names.items() if code != language]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_of_a_birth_and_its_visits_name_hospital_and_office(cast, client_of, language):
    birth = births.ready(cast.mae_sot, cast.of("CW"))
    births.visit(birth, cast.of("CW"))
    type(birth).rows.filter(pk=birth.pk).update(facility=Facility.objects.get(code="mae-sot-hospital"))
    page = page_in(language, client_of(cast.of("CW")), reverse("registration:detail", args=[birth.pk]))
    assert page.count(OFFICE[language]) >= 2, "among the facts and at the visit"
    assert HOSPITAL[language] in page
    assert not any(name in page for name in others(language, OFFICE) + others(language, HOSPITAL))


@pytest.mark.parametrize("language", LANGUAGES)
def test_selects_offer_them_in_the_language_of_the_page(cast, client_of, language):
    page = page_in(language, client_of(cast.of("CW")), reverse("registration:quick"))
    assert f">{HOSPITAL[language]}</option>" in page
    assert not any(f">{name}</option>" in page for name in others(language, HOSPITAL))


def test_a_registry_office_without_a_burmese_name_keeps_the_english_one(cast, client_of):
    office = RegistryOffice.objects.create(name_en="Umphang branch", name_th="สาขาอุ้มผาง", kind="amphoe")
    assert [office.name(language) for language in LANGUAGES] == ["Umphang branch", "สาขาอุ้มผาง", "Umphang branch"]
    client = client_of(cast.of("SUP"))
    url = reverse("home:reference-change", args=["registry-offices", office.pk])
    form = {"name_th": office.name_th, "name_en": office.name_en, "kind": "amphoe", "is_active": "on"}
    assert client.post(url, form | {"name_my": "အုံးဖန် ရုံးခွဲ"}).status_code == 302
    office.refresh_from_db()
    assert office.name("my") == "အုံးဖန် ရုံးခွဲ"


def test_every_registry_office_of_the_border_has_a_burmese_name():
    for district in ("6304", "6305", "6306", "6307", "6308"):
        offices = RegistryOffice.objects.filter(place_id=district)
        assert offices and all(office.name_my for office in offices), district


CHILD = {"en": "Paw Wah Htoo", "th": "พอ วา ทู", "my": "ဖောဝါထူး"}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("place", ["registration:list", "cases:list"])
def test_a_list_shows_the_name_in_the_readers_script_first(cast, client_of, language, place):
    names = {"Thai": CHILD["th"], "Latn": CHILD["en"], "Mymr": CHILD["my"]}
    births.make_birth(cast.mae_sot, cast.of("CW"), births.birth_facts(names=names))
    shown = page_in(language, client_of(cast.of("CW")), reverse(place))
    assert CHILD[language] in shown
    assert all(shown.index(CHILD[language]) < shown.find(name) or name not in shown for name in others(language, CHILD))


def test_a_list_shows_the_main_name_first_where_none_is_in_the_readers_script(cast, client_of):
    names = {"Thai": CHILD["th"], "Latn": CHILD["en"]}
    births.make_birth(cast.mae_sot, cast.of("CW"), births.birth_facts(names=names))
    shown = page_in("my", client_of(cast.of("CW")), reverse("registration:list"))
    assert 0 < shown.index(CHILD["th"]) < shown.index(CHILD["en"])


def test_the_burmese_names_of_papers_have_one_kind_of_digits():
    names = [*Requirement.objects.values_list("label_my", flat=True), *(said.get("my", "") for said in PAPERS.values())]
    assert any("1/1" in name for name in names)
    assert not any("၀" <= letter <= "၉" for name in names for letter in name)
