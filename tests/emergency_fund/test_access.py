"""Who comes to which page of the fund: auditors without names, officers who ask themselves, deputies, cashiers back."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from casework.approvals.services.absences import propose_absence
from casework.approvals.services.proposals import confirm
from casework.documents.services import add_attachment
from casework.people.models import ConflictOfInterest
from emergency_fund.forms.asking import MOST_ROWS
from emergency_fund.models import AssistanceRequest, Delivery
from emergency_fund.queries.page import papers_of
from emergency_fund.services.deciding import decide
from tests.documents.test_attachments import picture
from tests.factories.accounts import make_grant, make_user
from tests.factories.cases import make_sealed
from tests.factories.emergency_fund import paid

from .test_money_path import NOW, ask, recommended, second_officer
from .test_pages import clients, page, send, told  # noqa: F401  fixtures of the pages

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate(NOW)


def test_the_auditor_reads_requests_without_names_and_changes_nothing(cast, case, mother, budget, client_of):
    request = recommended(cast, ask(cast, case), budget)
    auditor = client_of(cast.of("AUD"))
    for answer in (page(auditor, "list"), page(auditor, "detail", request.pk)):
        shown = answer.content.decode()
        assert request.number in shown and "Eh Soe Paw" not in shown and "Naw Paw" not in shown
    assert "Child 1" in page(auditor, "detail", request.pk).content.decode()
    assert page(auditor, "decide", request.pk).status_code == 403
    assert send(auditor, "take-back", request.pk).status_code == 403
    assert page(client_of(cast.of("AUD", "RN")), "detail", request.pk).status_code == 404
    assert "Print papers" not in page(auditor, "detail", request.pk).content.decode()


def test_an_officer_asks_by_the_number_of_a_case_of_the_office(cast, case, mother, clients):  # noqa: F811
    officer = clients["FO"]
    assert "Ask for a family" in page(officer, "list").content.decode()
    how = "To ask for a family, open the case of its child"
    worker = page(clients["CW"], "list").content.decode()
    assert "Ask for a family" not in worker and how in worker
    assert how not in page(officer, "list").content.decode()
    wrong = officer.post(reverse("emergency_fund:ask-start"), {"number": "MS-2026-9999"})
    assert wrong.status_code == 422 and "no open case of this number" in wrong.content.decode()
    found = officer.post(reverse("emergency_fund:ask-start"), {"number": f" {case.number.lower()} "})
    assert found["Location"] == reverse("emergency_fund:ask", args=[case.pk])
    shown = officer.get(found["Location"]).content.decode()
    assert "Eh Soe Paw" in shown and "Naw Paw" not in shown and "Mother" in shown
    assert f'href="{reverse("cases:detail", args=[case.pk])}"' not in shown
    answer = send(officer, "ask", case.pk, told(case, mother))
    request = AssistanceRequest.rows.get()
    assert answer["Location"] == reverse("emergency_fund:detail", args=[request.pk])
    assert request.asked_by == cast.of("FO") and officer.get(answer["Location"]).status_code == 200
    assert officer.get(reverse("cases:detail", args=[case.pk])).status_code == 404


def test_not_of_another_office_nor_a_sealed_case_nor_of_relatives(cast, case, client_of, clients):  # noqa: F811
    elsewhere = client_of(cast.of("FO", "RN"))
    data = {"number": case.number}
    assert elsewhere.post(reverse("emergency_fund:ask-start"), data).status_code == 422
    assert page(elsewhere, "ask", case.pk).status_code == 404
    narrow = make_user("fo.narrow")
    make_grant(narrow, "FO", cast.mae_sot, "emergency_fund")
    assert page(client_of(narrow), "ask", case.pk).status_code == 200
    conflict = ConflictOfInterest.rows.create(user=narrow, person=case.child, reason="Aunt", declared_on=TODAY)
    assert page(client_of(narrow), "ask", case.pk).status_code == 404
    conflict.delete()
    make_sealed(case, cast.of("CW"))
    assert clients["FO"].post(reverse("emergency_fund:ask-start"), data).status_code == 422
    assert page(clients["FO"], "ask", case.pk).status_code == 404


def test_the_cashier_comes_back_from_the_papers_of_a_receipt(cast, case, mother, budget, clients):  # noqa: F811
    request = recommended(cast, ask(cast, case), budget)
    request = decide(request=request, act="approve", amounts={}, by=second_officer(cast), now=NOW)
    paid(request.lines.order_by("pk")[0], cast.of("CSH"))
    papers = reverse("documents:papers", args=["emergency_fund.assistancerequest", request.pk])
    shown = clients["CSH"].get(papers).content.decode()
    back = reverse("emergency_fund:open", args=[request.pk])
    assert f'href="{back}"' in shown
    assert f'href="{reverse("emergency_fund:detail", args=[request.pk])}"' not in shown
    assert clients["CSH"].get(back)["Location"] == reverse("emergency_fund:pay", args=[request.pk])
    assert clients["FO"].get(back)["Location"] == reverse("emergency_fund:detail", args=[request.pk])


def test_the_photos_of_a_request_open_by_a_role_of_its_office_and_by_none_of_another(cast, case, budget, client_of):
    request = recommended(cast, ask(cast, case), budget)
    photo = SimpleUploadedFile("bill.jpg", picture())
    bill = add_attachment(subject=request, file=photo, title="Bill", paper_kind="receipt", by=cast.of("FO"), now=NOW)
    manager = cast.of("PM")
    make_grant(manager, "CW", cast.ranong)
    manager = type(manager).objects.get(pk=manager.pk)
    opened = {
        user: client_of(user).get(reverse("documents:attachment", args=[bill.pk])) for user in (manager, cast.of("FO"))
    }
    assert page(client_of(manager), "detail", request.pk).status_code == 200
    assert [answer.status_code for answer in opened.values()] == [404, 200]
    assert papers_of(request, manager) == []
    assert papers_of(request, cast.of("FO")) == [bill]


def test_a_deputy_of_another_office_opens_and_decides_and_does_nothing_else(cast, case, budget, client_of):
    request = recommended(cast, ask(cast, case), budget)
    officer, deputy = second_officer(cast), cast.of("FO", "RN")
    client = client_of(deputy)
    assert page(client, "detail", request.pk).status_code == 404
    proposal = propose_absence(
        user=officer, deputy=deputy, from_on=TODAY, until_on=TODAY + timedelta(days=2), reason="", by=officer, now=NOW
    )
    confirm(proposal=proposal, by=cast.of("FA"), now=NOW)
    assert f"{deputy.full_name} stands in" in page(client_of(officer), "decide", request.pk).content.decode()
    assert request.number in page(client, "list", queue="decide").content.decode()
    for name in ("detail", "decide"):
        assert page(client, name, request.pk).status_code == 200
    assert send(client, "expire", request.pk).status_code == 403
    assert send(client, "turn-away", request.pk).status_code == 403
    lines = {f"line_{line.pk}": str(line.asked) for line in request.lines.all()}
    answer = send(client, "decide", request.pk, {"act": "approve"} | lines)
    assert client.get(answer["Location"]).status_code == 200
    request.refresh_from_db()
    assert request.state == "approved"
    shown = page(client_of(officer), "detail", request.pk).content.decode()
    assert f"{deputy.full_name}, for {officer.full_name}, deputy" in shown
    assert page(client, "detail", request.pk).status_code == 404


@pytest.mark.parametrize("urgency", ["24h", "14d"])
def test_a_request_whose_deciders_are_all_away_is_shown_to_the_manager(cast, case, budget, client_of, urgency):
    request = recommended(cast, ask(cast, case, urgency=urgency), budget)
    alone = "who is here may decide this request"
    assert alone in client_of(cast.of("FA")).get("/").content.decode()  # the only officer assessed it
    second = second_officer(cast)
    assert alone not in client_of(cast.of("FA")).get("/").content.decode()
    third = make_user("fo.third")
    make_grant(third, "FO", cast.ranong)
    proposal = propose_absence(user=second, deputy=third, from_on=TODAY, until_on=TODAY, reason="", by=second, now=NOW)
    confirm(proposal=proposal, by=cast.of("FA"), now=NOW)
    assert alone not in client_of(cast.of("FA")).get("/").content.decode()
    type(third).objects.filter(pk=third.pk).update(is_active=False)
    assert alone in client_of(cast.of("FA")).get("/").content.decode()
    assert request.number in client_of(cast.of("FA")).get("/").content.decode()
    shown = page(client_of(cast.of("FA")), "detail", request.pk).content.decode()
    assert "Everybody who may decide this is away" in shown and reverse("approvals:absence-new") in shown


def test_a_request_without_an_officer_to_screen_it_is_shown_to_who_oversees(cast, case, client_of):
    request, officer = ask(cast, case), cast.of("FO")
    unseen = "No fund officer is here to work on it"
    assert unseen not in client_of(cast.of("FA")).get("/").content.decode()
    assert request.number not in client_of(cast.of("PM")).get("/").content.decode()
    type(officer).objects.filter(pk=officer.pk).update(is_active=False)
    for role in ("FA", "PM"):
        shown = client_of(cast.of(role)).get("/").content.decode()
        assert unseen in shown and request.number in shown
    assert unseen not in client_of(cast.of("FA", "RN")).get("/").content.decode()


def test_who_received_it_is_told_in_the_readers_language(cast, case, mother, budget, clients):  # noqa: F811
    request = recommended(cast, ask(cast, case), budget)
    request = decide(request=request, act="approve", amounts={}, by=second_officer(cast), now=NOW)
    line = request.lines.order_by("pk")[0]
    data = {"amount": "100", "received_by": str(mother.pk), "proof": "known_to_staff", "turn": "1"}
    send(clients["CSH"], "pay-line", line.pk, data)
    receipt = Delivery.rows.get()
    assert receipt.relation == "mother"
    assert "Naw Paw, Mother" in page(clients["CSH"], "receipt", receipt.pk).content.decode()
    assert Delivery(relation="Neighbour").relation_now == "Neighbour"


def test_one_empty_line_and_both_dates_in_one_calendar(case, clients):  # noqa: F811
    shown = page(clients["CW"], "ask", case.pk).content.decode()
    assert shown.count("Another line") == MOST_ROWS - 1 and '<details class="reveal mt-2" open>' not in shown
    assert shown.count('value="ce" data-era checked') + shown.count('data-era value="ce" checked') in (0, 2)
    answer = send(clients["CW"], "ask", case.pk, {"line-2-words": "Milk"})
    assert answer.content.decode().count('<details class="reveal mt-2" open>') == 2
