"""The papers of a request on the page where they are ordered: by role, in each language, those that can be made."""

from __future__ import annotations

import pytest
from django.db import connection
from django.template.loader import get_template
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from casework.access.rights import truth_table
from casework.documents.models import Document
from casework.documents.pages import page_text
from casework.documents.services import render_document
from casework.documents.wording import FURTHER
from emergency_fund.documents import KINDS
from tests.factories import fund
from tests.factories.cast import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_store(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def asked(cast, case, mother):
    return fund.make_request(case, mother, by=cast.of("CW"))


def address(request) -> str:
    return reverse("documents:papers", args=["emergency_fund.assistancerequest", request.pk])


def order(cast, role: str, request, kind: str, language: str = "en", **more: str):
    told = {"kind": f"emergency_fund.{kind}", "language": language, **more}
    return signed_in(cast.of(role)).post(address(request), told, follow=True)


def test_a_paper_is_ordered_made_and_opened(cast, asked):
    order(cast, "CW", asked, "acknowledgement", "my")
    document = Document.rows.get()
    assert (document.case_id_of, document.language) == (asked.case_id, "my")
    render_document(document_id=document.pk, now=timezone.now())
    pdf = signed_in(cast.of("CW")).get(reverse("documents:open", args=[document.pk]))
    assert asked.number in "".join(page_text(pdf.content))
    page = signed_in(cast.of("CW")).get(address(asked)).content.decode()
    assert reverse("documents:document", args=[document.pk]) in page


def test_the_language_of_who_asks_comes_first_else_that_of_a_child(cast, asked, case):
    def first() -> str:
        page = signed_in(cast.of("CW")).get(address(asked)).content.decode()
        return page.split("emergency_fund.acknowledgement")[1].split('name="language" value="')[1][:2]

    assert first() == "my"
    type(case.child).rows.filter(pk=case.child.pk).update(languages=["lo"])
    assert first() == "lo"
    type(case.child).rows.filter(pk=asked.requester_id).update(languages=["km", "th"])
    assert first() == "km"


def test_what_cannot_be_made_yet_stands_with_its_reason_and_is_not_made(cast, asked):
    page = signed_in(cast.of("FO")).get(address(asked)).content.decode()
    assert "There is no decision to tell the family" in page
    assert 'value="emergency_fund.decision"' not in page
    answer = order(cast, "FO", asked, "decision")
    assert "There is no decision to tell the family" in answer.content.decode()
    assert not Document.rows.exists()
    fund.decide(asked, "approved", 3900, 800)
    order(cast, "FO", asked, "decision")
    assert Document.rows.get().kind == "emergency_fund.decision"


@pytest.mark.parametrize("role, kind, may", [
    ("CW", "acknowledgement", True), ("CW", "needs_sheet", False), ("CW", "voucher", False), ("CW", "receipt", False),
    ("FO", "needs_sheet", True), ("FO", "approval_sheet", True), ("FO", "voucher", False),
    ("FA", "acknowledgement", True), ("FA", "receipt", False),
    ("CSH", "voucher", True), ("CSH", "receipt", True), ("CSH", "approval_sheet", False),
    ("PM", "approval_sheet", False),
])  # fmt: skip
def test_who_may_print_which(cast, asked, mother, role, kind, may):
    fund.make_assessment(asked, cast.of("FO"))
    fund.make_chain(asked, cast.of("SUP"), (cast.of("FA"), "FO", "approve", ""))
    if kind != "acknowledgement":
        fund.decide(asked, "in_delivery", 3900, 800)
        fund.make_delivery(asked.lines.last(), 100, mother, cast.of("CSH"))
    answer = order(cast, role, asked, kind)
    assert Document.rows.exists() == may
    assert ("Choose a paper." in answer.content.decode()) != may


@pytest.mark.parametrize("role", ["CW", "FO", "FA"])
def test_a_request_of_another_office_is_not_there(cast, asked, role):
    other = signed_in(cast.of(role, "RN"))
    assert other.get(address(asked)).status_code == 404
    assert other.post(address(asked), {"kind": "emergency_fund.acknowledgement"}).status_code == 404
    assert signed_in(cast.of(role)).get(address(asked)).status_code == 200


def test_which_of_several_receipts_is_chosen(cast, asked, mother):
    fund.decide(asked, "in_delivery", 3900, 800)
    line = asked.lines.last()
    first, second = (fund.make_delivery(line, baht, mother, cast.of("CSH")) for baht in (100, 200))
    page = signed_in(cast.of("CSH")).get(address(asked)).content.decode()
    assert page.count(f'value="{first.pk}"') == page.count(f'value="{second.pk}"') == 1
    order(cast, "CSH", asked, "receipt", choice=str(first.pk))
    order(cast, "CSH", asked, "receipt")
    papers = [document.facts["paper"]["number"] for document in Document.rows.order_by("pk")]
    assert papers == [first.number, second.number], "the newest where none is chosen"
    assert "Choose one of the list" in order(cast, "CSH", asked, "receipt", choice="999").content.decode()
    assert Document.rows.count() == 2


@pytest.mark.parametrize("told", [
    {}, {"kind": "no.such"}, {"kind": "registration.receipt"}, {"kind": ["a", "b"]},
    {"kind": "emergency_fund.acknowledgement", "language": "xx"},
    {"kind": "emergency_fund.acknowledgement", "language": "my", "choice": "\x00"},
])  # fmt: skip
def test_bad_orders_get_a_sentence(cast, asked, told):
    answer = signed_in(cast.of("CW")).post(address(asked), told, follow=True)
    assert answer.status_code in (200, 400)
    assert not Document.rows.exists()


def test_a_type_nobody_knows_or_without_papers_is_not_there(cast, asked):
    for kind in ("no.such", "accounts.office"):
        assert signed_in(cast.of("CW")).get(reverse("documents:papers", args=[kind, asked.pk])).status_code == 404


def test_every_kind_names_a_right_a_template_and_its_words():
    assert len({kind.key for kind in KINDS}) == len(KINDS)
    for kind in KINDS:
        assert kind.action in truth_table()
        assert get_template(kind.template)
        assert {*kind.titles, *FURTHER} >= set(kind.languages)
        words = [kind().words(language) for language in kind.languages]
        assert all(set(each) == set(words[0]) for each in words)


def test_the_page_is_read_in_as_few_queries_for_many_lines(cast, asked, case, django_assert_max_num_queries):
    fund.decide(asked, "approved", 3900, 800)
    for n in range(5):
        fund.add_line(asked, case.child, "transport_to_care", 100 + n, state="approved", approved=100)
    client = signed_in(cast.of("FO"))
    client.get(address(asked))
    with django_assert_max_num_queries(45):
        client.get(address(asked))


def test_the_tab_of_the_case_asks_once_for_each_kind_of_record_however_many_papers(cast, asked, case, mother):
    client, tab = signed_in(cast.of("CW")), reverse("cases:panel", args=[case.pk, "documents"])
    order(cast, "CW", asked, "acknowledgement")
    assert reverse("documents:document", args=[Document.rows.get().pk]) in client.get(tab).content.decode()
    with CaptureQueriesContext(connection) as one:
        client.get(tab)
    for _more in range(3):
        order(cast, "CW", fund.make_request(case, mother, by=cast.of("CW")), "acknowledgement")
    with CaptureQueriesContext(connection) as many:
        client.get(tab)
    assert Document.rows.count() == 4 and len(many) == len(one)
