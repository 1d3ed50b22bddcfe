"""Photos taken while a birth is being logged: kept with what is typed, and on the case when it is open."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from casework.audit.models import Event
from casework.documents import services
from casework.documents.models import Attachment, CaptureLink
from casework.drafts.models import Draft
from registration.models import BirthRecord
from tests.documents.test_attachments import picture
from tests.documents.test_attachments_pages import sent
from tests.documents.test_captures import address, photo
from tests.factories.cast import Cast, signed_in
from tests.factories.forms import fields_of, fill_in
from tests.registration.test_journeys import answers, begin, go_on, open_case, page

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_store(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "files"


@pytest.fixture
def clerk(cast: Cast) -> Any:
    return signed_in(cast.of("CW"))


def of_draft(name: str, draft: Draft) -> str:
    return reverse(f"documents:{name}", args=["drafts.draft", draft.pk])


def add(client: Client, draft: Draft) -> None:
    answer = client.post(of_draft("attach", draft), sent(("a.jpg", picture())))
    assert (answer.status_code, answer["Location"]) == (302, of_draft("draft-papers", draft))


def test_a_photo_of_the_intake_stands_on_the_case(clerk, cast):
    draft = begin(clerk)
    add(clerk, draft)
    go_on(clerk, draft)
    assert "1 photo or scan" in clerk.get(page("check", draft.pk)).content.decode()
    assert open_case(clerk, draft).status_code == 302
    case = BirthRecord.rows.get().case
    paper = Attachment.rows.get()
    assert (paper.subject_type, paper.subject_id, paper.case_id_of) == ("cases.case", case.pk, case.pk)
    assert "Birth notice" in clerk.get(reverse("cases:panel", args=[case.pk, "documents"])).content.decode()
    filed = Event.objects.get(action="documents.attachment.filed")
    assert (filed.case_id_of, filed.subject_id, filed.actor) == (case.pk, paper.pk, cast.of("CW"))


def test_a_case_that_is_refused_leaves_the_photo_with_the_draft(clerk):
    draft = begin(clerk)
    add(clerk, draft)
    assert open_case(clerk, draft).status_code == 302  # back to the step that is not finished
    assert not BirthRecord.rows.exists()
    assert Attachment.rows.get().subject_id == draft.pk and Draft.rows.filter(pk=draft.pk).exists()


def test_the_phone_goes_on_when_the_case_is_open(clerk, cast):
    draft = begin(clerk)
    _link, token = services.make_link(
        subject=draft, title="House book", paper_kind="other", by=cast.of("CW"), now=timezone.now()
    )
    phone = Client()
    assert phone.post(address(token), photo()).status_code == 302
    go_on(clerk, draft)
    assert open_case(clerk, draft).status_code == 302
    assert phone.post(address(token), photo()).status_code == 302
    case = BirthRecord.rows.get().case
    assert list(Attachment.rows.values_list("case_id_of", flat=True)) == [case.pk, case.pk]


@pytest.mark.parametrize(("then", "name"), [("papers", "draft-papers"), ("phone", "phone"), ("file", "attach")])
def test_the_buttons_beside_a_step_keep_what_is_typed(clerk, then, name):
    draft = begin(clerk)
    step = page("step", draft.pk, "father")
    answer = fill_in(clerk, step, father_name_Latn="Saw Htoo", then=then)
    assert answer["Location"] == of_draft(name, draft)
    draft.refresh_from_db()
    assert draft.data["father"]["father_name_Latn"] == "Saw Htoo" and draft.step == "father"
    back = clerk.get(of_draft("draft-papers", draft)).content.decode()
    assert step in back
    assert "Saw Htoo" in clerk.get(step).content.decode()


def test_a_step_that_is_wrong_is_kept_all_the_same(clerk):
    draft = begin(clerk)
    step = page("step", draft.pk, "child")
    answer = fill_in(clerk, step, child_name_Thai="เซอ", weight_g="about three kilos", then="phone")
    assert answer["Location"] == of_draft("phone", draft)
    shown = clerk.get(step).content.decode()
    assert "about three kilos" in shown and "เซอ" in shown


def test_the_first_step_becomes_a_draft_and_an_empty_one_says_what_to_do(clerk):
    empty = fill_in(clerk, page("new"), then="phone")
    assert empty.status_code == 422 and "Write something first" in empty.content.decode()
    assert not Draft.rows.exists()
    device = str(uuid4())
    typed = {**answers()["mother"], "device_id": device, "then": "phone"}
    made = fill_in(clerk, page("new"), **typed)
    draft = Draft.rows.get(device_id=device)
    assert made["Location"] == of_draft("phone", draft)
    assert "Naw Hla Paw" in clerk.get(page("step", draft.pk, "mother")).content.decode()
    assert fields_of(clerk.get(page("step", draft.pk, "mother")))["mother_name_Latn"] == "Naw Hla Paw"


def test_each_step_tells_how_many(clerk):
    draft = begin(clerk)
    step = page("step", draft.pk, "father")
    assert "No photos or scans yet" in clerk.get(step).content.decode()
    add(clerk, draft), add(clerk, draft)
    assert "2 photos and scans" in clerk.get(step).content.decode()
    assert "Scan with a phone" in clerk.get(page("new")).content.decode()


def test_of_twins_each_photo_stands_on_the_case_of_the_child_whose_form_it_was(clerk):
    draft = begin(clerk)
    add(clerk, draft)
    go_on(clerk, draft)
    assert open_case(clerk, draft).status_code == 302
    first = BirthRecord.rows.get()
    assert clerk.post(page("twin", first.pk)).status_code == 302
    second = Draft.rows.get()
    add(clerk, second)
    child = {"child_name_Thai": "เซอ มู วา", "sex": "M", "birth_order": "2"}
    assert fill_in(clerk, page("step", second.pk, "child"), **child).status_code == 302
    assert open_case(clerk, second).status_code == 302
    cases = BirthRecord.rows.order_by("pk").values_list("case_id", flat=True)
    assert list(Attachment.rows.order_by("pk").values_list("case_id_of", flat=True)) == list(cases)


def test_a_colleague_sees_them_without_the_buttons(clerk, cast):
    draft = begin(clerk)
    add(clerk, draft)
    shown = signed_in(cast.of("SUP")).get(page("step", draft.pk, "father")).content.decode()
    assert "1 photo or scan" in shown and of_draft("draft-papers", draft) in shown and 'value="phone"' not in shown
    assert not CaptureLink.rows.exists()


# ---- the one page of an easy birth


def easy(**more: Any) -> dict[str, Any]:
    """What is typed on the one page."""
    return {name: value for typed in answers().values() for name, value in typed.items()} | more


def test_the_one_page_becomes_a_draft_when_papers_are_photographed(clerk, cast):
    device = str(uuid4())
    sent_once = easy(weight_g="about three kilos", papers_seen="yes", then="phone", device_id=device)
    answer = fill_in(clerk, page("quick"), **sent_once)
    draft = Draft.rows.get()
    assert (draft.form, draft.title) == ("registration.quick", "Naw Hla Paw")
    assert answer["Location"] == of_draft("phone", draft)
    assert fill_in(clerk, page("quick"), **sent_once)["Location"] == answer["Location"]
    add(clerk, draft)
    back = f"{page('quick')}?draft={draft.pk}"
    assert back.replace("&", "&amp;") in clerk.get(of_draft("draft-papers", draft)).content.decode()
    shown = clerk.get(back)
    kept = fields_of(shown)
    assert (kept["mother_name_Latn"], kept["weight_g"], kept["papers_seen"], kept["_draft"]) == (
        "Naw Hla Paw", "about three kilos", "yes", str(draft.pk),
    )  # fmt: skip
    assert kept["notice_language"] == "ksw" and "1 photo or scan" in shown.content.decode()
    assert fill_in(clerk, back, weight_g="3100").status_code == 302
    birth = BirthRecord.rows.get()
    assert Attachment.rows.get().case_id_of == birth.case_id and not Draft.rows.exists()
    assert clerk.get(back).status_code == 409


def test_the_one_page_with_a_draft_sent_twice_is_one_birth(clerk):
    fill_in(clerk, page("quick"), **easy(then="papers"))
    back = f"{page('quick')}?draft={Draft.rows.get().pk}"
    form = fields_of(clerk.get(back))
    first, again = clerk.post(back, form), clerk.post(back, form)
    assert first.status_code == again.status_code == 302 and first["Location"] == again["Location"]
    late = clerk.post(back, form | {"idempotency_key": str(uuid4())})
    assert late.status_code == 422 and "This draft was sent or thrown away." in late.content.decode()
    nameless = clerk.post(back, form | {"idempotency_key": str(uuid4()), "_draft": ""})
    assert nameless.status_code == 422 and "This draft was sent or thrown away." in nameless.content.decode()
    assert BirthRecord.rows.count() == 1


def test_the_one_page_as_it_begins_is_no_draft(clerk):
    answer = fill_in(clerk, page("quick"), then="phone")
    assert answer.status_code == 422 and "Write something first" in answer.content.decode()
    began = fields_of(clerk.get(page("quick")))
    assert clerk.post("/drafts/save", began | {"_form": "registration.quick"}).status_code == 204
    assert not Draft.rows.exists()
    assert clerk.post("/drafts/save", began | {"phone": "0891234567"}).status_code == 200


def test_the_one_page_of_a_colleague_is_taken_over_first(clerk, cast):
    fill_in(clerk, page("quick"), **easy(then="papers"))
    draft = Draft.rows.get()
    add(clerk, draft)
    back, other = f"{page('quick')}?draft={draft.pk}", signed_in(cast.of("SUP"))
    assert other.get(back).status_code == 404
    assert other.post(reverse("drafts:take-over", args=[draft.pk]))["Location"] == back
    assert other.get(back).status_code == 200
    taken = clerk.get(back)
    assert taken.status_code == 409 and "Take it over to go on." in taken.content.decode()
    assert "Birth notice" in other.get(of_draft("draft-papers", draft)).content.decode()
    for odd in ("x", "0", "9" * 30):
        assert other.get(page("quick"), {"draft": odd}).status_code == 404
