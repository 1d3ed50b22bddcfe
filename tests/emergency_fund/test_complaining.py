"""A family complains through anybody of the staff; what it says of the staff goes around everybody named in it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from casework.audit.models import Event
from casework.kernel.refusals import Conflict
from emergency_fund.after_states import ComplaintState
from emergency_fund.documents.complaints import ComplaintSlipPaper
from emergency_fund.models import AssistanceRequest, Complaint
from emergency_fund.queries.complaints import to_answer
from emergency_fund.services.complaining import answer_complaint, close_complaint, look_into
from tests.factories.accounts import make_grant, make_user
from tests.factories.fund_after import complained, drawn
from tests.factories.papers import text_of

from .test_checking import answered
from .test_delivering import paid, request_  # noqa: F401  a fixture
from .test_money_path import NOW, TODAY, ask, refused
from .test_pages import date_boxes, page, send

pytestmark = pytest.mark.django_db
HARM = "The driver asks each family for 200 baht"


@pytest.fixture
def asked(cast, case, mother) -> AssistanceRequest:
    return ask(cast, case, requester=mother)


def seen(complaint: Complaint, *people) -> list[bool]:
    return [Complaint.objects.visible_to(person).filter(pk=complaint.pk).exists() for person in people]


def told(mother, **changes: str) -> dict[str, str]:
    answers = {
        "kind": "waiting", "told_by": str(mother.pk), "channel": "walk_in", "what": "They came three times",
        **date_boxes("told_on", TODAY),
    }  # fmt: skip
    return answers | changes


def test_looked_into_answered_and_the_family_told(cast, asked):
    complaint, supervisor = complained(asked, cast.of("CW")), cast.of("SUP")
    assert (complaint.number, complaint.due_on) == (f"CP-MS-{TODAY.year}-0001", TODAY + timedelta(days=14))
    assert refused(close_complaint, complaint=complaint, told_on=TODAY, by=cast.of("CW"), now=NOW) == "E-EAF-165"
    complaint = look_into(complaint=complaint, by=supervisor, now=NOW)
    assert refused(answer_complaint, complaint=complaint, answer="ok", by=supervisor, now=NOW) == "E-EAF-166"
    facts = {"complaint": complaint, "answer": "We open at eight from now on", "by": supervisor, "now": NOW}
    complaint = answer_complaint(**facts)
    assert refused(answer_complaint, **facts) == "E-EAF-164"
    assert refused(look_into, complaint=complaint, by=supervisor, now=NOW) == "E-EAF-164"
    for day in (1, -1):
        told_on = TODAY + timedelta(days=day)
        assert refused(close_complaint, complaint=complaint, told_on=told_on, by=cast.of("CW"), now=NOW) == "E-EAF-167"
    assert close_complaint(complaint=complaint, told_on=TODAY, by=cast.of("CW"), now=NOW).state == "closed"
    with pytest.raises(IntegrityError), transaction.atomic():
        Complaint.rows.filter(pk=complaint.pk).update(family_told_on=None)


def test_what_a_complaint_must_say(cast, asked):
    assert refused(complained, asked, cast.of("CW"), what="bad") == "E-EAF-160"
    assert refused(complained, asked, cast.of("CW"), told_on=TODAY + timedelta(days=1)) == "E-EAF-161"
    assert complained(asked, cast.of("CW"), told_on=TODAY - timedelta(days=1)).pk


def test_who_worked_on_the_request_does_not_answer_the_complaint(cast, asked):
    complaint = complained(asked, cast.of("CW"))
    make_grant(cast.of("CW"), "SUP", cast.mae_sot)
    assert refused(look_into, complaint=complaint, by=cast.of("CW"), now=NOW) == "E-EAF-163"
    assert not to_answer(cast.of("CW")).exists() and to_answer(cast.of("SUP")).get() == complaint
    assert look_into(complaint=complaint, by=cast.of("SUP"), now=NOW).state == ComplaintState.LOOKED_INTO


def test_about_the_staff_the_programme_manager_alone_reads_it(cast, asked):
    manager = cast.of("PM")
    complaint = complained(asked, cast.of("CW"), kind="staff_money", what=HARM)
    others = [cast.of(role) for role in ("CW", "SUP", "FO", "FA", "CSH", "DPO", "SYS")]
    assert seen(complaint, manager, *others) == [True] + [False] * 7
    assert seen(complained(asked, cast.of("CW")), cast.of("CW"), cast.of("PM"), cast.of("CSH")) == [True, True, False]
    event = Event.objects.get(action="emergency_fund.complaint.noted", level=3)
    assert (event.actor, event.case_id_of, event.reason) == (None, None, "")


def test_who_is_named_in_it_does_not_read_it(cast, asked):
    manager, other = cast.of("PM"), make_user("pm.two")
    sentence = f"{manager.full_name} asks for money"
    assert refused(complained, asked, cast.of("CW"), kind="staff_money", what=sentence) == "E-EAF-162"
    assert refused(complained, asked, cast.of("CW"), kind="staff_harm", what=HARM, about=manager) == "E-EAF-162"
    make_grant(other, "PM", cast.mae_sot)
    named = complained(asked, cast.of("CW"), kind="staff_money", what=sentence)
    chosen = complained(asked, cast.of("CW"), kind="staff_harm", what=HARM, about=manager)
    for complaint in (named, chosen):
        assert seen(complaint, manager, other) == [False, True]
    treated = complained(asked, cast.of("CW"), kind="treated", about=cast.of("FO"))
    assert seen(treated, cast.of("FO"), cast.of("SUP")) == [False, True]


def test_what_is_in_doubt_opens_a_complaint(cast, request_, mother):  # noqa: F811
    check = drawn(paid(cast, request_.lines.first(), 100, mother, "h-1"))
    check = answered(check, cast.of("SUP"), "issues", 60, "A man took 40 baht for himself")
    complaint = Complaint.rows.get()
    assert (complaint.kind, complaint.check_made, complaint.what) == ("payment", check, check.said)
    assert (complaint.told_by, complaint.relation, complaint.noted_by) == (mother, "mother", cast.of("SUP"))
    assert seen(complaint, cast.of("CSH"), cast.of("FA")) == [False, True]
    other = drawn(paid(cast, request_.lines.first(), 101, mother, "h-2"))
    answered(other, cast.of("SUP"), "received", 101)
    assert Complaint.rows.count() == 1


def test_from_the_request_to_the_end_in_the_browser(cast, asked, mother, client_of):
    worker, supervisor = client_of(cast.of("CW")), client_of(cast.of("SUP"))
    assert reverse("emergency_fund:complain", args=[asked.pk]) in page(worker, "detail", asked.pk).content.decode()
    answer = send(worker, "complain", asked.pk, told(mother, what="bad"))
    assert answer.status_code == 422 and "what the family says" in answer.content.decode()
    assert send(worker, "complain", asked.pk, told(mother)).status_code == 302
    complaint = Complaint.rows.get()
    assert "Complaint to the fund to answer" in supervisor.get("/").content.decode()
    assert complaint.number in page(supervisor, "complaints").content.decode()
    assert "They came three times" in page(supervisor, "complaint", complaint.pk).content.decode()
    assert send(worker, "complaint-look", complaint.pk).status_code == 403
    assert send(supervisor, "complaint-look", complaint.pk).status_code == 302
    assert send(supervisor, "complaint-answer", complaint.pk, {"answer": "no"}).status_code == 422
    words = "We open at eight from now on"
    assert send(supervisor, "complaint-answer", complaint.pk, {"answer": words}).status_code == 302
    assert send(supervisor, "complaint-answer", complaint.pk, {"answer": words}).status_code == 409
    assert "Tell the family the answer" in worker.get("/").content.decode()
    assert words in page(worker, "complaint", complaint.pk).content.decode()
    assert send(worker, "complaint-close", complaint.pk, date_boxes("told_on", TODAY)).status_code == 302
    shown = page(worker, "detail", asked.pk).content.decode()
    assert complaint.number in shown and "Closed, the family was told" in shown


def test_about_the_staff_whoever_took_it_down_does_not_see_it_again(cast, asked, mother, client_of):
    worker, manager = client_of(cast.of("CW")), client_of(cast.of("PM"))
    answer = worker.post(
        reverse("emergency_fund:complain", args=[asked.pk]), told(mother, kind="staff_money", what=HARM), follow=True
    )
    complaint, shown = Complaint.rows.get(), answer.content.decode()
    assert complaint.number in shown and HARM not in shown
    for name, *args in (("detail", asked.pk), ("complaints",)):
        assert complaint.number not in page(worker, name, *args).content.decode()
        assert complaint.number in page(manager, name, *args).content.decode()
    assert page(worker, "complaint", complaint.pk).status_code == 404
    shown = page(manager, "complaint", complaint.pk).content.decode()
    assert HARM in shown and mother.name not in shown
    assert Event.objects.filter(action="emergency_fund.complaint.read", actor=cast.of("PM")).exists()
    assert "Complaint to the fund to answer" in manager.get("/").content.decode()
    assert send(manager, "complaint-answer", complaint.pk, {"answer": "He does not work here any more"})
    assert send(manager, "complaint-close", complaint.pk, date_boxes("told_on", TODAY)).status_code == 302


@pytest.mark.parametrize("language, words", [
    ("en", "thetimeittakes"), ("th", "ใช้เวลานานเกินไป"), ("my", "ကြာလွန်းခြင်း"),
])  # fmt: skip
def test_the_family_takes_a_slip_home_that_says_nothing_of_what_happened(cast, asked, language, words):
    paper, _manager = ComplaintSlipPaper(), cast.of("PM")
    complained(asked, cast.of("CW"), kind="staff_money", what=HARM)
    with pytest.raises(Conflict, match="E-EAF-168"):
        paper.context(paper.whole(asked), language=language, facts={})
    complaint = complained(asked, cast.of("CW"))
    text = text_of(paper, asked, language)
    assert complaint.number in text and words in text and "threetimes" not in text
    assert len(paper.choices(asked)) == 1
