"""Paper comes back: a pile is split by the codes on its pages, and nothing is lost or put where it does not belong."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from casework.audit.models import Event
from casework.documents import queries, services
from casework.documents.models import Attachment, Document, PaperReturn, ReturnedFile, ReturnedPage
from casework.documents.pages import assembled, draw_page, page_count
from casework.documents.reading import PageCode, page_code
from casework.documents.returns_queries import missing_pages
from casework.documents.states import PageState, PaperTrail, ReturnState
from casework.documents.work import work_sources
from casework.kernel.refusals import Refusal
from casework.notifications.models import OutboxRow
from casework.programmes.contributions import registry
from casework.programmes.work import read_work
from tests.documents.conftest import SlipKind, TestContribution
from tests.documents.test_attachments import picture
from tests.documents.test_attachments_pages import SCANNER, tab_of
from tests.factories.cases import make_case

pytestmark = pytest.mark.django_db
PIXELS = 1240
"""An A4 page scanned at 150 to the inch."""


class TwoPages(SlipKind):
    """A paper about a case that is signed, on two pages."""

    key = "test.two_pages"
    template = "documents/report.html"
    subject_type = "cases.case"
    is_signed = True
    comes_back_as = "consent"

    def prepared(self, facts):
        parts = [{"title": f"Part {n}", "text": "Words", "starts_page": n > 1} for n in (1, 2)]
        return {**facts, "parts": parts}

    def case_id(self, subject):
        return subject.pk


class Receipt(TwoPages):
    """Of which one page stays with the family."""

    key = "test.receipt"
    comes_back_whole = False


class Unsigned(TwoPages):
    """Which nobody signs."""

    key = "test.unsigned"
    is_signed = False


@pytest.fixture(autouse=True)
def _kinds(_test_kinds):
    class More(TestContribution):
        document_kinds = (*TestContribution.document_kinds, TwoPages, Receipt, Unsigned)

    registry.entries["test"] = More()


@pytest.fixture
def case(cast):
    return make_case(cast.mae_sot, cast.of("CW"))


def paper(case, by, kind: str = "test.two_pages", *, is_printed: bool = True) -> Document:
    """A paper that was made, and printed."""
    now = timezone.now()
    document = services.request_document(kind=kind, subject=case, language="en", requested_by=by, now=now)
    document = services.render_document(document_id=document.pk, now=now)
    assert document.pages == 2
    if is_printed:
        services.log_print(document=document, by=by, now=now)
    document.refresh_from_db()
    return document


def scanned(document: Document, page: int, angle: float = 1.3) -> Image.Image:
    """A page as a scanner or a phone sees it: askew, on white, as JPEG."""
    drawn = draw_page(queries.content(document), page, width=PIXELS)
    turned = drawn.rotate(angle, Image.Resampling.BICUBIC, expand=True, fillcolor="white")
    out = BytesIO()
    turned.save(out, "JPEG", quality=70)
    return Image.open(BytesIO(out.getvalue()))


def blank() -> Image.Image:
    return Image.new("RGB", (PIXELS, 1754), "white")


def scan_of(*pages: Image.Image) -> SimpleUploadedFile:
    """One PDF of a pile of pages."""
    out = BytesIO()
    pages[0].save(out, "PDF", save_all=True, append_images=list(pages[1:]), resolution=150)
    return SimpleUploadedFile("scan.pdf", out.getvalue())


def photo_of(page: Image.Image) -> SimpleUploadedFile:
    out = BytesIO()
    page.save(out, "JPEG", quality=80)
    return SimpleUploadedFile("page.jpg", out.getvalue())


def back(case, by, *files) -> PaperReturn:
    return services.take_back(subject=case, files=files, by=by, now=timezone.now()).batch


def page_of(batch) -> str:
    return reverse("documents:returned", args=[batch.pk])


@pytest.mark.parametrize("angle", [0, 2, -3, 90, 183])
def test_the_code_of_a_page_names_paper_and_page_however_it_lies(cast, case, angle):
    document = paper(case, cast.of("CW"))
    for page in (1, 2):
        assert page_code(scanned(document, page, angle)) == PageCode(document.verification_code, page)


def test_a_pile_is_split_by_paper_in_page_order_and_each_goes_to_its_record(cast, case):
    by, other = cast.of("CW"), make_case(cast.mae_sot, cast.of("SUP"))
    first, second = paper(case, by), paper(other, by)
    pile = [(first, 2), (second, 1), (first, 1), (second, 2)]
    batch = back(case, by, scan_of(*[scanned(document, page) for document, page in pile]))
    assert batch.state == ReturnState.SORTED
    for document, record in ((first, case), (second, other)):
        attachment = document.scans.get()
        assert (attachment.subject_id, attachment.case_id_of) == (record.pk, record.pk)
        assert (attachment.title, attachment.paper_kind, attachment.mime) == (
            document.title, "consent", "application/pdf",
        )  # fmt: skip
        content = Path(attachment_path(attachment)).read_bytes()
        assert page_count(content) == 2
        read = [page_code(draw_page(content, page, width=1654)) for page in (1, 2)]
        assert read == [PageCode(document.verification_code, page) for page in (1, 2)]
        document.refresh_from_db()
        assert document.trail == PaperTrail.SCANNED
    kept = Event.objects.filter(action__in=("documents.document.signed", "documents.document.scanned"))
    assert kept.count() == 4
    assert not ReturnedFile.objects.exclude(file="").exists()  # each page has its place, so the pile is deleted


def attachment_path(attachment: Attachment) -> Path:
    from django.conf import settings

    return Path(settings.MEDIA_ROOT, attachment.file)


def test_a_photo_of_a_page_stays_a_photo(cast, case):
    document = paper(case, cast.of("CW"), "test.receipt")
    back(case, cast.of("CW"), photo_of(scanned(document, 2)))
    assert document.scans.get().mime == "image/jpeg"


def test_a_paper_waits_for_its_other_page(cast, case, client_of):
    by = cast.of("CW")
    document = paper(case, by)
    batch = back(case, by, photo_of(scanned(document, 1)))
    document.refresh_from_db()
    assert (document.trail, missing_pages(document)) == (PaperTrail.PRINTED, [2])
    assert "Page 2 did not come back yet" in client_of(by).get(page_of(batch)).content.decode()
    back(case, by, photo_of(scanned(document, 2)))
    document.refresh_from_db()
    assert document.trail == PaperTrail.SCANNED


@pytest.mark.parametrize(("kind", "acts"), [("test.receipt", ["signed", "scanned"]), ("test.unsigned", ["scanned"])])
def test_a_receipt_needs_one_page_and_what_nobody_signs_is_not_called_signed(cast, case, kind, acts):
    by = cast.of("CW")
    document = paper(case, by, kind)
    back(case, by, *[photo_of(scanned(document, page)) for page in ((1,) if kind == "test.receipt" else (1, 2))])
    document.refresh_from_db()
    assert document.trail == PaperTrail.SCANNED
    told = Event.objects.filter(subject_type="documents.document", subject_id=document.pk).order_by("pk")
    names = [name.rpartition(".")[2] for name in told.values_list("action", flat=True)]
    assert names == ["printed", *acts]


def test_a_paper_that_came_back_twice_keeps_where_it_stands(cast, case):
    by = cast.of("CW")
    document = paper(case, by, "test.receipt", is_printed=False)
    for _time in (1, 2):
        back(case, by, photo_of(scanned(document, 1)))
    document.refresh_from_db()
    assert document.trail == PaperTrail.SCANNED and document.scans.count() == 2


def test_pages_without_a_code_stay_until_the_person_says_where(cast, case, client_of):
    by = cast.of("CW")
    client, document = client_of(by), paper(case, by, "test.receipt")
    answer = client.post(
        reverse("documents:paper-back", args=["cases.case", case.pk]),
        {"files": [scan_of(blank(), scanned(document, 1), blank())]},
    )
    batch = PaperReturn.rows.get()
    assert (answer.status_code, answer["Location"]) == (302, page_of(batch))
    left = ReturnedPage.objects.filter(state=PageState.LEFT)
    assert [page.number for page in left] == [1, 3] and Attachment.rows.count() == 1
    shown = client.get(page_of(batch)).content.decode()
    pictures = [reverse("documents:returned-picture", args=[batch.pk, page.pk]) for page in left]
    assert all(address in shown and client.get(address).status_code == 200 for address in pictures)
    assert page_of(batch) in client.get(tab_of(case)).content.decode()
    assert "Say where the scanned pages belong" in client.get("/").content.decode()
    kept, dropped = left
    sent = {"pages": [kept.pk], "title": "Village map", "paper_kind": "other", "keep": "1"}
    assert client.post(page_of(batch), {**sent, "title": ""}).status_code == 422
    assert client.post(page_of(batch), {**sent, "pages": []}).status_code == 422
    assert client.post(page_of(batch), sent).status_code == 302
    added = Attachment.rows.get(title="Village map")
    assert (added.subject_id, added.mime) == (case.pk, "application/pdf")
    assert client.post(page_of(batch), sent).status_code == 422  # it has its place
    assert client.post(page_of(batch), {"pages": [dropped.pk], "paper_kind": "other", "drop": "1"}).status_code == 302
    assert not ReturnedPage.objects.filter(state=PageState.LEFT).exists()
    assert "Every page has its place." in client.get(page_of(batch)).content.decode()
    assert client.get(pictures[0]).status_code == 404
    assert "Say where" not in client.get("/").content.decode()


def test_a_paper_of_a_record_one_may_not_see_goes_nowhere_by_itself(cast, case):
    elsewhere = make_case(cast.ranong, cast.of("CW", "RN"))
    foreign = paper(elsewhere, cast.of("CW", "RN"))
    batch = back(case, cast.of("CW"), scan_of(scanned(foreign, 1), scanned(foreign, 2)))
    assert not Attachment.rows.exists()
    assert ReturnedPage.objects.filter(file__batch=batch, state=PageState.LEFT, document=None).count() == 2
    foreign.refresh_from_db()
    assert foreign.trail == PaperTrail.PRINTED
    back(elsewhere, cast.of("CW", "RN"), scan_of(scanned(foreign, 1), scanned(foreign, 2)))
    assert foreign.scans.count() == 1


def test_a_return_is_seen_by_who_sent_it(cast, case, client_of):
    batch = back(case, cast.of("CW"), scan_of(blank()))
    page = ReturnedPage.objects.get()
    for address in (page_of(batch), reverse("documents:returned-picture", args=[batch.pk, page.pk])):
        assert client_of(cast.of("CW")).get(address).status_code == 200
        assert client_of(cast.of("SUP")).get(address).status_code == 404


def test_good_files_are_kept_where_another_is_refused(cast, case, client_of):
    address = reverse("documents:paper-back", args=["cases.case", case.pk])
    client = client_of(cast.of("CW"))
    bad = SimpleUploadedFile("letter.jpg", b"<html>")
    assert "letter.jpg: This is not a photo" in client.post(address, {"files": [bad]}).content.decode()
    assert client.post(address, {}).status_code == 422
    assert not PaperReturn.rows.exists()
    bad.seek(0)
    answer = client.post(address, {"files": [bad, SimpleUploadedFile("a.jpg", picture())]}, follow=True)
    assert "letter.jpg: This is not a photo" in answer.content.decode()
    assert ReturnedFile.objects.count() == 1


def test_a_long_scan_is_work_for_the_worker(cast, case, monkeypatch, client_of):
    monkeypatch.setattr(services.returns, "AT_ONCE", 1)
    batch = back(case, cast.of("CW"), scan_of(blank(), blank()))
    assert batch.state == ReturnState.WAITING
    assert OutboxRow.objects.get(task="documents.sort_return").row_id == batch.pk
    assert "being sorted" in client_of(cast.of("CW")).get(page_of(batch)).content.decode()
    assert services.sort_return(return_id=batch.pk, now=timezone.now()).state == ReturnState.SORTED
    assert services.sort_return(return_id=batch.pk, now=timezone.now()).state == ReturnState.SORTED
    assert ReturnedPage.objects.count() == 2


def test_too_many_pages_are_refused(cast, case, monkeypatch):
    monkeypatch.setattr(services.returns, "MOST_PAGES", 1)
    with pytest.raises(Refusal) as refused:
        back(case, cast.of("CW"), scan_of(blank(), blank()))
    assert (refused.value.code, refused.value.field) == ("E-DOC-15", "files")
    assert back(case, cast.of("CW"), scan_of(blank())).state == ReturnState.SORTED


def test_a_scan_that_cannot_be_sorted_is_kept_and_tried_again(cast, case, monkeypatch, client_of):
    def falls(*_arguments):
        raise RuntimeError("no")

    with monkeypatch.context() as patch:
        patch.setattr(services.returns.queries, "sheets", falls)
        batch = back(case, cast.of("CW"), scan_of(blank()))
        assert batch.state == ReturnState.WAITING
        for _time in (2, 3):
            batch = services.sort_return(return_id=batch.pk, now=timezone.now())
    assert (batch.state, batch.tries) == (ReturnState.FAILED, 3)
    client = client_of(cast.of("CW"))
    assert "could not be sorted" in client.get(page_of(batch)).content.decode()
    retry = reverse("documents:returned-retry", args=[batch.pk])
    assert client.post(retry).status_code == 302
    assert services.sort_return(return_id=batch.pk, now=timezone.now()).state == ReturnState.SORTED
    assert client.post(retry).status_code == 409


def test_a_scan_whose_worker_died_is_put_back(cast, case):
    batch = back(case, cast.of("CW"), scan_of(blank()))
    now = timezone.now()
    PaperReturn.rows.filter(pk=batch.pk).update(state=ReturnState.SORTING, claimed_at=now - timedelta(minutes=2))
    assert services.release_lost_returns(now=now) == 0
    assert services.release_lost_returns(now=now + timedelta(minutes=5)) == 1


def test_the_virus_scanner_sees_a_scan_before_anybody(cast, case, settings, client_of):
    settings.ATTACHMENT_SCAN_COMMAND = SCANNER
    good = back(case, cast.of("CW"), photo_of(blank()))
    assert good.state == ReturnState.WAITING
    assert services.sort_return(return_id=good.pk, now=timezone.now()).state == ReturnState.SORTED
    assert ReturnedPage.objects.count() == 1
    bad = back(case, cast.of("CW"), photo_of(blank()))
    settings.ATTACHMENT_SCAN_COMMAND = SCANNER.replace("b'INFECTED'", "b'JFIF'")
    services.sort_return(return_id=bad.pk, now=timezone.now())
    assert ReturnedPage.objects.count() == 1 and ReturnedFile.objects.get(batch=bad).is_refused
    assert "refused by the virus scanner" in client_of(cast.of("CW")).get(page_of(bad)).content.decode()


def test_photos_and_pages_become_one_pdf():
    photo = photo_of(blank()).read()
    sheet = scan_of(blank(), blank()).read()
    assert page_count(assembled([(photo, 1), (sheet, 2), (sheet, None)])) == 4


def test_what_waits_for_a_signature_is_work_until_it_is_back(cast, case, client_of):
    by = cast.of("CW")
    document = paper(case, by)
    quiet = paper(case, by, "test.unsigned")
    first = client_of(by).get("/").content.decode()
    assert "Waiting for signature: Slip" in first and "printed today" in first
    assert reverse("documents:document", args=[document.pk]) in first
    assert reverse("documents:document", args=[quiet.pk]) not in first
    later = read_work(work_sources(by, timezone.localdate() + timedelta(days=3)))
    assert [item.note for item in later] == ["printed 3 days ago"]
    back(case, by, scan_of(scanned(document, 1), scanned(document, 2)))
    assert "Waiting for signature" not in client_of(by).get("/").content.decode()
