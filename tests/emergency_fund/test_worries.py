"""What worries the fund's people about a child's safety reaches who leads the case, and nobody who decides."""

from __future__ import annotations

import pytest
from django.urls import reverse
from django.utils import timezone

from casework.audit.models import Event
from casework.cases.models import Case, Note, Task
from tests.factories.emergency_fund import FIGURES, asked

pytestmark = pytest.mark.django_db
WORRY = "The older boy has burns on both arms"
ANSWERS = {name: str(value) for name, value in FIGURES.items()} | {"mode": "home"}


@pytest.fixture
def request_(cast, case):
    return asked(case, cast.of("CW"))


def assess(client, request, **more: str):
    return client.post(reverse("emergency_fund:assess", args=[request.pk]), ANSWERS | more)


def test_a_worry_is_a_note_and_a_task_of_today_for_who_leads_the_case(cast, client_of, case, request_, mother):
    recommended_by = client_of(cast.of("FO"))
    assert recommended_by.post(reverse("emergency_fund:screen", args=[request_.pk]), SCREENED).status_code == 302
    answer = assess(recommended_by, request_, worry=WORRY)
    assert answer.status_code == 302
    note, task = Note.rows.get(case=case), Task.rows.get(case=case)
    assert (note.text, note.author, task.owner) == (WORRY, cast.of("FO"), cast.of("CW"))
    assert task.due_on == timezone.localdate()
    worker = client_of(cast.of("CW"))
    assert "Read the note about the child’s safety" in worker.get("/").content.decode()
    assert WORRY in worker.get(reverse("cases:detail", args=[case.pk])).content.decode()


SCREENED = {"entitlement": "none", "status": "not_eligible"}


def test_who_decides_reads_nothing_of_it(cast, client_of, budget, request_, mother):
    officer = client_of(cast.of("FO"))
    officer.post(reverse("emergency_fund:screen", args=[request_.pk]), SCREENED)
    assess(officer, request_, worry=WORRY)
    assert not Event.objects.filter(reason__contains="burns").exists()
    for role in ("FO", "FA", "PM"):
        shown = client_of(cast.of(role)).get(reverse("emergency_fund:detail", args=[request_.pk]))
        assert shown.status_code == 200
        assert "burns" not in shown.content.decode() and "worr" not in shown.content.decode()
    again = officer.get(reverse("emergency_fund:assess", args=[request_.pk])).content.decode()
    assert "burns" not in again


def test_without_a_worry_nothing_is_told(cast, client_of, request_, mother):
    officer = client_of(cast.of("FO"))
    officer.post(reverse("emergency_fund:screen", args=[request_.pk]), SCREENED)
    assert assess(officer, request_, worry="  ").status_code == 302
    assert request_.assessments.get().mode == "home"
    assert not Note.rows.exists() and not Task.rows.exists()


def test_a_supervisor_has_it_where_nobody_leads_the_case(cast, client_of, case, request_, mother):
    supervisor = cast.of("SUP")
    Case.rows.filter(pk=case.pk).update(lead=None)
    officer = client_of(cast.of("FO"))
    officer.post(reverse("emergency_fund:screen", args=[request_.pk]), SCREENED)
    assess(officer, request_, worry=WORRY)
    assert Task.rows.get(case=case).owner == supervisor
