"""A list taken away as a spreadsheet: what is in it, who may, how many rows, and that the history knows."""

from __future__ import annotations

import csv
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from django.test import TestCase
from django.utils import timezone
from python_calamine import CalamineWorkbook

from casework.accounts.models import Grant, User
from casework.accounts.services import end_grant
from casework.approvals.models import Proposal, ProposalState
from casework.audit.models import Event
from casework.cases.list_files import making, pages, taking
from casework.cases.list_files.making import Progress
from casework.cases.models import Case, ListFile
from casework.cases.models.list_files import KEPT
from casework.cases.services.cases import seal_case
from casework.kernel import copying
from casework.notifications.models import Notice, OutboxRow
from casework.notifications.services import MAX_TRIES
from tests.factories.accounts import make_grant, make_worker
from tests.factories.cases import make_case
from tests.factories.cast import signed_in
from tests.factories.people import make_person
from tests.factories.registration import gathering

pytestmark = pytest.mark.django_db
WHY = "For the meeting with the hospital"


@pytest.fixture
def birth(cast):
    return gathering(cast.mae_sot, cast.of("CW"))


def rows_of(answer) -> list[list[str]]:
    assert answer.status_code == 200 and "attachment" in answer["Content-Disposition"]
    return CalamineWorkbook.from_filelike(BytesIO(answer.content)).get_sheet_by_index(0).to_python()


@pytest.mark.usefixtures("process")
@pytest.mark.parametrize("place", ["/cases/file/", "/registration/file/"])
def test_the_file_says_what_the_list_says_and_who_took_it(client_of, cast, birth, place):
    worker = cast.of("CW")
    rows = rows_of(client_of(worker).post(place, {"reason": WHY, "ending": "xlsx"}))
    case = Case.rows.get(pk=birth.case_id)
    assert rows[0][0] == "Case" and rows[1][0] == case.number and rows[1][1] == case.child.name
    below = [row[0] for row in rows[2:]]
    assert worker.name_now in below[1] and below[2] == WHY
    event = Event.objects.get(action__endswith=".list.taken")
    assert (event.actor, event.reason) == (worker, WHY)
    assert event.values.changes == {"list": [None, ""], "rows": [None, 1]}


def test_a_csv_holds_the_same_and_runs_nothing(client_of, cast, birth):
    make_case(cast.mae_sot, cast.of("CW"), child=make_person("=cmd|' /C calc'!A0", by=cast.of("CW")))
    text = client_of(cast.of("CW")).post("/cases/file/", {"reason": WHY, "ending": "csv"}).content.decode("utf-8-sig")
    assert birth.case.number in text
    assert ",'=cmd" in text and ",=" not in text and '"=' not in text


def test_the_filters_of_the_list_hold_for_its_file(client_of, cast, birth):
    client, sent = client_of(cast.of("CW")), {"reason": WHY, "ending": "xlsx"}
    assert birth.case.number in [row[0] for row in rows_of(client.post("/registration/file/?queue=all", sent))]
    assert birth.case.number not in [row[0] for row in rows_of(client.post("/registration/file/?queue=closed", sent))]
    page = client.get("/registration/?queue=all").content.decode()
    assert "/registration/file/?queue=all" in page


def test_a_sealed_case_is_on_the_list_of_who_works_on_it_but_in_no_file(client_of, cast, birth):
    Case.rows.filter(pk=birth.case_id).update(is_sealed=True)
    client = client_of(cast.of("CW"))
    assert birth.case.number in client.get("/cases/").content.decode()
    assert birth.case.number not in [
        row[0] for row in rows_of(client.post("/cases/file/", {"reason": WHY, "ending": "xlsx"}))
    ]


def test_nothing_of_another_office_is_in_the_file(client_of, cast, birth):
    far = make_case(cast.ranong, cast.of("CW", "RN"))
    rows = rows_of(client_of(cast.of("SUP")).post("/cases/file/", {"reason": WHY, "ending": "xlsx"}))
    assert far.number not in [row[0] for row in rows] and birth.case.number in [row[0] for row in rows]


