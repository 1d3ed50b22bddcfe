"""A queue of the fund taken away as a spreadsheet: by fund officers, a long one with a second of the fund."""

from __future__ import annotations

from io import BytesIO

import pytest
from django.urls import reverse
from django.utils import timezone
from python_calamine import CalamineWorkbook

from casework.audit.models import Event
from casework.cases.list_files import making, pages, taking
from casework.cases.models import Case, ListFile
from casework.people.models import Family
from emergency_fund.models import AssistanceRequest
from tests.factories.cases import make_case, make_sealed
from tests.factories.fund import make_request
from tests.factories.people import make_person

pytestmark = pytest.mark.django_db
PLACE = reverse("emergency_fund:file")
LIST = reverse("emergency_fund:list")
SENT = {"reason": "For the meeting of the board", "ending": "xlsx"}


def asked_for(office, by, **facts) -> AssistanceRequest:
    """A request of a case of the office."""
    case = make_case(office, by, family=Family.rows.create())
    return make_request(case, make_person("Naw Mu", by=by), by=by, **facts)


@pytest.fixture
def request_(cast) -> AssistanceRequest:
    return asked_for(cast.mae_sot, cast.of("CW"))


def rows_of(body: bytes) -> list[list]:
    return CalamineWorkbook.from_filelike(BytesIO(body)).get_sheet_by_index(0).to_python()


@pytest.mark.usefixtures("process")
def test_a_fund_officer_takes_the_queue_with_amounts_as_numbers(cast, client_of, request_):
    client = client_of(cast.of("FO"))
    assert f'{PLACE}?queue=screen"' in client.get(LIST).content.decode()  # which is first hangs on what waits
    rows = rows_of(client.post(PLACE, SENT).content)
    assert rows[0][0] == "Request" and rows[1][0] == request_.number
    assert rows[1][1] == request_.case.child.name and rows[1][3:5] == ["Cash", 4700.0]
    event = Event.objects.get(action="emergency_fund.list.taken")
    assert event.actor == cast.of("FO") and event.values.changes["list"] == [None, "queue=screen"]


@pytest.mark.parametrize("role", ["CW", "SUP", "FA", "CSH", "PM"])
def test_nobody_else_takes_it(cast, client_of, request_, role):
    client = client_of(cast.of(role))
    assert PLACE not in client.get(LIST).content.decode()
    assert client.get(PLACE).status_code == 403 and client.post(PLACE, SENT).status_code == 403


def test_sealed_cases_and_other_offices_are_left_out(cast, client_of, request_):
    sealed = asked_for(cast.mae_sot, cast.of("CW"))
    make_sealed(sealed.case, cast.of("SUP"))
    far = asked_for(cast.ranong, cast.of("CW", "RN"))
    numbers = {row[0] for row in rows_of(client_of(cast.of("FO")).post(f"{PLACE}?queue=all", SENT).content)}
    assert request_.number in numbers and not numbers & {sealed.number, far.number}
    assert Case.rows.get(pk=sealed.case_id).is_sealed


def test_the_fund_agrees_to_its_long_lists_and_nobody_to_their_own(cast, client_of, request_, monkeypatch):
    asked_for(cast.mae_sot, cast.of("CW"))
    for place in (pages, taking):
        monkeypatch.setattr(place, "MOST_ROWS", 1)
    client = client_of(cast.of("FO"))
    answer = client.post(PLACE, SENT)
    assert answer.status_code == 302
    confirm = f"{answer['Location']}confirm"
    assert client.post(confirm).status_code == 409
    assert client_of(cast.of("SUP")).post(confirm).status_code == 404
    assert "To screen" in client_of(cast.of("FA")).get(answer["Location"]).content.decode()
    assert client_of(cast.of("FA")).post(confirm).status_code == 302
    made = making.make_list_file(file_id=ListFile.rows.get().pk, now=timezone.now())
    assert (made.state, made.lines) == ("ready", 2)
    assert len(rows_of(b"".join(client.post(PLACE).streaming_content))) >= 3
