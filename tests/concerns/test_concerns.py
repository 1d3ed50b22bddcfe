"""A concern about staff goes around the line manager: who may report, who may read, what the history says."""

from __future__ import annotations

from datetime import UTC, datetime, time

import pytest
from django.contrib.auth import get_user_model
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from casework.accounts.states import Role
from casework.audit.models import Event, EventValue
from casework.concerns.models import ConcernReader, StaffConcern
from casework.concerns.queries import own_reports
from casework.concerns.services import end_reader, handle_concern, name_reader, report_concern
from casework.concerns.views import ROWS_PER_PAGE
from casework.kernel.dates import short
from casework.kernel.models import IdempotentRequest
from casework.kernel.refusals import Refusal
from casework.notifications.models import Notice
from tests.factories.forms import fields_of

pytestmark = pytest.mark.django_db
NOW = timezone.now()
REPORT = reverse("concerns:report")


@pytest.fixture
def report(cast):
    cast.of("DPO", "RN")

    def report(by="CW", **more):
        values = {"office": cast.mae_sot, "who": "The driver", "what": "He asks for 500 baht", "when": "Mondays",
                  "wants_answer": False, "now": NOW, **more}  # fmt: skip
        return report_concern(by=cast.of(by), **values)

    return report


def page_of(concern):
    return reverse("concerns:concern", args=[concern.pk])


def test_everybody_who_is_signed_in_may_report(cast, client_of):
    cast.of("DPO")
    sent = {"office": cast.mae_sot.pk, "who": "The driver", "what": "He asks for money", "wants_answer": "no"}
    for role in Role.values:
        client = client_of(cast.of(role))
        assert client.get(REPORT).status_code == 200, role
        assert client.post(REPORT, sent).status_code == 302, role
    assert StaffConcern.rows.count() == len(Role.values)
    assert not StaffConcern.rows.filter(reporter__isnull=False).exists()


def test_only_the_data_protection_officer_reads(report, cast, client_of):
    concern = report()
    assert "500 baht" in client_of(cast.of("DPO", "RN")).get(page_of(concern)).content.decode()
    for role in Role.values:
        if role != "DPO":
            client = client_of(cast.of(role))
            assert client.get(page_of(concern)).status_code == 404, role
            assert client.post(page_of(concern), {"answer": "nothing"}).status_code == 404, role
            assert client.get(reverse("concerns:list")).status_code == 404, role
            assert client.get(reverse("concerns:readers")).status_code == 403, role


def test_a_superuser_flag_opens_nothing(report, cast, client_of):
    concern = report()
    user = cast.of("SYS")
    get_user_model().objects.filter(pk=user.pk).update(is_superuser=True, is_staff=True)
    assert client_of(cast.of("SYS")).get(page_of(concern)).status_code == 404


def test_a_named_reader_reads_other_offices_and_never_their_own(report, cast, client_of):
    reader = name_reader(user=cast.of("PM", "RN"), by=cast.of("DPO", "RN"), now=NOW)
    of_mae_sot, of_ranong = report(), report(office=cast.ranong)
    client = client_of(cast.of("PM", "RN"))
    assert client.get(page_of(of_mae_sot)).status_code == 200
    assert client.get(page_of(of_ranong)).status_code == 404
    listed = client.get(reverse("concerns:list")).content.decode()
    assert of_mae_sot.number in listed and of_ranong.number not in listed
    end_reader(reader=reader, by=cast.of("DPO", "RN"), now=NOW)
    assert client.get(page_of(of_mae_sot)).status_code == 404


def test_who_is_named_in_it_does_not_read_it(report, cast, client_of):
    officer = cast.of("DPO", "RN")
    other = cast.of("DPO")
    by_name = report(who=f"{officer.full_name}, on Monday")
    by_tick = report(kept_from=[officer])
    for concern in (by_name, by_tick):
        assert client_of(officer).get(page_of(concern)).status_code == 404
        assert client_of(other).get(page_of(concern)).status_code == 200
        assert not Notice.rows.filter(recipient=officer, subject_id=concern.pk).exists()


def test_a_report_that_nobody_could_read_is_refused(report, cast):
    with pytest.raises(Refusal) as refused:
        report(kept_from=[cast.of("DPO", "RN")])
    assert refused.value.code == "CON-READ-1"


@pytest.mark.parametrize(("field", "code"), [("who", "CON-WHO-1"), ("what", "CON-WHAT-1")])
def test_a_report_says_who_and_what(report, client_of, cast, field, code):
    with pytest.raises(Refusal) as refused:
        report(**{field: "  "})
    assert refused.value.code == code
    sent = {"office": cast.mae_sot.pk, "who": "The driver", "what": "Money", "wants_answer": "no", field: " "}
    answer = client_of(cast.of("CW")).post(REPORT, sent)
    assert answer.status_code == 422 and ("Money" if field == "who" else "The driver") in answer.content.decode()


def test_the_history_says_that_it_exists_and_nothing_else(report, cast):
    concern = report(wants_answer=True)
    event = Event.objects.get(action="concerns.concern.reported")
    assert (event.actor, event.office_id_of, event.case_id_of, event.address, event.reason) == (None,) * 4 + ("",)
    assert (event.subject_id, event.request_id, event.level) == (concern.pk, "", 3)
    assert not EventValue.objects.filter(event__action__startswith="concerns.").exists()


def test_a_report_over_the_page_leaves_no_address(cast, client_of):
    cast.of("DPO")
    sent = {"office": cast.mae_sot.pk, "who": "The driver", "what": "Money", "wants_answer": "no"}
    client_of(cast.of("CW")).post(REPORT, sent)
    assert Event.objects.get(action="concerns.concern.reported").address is None