def test_a_file_needs_a_reason_and_keeps_what_was_typed(client_of, cast, birth):
    answer = client_of(cast.of("CW")).post("/cases/file/", {"reason": "because", "ending": "csv"})
    assert answer.status_code == 422
    assert (
        "Say in a few words what the file is for." in answer.content.decode()
        and 'value="because"' in answer.content.decode()
    )
    assert not Event.objects.filter(action="cases.list.taken").exists()


@pytest.fixture
def long_list(cast, birth, monkeypatch):
    """A list longer than one person may take alone."""
    for place in (pages, taking):
        monkeypatch.setattr(place, "MOST_ROWS", 1)
    return [birth, gathering(cast.mae_sot, cast.of("CW"))]


@pytest.fixture
def second(cast):
    """Another supervisor of the office."""
    return make_worker("SUP", cast.mae_sot)


BIRTHS = "/registration/file/?queue=all"


def asked(client, place: str = BIRTHS, ending: str = "csv", reason: str = WHY) -> Proposal:
    """The proposal that asking for a long list makes."""
    answer = client.post(place, {"reason": reason, "ending": ending})
    assert answer.status_code == 302, answer.content.decode()
    return Proposal.rows.latest("pk")


def agreed(client, second_client, **asking) -> ListFile:
    """A long list that somebody else agreed to, not made yet."""
    proposal = asked(client, **asking)
    assert second_client.post(f"/proposals/{proposal.pk}/confirm").status_code == 302
    return ListFile.rows.get(proposal=proposal)


def made(file: ListFile) -> ListFile:
    return making.make_list_file(file_id=file.pk, now=timezone.now())


def taken(client, place: str = BIRTHS) -> str:
    answer = client.post(place)
    assert answer.status_code == 200 and "attachment" in answer["Content-Disposition"]
    return b"".join(answer.streaming_content).decode("utf-8-sig")


def stored() -> set[Path]:
    return set(Path(settings.MEDIA_ROOT, "lists").glob("*"))


def told_of(person) -> list[str]:
    return list(Notice.rows.filter(recipient=person).order_by("pk").values_list("action", flat=True))


def test_a_long_list_is_made_after_a_second_person_agreed_and_each_taking_is_written_down(
    client_of, cast, long_list, second
):
    asker, client = cast.of("SUP"), client_of(cast.of("SUP"))
    page = client.get(BIRTHS).content.decode()
    assert "Ask a second person to confirm" in page and "Take the file" not in page
    proposal = asked(client)
    assert "approvals.proposal.made" in told_of(second)
    assert "You have asked for this list" in client.get(BIRTHS).content.decode()
    shown = client_of(second).get(f"/proposals/{proposal.pk}/").content.decode()
    assert "Births" in shown and "2 lines" in shown and WHY in shown

    client_of(second).post(f"/proposals/{proposal.pk}/confirm")
    file = ListFile.rows.get(proposal=proposal)
    assert OutboxRow.objects.filter(task="cases.make_list_file", row_id=file.pk).exists()
    assert "0 of 2 lines" in client.get(BIRTHS).content.decode()
    assert client.post(BIRTHS).status_code == 409 and not Event.objects.filter(action__endswith="list.taken").exists()

    assert made(file).state == "ready" and "cases.list_file.made" in told_of(asker)
    assert "The file is ready" in client.get(BIRTHS).content.decode()
    text = taken(client)
    assert all(row.case.number in text for row in long_list) and WHY in text and asker.name_now in text
    assert taken(client) == text
    events = Event.objects.filter(action="registration.list.taken")
    assert [(event.actor, event.reason, event.values.changes["rows"]) for event in events] == [
        (asker, WHY, [None, 2])
    ] * 2


