"""One button prints the papers of today: one PDF, each paper a document of its own, each printing noted."""

from __future__ import annotations

import pytest
from django.urls import reverse
from django.utils import timezone

from casework.documents import services
from casework.documents.models import Document, Letter, PrintLog, PrintPack
from casework.documents.pages import page_count
from casework.documents.states import PaperTrail
from casework.kernel.refusals import Refusal
from registration.rules.pack import CHECKLIST, CONSENT, LETTER, RECEIPT, SLIP, SPELLING
from tests.factories import registration as births

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_store(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "files"


@pytest.fixture
def birth(cast):
    cast.of("SUP")
    return births.ready(cast.mae_sot, cast.of("CW"))


def today(birth) -> str:
    return reverse("registration:pack", args=[birth.pk])


def chosen(*kinds: str, language: str = "my") -> dict:
    return {"papers": kinds, "language": language}


def make_all() -> None:
    for document in Document.rows.filter(state="requested"):
        services.render_document(document_id=document.pk, now=timezone.now())


def page(name: str, pack: PrintPack) -> str:
    return reverse(f"documents:{name}", args=[pack.pk])


def test_the_pack_is_one_pdf_of_papers_with_codes_of_their_own(cast, birth, client_of):
    client = client_of(cast.of("CW"))
    kinds = (CONSENT, SPELLING, LETTER, CHECKLIST)
    answer = client.post(today(birth), chosen(*kinds))
    pack = PrintPack.rows.get()
    assert (answer.status_code, answer["Location"]) == (302, page("pack", pack))
    waiting = client.get(page("pack", pack)).content.decode()
    assert "being made" in waiting and "data-print" not in waiting
    assert client.get(page("pack-open", pack)).status_code == 409
    make_all()
    papers = [(paper.document.kind, paper.document.language, paper.copies) for paper in pack.papers.all()]
    assert papers == [(CONSENT, "my", 1), (SPELLING, "my", 1), (LETTER, "th", 2), (CHECKLIST, "my", 1)]
    assert Document.rows.values("verification_code").distinct().count() == 4
    assert f'data-print="{page("pack-open", pack)}"' in client.get(page("pack", pack)).content.decode()
    opened = client.get(page("pack-open", pack))
    assert (opened.status_code, opened["Content-Type"], opened["X-Frame-Options"]) == (
        200, "application/pdf", "SAMEORIGIN",
    )  # fmt: skip
    assert "frame-ancestors 'self'" in opened["Content-Security-Policy"]
    wanted = sum(paper.document.pages * paper.copies for paper in pack.papers.select_related("document"))
    assert page_count(opened.content) == wanted
    assert list(PrintLog.objects.order_by("pk").values_list("document__kind", "copies")) == [
        (kind, copies) for kind, _language, copies in papers
    ]
    assert set(Document.rows.values_list("trail", flat=True)) == {PaperTrail.PRINTED}
    assert "data-print" not in client.get(page("pack", pack)).content.decode()  # the dialog opens once


def test_the_page_offers_the_papers_of_today_in_the_familys_language(cast, birth, client_of):
    for address in (today(birth), reverse("registration:papers", args=[birth.pk])):
        shown = client_of(cast.of("CW")).get(address)
        form = shown.context["form"]
        assert [line.kind for line in form.lines][:4] == [CONSENT, SPELLING, LETTER, CHECKLIST]
        assert form["language"].value() in ("my", "th", "en")
        assert "Letter to the registry office, 2 copies" in shown.content.decode()


def test_a_paper_whose_words_still_hold_is_not_made_or_numbered_again(cast, birth, client_of):
    client = client_of(cast.of("CW"))
    client.post(today(birth), chosen(LETTER, CHECKLIST))
    client.post(today(birth), chosen(LETTER, CHECKLIST))
    assert PrintPack.rows.count() == 2
    assert (Document.rows.count(), Letter.objects.count()) == (2, 1)
    client.post(today(birth), chosen(LETTER, CHECKLIST, language="th"))
    assert (Document.rows.count(), Letter.objects.count()) == (3, 1)
    birth.case.child.names.update(full="Another Name")
    client.post(today(birth), chosen(LETTER))
    assert Letter.objects.count() == 2


def test_what_cannot_be_made_now_is_left_out_and_said(cast, birth, client_of):
    client = client_of(cast.of("CW"))
    birth.case.next_step_on = None
    birth.case.save(update_fields=["next_step_on"])
    wanted = [services.Wanted(kind=SLIP, language="my"), services.Wanted(kind=CHECKLIST, language="my")]
    now = timezone.now()
    pack = services.request_pack(subject=birth, papers=wanted, requested_by=cast.of("CW"), now=now)
    assert [paper.document.kind for paper in pack.papers.all()] == [CHECKLIST]
    assert "Set the day first" in client.get(page("pack", pack)).content.decode()
    with pytest.raises(Refusal) as refused:
        services.request_pack(subject=birth, papers=wanted[:1], requested_by=cast.of("CW"), now=now)
    assert refused.value.code == "E-PRT-4"


def test_no_paper_and_strange_papers_are_refused(cast, birth, client_of):
    client = client_of(cast.of("CW"))
    assert "Choose at least one paper." in client.post(today(birth), {"language": "my"}).content.decode()
    assert client.post(today(birth), chosen(RECEIPT)).status_code == 422
    assert client.post(today(birth), chosen(CHECKLIST, language="fr")).status_code == 422
    assert not PrintPack.rows.exists()


def test_a_signed_consent_is_not_printed_again(cast, birth, client_of):
    now = timezone.now()
    pack = services.request_pack(
        subject=birth, papers=[services.Wanted(kind=CONSENT, language="my")], requested_by=cast.of("CW"), now=now
    )
    make_all()
    services.print_pack(pack=pack, by=cast.of("CW"), now=now)
    lines = client_of(cast.of("CW")).get(today(birth)).context["form"].lines
    assert CONSENT in [line.kind for line in lines]
    services.note_returned(document=pack.papers.get().document, by=cast.of("CW"), now=now)
    lines = client_of(cast.of("CW")).get(today(birth)).context["form"].lines
    assert CONSENT not in [line.kind for line in lines]


def test_at_the_handover_there_is_the_receipt_with_both_copies(cast, client_of):
    cast.of("SUP")
    outcome = births.registered(cast.mae_sot, cast.of("CW"))
    client = client_of(cast.of("CW"))
    before = [(line.kind, line.copies) for line in client.get(today(outcome.birth)).context["form"].lines]
    assert (SPELLING, 1) in before and (RECEIPT, 1) not in before
    outcome.checked_on = births.TODAY
    outcome.save(update_fields=["checked_on"])
    after = [(line.kind, line.copies) for line in client.get(today(outcome.birth)).context["form"].lines]
    assert (RECEIPT, 1) in after


def test_a_pack_is_seen_by_who_made_it(cast, birth, client_of):
    client_of(cast.of("CW")).post(today(birth), chosen(CHECKLIST))
    pack = PrintPack.rows.get()
    make_all()
    for name in ("pack", "pack-open"):
        assert client_of(cast.of("SUP")).get(page(name, pack)).status_code == 404
        assert client_of(cast.of("CW")).get(page(name, pack)).status_code == 200
    assert client_of(cast.of("CW", "RN")).post(today(birth), chosen(CHECKLIST)).status_code == 404
