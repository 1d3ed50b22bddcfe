"""Photos and scans on a form that is not finished: onto the record, gone for good, or with who takes it over."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from casework.audit.models import Event
from casework.documents import services
from casework.documents.models import Attachment, CaptureLink
from casework.documents.states import CaptureState
from casework.documents.tasks import sweep
from casework.drafts.models import Draft
from casework.drafts.services import finish_draft, save_draft, take_over_draft, throw_away_draft
from casework.kernel.refusals import Conflict, Refusal
from casework.programmes.contributions import Contribution, DraftForm, registry
from tests.documents.test_attachments import picture
from tests.documents.test_captures import PHONE, address, photo
from tests.factories.accounts import make_worker
from tests.factories.cases import make_case

pytestmark = pytest.mark.django_db


class Sample(Contribution):
    """Two forms: one takes photos, the other is about a record that has its own."""

    key = "tests_draft_papers"
    draft_forms = tuple(
        DraftForm(
            key=key,
            label="New birth",
            action="drafts.draft.take",
            url=lambda draft: f"/somewhere/{draft.pk}",
            title=lambda data: data.get("form", {}).get("name", ""),
            takes_papers=takes,
        )
        for key, takes in (("tests.new", True), ("tests.check", False))
    )


@pytest.fixture(autouse=True)
def _form() -> Iterator[None]:
    registry.entries[Sample.key] = Sample()
    yield
    del registry.entries[Sample.key]


@pytest.fixture
def clerk(cast):
    return cast.of("CW")


@pytest.fixture
def colleague(cast):
    return make_worker("CW", "MS")


@pytest.fixture
def draft(cast, clerk) -> Draft:
    return begun(clerk)


def begun(by, form: str = "tests.new") -> Draft:
    draft = save_draft(by=by, form=form, step="form", answers={"name": "Naw Paw Wah"})
    assert draft is not None
    return draft


def add(draft, by, **more) -> Attachment:
    facts = {"title": "Birth notice", "paper_kind": "certificate", "now": timezone.now(), **more}
    return services.add_attachment(subject=draft, file=SimpleUploadedFile("x", picture()), by=by, **facts)


def let_in(draft, by) -> tuple[CaptureLink, str]:
    return services.make_link(subject=draft, title="House book", paper_kind="other", by=by, now=timezone.now())


def stored(paper: Attachment, settings) -> Path:
    return Path(settings.MEDIA_ROOT, paper.file)


def acts(name: str) -> list[Event]:
    return list(Event.objects.filter(action=f"documents.attachment.{name}").order_by("pk"))


def page(name: str, draft: Draft) -> str:
    return reverse(f"documents:{name}", args=["drafts.draft", draft.pk])


# ---- finished


def test_finished_they_stand_on_the_record_with_their_history(clerk, draft, settings):
    paper, gone = add(draft, clerk), add(draft, clerk)
    services.remove_attachment(attachment=gone, by=clerk, reason="", now=timezone.now())
    assert (paper.subject_type, paper.case_id_of, paper.office_id_of) == ("drafts.draft", None, draft.office_id)
    case = make_case(draft.office, clerk)
    finish_draft(draft=draft, by=clerk, record=case)
    paper.refresh_from_db()
    assert (paper.subject_type, paper.subject_id, paper.case_id_of) == ("cases.case", case.pk, case.pk)
    assert (paper.added_by, paper.title, stored(paper, settings).exists()) == (clerk, "Birth notice", True)
    filed = acts("filed")
    assert [(event.subject_id, event.case_id_of, event.actor) for event in filed] == [(paper.pk, case.pk, clerk)]
    assert not Attachment.rows.filter(subject_type="drafts.draft").exists()


def test_a_record_that_comes_to_nothing_leaves_everything_with_the_draft(clerk, draft, settings):
    paper = add(draft, clerk)
    with pytest.raises(RuntimeError), transaction.atomic():
        finish_draft(draft=draft, by=clerk, record=make_case(draft.office, clerk))
        raise RuntimeError
    paper.refresh_from_db()
    assert (paper.subject_type, paper.subject_id) == ("drafts.draft", draft.pk)
    assert stored(paper, settings).exists() and Draft.rows.filter(pk=draft.pk).exists() and not acts("filed")


def test_a_phone_that_was_let_in_goes_on_to_the_record(clerk, draft):
    link, token = let_in(draft, clerk)
    phone = Client()
    assert phone.post(address(token), photo()).status_code == 302
    case = make_case(draft.office, clerk)
    finish_draft(draft=draft, by=clerk, record=case)
    assert phone.post(address(token), photo()).status_code == 302
    papers = Attachment.rows.order_by("pk")
    assert [(paper.subject_id, paper.case_id_of) for paper in papers] == [(case.pk, case.pk)] * 2
    assert [paper.title for paper in papers] == ["House book", "House book (2)"]
    link.refresh_from_db()
    assert (link.subject_type, link.state) == ("cases.case", CaptureState.BOUND)


def test_a_record_on_which_the_phone_is_let_in_already_keeps_that_code(clerk, draft):
    case = make_case(draft.office, clerk)
    kept, _token = let_in(case, clerk)
    link, token = let_in(draft, clerk)
    finish_draft(draft=draft, by=clerk, record=case)
    link.refresh_from_db(), kept.refresh_from_db()
    assert (kept.state, link.state) == (CaptureState.WAITING, CaptureState.ENDED)
    assert Client().get(address(token)).status_code == 404


# ---- thrown away


def test_thrown_away_the_files_are_deleted_for_good(clerk, draft, settings, django_capture_on_commit_callbacks):
    paper = add(draft, clerk)
    link, token = let_in(draft, clerk)
    phone = Client()
    phone.post(address(token), photo())
    files = [stored(one, settings) for one in Attachment.rows.all()]
    kept = add(make_case(draft.office, clerk), clerk)
    with django_capture_on_commit_callbacks(execute=True):
        throw_away_draft(draft=draft, by=clerk)
        assert all(file.exists() for file in files)  # not before it is certain
    assert len(files) == 2 and not any(file.exists() for file in files)
    assert list(Attachment.rows.all()) == [kept] and stored(kept, settings).exists()
    link.refresh_from_db()
    assert link.state == CaptureState.ENDED
    assert phone.post(address(token), photo()).status_code == 404
    with pytest.raises(Refusal):  # one that was on its way
        services.take_photo(link=link, file=photo()["photo"], corners="", now=timezone.now())
    sweep()
    assert CaptureLink.rows.exists()
    services.discard_left_over(now=timezone.now() + timedelta(minutes=11))
    assert not CaptureLink.rows.exists() and Attachment.rows.count() == 1
    assert acts("discarded")[0].subject_id == paper.pk


def test_a_throwing_away_that_fails_deletes_no_file(clerk, draft, settings, django_capture_on_commit_callbacks):
    paper = add(draft, clerk)
    with (
        django_capture_on_commit_callbacks(execute=True),
        pytest.raises(RuntimeError),
        transaction.atomic(),
    ):
        throw_away_draft(draft=draft, by=clerk)
        raise RuntimeError
    assert Attachment.rows.filter(pk=paper.pk).exists() and stored(paper, settings).exists()


def test_a_form_that_became_no_record_takes_its_files_along(clerk, draft, settings, django_capture_on_commit_callbacks):
    paper = add(draft, clerk)
    with django_capture_on_commit_callbacks(execute=True):
        finish_draft(draft=draft, by=clerk)
    assert not Attachment.rows.exists() and not stored(paper, settings).exists()


def test_the_sweep_deletes_what_lay_with_a_form_that_is_gone(
    clerk, draft, colleague, settings, django_capture_on_commit_callbacks
):
    left, kept = add(draft, clerk), add(begun(colleague), colleague)
    let_in(draft, clerk)
    Draft.rows.filter(pk=draft.pk).delete()  # by no service of ours, as when its person is removed
    with django_capture_on_commit_callbacks(execute=True):
        sweep()
    assert list(Attachment.rows.all()) == [kept]
    assert stored(kept, settings).exists() and not stored(left, settings).exists()
    assert [event.actor for event in acts("discarded")] == [None]


# ---- taken over


def test_who_takes_over_sees_them_and_the_first_phone_ends(clerk, colleague, draft, client_of):
    paper = add(draft, clerk)
    link, token = let_in(draft, clerk)
    phone = Client()
    assert phone.get(address(token)).status_code == 200
    take_over_draft(draft=draft, by=colleague)
    link.refresh_from_db()
    assert link.state == CaptureState.ENDED and phone.post(address(token), photo()).status_code == 404
    shown = client_of(colleague).get(page("draft-papers", draft)).content.decode()
    assert "Birth notice" in shown and "Take off" in shown and "Go on with the form" in shown
    shown = client_of(clerk).get(page("draft-papers", draft)).content.decode()
    assert "Birth notice" in shown and "Take off" not in shown
    assert client_of(clerk).get(page("attach", draft)).status_code == 409
    _link, token = let_in(draft, colleague)
    assert Client().get(address(token)).status_code == 200
    assert Attachment.rows.get() == paper


def test_only_who_has_the_draft_adds_and_takes_off(clerk, colleague, draft, client_of):
    paper = add(draft, clerk)
    off = reverse("documents:attachment-remove", args=[paper.pk])
    other, own = client_of(colleague), client_of(clerk)
    sent = {"title": "x", "paper_kind": "photo", "files": [SimpleUploadedFile("a.jpg", picture())]}
    for answer in (other.get(page("attach", draft)), other.post(page("phone", draft), sent), other.post(off)):
        assert answer.status_code == 409 and "Take it over to go on" in answer.content.decode()
    with pytest.raises(Conflict):
        add(draft, colleague)
    with pytest.raises(Conflict):
        let_in(draft, colleague)
    assert Attachment.rows.count() == 1 and not CaptureLink.rows.exists()
    sent["files"] = [SimpleUploadedFile("a.jpg", picture())]
    assert own.post(page("attach", draft), sent)["Location"] == page("draft-papers", draft)
    assert own.post(off)["Location"] == page("draft-papers", draft)
    assert list(Attachment.rows.filter(removed_at=None).values_list("title", flat=True)) == ["x"]


# ---- who sees them


@pytest.mark.parametrize(
    ("role", "office", "status"),
    [("CW", "MS", 200), ("SUP", "MS", 200), ("PSY", "MS", 200), ("TRF", "MS", 200), ("CW", "RN", 404),
     ("SUP", "RN", 404), ("FO", "MS", 404), ("AUD", "MS", 404), ("PM", "MS", 404)],
)  # fmt: skip
def test_who_may_see_a_draft_sees_its_papers_and_nobody_else(cast, draft, client_of, role, office, status):
    paper = add(draft, cast.of("CW"))
    client = client_of(cast.of(role, office))
    for url in (
        page("draft-papers", draft), page("draft-panel", draft), reverse("documents:attachment", args=[paper.pk]),
        reverse("documents:attachment-picture", args=[paper.pk, 1]),
        reverse("documents:attachment-download", args=[paper.pk]),
    ):  # fmt: skip
        assert client.get(url).status_code == status, url


def test_nothing_else_is_done_on_a_form_that_is_not_finished(clerk, draft, client_of):
    client, check = client_of(clerk), begun(clerk, "tests.check")
    assert client.get(page("attach", draft)).status_code == 200
    for url in (page("paper-back", draft), page("papers", draft), page("attach", check), page("draft-papers", check)):
        assert client.get(url).status_code == 404, url
    case = make_case(draft.office, clerk)
    assert client.get(reverse("documents:draft-papers", args=["cases.case", case.pk])).status_code == 404


# ---- what is sent


def test_what_no_record_takes_no_draft_takes(clerk, draft, client_of):
    client = client_of(clerk)
    program = SimpleUploadedFile("photo.jpg", b"MZ\x90\x00 a program")
    large = SimpleUploadedFile("photo.heic", b"\x00\x00\x00\x18ftypheic" + b"0" * 50 * 1024 * 1024)
    many = [SimpleUploadedFile("a.jpg", picture()) for _n in range(21)]
    for files, words in (
        ([program], "This is not a photo"), ([large], "too large"), (many, "at most 20 files"), ([], "Choose a file"),
    ):  # fmt: skip
        answer = client.post(page("attach", draft), {"title": "x", "paper_kind": "photo", "files": files})
        assert answer.status_code == 422 and words in answer.content.decode()
    assert not Attachment.rows.exists()


def test_a_draft_that_is_gone_takes_nothing_more(clerk, draft):
    throw_away_draft(draft=draft, by=clerk)
    with pytest.raises(Conflict):
        add(draft, clerk)
    with pytest.raises(Conflict):
        let_in(draft, clerk)
    assert not Attachment.rows.exists()


@pytest.mark.django_db(transaction=True)
def test_a_photo_on_its_way_while_the_form_is_finished_is_on_the_record(clerk, draft):
    case, (link, token) = make_case(draft.office, clerk), let_in(draft, clerk)
    services.open_link(token=token, device=PHONE, now=timezone.now())
    came, finished = threading.Event(), threading.Event()

    def send() -> None:
        with transaction.atomic():
            file = SimpleUploadedFile("x", picture())
            services.take_photo(link=link, file=file, corners="", now=timezone.now())
            came.set()
            finished.wait(0.3)  # the desk finishes meanwhile, and has to wait for this photo
        connection.close()

    thread = threading.Thread(target=send)
    thread.start()
    came.wait(10)
    finish_draft(draft=draft, by=clerk, record=case)
    finished.set()
    thread.join()
    assert Attachment.rows.get().case_id_of == case.pk


# ---- the lists


def test_the_list_tells_how_many_and_asks_no_more_for_it(clerk, draft, client_of, django_assert_num_queries):
    from casework.drafts.queries import tray

    add(draft, clerk), add(draft, clerk), begun(clerk)
    tray(clerk)
    with django_assert_num_queries(1):
        assert sorted(line.papers for line in tray(clerk)) == [0, 2]
    shown = client_of(clerk).get("/drafts/").content.decode()
    assert "2 photos and scans" in shown and page("draft-papers", draft) in shown
    assert "2 photos and scans are deleted with it." in shown


def test_the_panel_asks_again_only_while_a_phone_may_send(clerk, draft, client_of):
    client = client_of(clerk)
    assert "every 5s" not in client.get(page("draft-panel", draft)).content.decode()
    let_in(draft, clerk)
    assert "every 5s" in client.get(page("draft-panel", draft)).content.decode()
    assert "Go on with the form" in client.post(
        page("phone", draft), {"title": "x", "paper_kind": "photo"}
    ).content.decode()  # fmt: skip
    CaptureLink.rows.update(made_at=timezone.now() - timedelta(hours=1), expires_at=timezone.now())
    assert "every 5s" not in client.get(page("draft-panel", draft)).content.decode()
