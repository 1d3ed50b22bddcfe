"""Reference pages: rows are added, replaced by newer ones, ended; never overwritten; never without a source."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from casework.accounts.states import Role
from casework.audit.models import Event
from casework.home.reference_pages import tables, told
from casework.reference.models import Facility, Holiday, Term, Text
from casework.reference.queries import term, text_for
from tests.database import as_owner
from tests.factories.accounts import make_grant, make_worker

pytestmark = pytest.mark.django_db
KEY = "registration.notify_days"


@pytest.fixture
def supervisor(client):
    user = make_worker(Role.SUPERVISOR, "MS")
    client.force_login(user)
    return user


def day(name: str, on: dt.date) -> dict[str, str]:
    return {f"{name}_d": str(on.day), f"{name}_m": str(on.month), f"{name}_y": str(on.year)}


def term_form(value: str, valid_from: dt.date, **other: str) -> dict[str, str]:
    form = {"key": KEY, "label": "Days to notify", "value": value, "unit": "days", "source": "New act, 2027"}
    return {**form, **day("valid_from", valid_from), **other}


def test_a_new_version_ends_the_one_before_and_both_answer_for_their_days(client, supervisor):
    old = Term.objects.get(key=KEY)
    url = reverse("home:reference-change", args=["terms", old.pk])
    assert client.get(url).status_code == 200
    assert client.post(url, term_form("30", dt.date(2027, 1, 1))).status_code == 302
    old.refresh_from_db()
    assert old.value == 15
    assert old.valid_to == dt.date(2026, 12, 31)
    assert term(KEY, dt.date(2026, 12, 31)) == 15
    assert term(KEY, dt.date(2027, 1, 1)) == 30
    event = Event.objects.get(action="reference.row.replaced")
    assert event.values.changes["value"] == ["15.0000", "30"]


def test_a_number_of_a_rule_is_typed_in_any_digits(client, supervisor):
    url = reverse("home:reference-change", args=["terms", Term.objects.get(key=KEY).pk])
    assert 'type="number"' not in client.get(url).content.decode()
    odd = client.post(url, term_form("many", dt.date(2027, 1, 1)))
    assert odd.status_code == 422 and "many" in odd.content.decode()
    assert client.post(url, term_form("๓๐", dt.date(2027, 1, 1))).status_code == 302
    assert term(KEY, dt.date(2027, 1, 1)) == 30


@pytest.mark.parametrize(("begins", "code"), [(dt.date(2016, 1, 1), 422), (dt.date(2016, 1, 2), 302)])
def test_a_new_version_begins_after_the_old_one(client, supervisor, begins, code):
    old = Term.objects.get(key=KEY)
    response = client.post(reverse("home:reference-change", args=["terms", old.pk]), term_form("30", begins))
    assert response.status_code == code
    assert Term.objects.filter(key=KEY).count() == (2 if code == 302 else 1)


def test_a_row_without_a_source_is_refused_and_what_was_typed_stays(client, supervisor):
    form = term_form("7", dt.date(2026, 1, 1), key="own.rule", source=" ")
    response = client.post(reverse("home:reference-add", args=["terms"]), form)
    assert response.status_code == 422
    assert 'value="own.rule"' in response.content.decode()
    assert client.post(reverse("home:reference-add", args=["terms"]), {**form, "source": "Own rule"}).status_code == 302
    assert Term.objects.get(key="own.rule").checked_on is not None


def test_a_new_text_gets_the_next_version_and_keeps_its_key(client, supervisor):
    old = Text.objects.get(key="notice.short", language="my")
    form = {"body": "အသစ်", "source": "Legal officer, 3 Jan 2027", "reviewed_by": "Daw Khin", "key": "other"}
    url = reverse("home:reference-change", args=["texts", old.pk])
    assert client.post(url, {**form, **day("valid_from", dt.date(2027, 1, 3))}).status_code == 302
    new = text_for("notice.short", "my", dt.date(2027, 1, 3))
    assert (new.version, new.body, new.reviewed_by) == (2, "အသစ်", "Daw Khin")
    assert text_for("notice.short", "my", dt.date(2027, 1, 2)).pk == old.pk
    assert not Text.objects.filter(key="other").exists()


def test_a_rule_ends_once_and_not_before_it_began(client, supervisor):
    row = Term.objects.get(key=KEY)
    url = reverse("home:reference-end", args=["terms", row.pk])
    assert client.post(url, day("on", dt.date(2015, 1, 1))).status_code == 422
    assert client.post(url, day("on", dt.date(2026, 12, 31))).status_code == 302
    assert client.post(url, day("on", dt.date(2027, 12, 31))).status_code == 422
    row.refresh_from_db()
    assert row.valid_to == dt.date(2026, 12, 31)


def test_a_hospital_is_corrected_in_place_with_before_and_after(client, supervisor):
    row = Facility.objects.get(code="mae-sot-hospital")
    form = {"code": row.code, "name_th": row.name_th, "name_en": "Mae Sot General Hospital", "place": "๖๓๐๖",
            "issues_first_proof": "on", "is_active": "on"}  # fmt: skip
    url = reverse("home:reference-change", args=["facilities", row.pk])
    assert client.post(url, {**form, "place": "9999"}).status_code == 422
    assert client.post(url, form).status_code == 302
    row.refresh_from_db()
    assert (row.name_en, row.place_id) == ("Mae Sot General Hospital", "6306")
    changes = Event.objects.get(action="reference.row.changed").values.changes
    assert changes["name_en"] == ["Mae Sot Hospital", "Mae Sot General Hospital"]


def test_every_table_lists_its_rows_and_has_a_form(client, supervisor):
    assert client.get(reverse("home:reference")).status_code == 200
    make_grant(supervisor, "PM")  # exchange rates are the manager's
    for key in tables():
        assert client.get(reverse("home:reference-table", args=[key])).status_code == 200
        assert client.get(reverse("home:reference-table", args=[key]) + "?all").status_code == 200
        assert client.get(reverse("home:reference-add", args=[key])).status_code == 200
    assert client.get(reverse("home:reference-table", args=["nothing"])).status_code == 404


@pytest.mark.parametrize("role", [role.value for role in Role])
def test_who_reads_and_who_edits(client, role):
    client.force_login(make_worker(role, "MS"))
    reads = client.get(reverse("home:reference-table", args=["terms"])).status_code == 200
    edits = client.get(reverse("home:reference-add", args=["terms"])).status_code == 200
    assert reads is (role in {"SUP", "FO", "PM", "TRN", "AUD"})
    assert edits is (role in {"SUP", "PM", "TRN"})


def test_the_coming_holidays_stand_first_and_the_last_one_before_the_older(client, supervisor):
    with as_owner():
        Holiday.objects.all().delete()
    today = timezone.localdate()
    for days in (-400, 40, -3, 0, 7):
        on = today + dt.timedelta(days=days)
        Holiday.objects.create(on=on, name_th="วันหยุด", name_en=f"Holiday {days}", source="test")
    client.force_login(supervisor)
    shown = client.get(reverse("home:reference-table", args=["holidays"])).content.decode()
    assert re.findall(r"Holiday (-?\d+)", shown) == ["0", "7", "40", "-3", "-400"]


def test_what_came_with_the_site_is_told_in_the_readers_language_and_what_people_wrote_as_it_is(client, supervisor):
    supervisor.language = "th"
    supervisor.save()
    Term.objects.filter(key=KEY).update(label="Days to notify, our words")
    shown = client.get(reverse("home:reference-table", args=["terms"])).content.decode()
    assert "เหลือกี่วันจึงถือว่าใกล้ครบกำหนด" in shown and "กติกาของหน่วยงาน" in shown
    assert "counts as due soon" not in shown and "Own service rule" not in shown
    assert "Days to notify, our words" in shown


def test_every_term_that_comes_with_the_site_has_its_words_in_the_catalogues():
    with override("th"):
        english = {text for row in Term.objects.all() for text in (row.label, row.unit) if told(text) == text}
    assert not english