@pytest.mark.parametrize("ending", ["xlsx", "csv"])
def test_a_long_list_opens_in_excel_and_runs_nothing(client_of, cast, long_list, second, ending, monkeypatch):
    monkeypatch.setattr(making, "TOLD_EVERY", 0)  # it is told how far it is, while the database still copies out
    make_case(cast.mae_sot, cast.of("CW"), child=make_person("=cmd|' /C calc'!A0", by=cast.of("CW")))
    User.objects.filter(pk=cast.of("CW").pk).update(full_name="@SUM(1)")
    client = client_of(cast.of("SUP"))
    made(agreed(client, client_of(second), place="/cases/file/", ending=ending))
    body = b"".join(client.post("/cases/file/").streaming_content)
    if ending == "csv":
        rows = list(csv.reader(body.decode("utf-8-sig").splitlines()))
    else:
        rows = CalamineWorkbook.from_filelike(BytesIO(body)).get_sheet_by_index(0).to_python()
    assert rows[0][0] == "Case" and {row.case.number for row in long_list} < {row[0] for row in rows if row}
    assert rows[1][1] == "'=cmd|' /C calc'!A0" and {row[-1] for row in rows[1:4]} == {"'@SUM(1)"}


@pytest.mark.django_db(transaction=True)
def test_who_waits_for_a_long_list_sees_how_far_it_is_while_it_is_made(client_of, cast, long_list, second, monkeypatch):
    file, seen, other, tell = agreed(client_of(cast.of("SUP")), client_of(second)), [], connection.copy(), Progress.tell

    def tell_and_look(progress: Progress, lines: int) -> None:
        tell(progress, lines)
        with other.cursor() as cursor:
            cursor.execute("SELECT lines FROM cases_listfile WHERE id = %s", [file.pk])
            seen.append(cursor.fetchone()[0])

    monkeypatch.setattr(making, "TOLD_EVERY", 0)
    monkeypatch.setattr(copying, "AT_ONCE", 1)
    monkeypatch.setattr(Progress, "tell", tell_and_look)
    try:
        assert made(file).lines == len(long_list) == max(seen)
    finally:
        other.close()
    assert seen == sorted(seen) and 1 in seen


def test_a_long_list_is_written_in_the_language_in_which_it_was_asked_for(client_of, cast, long_list, second):
    asker = cast.of("SUP")
    User.objects.filter(pk=asker.pk).update(language="th")
    client = client_of(asker)
    made(agreed(client, client_of(second), place="/cases/file/"))
    heading = taken(client, "/cases/file/").splitlines()[0]
    assert "เด็ก" in heading and "Child" not in heading


def test_a_long_list_holds_what_its_asker_may_see_when_it_is_made(client_of, cast, long_list, second):
    client = client_of(cast.of("SUP"))
    file = agreed(client, client_of(second))
    sealed, open_one = long_list
    Case.rows.filter(pk=sealed.case_id).update(is_sealed=True)
    far = gathering(cast.ranong, cast.of("CW", "RN"))
    made(file)
    text = taken(client)
    assert open_one.case.number in text
    assert sealed.case.number not in text and far.case.number not in text


def test_who_lost_the_right_meanwhile_gets_no_list(client_of, cast, long_list, second):
    asker = cast.of("SUP")
    file = agreed(client_of(asker), client_of(second))
    Grant.objects.filter(user=asker).update(ended_at=timezone.now())
    file = made(file)
    assert (file.state, file.file) == ("failed", "") and "cases.list_file.failed" in told_of(asker)


