"""What a site begins with: places, holidays, facilities, texts and terms."""

from __future__ import annotations

import datetime as dt
import hashlib
from functools import partial

import pytest
from django.apps import apps

from casework.reference.loading import DATA, load_first_rows, sources
from casework.reference.models import Facility, Holiday, Place, Term, Text
from casework.reference.queries import TermMissing, holiday_test, term, terms, text_for

pytestmark = pytest.mark.django_db
DAY = dt.date(2026, 11, 23)


def test_all_provinces_districts_and_sub_districts_are_there_with_their_parents():
    codes = list(Place.objects.values_list("code", flat=True))
    assert [sum(len(code) == length for code in codes) for length in (2, 4, 6)] == [77, 928, 7436]
    wrong = [p.code for p in Place.objects.exclude(parent=None) if p.parent_id != p.code[:-2]]
    assert wrong == []
    assert Place.objects.filter(parent=None).count() == 77


@pytest.mark.parametrize(
    ("code", "thai", "english"),
    [
        ("63", "ตาก", "Tak"),
        ("6306", "แม่สอด", "Mae Sot"),
        ("85", "ระนอง", "Ranong"),
        ("82", "พังงา", "Phang-nga"),
        ("10", "กรุงเทพมหานคร", "Bangkok"),
    ],
)
def test_places_have_their_official_codes(code, thai, english):
    place = Place.objects.get(code=code)
    assert (place.name("th"), place.name("en"), place.name("my")) == (thai, english, english)


def test_every_facility_lies_in_a_place_and_has_a_burmese_name():
    assert Facility.objects.get(code="mae-sot-hospital").place.parent_id == "6306"
    assert not Facility.objects.filter(place=None).exists()
    assert not Facility.objects.exclude(name_my__regex="^[\u1000-\u109f]+$").exists()
    assert not Facility.objects.get(code="mae-tao-clinic").issues_first_proof


@pytest.mark.parametrize(
    ("day", "is_holiday"),
    [
        (dt.date(2026, 4, 13), True),
        (dt.date(2024, 7, 29), True),
        (dt.date(2026, 5, 13), True),
        (dt.date(2026, 5, 1), False),
        (dt.date(2026, 11, 23), False),
    ],
)
def test_holidays_of_government_offices(day, is_holiday):
    on_holiday, is_known = holiday_test({day.year})
    assert is_known
    assert on_holiday(day) is is_holiday


def test_the_table_says_which_years_it_does_not_know():
    assert holiday_test({2015, 2030})[1]
    assert not holiday_test({2026, 2044})[1]
    assert all(Holiday.objects.filter(on__year=year).count() > 15 for year in range(2015, 2031))


def test_the_fifteen_days_stand_in_a_row_with_a_source():
    assert term("registration.notify_days", DAY) == 15
    assert Term.objects.get(key="registration.notify_days").source.startswith("[V]")
    assert terms("registration.", DAY)["late_processing_watch_days"] == 90
    assert not Term.objects.filter(source="").exists()
    with pytest.raises(TermMissing):
        term("registration.notify_days", dt.date(2015, 12, 31))


@pytest.mark.parametrize("key", ["notice.short", "consent.sharing"])
def test_texts_are_there_in_three_languages_and_say_that_nobody_reviewed_them(key):
    for language in ("en", "th", "my"):
        assert text_for(key, language, DAY).reviewed_by == ""
    assert text_for(key, "ksw", DAY) is None


def test_loading_again_leaves_what_people_changed():
    Facility.objects.filter(code="mae-sot-hospital").update(name_en="Changed by staff")
    before = (Place.objects.count(), Holiday.objects.count(), Text.objects.count())
    load_first_rows(partial(apps.get_model, "reference"))
    assert (Place.objects.count(), Holiday.objects.count(), Text.objects.count()) == before
    assert Facility.objects.get(code="mae-sot-hospital").name_en == "Changed by staff"


def test_data_files_are_the_ones_their_sources_name():
    for entry in sources():
        assert hashlib.sha256((DATA / entry["file"]).read_bytes()).hexdigest() == entry["sha256"]
        assert entry["licence"]
    listed = {entry["file"] for entry in sources()}
    assert {path.name for path in DATA.glob("*.csv")} == listed
