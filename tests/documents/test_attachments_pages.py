"""Photos and scans on a case: who adds, sees, downloads and removes them, and what is kept."""

from __future__ import annotations

import errno
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from unittest.mock import patch

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.urls import reverse

from casework.audit.models import Event
from casework.documents import services, store
from casework.documents.models import Attachment
from casework.documents.states import AttachmentState
from casework.kernel.refusals import Conflict, Refusal
from casework.notifications.models import OutboxRow
from tests.factories.accounts import make_office, make_worker
from tests.factories.cases import make_case, make_sealed

from .conftest import NOW
from .test_attachments import action, pdf, photo_with_place, picture

pytestmark = pytest.mark.django_db
SCANNER = f"{sys.executable} -c \"import sys; sys.exit(b'INFECTED' in sys.stdin.buffer.read())\""


@pytest.fixture
def case(cast):
    return make_case(cast.mae_sot, cast.of("CW"))


def add(case, by, content=None, **more) -> Attachment:
    file = SimpleUploadedFile("x", content or picture())
    more = {"title": "Birth notice", "paper_kind": "certificate", "now": NOW, **more}
    return services.add_attachment(subject=case, file=file, by=by, **more)


def stored(attachment, settings) -> Path:
    return Path(settings.MEDIA_ROOT, attachment.file)


def sent(*files: tuple[str, bytes], **more: object) -> dict:
    return {
        "title": "Birth notice",
        "paper_kind": "certificate",
        "files": [SimpleUploadedFile(name, content) for name, content in files],
        **more,
    }


def form_of(case) -> str:
    return reverse("documents:attach", args=["cases.case", case.pk])


def tab_of(case) -> str:
    return reverse("cases:panel", args=[case.pk, "documents"])


def page(name: str, attachment: Attachment, *more: int) -> str:
    return reverse(f"documents:{name}", args=[attachment.pk, *more])


def acts() -> list[str]:
    known = Event.objects.filter(action__startswith="documents.attachment").order_by("pk")
    return [name.removeprefix("documents.attachment.") for name in known.values_list("action", flat=True)]


def test_a_file_is_kept_under_a_random_name_and_remembered(cast, case, settings):
    attachment = add(case, cast.of("CW"), title="  Birth \u202enotice ")
    assert attachment.title == "Birth notice"
    assert (attachment.case_id_of, attachment.office_id_of) == (case.pk, cast.mae_sot.pk)
    assert attachment.state == AttachmentState.SAFE
    assert stored(attachment, settings).stat().st_size == attachment.size
    assert "Birth" not in attachment.file
    assert add(case, cast.of("CW")).file != attachment.file
    event = Event.objects.filter(action="documents.attachment.added").first()
    assert (event.case_id_of, event.actor) == (case.pk, cast.of("CW"))


def test_without_a_title_nothing_is_kept(cast, case, settings):
    with pytest.raises(Refusal) as refused:
        add(case, cast.of("CW"), title="  ")
    assert (refused.value.code, refused.value.field) == ("E-DOC-10", "title")
    assert not Attachment.rows.exists()
    assert not Path(settings.MEDIA_ROOT).exists()


def test_several_files_are_added_in_one_go_and_listed_on_the_tab(cast, case, client_of):
    client = client_of(cast.of("CW"))
    answer = client.post(form_of(case), sent(("wrong.txt", photo_with_place()), ("b.pdf", pdf())))
    assert (answer.status_code, answer["Location"]) == (302, tab_of(case))
    assert list(Attachment.rows.order_by("pk").values_list("title", "mime")) == [
        ("Birth notice (1)", "image/jpeg"),
        ("Birth notice (2)", "application/pdf"),
    ]
    assert client.post(form_of(case), sent(("c.pdf", pdf()), title="", paper_kind="photo")).status_code == 302
    assert Attachment.rows.latest("pk").title == "Photo"  # nobody has to write what the kind says
    tab = client.get(tab_of(case)).content.decode()
    assert "2 files added." in tab
    for attachment in Attachment.rows.all():
        assert page("attachment-picture", attachment, 1) in tab


def test_a_photo_of_the_camera_is_taken(cast, case, client_of):
    data = sent(camera=SimpleUploadedFile("image.jpg", picture()))
    assert client_of(cast.of("CW")).post(form_of(case), data).status_code == 302
    assert Attachment.rows.get().title == "Birth notice"


def test_a_refused_file_is_named_and_what_was_typed_stays(cast, case, client_of):
    client = client_of(cast.of("CW"))
    answer = client.post(form_of(case), sent(("letter.jpg", b"<html>")))
    shown = answer.content.decode()
    assert answer.status_code == 422
    assert "letter.jpg: This is not a photo" in shown
    assert 'value="Birth notice"' in shown
    assert not Attachment.rows.exists()


def test_good_files_are_kept_where_another_is_refused(cast, case, client_of):
    client = client_of(cast.of("CW"))
    answer = client.post(form_of(case), sent(("bad.pdf", pdf(action("JavaScript"))), ("good.pdf", pdf())), follow=True)
    shown = answer.content.decode()
    assert "bad.pdf: The PDF holds a program" in shown
    assert "1 file added." in shown
    assert Attachment.rows.get().title == "Birth notice (2)"


