"""Ordering, making, printing and verifying a paper."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from casework.accounts.models import Office
from casework.audit.models import Event
from casework.documents import queries, services
from casework.documents.kinds import UnknownKind
from casework.documents.models import Document, Letter, PrintLog
from casework.documents.pages import page_text
from casework.documents.services import making
from casework.documents.states import DocumentState, PaperTrail
from casework.documents.store import digest
from casework.kernel.moves import TransitionNotAllowed
from casework.kernel.refusals import Conflict, Refusal
from casework.notifications.models import Notice, OutboxRow

from .conftest import NOW

pytestmark = pytest.mark.django_db


def order(office, by, kind="test.slip", language="th", now=NOW, **options) -> Document:
    return services.request_document(
        kind=kind, subject=office, language=language, requested_by=by, now=now, options=options
    )


def made(office, by, **options) -> Document:
    document = order(office, by, **options)
    return services.render_document(document_id=document.pk, now=NOW)


def test_ordering_keeps_the_words_and_queues_the_row(office, ploy):
    document = order(office, ploy, text="คำ")
    assert document.state == DocumentState.REQUESTED
    assert document.facts["paper"] == {"text": "คำ", "number": ""}
    assert document.facts["stamp"]["office"] == "คลินิกแม่สอด"
    assert document.facts["stamp"]["made_at"].endswith("14:05")
    assert OutboxRow.objects.get().row_id == document.pk
    assert Event.objects.get(action="documents.document.requested").actor_id == ploy.pk


def test_a_language_the_paper_is_not_made_in_is_refused(office, ploy):
    with pytest.raises(Refusal) as refused:
        order(office, ploy, language="my")
    assert refused.value.code == "E-DOC-1"
    assert not Document.rows.exists()


def test_a_kind_nobody_contributes_is_unknown(office, ploy):
    with pytest.raises(UnknownKind):
        order(office, ploy, kind="test.nothing")


def test_what_the_kind_refuses_leaves_nothing_behind(office, ploy):
    with pytest.raises(Refusal):
        order(office, ploy, kind="test.letter", refuse=True)
    assert not Document.rows.exists()
    assert not Letter.objects.exists()
    assert not OutboxRow.objects.exists()


def test_making_stores_the_bytes_with_their_hash(office, ploy, settings):
    document = made(office, ploy)
    content = Path(settings.MEDIA_ROOT, document.file).read_bytes()
    assert document.state == DocumentState.READY
    assert (digest(content), len(content), document.pages) == (document.sha256, document.size, 1)
    text = "".join(page_text(content))
    assert "Support document, not a civil registration document" in text
    assert "REF-1" in text
    assert "Ploy" in text


def test_who_ordered_a_long_paper_is_told_once_it_is_ready(office, ploy):
    made(office, ploy)
    assert not Notice.rows.exists()
    document = made(office, ploy, kind="test.long")
    notice = Notice.rows.get()
    assert (notice.recipient, notice.url) == (ploy, f"/documents/{document.pk}/")


def test_how_far_a_paper_is_stands_on_its_row_only_while_it_is_made(office, ploy, monkeypatch):
    monkeypatch.setattr(making.Progress, "SECONDS", 0)
    seen: list[int] = []
    document = order(office, ploy)

    def rendering(*args, tell, **more):
        tell(45)
        seen.append(Document.rows.get(pk=document.pk).progress)
        return b"%PDF-1.7 not really"

    monkeypatch.setattr(making, "compose", rendering)
    monkeypatch.setattr(making, "page_count", lambda content: 1)
    services.render_document(document_id=document.pk, now=NOW)
    assert seen == [45]
    assert Document.rows.get(pk=document.pk).progress == 100
    with pytest.raises(making.Stopped):
        making.Progress(document)(50)
    assert Document.rows.get(pk=document.pk).progress == 100


def test_no_half_written_file_stays(office, ploy, settings):
    document = made(office, ploy)
    assert [p.name for p in Path(settings.MEDIA_ROOT).rglob("*.*")] == [Path(document.file).name]


def test_making_twice_makes_once(office, ploy):
    document = made(office, ploy)
    again = services.render_document(document_id=document.pk, now=NOW + timedelta(hours=1))
    assert (again.made_at, again.sha256, again.tries) == (NOW, document.sha256, 1)


def test_a_paper_being_made_by_another_is_left_alone(office, ploy):
    document = order(office, ploy)
    Document.rows.filter(pk=document.pk).update(state=DocumentState.RENDERING)
    assert services.render_document(document_id=document.pk, now=NOW).state == DocumentState.RENDERING


def test_a_paper_that_cannot_be_made_is_parked_after_three_tries_and_can_be_retried(office, ploy):
    document = order(office, ploy, kind="test.broken")
    for expected in (DocumentState.REQUESTED, DocumentState.REQUESTED, DocumentState.FAILED):
        document = services.render_document(document_id=document.pk, now=NOW)
        assert document.state == expected
    assert document.tries == 3
    assert document.failure.startswith("TemplateDoesNotExist in ")
    assert OutboxRow.objects.count() == 3
    document = services.retry_document(document=document, by=ploy, now=NOW)
    assert (document.state, document.tries) == (DocumentState.REQUESTED, 0)


def test_only_a_parked_paper_can_be_retried(office, ploy):
    with pytest.raises(Conflict):
        services.retry_document(document=made(office, ploy), by=ploy, now=NOW)


def test_a_long_paper_is_stopped_while_it_is_made_and_made_after_all(office, ploy, monkeypatch, settings):
    short = order(office, ploy)
    with pytest.raises(Conflict) as refused:
        services.stop_document(document=short, by=ploy, now=NOW)
    assert refused.value.code == "E-DOC-23"
    document = order(office, ploy, kind="test.long")
    monkeypatch.setattr(making.Progress, "SECONDS", 0)

    def stopped_in_the_middle(*args, tell, **more):
        services.stop_document(document=Document.rows.get(pk=document.pk), by=ploy, now=NOW)
        tell(45)
        raise AssertionError("went on with a paper that was stopped")

    with monkeypatch.context() as stopping:
        stopping.setattr(making, "compose", stopped_in_the_middle)
        assert services.render_document(document_id=document.pk, now=NOW).state == DocumentState.STOPPED
    assert not list(Path(settings.MEDIA_ROOT).rglob("*.pdf"))
    assert services.render_document(document_id=document.pk, now=NOW).state == DocumentState.STOPPED
    services.retry_document(document=Document.rows.get(pk=document.pk), by=ploy, now=NOW)
    assert services.render_document(document_id=document.pk, now=NOW).state == DocumentState.READY


def test_a_paper_stopped_at_the_very_end_is_not_ready(office, ploy, monkeypatch):
    document = order(office, ploy, kind="test.long")

    def stopped_when_done(content, **more):
        services.stop_document(document=Document.rows.get(pk=document.pk), by=ploy, now=NOW)
        return "2026/11/made.pdf"

    monkeypatch.setattr(making.store, "save", stopped_when_done)
    assert services.render_document(document_id=document.pk, now=NOW).state == DocumentState.STOPPED


def test_a_paper_whose_maker_died_goes_back_into_the_queue(office, ploy):
    document = order(office, ploy)
    Document.rows.filter(pk=document.pk).update(state=DocumentState.RENDERING, claimed_at=NOW, tries=1)
    assert services.release_dropped(now=NOW + timedelta(minutes=1)) == 0
    assert services.release_dropped(now=NOW + timedelta(minutes=10)) == 1
    document.refresh_from_db()
    assert document.state == DocumentState.REQUESTED


def test_unclaimed_are_those_waiting_for_three_seconds(office, ploy):
    document = order(office, ploy)
    assert list(queries.unclaimed(NOW + timedelta(seconds=2))) == []
    assert list(queries.unclaimed(NOW + timedelta(seconds=3))) == [document.pk]


def test_letters_of_an_office_are_numbered_through_the_buddhist_year(office, ploy):
    first, second = (order(office, ploy, kind="test.letter") for _ in range(2))
    assert [d.facts["paper"]["number"] for d in (first, second)] == ["คกม. 1/2569", "คกม. 2/2569"]
    assert second.letter.addressee == "นายทะเบียน"
    next_year = order(office, ploy, kind="test.letter", now=NOW + timedelta(days=60))
    assert next_year.facts["paper"]["number"] == "คกม. 1/2570"


def test_a_copy_in_another_language_carries_the_number_of_the_letter(office, ploy):
    order(office, ploy, kind="test.letter")
    copy = order(office, ploy, kind="test.letter", language="en")
    assert copy.facts["paper"]["number"] == "คกม. 1/2569"
    assert Letter.objects.count() == 1


def test_a_copy_before_the_letter_is_refused(office, ploy):
    with pytest.raises(Refusal) as refused:
        order(office, ploy, kind="test.letter", language="en")
    assert refused.value.code == "E-DOC-5"


def test_printing_is_logged_and_moves_the_paper_on_once(office, ploy):
    document = made(office, ploy, kind="test.letter")
    services.log_print(document=document, by=ploy, now=NOW, recipient="family")
    services.log_print(document=document, by=ploy, now=NOW)
    document.refresh_from_db()
    assert document.trail == PaperTrail.PRINTED
    assert list(PrintLog.objects.values_list("recipient", "sha256").order_by("pk")) == [
        ("family", document.sha256),
        ("", document.sha256),
    ]
    assert list(queries.waiting_for_signature(ploy)) == [document]
    services.note_trail(document=document, target=PaperTrail.SIGNED, by=ploy, now=NOW)
    assert list(queries.waiting_for_signature(ploy)) == []


def test_a_paper_cannot_be_checked_before_it_is_scanned(office, ploy):
    with pytest.raises(TransitionNotAllowed):
        services.note_trail(document=made(office, ploy), target=PaperTrail.CHECKED, by=ploy, now=NOW)


def test_a_paper_that_is_not_ready_is_not_printed(office, ploy):
    with pytest.raises(Conflict):
        services.log_print(document=order(office, ploy), by=ploy, now=NOW)
    assert not PrintLog.objects.exists()


def test_changed_bytes_are_never_given_out(office, ploy, settings):
    document = made(office, ploy)
    assert queries.content(document).startswith(b"%PDF")
    Path(settings.MEDIA_ROOT, document.file).write_bytes(b"%PDF-1.7 something else")
    with pytest.raises(Conflict) as refused:
        queries.content(document)
    assert refused.value.code == "E-DOC-6"


def test_a_code_says_what_was_made_and_never_for_whom(office, ploy):
    document = made(office, ploy, text="Naw Paw Wah")
    typed = document.facts["stamp"]["code"].lower().replace("-", " ")
    known = queries.verified(typed)
    assert known is not None
    assert (known.title, known.office, known.is_valid) == ("ใบทดสอบ", office, True)
    assert "Paw" not in str(known)
    services.void_document(document=document, by=ploy, reason="wrong name", now=NOW)
    voided = queries.verified(typed)
    assert voided is not None
    assert not voided.is_valid


@pytest.mark.parametrize("code", ["", "K7PD3MXA9QRT", "'; drop table", "x" * 500])
def test_an_unknown_code_says_nothing(office, code):
    assert queries.verified(code) is None


def test_a_paper_not_made_yet_has_no_answer(office, ploy):
    assert queries.verified(order(office, ploy).verification_code) is None


def test_papers_of_the_demo_and_of_practice_offices_are_watermarked(office, ploy, settings):
    assert order(office, ploy).facts["watermark"] == ""
    settings.MODE = "demo"
    assert order(office, ploy).facts["watermark"]
    settings.MODE = "site"
    practice = Office.objects.create(code="PR", name_en="Practice", name_th="ฝึก", kind="practice")
    assert order(practice, ploy).facts["watermark"]
