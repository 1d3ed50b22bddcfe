"""The timeline of a case: one ordered view, runs of one act told once, restricted notes without their words."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localdate

from casework.audit.services import record_event
from casework.cases import queries
from casework.cases.models import Consent
from casework.cases.services.records import withdraw_consent
from casework.programmes.contributions import Badge
from registration.services.progress import set_item
from tests.factories import cases
from tests.factories import registration as births
from tests.factories.registration import TODAY

pytestmark = pytest.mark.django_db


def told(case, user, **more) -> list[tuple[str, int]]:
    entries, _more = queries.timeline(case, user, **more)
    return [(str(entry.words), entry.times) for entry in entries]


def test_the_same_act_of_one_sitting_is_told_once_with_how_often(cast):
    worker, colleague = cast.of("CW"), cast.of("SUP")
    birth = births.gathering(cast.mae_sot, worker)
    item = birth.items.filter(state="needed").first()
    for _turn in range(3):
        set_item(item=item, state="requested", by=worker, today=TODAY, block="other")
    set_item(item=item, state="in_hand_copy", by=colleague, today=TODAY)
    entries, _more = queries.timeline(birth.case, worker)
    assert [(str(entry.words), entry.times) for entry in entries[:3]] == [
        ("Paper updated", 1),
        ("Paper updated", 3),
        ("Way of registration confirmed", 1),
    ]
    assert entries[1].reason == f"{item.requirement.label_en}: Asked for"


def test_two_notes_stay_two_whatever_they_say(cast):
    worker = cast.of("CW")
    case = births.make_birth(cast.mae_sot, worker).case
    for text in ("The mother comes on Friday.", "She came."):
        cases.make_note(case, worker, text=text)
    entries, _more = queries.timeline(case, worker, kind="note")
    assert [(entry.body, entry.times) for entry in entries] == [("She came.", 1), ("The mother comes on Friday.", 1)]


def test_a_restricted_note_shows_that_it_exists_and_not_what_it_says(cast, client_of):
    author, reader = cast.of("SUP"), cast.of("CW")
    case = births.make_birth(cast.mae_sot, reader).case
    cases.make_note(case, author, text="The lawyer’s advice", readers="legal")
    page = client_of(reader).get(f"/cases/{case.pk}/").content.decode()
    assert "Restricted note" in page and "The lawyer’s advice" not in page
    assert "The lawyer’s advice" in client_of(author).get(f"/cases/{case.pk}/").content.decode()


def test_a_programme_has_its_own_filter(cast, client_of):
    worker = cast.of("CW")
    case = births.make_birth(cast.mae_sot, worker).case
    cases.make_note(case, worker, text="Seen at home")
    page = client_of(worker).get(f"/cases/{case.pk}/?show=registration").content.decode()
    assert "Birth logged" in page and "Seen at home" not in page
    assert '<option value="registration" selected>Birth registration</option>' in page


def test_the_days_stand_in_one_order_however_late_an_act_was_written_down(cast):
    worker = cast.of("CW")
    case = cases.make_case(cast.mae_sot, worker)
    now = timezone.now()
    for days in (1, 9, 3, *range(10, 45)):
        record_event(
            "cases.next_step.changed", actor=worker, subject=case, case_id=case.pk, at=now - timedelta(days=days)
        )
    first, more = queries.timeline(case, worker)
    second, end = queries.timeline(case, worker, before=more)
    moments = [entry.at for entry in (*first, *second)]
    assert moments == sorted(moments, reverse=True)
    assert len(set(moments)) == len(moments) and end is None


def test_an_act_of_nobody_stands_with_its_time_alone(cast, client_of):
    case = cases.make_case(cast.mae_sot, cast.of("CW"))
    record_event("cases.note.added", actor=None, case_id=case.pk, office_id=case.office_id)
    page = client_of(cast.of("CW")).get(reverse("cases:detail", args=[case.pk])).content.decode()
    who = re.findall(r'<span class="who">([^<]*)</span>', page)
    assert any(re.fullmatch(r"\d\d:\d\d", text) for text in who)
    assert any(text.startswith("Caseworker MS, ") for text in who)


def test_what_presses_stands_first_in_the_header(cast, monkeypatch):
    case = cases.make_case(cast.mae_sot, cast.of("CW"))
    told = [Badge(kind=kind, text=kind) for kind in ("green", "amber", "red")]
    monkeypatch.setattr(queries, "_own_badges", lambda case, language: told)
    kinds = [badge.kind for badge in queries.case_header(case, cast.of("CW"), TODAY).badges]
    assert kinds[0] == "red" and kinds.index("amber") < kinds.index("green")


def test_the_header_says_what_the_family_agreed_to_share(cast, client_of):
    worker = cast.of("CW")
    case, client = cases.make_case(cast.mae_sot, worker), client_of(worker)

    def marks() -> set[str]:
        """Those of the case page and of a page that knows the case alone: the same."""
        on_page = client.get(reverse("cases:detail", args=[case.pk])).context["header"].badges
        alone = queries.case_header(case.__class__.rows.get(pk=case.pk), worker, localdate()).badges
        assert [badge.text for badge in on_page] == [badge.text for badge in alone]
        return {str(badge.text) for badge in on_page if "onsent" in str(badge.text)}

    assert marks() == {"Consent to share not asked"}
    yes = cases.make_consent(case, worker, purpose="school")
    assert marks() == {"Consent: School enrolment"}
    for purpose in ("hospital", "services"):
        cases.make_consent(case, worker, purpose=purpose)
    assert marks() == {"Consent: Health insurance and vaccination, School enrolment and 1 more"}
    withdraw_consent(consent=yes, by=worker, today=localdate())
    assert marks() == {"Consent withdrawn: School enrolment", "Consent: Health insurance and vaccination, Other help"}
    Consent.rows.filter(purpose="services").update(expires_on=localdate() - timedelta(days=1))
    assert "Consent ended: Other help" in marks()


def test_a_supervisor_goes_from_the_case_to_its_history_and_back(cast, client_of):
    case = cases.make_case(cast.mae_sot, cast.of("CW"))
    page, history = (reverse(name, args=[case.pk]) for name in ("cases:detail", "home:case-history"))
    assert f'href="{history}"' not in client_of(cast.of("CW")).get(page).content.decode()
    client = client_of(cast.of("SUP"))
    assert f'href="{history}"' in client.get(page).content.decode()
    assert f'href="{page}">{case.number}</a>' in client.get(history).content.decode()
