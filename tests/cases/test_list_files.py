"""A list taken away as a spreadsheet: what is in it, who may, how many rows, and that the history knows."""

from __future__ import annotations

from io import BytesIO

import pytest
from python_calamine import CalamineWorkbook

from casework.approvals.models import Proposal, ProposalState
from casework.audit.models import Event
from casework.cases.list_files import pages, taking
from casework.cases.models import Case
from tests.factories.accounts import make_worker
from tests.factories.cases import make_case
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


def asked(client, place: str = "/registration/file/?queue=all", reason: str = WHY) -> Proposal:
    """The proposal that asking for a long list makes."""
    answer = client.post(place, {"reason": reason})
    assert answer.status_code == 302, answer.content.decode()
    return Proposal.rows.latest("pk")


def test_a_long_list_is_taken_after_a_second_person_agreed(client_of, cast, long_list):
    client, sent = client_of(cast.of("CW")), {"reason": WHY, "ending": "csv"}
    page = client.get("/registration/file/?queue=all").content.decode()
    assert "Ask a second person to confirm" in page and "Take the file" not in page
    proposal = asked(client)
    assert client.get("/registration/file/?queue=all").content.decode().count("Ask a second person to confirm") == 1, (
        "not yet"
    )

    supervisor = client_of(cast.of("SUP"))
    shown = supervisor.get(f"/proposals/{proposal.pk}/").content.decode()
    assert "Births" in shown and "2 lines" in shown and WHY in shown and "Take the file" not in shown
    supervisor.post(f"/proposals/{proposal.pk}/confirm")
    assert Proposal.rows.get(pk=proposal.pk).state == ProposalState.CONFIRMED

    assert "/registration/file/?queue=all" in client.get(f"/proposals/{proposal.pk}/").content.decode()
    assert "Take the file" in client.get("/registration/file/?queue=all").content.decode()
    assert len(rows_of_csv(client.post("/registration/file/?queue=all", sent))) >= 3
    event = Event.objects.get(action="registration.list.taken")
    assert event.values.changes["rows"] == [None, 2]


def rows_of_csv(answer) -> list[str]:
    assert answer.status_code == 200 and "attachment" in answer["Content-Disposition"]
    return answer.content.decode("utf-8-sig").splitlines()


def test_agreed_is_one_list_for_one_person_and_a_day(client_of, cast, long_list):
    client, sent = client_of(cast.of("CW")), {"reason": WHY, "ending": "csv"}
    proposal = asked(client)
    client_of(cast.of("SUP")).post(f"/proposals/{proposal.pk}/confirm")
    other = client.post("/cases/file/", sent)
    assert other.status_code == 302 and "/proposals/" in other["Location"], "another list is asked for anew"
    colleague = client_of(make_worker("CW", cast.mae_sot))
    assert colleague.post("/registration/file/?queue=all", sent).status_code == 302
    Proposal.rows.filter(pk=proposal.pk).update(decided_at=proposal.proposed_at - taking.LASTS)
    assert "Ask a second person to confirm" in client.get("/registration/file/?queue=all").content.decode()


def test_who_asks_does_not_agree_and_a_caseworker_does_not(client_of, cast, long_list):
    supervisor = client_of(cast.of("SUP"))
    proposal = asked(supervisor)
    for nobody, code in ((supervisor, 409), (client_of(make_worker("CW", cast.mae_sot)), 404)):
        assert nobody.post(f"/proposals/{proposal.pk}/confirm").status_code == code
    assert Proposal.rows.get(pk=proposal.pk).state == ProposalState.OPEN


def test_asking_twice_or_without_a_reason_is_answered(client_of, cast, long_list):
    client = client_of(cast.of("CW"))
    answer = client.post("/registration/file/?queue=all", {"reason": "because"})
    assert answer.status_code == 422 and "what the file is for" in answer.content.decode()
    asked(client)
    again = client.post("/registration/file/?queue=all", {"reason": WHY})
    assert again.status_code == 422 and "waits for a second person already" in again.content.decode()


def test_nobody_takes_the_whole_register(client_of, cast, long_list, monkeypatch):
    client = client_of(cast.of("CW"))
    for place in (pages, taking):
        monkeypatch.setattr(place, "MOST_OF_ALL", 1)
    assert "too long for a file" in client.get("/registration/file/?queue=all").content.decode()
    answer = client.post("/registration/file/?queue=all", {"reason": WHY})
    assert answer.status_code == 422 and "Narrow the list" in answer.content.decode()


def test_a_list_without_the_right_shows_no_way_to_a_file(client_of, cast):
    answer = client_of(cast.of("TRF")).get("/cases/")
    assert answer.status_code == 200 and "/cases/file/" not in answer.content.decode()
    assert client_of(cast.of("TRF")).get("/cases/file/").status_code == 403