def test_the_team_history_of_the_supervisor_shows_no_trace(report, cast, client_of):
    report(wants_answer=True)
    page = client_of(cast.of("SUP")).get(reverse("home:history-team")).content.decode()
    assert "A concern about staff was reported" not in page and "C-" not in page


def test_readers_are_told_by_number_only(report, cast):
    concern = report()
    notice = Notice.rows.get(recipient=cast.of("DPO", "RN"))
    assert (notice.label, notice.url) == (concern.number, page_of(concern))
    assert not Notice.rows.exclude(recipient=cast.of("DPO", "RN")).exists()


def test_an_answer_reaches_who_wanted_one(report, cast, client_of):
    concern = report(wants_answer=True)
    client = client_of(cast.of("DPO", "RN"))
    assert client.post(page_of(concern), {"answer": ""}).status_code == 422
    assert client.post(page_of(concern), {"answer": "He no longer works with us."}).status_code == 302
    (told,) = own_reports(cast.of("CW"))
    assert (told.number, told.answer) == (concern.number, "He no longer works with us.")
    own = client_of(cast.of("CW")).get(REPORT).content.decode()
    assert "He no longer works with us." in own and "500 baht" not in own
    assert not own_reports(cast.of("SUP"))


def test_without_an_answer_wanted_none_is_needed_and_nobody_is_told(report, cast):
    concern = handle_concern(concern=report(), answer="", by=cast.of("DPO", "RN"), now=NOW)
    assert concern.state == "handled"
    assert not Notice.rows.filter(action="concerns.concern.handled").exists()


def test_reading_is_written_down(report, cast, client_of):
    concern, officer = report(), cast.of("DPO", "RN")
    client_of(officer).get(page_of(concern))
    assert Event.objects.get(action="concerns.concern.read").actor == officer


def test_a_report_of_the_early_morning_stands_under_the_day_of_the_clinic(report, cast, client_of):
    today = timezone.localdate()
    early = datetime.combine(today, time(3), timezone.get_default_timezone()).astimezone(UTC)
    concern = report(now=early, wants_answer=True)
    reader, reporter = client_of(cast.of("DPO", "RN")), client_of(cast.of("CW"))
    for client, address in ((reader, reverse("concerns:list")), (reader, page_of(concern)), (reporter, REPORT)):
        page = client.get(address).content.decode()
        told = [short(day, "en").split(" ")[0] in page for day in (today, early.date())]
        assert told == [True, False], address


def test_nobody_names_themselves_a_reader(cast):
    officer = cast.of("DPO")
    with pytest.raises(Refusal):
        name_reader(user=officer, by=officer, now=NOW)
    with pytest.raises(IntegrityError), transaction.atomic():
        ConcernReader.objects.create(user=officer, named_by=officer, named_at=NOW)
    assert name_reader(user=cast.of("PM", "RN"), by=officer, now=NOW).pk


def test_it_is_found_from_help_and_from_the_account_menu(cast, client_of):
    client = client_of(cast.of("CSH"))
    for name in ("home:help", "home:my-work"):
        assert f'href="{REPORT}"' in client.get(reverse(name)).content.decode()


def test_a_report_sent_twice_is_one_and_no_key_of_the_reporter_is_kept(cast, client_of):
    cast.of("DPO", "RN")
    client = client_of(cast.of("CW"))
    sent = fields_of(client.get(REPORT)) | {"office": cast.mae_sot.pk, "who": "The driver", "what": "Money"}
    kept = IdempotentRequest.objects.count()
    for told in (
        sent,
        sent,
        sent | {"what": "Money, again"},
        sent | fields_of(client.get(REPORT)) | {"who": "The driver", "what": "Money"},
    ):
        assert client.post(REPORT, {**told, "office": cast.mae_sot.pk}).status_code == 302
    assert [row.what for row in StaffConcern.rows.order_by("pk")] == ["Money", "Money, again", "Money"]
    assert IdempotentRequest.objects.count() == kept
    assert not StaffConcern.rows.filter(reporter__isnull=False).exists()


def listed(client, **asked) -> tuple[list[int], int]:
    """The concerns of a page of the list, and how often it asked the database."""
    address = reverse("concerns:list")
    client.get(address)
    with CaptureQueriesContext(connection) as caught:
        page = client.get(address, asked).context["page"]
    told = sum(not query["sql"].startswith(("SAVEPOINT", "RELEASE")) for query in caught)
    return [concern.pk for concern in page], told


def test_the_list_goes_on_after_its_first_page_and_asks_as_often_for_many_as_for_one(report, cast, client_of):
    client = client_of(cast.of("DPO", "RN"))
    made = [report().pk]
    _one, few = listed(client)
    made += [report(who=f"Driver {number}").pk for number in range(ROWS_PER_PAGE * 2)]
    first, many = listed(client)
    assert many <= min(few + 1, 8), "a count of its rows, once there is more than one page"
    second, _asked = listed(client, page=2, older=first[-1])
    third, _asked = listed(client, page=3, older=second[-1])
    assert first + second + third == made[::-1]
    assert listed(client, page=2, newer=third[0])[0] == second


def test_what_was_looked_into_stands_in_its_own_view(report, cast, client_of):
    reader = cast.of("DPO", "RN")
    waiting, done = report(), report(who="The guard")
    handle_concern(concern=done, answer="", by=reader, now=NOW)
    client = client_of(reader)
    assert listed(client)[0] == listed(client, view="new")[0] == listed(client, view="x")[0] == [waiting.pk]
    assert listed(client, view="handled")[0] == [done.pk]
    assert "No concerns here" not in client.get(reverse("concerns:list")).content.decode()
    handle_concern(concern=waiting, answer="", by=reader, now=NOW)
    assert "No concerns here" in client.get(reverse("concerns:list")).content.decode()
