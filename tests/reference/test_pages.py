"""Reference pages: rows are added, replaced by newer ones, ended; never overwritten; never without a source."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from casework.accounts.states import Role
from casework.approvals.models import Proposal
from casework.audit.models import Event
from casework.home.reference_words import tables, told
from casework.notifications.models import Notice
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
    form = client.get(reverse("home:reference-add", args=["terms"]))
    is_asked = "Ask a second person to confirm" in form.content.decode()
    assert reads is (role in {"SUP", "FO", "PM", "TRN", "AUD"})
    assert (form.status_code == 200) is (role in {"SUP", "FO", "PM", "TRN"})
    assert is_asked is (role == "FO")


def proposed(client, act: str, key: str, form: dict[str, str], *row: int) -> Proposal:
    """What a fund officer proposes with the form of a table."""
    answer = client.post(reverse(f"home:reference-{act}", args=[key, *row]), {"reason": "The ministry wrote", **form})
    assert answer.status_code == 302, answer.content.decode()
    return Proposal.rows.latest("pk")


def test_what_an_officer_proposes_holds_when_somebody_who_writes_rows_confirms(client_of, cast):
    old, day_30 = Term.objects.get(key=KEY), term_form("30", dt.date(2027, 1, 1))
    officer, second = client_of(cast.of("FO")), client_of(cast.of("SUP"))
    change = proposed(officer, "change", "terms", day_30, old.pk)
    assert term(KEY, dt.date(2027, 1, 1)) == 15 and not Event.objects.filter(action="reference.row.replaced").exists()
    place = f"/proposals/{change.pk}"
    shown = second.get(f"{place}/").content.decode()
    assert (
        "Change in “Deadlines and limits”" in shown
        and "15 → 30" in shown
        and "The ministry wrote" in shown
        and "New act, 2027" in shown
    )
    assert client_of(cast.of("AUD")).get(f"{place}/").status_code == 404
    assert officer.post(f"{place}/confirm").status_code == 409
    assert second.post(f"{place}/confirm").status_code == 302
    assert term(KEY, dt.date(2027, 1, 1)) == 30 and Event.objects.get(action="reference.row.replaced").actor.pk
    assert Notice.rows.get(recipient=cast.of("FO")).action == "approvals.proposal.confirmed"


def test_a_declined_row_changes_nothing_and_its_officer_reads_why(client_of, cast):
    officer, second = client_of(cast.of("FO")), client_of(cast.of("PM"))
    row = Term.objects.get(key=KEY)
    end = proposed(officer, "end", "terms", day("on", dt.date(2026, 12, 31)), row.pk)
    again = officer.post(
        reverse("home:reference-end", args=["terms", row.pk]),
        {**day("on", dt.date(2026, 12, 31)), "reason": "Once more, please"},
    )
    assert again.status_code == 422
    assert second.post(f"/proposals/{end.pk}/decline", {"reason": "The law still holds"}).status_code == 302
    row.refresh_from_db()
    assert row.valid_to is None and "The law still holds" in officer.get(f"/proposals/{end.pk}/").content.decode()
    hospital = Facility.objects.get(code="mae-sot-hospital")
    form = {
        "code": hospital.code,
        "name_th": hospital.name_th,
        "name_en": "Another name",
        "place": "6306",
        "is_active": "on",
    }
    change = proposed(officer, "change", "facilities", form, hospital.pk)
    Facility.objects.filter(pk=hospital.pk).update(name_en="Meanwhile")
    assert second.post(f"/proposals/{change.pk}/confirm").status_code == 409  # it was read from another row
    added = proposed(officer, "add", "facilities", {**form, "code": "new-clinic", "place": ""})
    assert second.post(f"/proposals/{added.pk}/confirm").status_code == 302
    assert Facility.objects.get(code="new-clinic").place_id is None


def test_what_the_table_would_refuse_is_said_to_who_proposes(client_of, cast):
    officer, old = client_of(cast.of("FO")), Term.objects.get(key=KEY)
    url = reverse("home:reference-change", args=["terms", old.pk])
    sent = {"reason": "The ministry wrote"}
    assert officer.post(url, sent | term_form("30", dt.date(2016, 1, 1))).status_code == 422
    assert officer.post(url, term_form("30", dt.date(2027, 1, 1))).status_code == 422  # says not why
    assert not Proposal.rows.exists() and Term.objects.filter(key=KEY).count() == 1
    assert officer.post(url, sent | term_form("30", dt.date(2027, 1, 1))).status_code == 302


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
