"""The page of a paper, its bytes, and the public page of a code."""

from __future__ import annotations

import datetime as dt

import pytest
from django.urls import reverse

from casework.accounts.models import Office
from casework.accounts.services import give_grant
from casework.documents import services
from casework.documents.models import Document, PrintLog
from casework.documents.states import DocumentState, PaperTrail

from .conftest import NOW, person
from .test_services import made, order

pytestmark = pytest.mark.django_db


def at(name: str, document: Document, *more: int) -> str:
    return reverse(f"documents:{name}", args=[document.pk, *more])


def test_a_waiting_paper_asks_again_until_it_is_ready(client, office, ploy):
    client.force_login(ploy)
    document = order(office, ploy)
    waiting = client.get(at("document", document)).content.decode()
    assert f'hx-get="{at("state", document)}"' in waiting
    services.render_document(document_id=document.pk, now=NOW)
    ready = client.get(at("state", document)).content.decode()
    assert "hx-trigger" not in ready
    assert at("page", document, 1) in ready
    assert at("open", document) in ready


def test_the_bytes_are_the_stored_ones_and_each_opening_is_logged(client, office, ploy):
    client.force_login(ploy)
    document = made(office, ploy, kind="test.letter")
    shown = client.get(at("open", document))
    saved = client.get(at("download", document))
    assert shown.content == saved.content
    assert shown["Content-Type"] == "application/pdf"
    assert shown["Content-Disposition"].startswith("inline")
    assert saved["Content-Disposition"].startswith("attachment")
    assert PrintLog.objects.filter(document=document, by=ploy).count() == 2
    assert "It has been signed" in client.get(at("document", document)).content.decode()


def test_a_page_picture_is_webp(client, office, ploy):
    client.force_login(ploy)
    document = made(office, ploy)
    picture = client.get(at("page", document, 1))
    assert (picture.status_code, picture["Content-Type"]) == (200, "image/webp")
    assert client.get(at("page", document, 2)).status_code == 404


def test_a_paper_that_is_not_ready_has_no_bytes(client, office, ploy):
    client.force_login(ploy)
    document = order(office, ploy)
    assert client.get(at("open", document)).status_code == 409
    assert client.get(at("page", document, 1)).status_code == 404
    assert not PrintLog.objects.exists()


@pytest.mark.parametrize("name", ["document", "state", "open", "download"])
def test_people_of_another_office_see_nothing(client, office, ploy, name):
    document = made(office, ploy)
    other = Office.objects.create(code="BK", name_en="Bangkok", name_th="กรุงเทพ")
    client.force_login(person("nok", other))
    assert client.get(at(name, document)).status_code == 404
    client.force_login(ploy)
    assert client.get(at(name, document)).status_code == 200


def test_a_role_without_the_kind_sees_nothing(client, office, ploy):
    document = made(office, ploy)
    client.force_login(person("anong", office, role="PM"))
    assert client.get(at("document", document)).status_code == 404


def test_signed_out_people_are_sent_to_sign_in(client, office, ploy):
    document = made(office, ploy)
    assert client.get(at("open", document)).status_code == 302


def test_a_parked_paper_is_tried_again(client, office, ploy):
    client.force_login(ploy)
    document = order(office, ploy)
    Document.rows.filter(pk=document.pk).update(state=DocumentState.FAILED, tries=3)
    assert at("retry", document) in client.get(at("document", document)).content.decode()
    assert client.post(at("retry", document)).status_code == 302
    document.refresh_from_db()
    assert document.state == DocumentState.REQUESTED


def test_a_report_is_stopped_on_its_page_and_made_after_all(client, office, ploy):
    client.force_login(ploy)
    assert at("stop", order(office, ploy)) not in client.get(at("document", order(office, ploy))).content.decode()
    document = order(office, ploy, kind="test.long")
    assert at("stop", document) in client.get(at("document", document)).content.decode()
    assert client.post(at("stop", document)).status_code == 302
    page = client.get(at("document", document)).content.decode()
    assert at("retry", document) in page
    assert at("stop", document) not in page
    assert 'id="paper-stop" hx-swap-oob' in client.get(at("state", document)).content.decode()
    assert client.post(at("stop", document)).status_code == 409


def test_a_printed_paper_is_noted_as_signed(client, office, ploy):
    client.force_login(ploy)
    document = made(office, ploy, kind="test.letter")
    client.get(at("open", document))
    client.post(at("signed", document))
    document.refresh_from_db()
    assert document.trail == PaperTrail.SIGNED


def test_signing_before_printing_is_a_conflict(client, office, ploy):
    client.force_login(ploy)
    assert client.post(at("signed", made(office, ploy, kind="test.letter"))).status_code == 409


def test_anybody_can_verify_a_code_and_learns_no_name(client, office, ploy):
    document = made(office, ploy, text="Naw Paw Wah")
    page = client.get(reverse("documents:verify", args=[document.verification_code])).content.decode()
    assert "We made this paper" in page
    assert "Mae Sot clinic" in page
    assert "Ploy" not in page
    assert "Paw" not in page
    typed = client.get(reverse("documents:verify"), {"code": document.facts["stamp"]["code"].lower()})
    assert "We made this paper" in typed.content.decode()


def test_a_paper_that_was_taken_back_says_so_to_whoever_looks_up_its_code(client, office, ploy):
    document = made(office, ploy)
    client.force_login(ploy)
    assert "Take it back" in client.get(at("document", document)).content.decode()
    assert client.post(at("take-back", document), {"reason": " "}).status_code == 422
    assert client.post(at("take-back", document), {"reason": "The name is wrong"}).status_code == 302
    page = client.get(at("document", document)).content.decode()
    assert "The name is wrong" in page and "Take it back" not in page
    assert client.get(at("open", document)).status_code == 409
    assert client.post(at("take-back", document), {"reason": "Again"}).status_code == 409
    client.logout()
    page = client.get(reverse("documents:verify", args=[document.verification_code])).content.decode()
    assert "No longer valid" in page


def test_an_unknown_code_says_so_and_an_empty_form_says_nothing(client, db):
    assert "We do not know this code" in client.get("/verify/K7PD3MXA9QRT/").content.decode()
    assert "We do not know" not in client.get("/verify/").content.decode()


def test_a_role_makes_no_papers_of_another_office_than_its_own(client, office, ploy):
    document = made(office, ploy)
    other = Office.objects.create(code="BK", name_en="Bangkok", name_th="กรุงเทพ")
    anong = person("anong", office, role="PM")
    give_grant(user=anong, role="CW", office=other, given_by=None, confirmed_by=None, today=dt.date.today())
    client.force_login(anong)
    papers = reverse("api:documents-list")
    for name in ("document", "state", "open", "download"):
        assert client.get(at(name, document)).status_code == 404
    assert client.get(papers).json()["results"] == []
    client.force_login(ploy)
    assert client.get(at("open", document)).status_code == 200
    assert [paper["id"] for paper in client.get(papers).json()["results"]] == [document.pk]
