"""The list of cases: how far each is and what is next, as its own page says it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from django.utils import timezone

from casework.cases import queries
from casework.cases.models import Case
from casework.cases.services import cases as acts
from casework.cases.services.records import record_assessment
from casework.cases.states import CloseReason, Severity
from registration.models import BirthRecord
from registration.states import OPEN_STATUSES
from tests.factories import cases
from tests.factories.registration import gathering, of_today

pytestmark = pytest.mark.django_db


@pytest.fixture
def today():
    return timezone.localdate()


def row_of(case, today):
    return queries.case_row(queries.for_list(Case.rows.filter(pk=case.pk), today).get(), today)


def test_a_case_of_a_programme_shows_its_status_and_its_next_act(client_of, cast, today):
    birth = gathering(cast.mae_sot, cast.of("CW"))
    row = row_of(birth.case, today)
    assert [str(stage) for stage in row.stages] == ["Gathering papers"]
    assert (str(row.step), row.due_on) in queries.next_steps(birth.case, today)
    page = client_of(cast.of("CW")).get("/cases/").content.decode()
    assert "Gathering papers" in page and "Gather the missing papers" in page


def test_a_list_and_the_page_of_a_case_say_the_same_of_every_status(cast, today):
    birth = gathering(cast.mae_sot, cast.of("CW"))
    for status in OPEN_STATUSES:
        BirthRecord.rows.filter(pk=birth.pk).update(status=status)
        case = Case.rows.get(pk=birth.case_id)
        row = row_of(case, today)
        assert [(str(row.step), row.due_on)] == queries.next_steps(case, today), status
        assert [str(stage) for stage in row.stages] == [str(status.label)]


def test_a_step_written_by_hand_stands_first_when_it_is_due_first(cast, today):
    birth = gathering(cast.mae_sot, cast.of("CW"), **of_today())
    acts.set_next_step(case=birth.case, step="Call the aunt", on=today, by=cast.of("CW"), today=today)
    assert row_of(birth.case, today).step == "Call the aunt"
    later = today + timedelta(days=300)
    acts.set_next_step(case=birth.case, step="Call the aunt", on=later, by=cast.of("CW"), today=today)
    assert row_of(birth.case, today).step == "Gather the missing papers"


def test_what_the_case_itself_reached_stands_beside_the_programme(cast, today):
    birth = gathering(cast.mae_sot, cast.of("CW"))
    needs = {"legal": (Severity.NONE, "")}
    record_assessment(case=birth.case, kind="initial", done_on=today, needs=needs, by=cast.of("CW"), today=today)
    assert [str(stage) for stage in row_of(birth.case, today).stages] == ["Assessed", "Gathering papers"]


def test_a_case_without_a_programme_has_its_own_stage_and_no_step(cast, today):
    row = row_of(cases.make_case(cast.mae_sot, cast.of("CW")), today)
    assert [str(stage) for stage in row.stages] == ["Identified"]
    assert row.step == ""


def test_a_closed_case_has_no_next_step(cast, today):
    birth = gathering(cast.mae_sot, cast.of("CW"))
    gone = {"reason": CloseReason.LEFT_THAILAND, "text": "Went home", "gone": replace(cases.HOME, on=today)}
    acts.close_case(case=birth.case, by=cast.of("SUP"), today=today, **gone)
    row = row_of(birth.case, today)
    assert ([str(stage) for stage in row.stages], row.step) == (["Closed"], "")
