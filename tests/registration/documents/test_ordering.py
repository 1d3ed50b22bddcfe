"""The clinic's papers, ordered on the page, made, and opened."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from django.template.loader import get_template
from django.urls import reverse
from django.utils import timezone

from casework.access.rights import truth_table
from casework.accounts.models import Grant
from casework.approvals.models import Absence
from casework.documents.kinds import UnknownKind, all_kinds
from casework.documents.models import Document, Letter
from casework.documents.pages import page_text
from casework.documents.services import render_document, request_document
from tests.factories.accounts import make_grant, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def at_desk(client, ploy, office, settings, tmp_path):
    """Ploy, signed in as a caseworker of the office."""
    settings.MEDIA_ROOT = tmp_path
    today = date.today()
    Grant.objects.create(
        user=ploy, role="CW", office=office, valid_from=today - timedelta(days=1), valid_to=today + timedelta(days=30)
    )
    client.force_login(ploy)
    return client


@pytest.fixture
def supervisor(supervisor):
    """One whose role holds today, not on the day of the papers."""
    today = timezone.localdate()
    Grant.objects.filter(user=supervisor).update(valid_from=today, valid_to=today + timedelta(days=30))
    return supervisor


def ordered(client, birth, kind: str, language: str) -> Document:
    answer = client.post(reverse("registration:papers", args=[birth.pk]), {"kind": kind, "language": language})
    assert answer.status_code == 302
    return Document.rows.latest("pk")


def test_a_letter_is_ordered_made_and_opened(at_desk, birth, supervisor):
    document = ordered(at_desk, birth, "registration.referral_letter", "th")
    render_document(document_id=document.pk, now=timezone.now())
    pdf = at_desk.get(reverse("documents:open", args=[document.pk]))
    text = "".join(page_text(pdf.content)).replace(" ", "")
    assert "เด็กหญิงพอวา" in text
    assert birth.case.tracking_code in text
    assert Letter.objects.get().addressee == "นายทะเบียนท้องถิ่นเทศบาลนครแม่สอด"
    assert document.case_id_of == birth.case_id


def test_a_letter_is_ordered_in_few_reads(birth, ploy, supervisor, django_assert_max_num_queries):
    order = {"kind": "registration.referral_letter", "language": "th", "requested_by": ploy, "now": timezone.now()}
    request_document(subject=birth, **order)
    with django_assert_max_num_queries(22):
        request_document(subject=type(birth).rows.get(pk=birth.pk), **order)


def test_what_may_not_be_printed_yet_is_said_on_the_page(at_desk, birth):
    type(birth).rows.filter(pk=birth.pk).update(status="gathering")
    url = reverse("registration:papers", args=[birth.pk])
    page = at_desk.post(url, {"kind": "registration.referral_letter", "language": "th"}, follow=True).content.decode()
    assert "Declare the papers complete first" in page
    assert not Document.rows.exists()


@pytest.mark.parametrize(
    ("kind", "made"),
    [
        ("registration.referral_letter", 1),
        ("emergency_fund.approval_sheet", 0),
        ("emergency_fund.decision", 0),
        ("funds.count_sheet", 0),
        ("registration.blank_intake", 0),
        ("", 0),
    ],
)
def test_only_a_paper_about_births_is_ordered_about_a_birth(at_desk, birth, ploy, kind: str, made: int):
    assert kind == "" or kind in {known.key for known in all_kinds()}
    url, order = reverse("registration:papers", args=[birth.pk]), {"kind": kind, "language": "th"}
    page = at_desk.post(url, order, follow=True).content.decode()
    assert (Document.rows.count(), "Choose a paper." in page) == (made, not made)


def test_no_service_makes_a_paper_of_another_record_that_has_the_same_number(birth, ploy):
    order = {"language": "th", "requested_by": ploy, "now": timezone.now()}
    for kind in ("emergency_fund.approval_sheet", "funds.count_sheet"):
        with pytest.raises(UnknownKind):
            request_document(subject=birth, kind=kind, **order)


def test_a_paper_that_is_not_there_yet_is_not_ordered_by_hand(at_desk, birth):
    url = reverse("registration:papers", args=[birth.pk])
    page = at_desk.post(url, {"kind": "registration.handover_receipt", "language": "th"}, follow=True).content.decode()
    assert "Compare the certificate with the record first." in page
    assert not Document.rows.exists()


def test_the_blank_form_is_printed_without_any_case(at_desk, office):
    at_desk.post(reverse("documents:blank"), {"kind": "registration.blank_intake"})
    document = render_document(document_id=Document.rows.get().pk, now=timezone.now())
    assert (document.state, document.pages, document.case_id_of) == ("ready", 2, None)
    assert at_desk.get(reverse("documents:document", args=[document.pk])).status_code == 200


def test_every_kind_names_a_right_and_a_template():
    for kind in all_kinds():
        assert kind.action in truth_table(), kind.key
        assert get_template(kind.template), kind.key


def test_a_paper_that_cannot_be_made_yet_stands_with_its_reason_and_without_a_button(at_desk, birth, supervisor):
    url = reverse("registration:papers", args=[birth.pk])
    page = at_desk.get(url).content.decode()
    assert "Compare the certificate with the record first." in page
    assert "Set the day first" in page
    assert "Write a plan first." in page
    assert 'value="registration.referral_letter"' in page
    for kind in ("handover_receipt", "appointment_slip", "case_plan", "family_plan", "correction_letter"):
        assert f'name="kind" value="registration.{kind}"' not in page, kind
    birth.case.next_step_on = date.today() + timedelta(days=3)
    birth.case.save()
    assert 'name="kind" value="registration.appointment_slip"' in at_desk.get(url).content.decode()
    type(birth).rows.filter(pk=birth.pk).update(status="registered")
    page = at_desk.get(url).content.decode()
    assert 'name="kind" value="registration.referral_letter"' not in page
    assert "nothing is left to notify" in page


def test_the_copy_of_a_letter_is_offered_once_the_letter_is_written(at_desk, birth, supervisor):
    url, copy = (
        reverse("registration:papers", args=[birth.pk]),
        'English</span><span class="vh">: Letter to the registry',
    )
    assert copy not in at_desk.get(url).content.decode()
    ordered(at_desk, birth, "registration.referral_letter", "th")
    assert copy in at_desk.get(url).content.decode()


def test_the_buttons_begin_with_the_language_of_the_family(at_desk, birth):
    page = reverse("registration:papers", args=[birth.pk])
    button = re.compile(r'name="language" value="(\w+)".{1,80}: Checklist for the family')

    def offered(spoken: str) -> list[str]:
        type(birth).rows.filter(pk=birth.pk).update(interpreter_language=spoken)
        return button.findall(at_desk.get(page).content.decode())

    assert offered("km") == ["km", "my", "th", "en", "lo"]
    assert offered("ksw") == ["my", "th", "en", "km", "lo"]
    assert "The family speaks S’gaw Karen, and no paper is written in it." in at_desk.get(page).content.decode()
    assert offered("lo")[0] == "lo"
    assert "no paper is written in it" not in at_desk.get(page).content.decode()


def test_the_page_offers_who_signs_and_a_deputy_signs_for_one_who_is_away(at_desk, birth, office, ploy, supervisor):
    today, page = timezone.localdate(), reverse("registration:papers", args=[birth.pk])
    anan = make_user("anan", full_name="Anan J.", position_th="นักกฎหมาย", position_en="Lawyer")
    assert 'name="signatory"' not in at_desk.get(page).content.decode()  # one who signs is not asked about
    make_grant(anan, "SUP", office)
    assert f'value="{anan.pk}-"' in at_desk.get(page).content.decode()
    Absence.rows.create(
        user=supervisor, deputy=anan, from_on=today, until_on=today, entered_by=supervisor, confirmed_by=ploy,
        confirmed_at=timezone.now(),
    )  # fmt: skip
    order = {"kind": "registration.referral_letter", "language": "th"}
    at_desk.post(page, {**order, "signatory": f"{supervisor.pk}-"})
    assert not Document.rows.exists()  # E-DOC-24: away
    at_desk.post(page, order)
    assert signed(Document.rows.latest("pk")) == ("Anan J.", "นักกฎหมาย", "")
    at_desk.post(page, {**order, "signatory": f"{anan.pk}-{supervisor.pk}"})
    place = "กาญจนา วงศ์ไพร หัวหน้าคลินิกกฎหมาย"
    assert signed(Document.rows.latest("pk")) == ("Anan J.", "นักกฎหมาย", f"ลงนามแทน {place}")
    at_desk.post(page, {**order, "language": "en"})  # the copy is signed as the letter is
    assert signed(Document.rows.latest("pk")) == ("Anan J.", "Lawyer", "for Kanchana W., หัวหน้าคลินิกกฎหมาย")


def signed(document: Document) -> tuple[str, str, str]:
    """Who signs a letter, in what position, for whom."""
    return tuple(document.facts["paper"]["signatory"][key] for key in ("name", "position", "signs_for"))