def test_no_file_too_many_files_and_an_empty_file_are_said(cast, case, client_of):
    client = client_of(cast.of("CW"))
    assert "Choose a file or take a photo." in client.post(form_of(case), sent()).content.decode()
    many = client.post(form_of(case), sent(*[("a.jpg", picture())] * 21))
    assert "at most 20 files" in many.content.decode()
    assert client.post(form_of(case), sent(("a.jpg", b""))).status_code == 422
    assert not Attachment.rows.exists()


def test_files_that_are_too_large_together_are_refused_at_once(cast, case, client_of):
    half = pdf() + b"\n" * (13 * 1024 * 1024)
    client = client_of(cast.of("CW"))
    answer = client.post(form_of(case), sent(("a.pdf", half), ("b.pdf", half)))
    assert "Send them in several goes." in answer.content.decode()
    assert not Attachment.rows.exists()
    assert client.post(form_of(case), sent(("a.pdf", half))).status_code == 302


def test_files_sent_twice_are_kept_once(cast, case, client_of):
    client = client_of(cast.of("CW"))
    key = {"idempotency_key": client.get(form_of(case)).context["idempotency_key"]}
    for _time in range(2):
        assert client.post(form_of(case), sent(("a.jpg", picture())) | key).status_code == 302
    assert Attachment.rows.count() == 1
    client.post(form_of(case), sent(("b.jpg", picture())) | key)
    assert Attachment.rows.count() == 2, "another file is another act"


def test_the_form_tells_the_limits_and_opens_the_camera(cast, case, client_of):
    shown = client_of(cast.of("CW")).get(form_of(case)).content.decode()
    assert "up to 10 MB" in shown
    assert 'capture="environment"' in shown
    assert shown.count(" multiple") >= 1


def test_looking_and_downloading_are_logged_and_the_file_never_runs(cast, case, client_of):
    attachment, client = add(case, cast.of("CW"), pdf(), title="ใบเกิด"), client_of(cast.of("SUP"))
    assert page("attachment-picture", attachment, 1) in client.get(page("attachment", attachment)).content.decode()
    file = client.get(page("attachment-download", attachment))
    assert (file.status_code, file["Content-Type"]) == (200, "application/pdf")
    assert file["Content-Disposition"].startswith("attachment")
    assert file["Content-Security-Policy"] == "sandbox"
    assert file["X-Content-Type-Options"] == "nosniff"
    assert acts() == ["added", "seen", "downloaded"]


@pytest.mark.parametrize("content", [picture(), pdf()])
def test_a_page_is_drawn_as_webp(cast, case, client_of, content):
    attachment, client = add(case, cast.of("CW"), content), client_of(cast.of("CW"))
    drawn = client.get(page("attachment-picture", attachment, 1))
    assert (drawn.status_code, drawn["Content-Type"]) == (200, "image/webp")
    assert client.get(page("attachment-picture", attachment, 2)).status_code == 404


def test_another_office_finds_nothing(cast, case, client_of):
    attachment, client = add(case, cast.of("CW")), client_of(cast.of("CW", "RN"))
    for name in ("attachment", "attachment-download", "attachment-remove"):
        assert client.get(page(name, attachment)).status_code == 404
    assert client.get(page("attachment-picture", attachment, 1)).status_code == 404
    assert client.get(form_of(case)).status_code == 404
    assert client.post(form_of(case), sent(("a.jpg", picture()))).status_code == 404
    assert Attachment.rows.count() == 1


def test_a_sealed_case_hides_its_files_from_the_office(cast, case, client_of):
    attachment, client = add(case, cast.of("CW")), client_of(cast.of("CW"))
    colleague = cast.of("PSY")
    assert client_of(colleague).get(page("attachment", attachment)).status_code == 404
    assert client_of(cast.of("SUP")).get(page("attachment", attachment)).status_code == 200
    make_sealed(case, cast.of("SUP"))
    assert client_of(cast.of("SUP")).get(page("attachment", attachment)).status_code == 404
    assert client.get(page("attachment", attachment)).status_code == 200


def test_roles_without_cases_may_not_add(cast, case, client_of):
    assert client_of(cast.of("FO")).get(form_of(case)).status_code in (403, 404)


@pytest.mark.parametrize("kind", ["no.such", "accounts.office"])
def test_only_records_take_files(cast, client_of, kind):
    address = reverse("documents:attach", args=[kind, cast.mae_sot.pk])
    assert client_of(cast.of("CW")).get(address).status_code == 404


