"""A list taken away as a spreadsheet: what is in it, who may, how many rows, and that the history knows."""

from __future__ import annotations

from io import BytesIO

import pytest
from python_calamine import CalamineWorkbook

from casework.access import list_files
from casework.audit.models import Event
from casework.cases.models import Case
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


def test_more_rows_than_one_person_may_take_are_refused_with_the_way_out(client_of, cast, birth, monkeypatch):
    client, sent = client_of(cast.of("SUP")), {"reason": WHY, "ending": "csv"}
    gathering(cast.mae_sot, cast.of("CW"))
    monkeypatch.setattr(list_files, "MOST_ROWS", 1)
    assert "too long for a file" in client.get("/cases/file/").content.decode()
    answer = client.post("/cases/file/", sent)
    assert answer.status_code == 422 and "at most 1 lines" in answer.content.decode()
    monkeypatch.setattr(list_files, "MOST_ROWS", 2)
    assert client.post("/cases/file/", sent).status_code == 200


def test_a_list_without_the_right_shows_no_way_to_a_file(client_of, cast):
    answer = client_of(cast.of("TRF")).get("/cases/")
    assert answer.status_code == 200 and "/cases/file/" not in answer.content.decode()
    assert client_of(cast.of("TRF")).get("/cases/file/").status_code == 403