@pytest.mark.parametrize("lost", ["role", "sight"])
def test_a_list_that_lies_here_goes_with_the_role_or_the_sight_by_which_it_was_made(
    client_of, cast, long_list, second, lost
):
    """The supervisor works in two offices: the role of the other one still opens the page of the file."""
    asker, client = cast.of("SUP"), client_of(cast.of("SUP"))
    make_grant(asker, "SUP", cast.ranong)
    file = made(agreed(client, client_of(second)))
    place = Path(settings.MEDIA_ROOT, file.file)
    with TestCase.captureOnCommitCallbacks(execute=True):
        if lost == "role":
            [grant] = Grant.objects.filter(user=asker, office=cast.mae_sot)
            end_grant(grant=grant, ended_by=second, now=timezone.now())
        else:
            seal_case(case=long_list[0].case, sealed=True, reason="Somebody looks for her", by=second)
    assert not place.exists() and ListFile.rows.get().state == "deleted"
    assert client.post(BIRTHS, {"reason": ""}).status_code == 422, "asked for anew"
    assert told_of(asker).count("cases.list_file.deleted") == 1


def test_a_list_that_is_being_made_when_the_role_ends_is_given_up(client_of, cast, long_list, second, monkeypatch):
    asker, write = cast.of("SUP"), making.write_file

    def write_meanwhile(*given, **told):
        write(*given, **told)
        end_grant(grant=Grant.objects.get(user=asker), ended_by=second, now=timezone.now())

    file, before = agreed(client_of(asker), client_of(second)), stored()
    monkeypatch.setattr(making, "write_file", write_meanwhile)
    assert made(file).state == "failed" and told_of(asker)[-1] == "cases.list_file.failed"
    assert stored() == before


def test_agreed_is_one_list_for_one_person(client_of, cast, long_list, second):
    client = client_of(cast.of("SUP"))
    made(agreed(client, client_of(second)))
    assert "The file is ready" in client.get(BIRTHS).content.decode()
    assert "Ask a second person to confirm" in client.get("/cases/file/").content.decode(), "another list"
    assert "Ask a second person to confirm" in client_of(second).get(BIRTHS).content.decode(), "a colleague"


def test_a_list_is_deleted_after_a_day_and_who_never_took_it_is_told(client_of, cast, long_list, second):
    asker, client = cast.of("SUP"), client_of(cast.of("SUP"))
    left, used = made(agreed(client, client_of(second))), made(agreed(client, client_of(second), place="/cases/file/"))
    taken(client, "/cases/file/")
    place = Path(settings.MEDIA_ROOT, left.file)
    assert place.exists() and making.sweep_list_files(now=left.until - timedelta(minutes=1)) == 0
    ListFile.rows.update(made_at=timezone.now() - KEPT)
    assert client.post(BIRTHS, {"reason": ""}).status_code == 422, "asked for anew, even before it is deleted"
    with TestCase.captureOnCommitCallbacks(execute=True):
        assert making.sweep_list_files(now=timezone.now()) == 2
    assert not place.exists() and not Path(settings.MEDIA_ROOT, used.file).exists()
    assert set(ListFile.rows.values_list("state", "file")) == {("deleted", "")}
    assert told_of(asker).count("cases.list_file.deleted") == 1
    assert "Ask a second person to confirm" in client.get(BIRTHS).content.decode()


def test_a_list_that_fails_is_tried_again_and_then_given_up(client_of, cast, long_list, second, monkeypatch):
    asker = cast.of("SUP")
    file = agreed(client_of(asker), client_of(second))
    with monkeypatch.context() as broken:
        broken.setattr(making, "write_file", lambda *given, **more: 1 / 0)
        for _try in range(MAX_TRIES - 1):
            with pytest.raises(ZeroDivisionError):
                made(file)
    assert made(file).state == "ready", "the third try"
    again = agreed(client_of(asker), client_of(second), place="/cases/file/")
    ListFile.rows.filter(pk=again.pk).update(tries=MAX_TRIES - 1)
    before = stored()
    monkeypatch.setattr(making, "write_file", lambda *given, **more: 1 / 0)
    assert made(again).state == "failed" and "cases.list_file.failed" in told_of(asker)
    assert stored() == before, "nothing half written is left"