def test_removing_deletes_the_file_and_keeps_the_row_and_the_reason(
    cast, case, client_of, settings, django_capture_on_commit_callbacks
):
    attachment, client = add(case, cast.of("CW")), client_of(cast.of("CW"))
    path = stored(attachment, settings)
    with django_capture_on_commit_callbacks(execute=True):
        answer = client.post(page("attachment-remove", attachment), {"reason": "The wrong family"})
    assert (answer.status_code, answer["Location"]) == (302, tab_of(case))
    assert not path.exists()
    attachment.refresh_from_db()
    assert attachment.removed_by == cast.of("CW")
    assert Event.objects.get(action="documents.attachment.removed").reason == "The wrong family"
    assert client.get(page("attachment", attachment)).status_code == 404
    assert attachment.title not in client.get(tab_of(case)).content.decode()
    with pytest.raises(Conflict):
        services.remove_attachment(attachment=attachment, by=cast.of("CW"), reason="again", now=NOW)


def test_removing_needs_a_reason(cast, case, client_of, settings):
    attachment = add(case, cast.of("CW"))
    assert client_of(cast.of("CW")).post(page("attachment-remove", attachment), {"reason": " "}).status_code == 422
    with pytest.raises(Refusal):
        services.remove_attachment(attachment=attachment, by=cast.of("CW"), reason=" ", now=NOW)
    assert stored(attachment, settings).exists()


def test_a_damaged_file_is_not_handed_out(cast, case, client_of, settings):
    attachment = add(case, cast.of("CW"))
    stored(attachment, settings).write_bytes(b"something else")
    assert client_of(cast.of("CW")).get(page("attachment-download", attachment)).status_code == 409


def test_with_a_scanner_a_file_waits_until_it_is_found_clean(cast, case, client_of, settings):
    settings.ATTACHMENT_SCAN_COMMAND = SCANNER
    attachment, client = add(case, cast.of("CW")), client_of(cast.of("CW"))
    assert OutboxRow.objects.get(task="documents.scan").row_id == attachment.pk
    assert client.get(page("attachment-download", attachment)).status_code == 409
    assert client.get(page("attachment-picture", attachment, 1)).status_code == 404
    assert "being checked for viruses" in client.get(page("attachment", attachment)).content.decode()
    assert "Being checked for viruses" in client.get(tab_of(case)).content.decode()
    services.scan_attachment(attachment_id=attachment.pk, now=NOW)
    assert client.get(page("attachment-download", attachment)).status_code == 200


def test_an_infected_file_is_refused_and_deleted(cast, case, settings, django_capture_on_commit_callbacks):
    settings.ATTACHMENT_SCAN_COMMAND = SCANNER
    attachment = add(case, cast.of("CW"), pdf(lambda made: made.catalog.update({"Note": "/INFECTED"})))
    with django_capture_on_commit_callbacks(execute=True):
        attachment = services.scan_attachment(attachment_id=attachment.pk, now=NOW)
    assert attachment.state == AttachmentState.REFUSED
    assert not stored(attachment, settings).exists()
    assert acts() == ["added", "refused"]


@pytest.mark.django_db(transaction=True)
def test_what_is_taken_off_while_it_is_scanned_stays_off(settings):
    """Whoever takes it off does not wait for the scanner."""
    settings.ATTACHMENT_SCAN_COMMAND = SCANNER
    case = make_case(make_office("MS"), worker := make_worker("CW", "MS"))
    attachment = add(case, worker)

    def scanned_slowly(_content: bytes) -> bool:
        with ThreadPoolExecutor(1) as thread:
            thread.submit(take_off).result(timeout=30)
        return True

    def take_off() -> None:
        try:
            services.remove_attachment(attachment=attachment, by=worker, reason="Another child", now=NOW)
        finally:
            connection.close()

    with patch("casework.documents.services.attachments.is_clean", scanned_slowly):
        scanned = services.scan_attachment(attachment_id=attachment.pk, now=NOW)
    assert scanned.removed_at == NOW and scanned.state == AttachmentState.SCANNING
    assert not stored(attachment, settings).exists()


def test_a_scanner_that_fails_leaves_the_file_closed(cast, case, settings):
    settings.ATTACHMENT_SCAN_COMMAND = f'{sys.executable} -c "import sys; sys.exit(2)"'
    attachment = add(case, cast.of("CW"))
    with pytest.raises(RuntimeError):
        services.scan_attachment(attachment_id=attachment.pk, now=NOW)
    attachment.refresh_from_db()
    assert attachment.state == AttachmentState.SCANNING


@pytest.mark.parametrize(("fault", "status"), [(errno.ENOSPC, 422), (errno.EIO, 500)])
def test_a_full_disk_is_said_in_a_sentence_and_what_was_typed_stays(
    cast, case, client_of, settings, monkeypatch, fault, status
):
    client = client_of(cast.of("CW"))
    client.raise_request_exception = False

    def fail(handle: int) -> None:
        raise OSError(fault, "the disk")

    with monkeypatch.context() as patched:
        patched.setattr(store.os, "fsync", fail)
        answer = client.post(form_of(case), sent(("notice.png", picture())))
    assert answer.status_code == status
    said = "the server has no room left" in answer.content.decode()
    assert said == (status == 422) == ('value="Birth notice"' in answer.content.decode())
    assert not Attachment.rows.exists()
    assert not [path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()]
    assert client.post(form_of(case), sent(("notice.png", picture()))).status_code == 302
