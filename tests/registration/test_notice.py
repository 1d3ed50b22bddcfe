"""The notice comes first: it stands where the family is told, in its language, and can be printed."""

from __future__ import annotations

import re
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from casework.cases.models import NoticeGiven
from casework.documents.compose import Stamp, as_facts, compose
from casework.documents.models import Document
from casework.documents.pages import page_count, page_text
from casework.drafts.services import save_draft
from casework.reference.models import Text
from registration import documents
from tests.database import as_owner
from tests.factories import registration as births

pytestmark = pytest.mark.django_db
BURMESE = "ငွေပေးရန် မလိုပါ"


def page(client, url: str) -> str:
    answer = client.get(url)
    assert answer.status_code == 200
    return answer.content.decode()


def draft_at(cast, step: str, **answers: str):
    return save_draft(
        by=cast.of("CW"), form="registration.intake", answers=answers, step=step, device_id=uuid4(),
        office_id=cast.mae_sot.pk, done_steps=[],
    )  # fmt: skip


def test_the_first_step_has_the_notice_in_every_written_language(cast, client_of):
    shown = page(client_of(cast.of("CW")), reverse("registration:new"))
    assert "Read this to the family first" in shown
    for words in (BURMESE, "ความช่วยเหลือนี้ไม่มีค่าใช้จ่าย", "Our help costs nothing."):
        assert words in shown


def test_the_notice_is_printed_from_where_it_is_read(cast, client_of):
    client = client_of(cast.of("CW"))
    shown = page(client, reverse("registration:new"))
    form = re.search(
        r'<form id="print-notice" method="post" action="([^"]+)".*?name="kind" value="([^"]+)"', shown, re.S
    )
    assert 'type="submit" form="print-notice"' in shown
    answer = client.post(form[1], {"kind": form[2]})
    assert Document.rows.get().kind == "registration.notice"
    assert answer.url == reverse("documents:document", args=[Document.rows.get().pk])


def test_where_it_is_noted_the_notice_stands_open_in_the_familys_language(cast, client_of):
    client = client_of(cast.of("CW"))
    draft = draft_at(cast, "notice", notice_language="th")
    shown = page(client, reverse("registration:step", args=[draft.pk, "notice"]))
    assert '<details class="more mb-4" open><summary>' in shown
    assert shown.index("ความช่วยเหลือนี้ไม่มีค่าใช้จ่าย") < shown.index(BURMESE)
    assert "Read this to the family first" not in page(client, reverse("registration:step", args=[draft.pk, "child"]))


def test_a_reviewed_text_of_the_organisation_takes_its_place(cast, client_of):
    Text.objects.create(key="notice.short", language="my", version=2, body="အသစ်", source="t", reviewed_by="Legal")
    shown = page(client_of(cast.of("CW")), reverse("registration:new"))
    assert "အသစ်" in shown
    assert BURMESE not in shown


def test_the_notice_is_printed_on_one_sheet_about_nobody(cast, client_of):
    kind, office = documents.Notice(), cast.mae_sot
    paper = as_facts(kind.context(office, language="my", facts={}))
    stamp = Stamp(code="K7PD-3MXA-9QRT", url="https://x/verify/", made_at="", made_by="", office="")
    pdf = compose(kind, paper, language="my", stamp=stamp)
    text = "".join("".join(page_text(pdf)).split())
    assert page_count(pdf) == 1
    assert "".join(BURMESE.split()) in text
    assert "ความช่วยเหลือนี้ไม่มีค่าใช้จ่าย" in text
    assert "Information for the family" in page(client_of(cast.of("CW")), reverse("documents:blank"))


def test_the_consent_form_shows_what_is_asked_in_the_familys_language_first(cast, client_of):
    birth = births.ready(cast.mae_sot, cast.of("CW"))
    with as_owner():
        NoticeGiven.rows.filter(case=birth.case).delete()
    NoticeGiven.rows.create(
        case=birth.case, language="th", given_on=timezone.localdate(), given_by=cast.of("CW"), interpreter=""
    )
    shown = page(client_of(cast.of("CW")), reverse("cases:consent", args=[birth.case_id]))
    thai, burmese = "ขอให้เราส่งต่อข้อมูลของลูกท่าน", "သင့်ကလေး၏ အချက်အလက်များကို မျှဝေနိုင်ပါသလား"
    assert shown.index(thai) < shown.index(burmese)
    assert "Date of the answer" in shown
    assert "The organisation has not reviewed this wording yet." in shown
