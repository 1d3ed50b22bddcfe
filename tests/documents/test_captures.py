"""The phone is the scanner: who makes a code, what one phone may do under it, and what everybody else sees."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from casework.audit.models import Event
from casework.documents import captures_views, services
from casework.documents.models import Attachment, CaptureLink
from casework.documents.services.captures import LIFE, MOST_TRIES
from casework.documents.states import AttachmentState, CaptureState
from casework.kernel.refusals import Refusal
from tests.documents.test_attachments import photo_with_place, picture
from tests.documents.test_attachments_pages import SCANNER, tab_of
from tests.factories.cases import make_case, make_sealed

pytestmark = pytest.mark.django_db
TITLE = "House book, page 1"
PHONE = "a" * 43
CORNERS = "0.1,0.1 0.9,0.1 0.9,0.9 0.1,0.9"


@pytest.fixture(autouse=True)
def _no_misses():
    cache.clear()


@pytest.fixture
def case(cast):
    return make_case(cast.mae_sot, cast.of("CW"))


def made(case, by, **more) -> tuple[CaptureLink, str]:
    facts = {"title": TITLE, "paper_kind": "certificate", "now": timezone.now(), **more}
    return services.make_link(subject=case, by=by, **facts)


def desk(case) -> str:
    return reverse("documents:phone", args=["cases.case", case.pk])


def address(token: str) -> str:
    return reverse("documents:capture", args=[token])


def photo(content: bytes | None = None, **more) -> dict:
    return {"photo": SimpleUploadedFile("image.jpg", content or picture()), **more}


def acts() -> list[str]:
    known = Event.objects.filter(action__startswith="documents.").order_by("pk")
    return [name.removeprefix("documents.") for name in known.values_list("action", flat=True)]


def test_the_desk_shows_a_code_and_the_record_gets_the_photo(cast, case, client_of):
    shown = client_of(cast.of("CW")).post(desk(case), {"title": TITLE, "paper_kind": "certificate"})
    page = shown.content.decode()
    assert (shown.status_code, shown["Cache-Control"]) == (200, "no-store")
    assert "data:image/svg+xml" in page
    token = re.search(r"http[^ ]+/phone/([A-Z0-9-]+)/", page)[1]
    assert len(token.replace("-", "")) == 27
    phone = Client()
    opened = phone.get(address(token))
    assert opened.status_code == 200 and "no-store" in opened["Cache-Control"]
    assert phone.post(address(token), photo(photo_with_place(), corners=CORNERS)).status_code == 302
    attachment = Attachment.rows.get()
    assert (attachment.title, attachment.paper_kind, attachment.added_by) == (TITLE, "certificate", cast.of("CW"))
    assert (attachment.case_id_of, attachment.capture.photo_count) == (case.pk, 1)
    assert acts() == ["capture.made", "capture.opened", "attachment.photographed"]
    assert "1 photo is at the desk." in phone.get(address(token)).content.decode()


def test_the_phone_page_names_no_person(cast, case):
    _link, token = made(case, cast.of("CW"))
    page = Client().get(address(token)).content.decode()
    assert "Photo for the record of the clinic desk" in page and TITLE in page
    for name in (case.child.name, case.number, cast.of("CW").full_name, cast.mae_sot.name_en):
        assert name not in page


def test_nothing_but_digests_is_kept(cast, case):
    link, token = made(case, cast.of("CW"))
    phone = Client()
    phone.get(address(token))
    cookie = phone.cookies[captures_views.cookie_name()]
    link.refresh_from_db()
    stored = " ".join(str(value) for value in CaptureLink.rows.filter(pk=link.pk).values().get().values())
    assert token not in stored and cookie.value not in stored
    assert cookie["httponly"] and cookie["samesite"] == "Strict" and int(cookie["max-age"]) <= 600


def test_with_https_the_cookie_belongs_to_this_host_alone(cast, case, settings):
    settings.SESSION_COOKIE_SECURE = True
    _link, token = made(case, cast.of("CW"))
    phone = Client()
    phone.get(address(token))
    cookie = phone.cookies["__Host-phone"]
    assert cookie["secure"] and cookie["path"] == "/" and not cookie["domain"]


def test_the_first_phone_is_the_only_one(cast, case):
    _link, token = made(case, cast.of("CW"))
    first, second = Client(), Client()
    assert first.get(address(token)).status_code == 200
    assert second.get(address(token)).status_code == 404
    assert second.post(address(token), photo()).status_code == 404
    assert not Attachment.rows.exists()
    assert first.get(address(token)).status_code == 200
    assert first.get(address(token.lower())).status_code == 200  # as somebody types it


def test_looking_ahead_does_not_use_the_code_up(cast, case):
    link, token = made(case, cast.of("CW"))
    assert Client().get(address(token), headers={"sec-purpose": "prefetch"}).status_code == 503
    assert Client().head(address(token)).status_code == 405
    link.refresh_from_db()
    assert link.state == CaptureState.WAITING
    assert Client().get(address(token)).status_code == 200


def test_unknown_expired_ended_and_used_codes_are_answered_alike(cast, case):
    now = timezone.now()
    _over, expired = made(case, cast.of("CW"), now=now - LIFE)
    other = make_case(cast.mae_sot, cast.of("CW"))
    link, ended = made(other, cast.of("CW"))
    services.end_link(link=link, by=cast.of("CW"), now=now)
    _link, used = made(make_case(cast.mae_sot, cast.of("CW")), cast.of("CW"))
    Client().get(address(used))
    answers = [Client().get(address(token)) for token in ("NOSUCHCODE", expired, ended, used)]
    assert {answer.status_code for answer in answers} == {404}
    bodies = {re.sub(r"[A-Za-z0-9]{27,}|NOSUCHCODE", "#", answer.content.decode()) for answer in answers}
    assert len(bodies) == 1 and "no longer valid" in bodies.pop()
    _fresh, token = made(make_case(cast.mae_sot, cast.of("CW")), cast.of("CW"), now=now - timedelta(minutes=9))
    assert Client().get(address(token)).status_code == 200


def test_a_new_code_ends_the_old_one_of_this_person_and_record(cast, case):
    link, token = made(case, cast.of("CW"))
    colleague, _token = made(case, cast.of("SUP"))
    made(case, cast.of("CW"))
    assert Client().get(address(token)).status_code == 404
    link.refresh_from_db(), colleague.refresh_from_db()
    assert (link.state, colleague.state) == (CaptureState.ENDED, CaptureState.WAITING)
    with pytest.raises(IntegrityError), transaction.atomic():
        CaptureLink.rows.filter(pk=link.pk).update(state=CaptureState.WAITING)


def test_a_code_takes_twenty_photos(cast, case):
    link, token = made(case, cast.of("CW"))
    phone = Client()
    phone.get(address(token))
    CaptureLink.rows.filter(pk=link.pk).update(photo_count=19)
    assert phone.post(address(token), photo()).status_code == 302
    assert Attachment.rows.get().title == f"{TITLE} (20)"
    answer = phone.post(address(token), photo())
    assert answer.status_code == 422
    assert Attachment.rows.count() == 1
    assert "data-capture" not in phone.get(address(token)).content.decode()


def test_whoever_sends_without_end_is_cut_off(cast, case):
    link, token = made(case, cast.of("CW"))
    phone = Client()
    phone.get(address(token))
    CaptureLink.rows.filter(pk=link.pk).update(tries=MOST_TRIES - 1)
    assert phone.post(address(token), photo(b"no photo")).status_code == 422
    assert phone.post(address(token), photo()).status_code == 404
    link.refresh_from_db()
    assert link.state == CaptureState.ENDED and not Attachment.rows.exists()


def test_guessing_is_slowed_down(cast, case):
    _link, token = made(case, cast.of("CW"))
    for _time in range(captures_views.MOST_MISSES):
        assert Client().get(address("GUESS")).status_code == 404
    assert Client().get(address(token)).status_code == 429
    assert Client().get(address(token), REMOTE_ADDR="192.0.2.7").status_code == 200


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({}, "Choose a file or take a photo."),
        (photo(b"<html>"), "This is not a photo"),
        (photo(corners="0,0 1,1 1,0 0,1"), "four corners do not enclose a paper"),
    ],
)
def test_what_is_wrong_is_said_beside_the_photo(cast, case, sent, words):
    _link, token = made(case, cast.of("CW"))
    phone = Client()
    phone.get(address(token))
    answer = phone.post(address(token), sent)
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not Attachment.rows.exists()
    assert phone.post(address(token), photo()).status_code == 302


def test_a_request_that_is_too_large_is_not_read(cast, case):
    _link, token = made(case, cast.of("CW"))
    phone = Client()
    phone.get(address(token))
    large = phone.post(address(token), photo(), CONTENT_LENGTH=str(captures_views.MOST_SENT + 1))
    assert large.status_code == 413 and "up to 10 MB" in large.content.decode()
    assert not Attachment.rows.exists()


def test_the_phone_ends_the_code(cast, case):
    _link, token = made(case, cast.of("CW"))
    phone = Client()
    phone.get(address(token))
    done = phone.post(address(token), {"done": "1"})
    assert "You can close this page" in done.content.decode()
    assert not phone.cookies[captures_views.cookie_name()].value
    assert phone.get(address(token)).status_code == 404
    assert acts()[-1] == "capture.ended"


def test_time_ends_a_code_and_the_history_says_so(cast, case):
    link, _token = made(case, cast.of("CW"), now=timezone.now() - timedelta(minutes=11))
    kept, _token = made(case, cast.of("SUP"))
    assert services.end_expired_links(now=timezone.now()) == 1
    link.refresh_from_db(), kept.refresh_from_db()
    assert (link.state, kept.state) == (CaptureState.ENDED, CaptureState.WAITING)
    assert Event.objects.get(action="documents.capture.ended").actor is None


def test_a_code_dies_with_the_right_of_who_made_it(cast, case):
    _link, token = made(case, cast.of("SUP"))
    make_sealed(case, cast.of("CW"))
    assert Client().get(address(token)).status_code == 404
    _link, token = made(case, cast.of("CW"))
    assert Client().get(address(token)).status_code == 200


def test_the_virus_scanner_looks_at_photos_of_phones_too(cast, case, settings):
    settings.ATTACHMENT_SCAN_COMMAND = SCANNER
    _link, token = made(case, cast.of("CW"))
    phone = Client()
    phone.get(address(token))
    phone.post(address(token), photo())
    assert Attachment.rows.get().state == AttachmentState.SCANNING


def test_the_desk_asks_what_arrived_and_ends_it(cast, case, client_of):
    link, token = made(case, cast.of("CW"))
    arrived, end = (reverse(f"documents:{name}", args=[link.pk]) for name in ("phone-arrived", "phone-end"))
    client = client_of(cast.of("CW"))
    assert "Waiting for the phone" in client.get(arrived).content.decode()
    phone = Client()
    phone.get(address(token))
    phone.post(address(token), photo())
    shown = client.get(arrived).content.decode()
    assert "The phone is connected" in shown and "1 photo arrived" in shown and TITLE in shown and "every 2s" in shown
    assert client_of(cast.of("SUP")).get(arrived).status_code == 404  # another person's code
    answer = client.post(end)
    assert (answer.status_code, answer["Location"]) == (302, tab_of(case))
    assert "every 2s" not in client.get(arrived).content.decode()
    assert phone.get(address(token)).status_code == 404


def test_who_may_not_add_files_gets_no_code(cast, case, client_of):
    assert client_of(cast.of("CW", "RN")).get(desk(case)).status_code == 404
    assert client_of(cast.of("FO")).post(desk(case), {"title": "x"}).status_code in (403, 404)
    assert client_of(cast.of("CW")).get(desk(case)).status_code == 200
    assert not CaptureLink.rows.exists()


def test_a_code_needs_a_title(cast, case, client_of):
    assert client_of(cast.of("CW")).post(desk(case), {"title": " ", "paper_kind": "photo"}).status_code == 422
    with pytest.raises(Refusal) as refused:
        made(case, cast.of("CW"), title=" ")
    assert (refused.value.code, refused.value.field) == ("E-DOC-10", "title")
    assert not CaptureLink.rows.exists()
