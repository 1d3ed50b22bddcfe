"""The first-day checklist: lines by right, ticks of one person, on My work until finished or put away."""

from __future__ import annotations

import pytest
from django.urls import reverse
from django.utils import timezone

from casework.accounts.first_day import PUT_AWAY, ticked
from casework.documents.services import render_document, request_document
from casework.home.first_day import first_day, first_day_for_work
from casework.notifications.models import Mail
from casework.people.models import DuplicateHit
from casework.people.queries.candidates import all_near, features_of
from casework.referrals.models import Service
from casework.referrals.services import send_referral
from registration.reports import BirthBoard
from registration.services.ward import take_in_list
from tests.factories import cases
from tests.factories import registration as births
from tests.factories.accounts import make_grant
from tests.registration.test_reports import scope

pytestmark = pytest.mark.django_db
TICK = reverse("home:first-day")


def keys(user):
    return {line.key for line in first_day(user, ticked(user)).lines}


def test_lines_fit_the_rights_of_the_person(cast):
    assert {"second-factor", "hide", "find", "print", "calls", "concern"} <= keys(cast.of("CW"))
    assert not keys(cast.of("CSH")) & {"find", "practice", "print", "calls"}
    assert {"second-factor", "hide", "concern"} <= keys(cast.of("CSH"))


def test_a_practice_record_is_offered_only_where_it_becomes_one(cast):
    learner = cast.of("CW", "PX")
    assert keys(learner) >= {"practice", "park"}
    make_grant(learner, "CW", cast.mae_sot)
    assert not keys(cast.of("CW", "PX")) & {"practice", "park"}, "it would become a record of the real office"


def test_each_line_leads_to_a_page_the_person_may_open(cast, client_of):
    for role in ("CW", "PSY", "CSH", "SYS"):
        client = client_of(cast.of(role))
        for line in first_day(cast.of(role), frozenset()).lines:
            assert client.get(line.url.partition("#")[0], follow=True).status_code == 200, (role, line.key)


def test_a_tick_is_kept_per_person_and_can_be_taken_back(cast, client_of):
    client = client_of(cast.of("CW"))
    assert client.post(TICK, {"key": "find", "from": "help"})["Location"].endswith("/help/#first-day")
    assert ticked(cast.of("CW")) == {"find"} and not ticked(cast.of("CW", "RN"))
    client.post(TICK, {"key": "find"})
    assert not ticked(cast.of("CW"))


def test_a_line_that_is_not_on_the_list_is_refused(cast, client_of):
    answer = client_of(cast.of("CSH")).post(TICK, {"key": "practice"}, follow=True)
    assert "no longer on the list" in answer.content.decode()
    assert not ticked(cast.of("CSH"))


def test_it_stands_on_my_work_until_finished_or_put_away(cast, client_of):
    user = cast.of("CW")
    client, work = client_of(user), reverse("home:my-work")
    assert "Your first day" in client.get(work).content.decode()
    client.post(TICK, {"key": PUT_AWAY, "from": "work"})
    assert "Your first day" not in client.get(work).content.decode()
    assert "Your first day" in client.get(reverse("home:help")).content.decode()
    client.post(TICK, {"key": PUT_AWAY, "from": "work"})
    assert "Your first day" in client.get(work).content.decode()
    for line in first_day(user, ticked(user)).lines:
        client.post(TICK, {"key": line.key})
    assert "Your first day" not in client.get(work).content.decode()
    assert first_day_for_work(cast.of("SYS"), frozenset()) is None


def test_a_practice_birth_is_marked_and_in_no_number(cast, client_of):
    trainee, office = cast.of("CW", "PX"), cast.offices["PX"]
    born = births.registered(office, trainee).birth
    page = client_of(trainee).get(reverse("registration:detail", args=[born.pk])).content.decode()
    assert "Practice office: everybody here is invented." in page
    real, figures = client_of(cast.of("CW")).get("/").content.decode(), f'href="{reverse("reports:dashboard")}"'
    assert "Practice office" not in real and figures in real
    assert figures not in page, "a practice office has no figures to lead to"
    everywhere = scope(cast, "MS", "PX")
    assert not BirthBoard().read(everywhere).stat("registered").measure.ids
    births.registered(cast.mae_sot, cast.of("CW"))
    assert len(BirthBoard().read(everywhere).stat("registered").measure.ids) == 1


def test_practice_and_real_families_never_meet(cast, client_of, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    trainee, practice, worker, now = cast.of("CW", "PX"), cast.offices["PX"], cast.of("CW"), timezone.now()
    same = births.birth_facts()
    learnt, real = births.gathering(practice, trainee, same), births.gathering(cast.mae_sot, worker, same)
    assert not DuplicateHit.rows.exists()
    again = births.make_birth(practice, trainee, same)
    invented = {learnt.case.child_id, again.case.child_id}
    assert set(DuplicateHit.rows.values_list("first", "second").get()) == invented
    row = features_of(real.case.child_id)
    for office, met in ((cast.mae_sot, {real.case.child_id}), (practice, invented)):
        assert {child for child, _told in all_near([row], office_id=office.pk)} == met
    service = Service.objects.create(kind="insurance", name_en="Desk", area="Mae Sot", email="desk@example.org")
    told = {"kind": "insurance", "urgency": "72h", "reason": "Insurance", "shared_fields": ["name"], "now": now}
    for birth, by, mails, words in (
        (learnt, trainee, 0, "Everybody on this paper is invented."), (real, worker, 1, "It is valid."),
    ):  # fmt: skip
        cases.make_consent(birth.case, by)
        send_referral(case=birth.case, service=service, by=by, **told)
        assert Mail.objects.count() == mails
        paper = request_document(
            kind="registration.spelling_sheet", subject=birth, language="th", requested_by=by, now=now
        )
        render_document(document_id=paper.pk, now=now)
        assert words in client_of(by).get(f"/verify/{paper.verification_code}/").content.decode()


def test_a_practice_ward_list_is_in_no_number(cast):
    today = timezone.localdate()
    take_in_list(
        content=f"HN,Mother,Date of birth,Sex\n1,Naw Paw,{today},F".encode(), file_name="w.csv",
        office=cast.offices["PX"], facility=births.make_facility(), by=cast.of("CW", "PX"), now=timezone.now(),
        today=today,
    )  # fmt: skip
    assert BirthBoard().read(scope(cast, "PX", today=today)).stat("ward") is None
