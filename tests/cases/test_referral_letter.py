"""The letter to a service: of the child what was ticked, while consent holds, in the service's language."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse
from django.utils import timezone

from casework.documents.models import Document, Letter
from casework.documents.pages import page_text
from casework.documents.services import render_document
from casework.kernel.digits import to_thai_digits
from casework.notifications.models import Mail
from casework.people.services.families import add_member, create_family
from casework.referrals.models import Referral, Service
from casework.referrals.services import cancel_referral, send_referral
from tests.factories import cases
from tests.factories.people import make_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def referral(cast, settings, tmp_path) -> Referral:
    """A girl and her mother: the service is told the girl's name and sex."""
    settings.MEDIA_ROOT, worker = tmp_path, cast.of("CW")
    case = cases.make_case(cast.mae_sot, worker, child=make_person("Naw Eh Wah", by=worker, sex="F"))
    cases.make_consent(case, worker)
    return refer(case, worker)


def refer(case, by, languages="", **more) -> Referral:
    service = Service.objects.create(
        kind="insurance", name_en="Desk", name_th="โต๊ะประกัน", area="Mae Sot", source="telephone",
        email="desk@example.org", languages=languages,
    )  # fmt: skip
    return send_referral(
        case=case, service=service, kind="insurance", urgency="72h", reason="Insurance from birth",
        shared_fields=["name", "sex"], by=by, now=timezone.now(), **more,
    )  # fmt: skip


def order(client, referral, language="th") -> int:
    """Order the letter on its page and answer how many there are."""
    client.post(papers(referral), {"kind": "referrals.letter", "language": language})
    return Document.rows.count()


def papers(referral) -> str:
    return reverse("documents:papers", args=["referrals.referral", referral.pk])


def test_the_letter_tells_what_was_ticked_and_nothing_else(cast, client_of, referral):
    client, case = client_of(cast.of("CW")), referral.case
    mother = make_person("Naw Mu Paw", by=cast.of("CW"))
    family = create_family(by=cast.of("CW"))
    add_member(family=family, person=mother, role="mother", by=cast.of("CW"))
    type(case).rows.filter(pk=case.pk).update(family=family)
    assert papers(referral) in client.get(reverse("referrals:detail", args=[referral.pk])).content.decode()
    assert order(client, referral) == 1
    document = render_document(document_id=Document.rows.get().pk, now=timezone.now())
    pdf = client.get(reverse("documents:open", args=[document.pk])).content
    text = "".join("".join(page_text(pdf)).split())
    year = f"/{timezone.localdate().year + 543}"
    for told in ("โต๊ะประกัน", "NawEhWah", "หญิง", "Insurancefrombirth", case.number, year):
        assert told in text, told
    assert "Paw" not in text and "มารดา" not in text
    assert Letter.objects.get().addressee == "ผู้รับผิดชอบโต๊ะประกัน"
    assert Mail.objects.get().language == "th"
    cast.mae_sot.thai_digits = ["referrals.letter"]
    cast.mae_sot.save()
    assert order(client, referral) == 2 and order(client, referral, "en") == 3
    thai, english = (
        "".join("".join(page_text(client.get(reverse("documents:open", args=[row.pk])).content)).split())
        for row in (render_document(document_id=row.pk, now=timezone.now()) for row in Document.rows.order_by("pk")[1:])
    )
    assert (
        f"/{to_thai_digits(year[1:])}" in thai and case.number in thai and year not in thai.partition("เอกสารประกอบ")[0]
    )
    assert year in english and not re.search("[๐-๙]", english)


def test_a_service_that_reads_english_gets_its_letter_and_mail_in_english(cast, client_of, referral):
    client, case = client_of(cast.of("CW")), cases.make_case(cast.mae_sot, cast.of("CW"))
    cases.make_consent(case, cast.of("CW"))
    english = refer(case, cast.of("CW"), languages="English, Karen")
    assert Mail.objects.latest("pk").language == "en"
    assert order(client, english, "th") == 0  # a copy comes after the letter
    assert order(client, english, "en") == 1 and order(client, english, "th") == 2
    assert [row.facts["paper"]["is_copy"] for row in Document.rows.order_by("pk")] == [False, True]
    assert order(client, referral, "en") == 2 and order(client, referral, "th") == 3


def test_after_consent_or_referral_ended_no_letter_is_made_or_handed_out(cast, client_of, referral):
    client, worker = client_of(cast.of("CW")), cast.of("CW")
    assert order(client, referral) == 1
    document = render_document(document_id=Document.rows.get().pk, now=timezone.now())
    opened, page = (reverse(f"documents:{name}", args=[document.pk]) for name in ("open", "document"))
    assert client.get(opened).status_code == 200 and opened in client.get(page).content.decode()
    withdrawn = client.post(reverse("cases:consent-withdraw", args=[referral.consent_id]), follow=True)
    told = withdrawn.content.decode()
    for said in ("Desk", "The child’s name, Sex", "letter printed on", reverse("referrals:detail", args=[referral.pk])):
        assert said in told, said
    assert [task.title for task in referral.case.tasks.all()] == ["Tell them that the family no longer agrees: Desk"]
    assert order(client, referral) == 1
    assert client.get(opened).status_code == 409 and document.prints.count() == 1
    assert opened not in client.get(page).content.decode()
    why = {"may_override": True, "override_reason": "The child is in danger"}
    forced = refer(referral.case, worker, **why)
    assert order(client, forced) == 2
    cancel_referral(referral=forced, reason="Found elsewhere", by=worker)
    assert order(client, forced) == 2


def test_a_consent_for_something_else_or_under_which_nobody_was_told_leaves_no_work(cast, client_of, referral):
    client, case = client_of(cast.of("CW")), referral.case
    school = cases.make_consent(case, cast.of("CW"), purpose="school")
    page = client.post(reverse("cases:consent-withdraw", args=[school.pk]), follow=True).content.decode()
    assert "Nobody was told" in page and not case.tasks.exists()
    cases.make_consent(case, cast.of("CW"), decision="no")  # a no after a yes withdraws it
    assert case.tasks.count() == 1