def test_a_list_that_no_worker_makes_any_more_is_given_up(client_of, cast, long_list, second):
    file = agreed(client_of(cast.of("SUP")), client_of(second))
    assert making.sweep_list_files(now=timezone.now()) == 0, "it waits in the outbox"
    OutboxRow.objects.update(state="parked")
    assert making.sweep_list_files(now=timezone.now()) == 1
    file.refresh_from_db()
    assert file.state == "failed" and "cases.list_file.failed" in told_of(cast.of("SUP"))


def test_a_list_whose_bytes_were_changed_is_not_sent(client_of, cast, long_list, second):
    client = client_of(cast.of("SUP"))
    file = made(agreed(client, client_of(second)))
    Path(settings.MEDIA_ROOT, file.file).write_bytes(b"other")
    answer = client.post(BIRTHS)
    assert answer.status_code == 409 and not Event.objects.filter(action="registration.list.taken").exists()


def test_who_asks_does_not_agree_and_a_caseworker_does_not(client_of, cast, long_list, second):
    supervisor = client_of(cast.of("SUP"))
    proposal = asked(supervisor)
    for nobody, code in ((supervisor, 409), (client_of(make_worker("CW", cast.mae_sot)), 404)):
        assert nobody.post(f"/proposals/{proposal.pk}/confirm").status_code == code
    assert Proposal.rows.get(pk=proposal.pk).state == ProposalState.OPEN and not ListFile.rows.exists()
    client_of(second).post(f"/proposals/{proposal.pk}/confirm")
    assert ListFile.rows.exists()


def test_a_declined_list_is_not_made_and_its_asker_is_told(client_of, cast, long_list, second):
    proposal = asked(client_of(cast.of("SUP")))
    client_of(second).post(f"/proposals/{proposal.pk}/decline", {"reason": "The hospital needs no names"})
    assert "approvals.proposal.declined" in told_of(cast.of("SUP")) and not ListFile.rows.exists()


def test_a_caseworker_asks_for_no_long_list(client_of, cast, long_list):
    client = client_of(cast.of("CW"))
    assert "too long for a file" in client.get(BIRTHS).content.decode()
    answer = client.post(BIRTHS, {"reason": WHY, "ending": "csv"})
    assert answer.status_code == 422 and "ask your supervisor" in answer.content.decode()
    assert not Proposal.rows.exists()
    assert asked(client_of(cast.of("SUP")))


def test_asking_for_a_long_list_needs_a_fresh_proof(cast, long_list):
    stale = signed_in(cast.of("SUP"), fresh=False)
    answer = stale.post(BIRTHS, {"reason": WHY, "ending": "csv"})
    assert (
        answer.status_code == 302 and answer["Location"].startswith("/account/confirm/") and not Proposal.rows.exists()
    )


def test_asking_twice_or_without_a_reason_is_answered(client_of, cast, long_list):
    client = client_of(cast.of("SUP"))
    answer = client.post(BIRTHS, {"reason": "because", "ending": "csv"})
    assert answer.status_code == 422 and "what the file is for" in answer.content.decode()
    asked(client)
    again = client.post(BIRTHS, {"reason": WHY, "ending": "csv"})
    assert again.status_code == 422 and "waits for a second person already" in again.content.decode()


def test_no_file_holds_more_than_a_sheet_does(client_of, cast, long_list, monkeypatch):
    monkeypatch.setattr(taking, "MOST_OF_ALL", 1)
    answer = client_of(cast.of("SUP")).post(BIRTHS, {"reason": WHY, "ending": "csv"})
    assert answer.status_code == 422 and "Narrow the list" in answer.content.decode()


def test_a_list_without_the_right_shows_no_way_to_a_file(client_of, cast):
    answer = client_of(cast.of("TRF")).get("/cases/")
    assert answer.status_code == 200 and "/cases/file/" not in answer.content.decode()
    assert client_of(cast.of("TRF")).get("/cases/file/").status_code == 403
