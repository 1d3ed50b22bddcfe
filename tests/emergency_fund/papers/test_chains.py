"""Voucher, sheet and evidence tell every chain: what was rejected, granted on appeal, helped first, signed for whom."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from casework.approvals.states import Act
from casework.documents.services.attachments import add_attachment
from casework.funds.services.samples import draw_sample
from emergency_fund.documents.evidence import EvidencePaper
from emergency_fund.documents.paying import VoucherPaper
from emergency_fund.documents.staff import ApprovalPaper
from emergency_fund.models import AssistanceRequest
from emergency_fund.services.appeals import decide_appeal
from emergency_fund.services.deciding import decide, turn_away
from emergency_fund.services.emergencies import help_now
from emergency_fund.states import RequestState
from tests.documents.test_attachments import picture
from tests.emergency_fund.test_appeals import granted, rejected, second, upheld  # noqa: F401  fixtures
from tests.emergency_fund.test_delivering import paid
from tests.emergency_fund.test_deputies import request_ as away  # noqa: F401  a fixture
from tests.emergency_fund.test_emergencies import WHY, officer, urgent  # noqa: F401  fixtures
from tests.emergency_fund.test_money_path import NOW, TODAY, ask, recommended
from tests.factories.fund_after import appealed
from tests.factories.papers import pages_of, squeezed, text_of

pytestmark = pytest.mark.django_db


def approvers(request: AssistanceRequest) -> str:
    paper = VoucherPaper()
    return " ".join(paper.context(paper.whole(request), language="en", facts={}).approved_by)


def evidence(cast, request: AssistanceRequest, mother, language: str = "en") -> str:
    """The pack of a payment of ten baht."""
    paid(cast, request.lines.first(), 10, mother, "h-1", proof="thumb_print", witness="Ma Khin")
    sample = draw_sample(
        office=cast.mae_sot, programme="emergency_fund", first_on=TODAY - timedelta(days=30), last_on=TODAY, size=1,
        seed="dice", language=language, by=cast.of("AUD"), now=timezone.now(),
    )  # fmt: skip
    assert pages_of(EvidencePaper(), sample.payments.get(), language) <= 2
    return text_of(EvidencePaper(), sample.payments.get(), language)


def named(person) -> str:
    return squeezed(person.full_name)


def test_what_was_granted_on_appeal_names_who_granted_it(cast, rejected, second, mother):  # noqa: F811
    granted(appealed(rejected, cast.of("CW")), cast.of("FA"), 3900, 800)
    assert cast.of("FA").full_name in approvers(rejected) and second.full_name not in approvers(rejected)
    sheet = text_of(ApprovalPaper(), rejected, "en")
    assert f"{named(second)}:rejectedit" in sheet and f"{named(cast.of('FA'))}:approved" in sheet
    assert "Whodecidesontheappeal" in sheet and f"Appealnotedby:{named(cast.of('CW'))}" in sheet
    pack = evidence(cast, rejected, mother)
    for words in ("rejectedit(Fundofficer)", "notedtheappeal", "ontheappeal:approved(Fundmanager)", "Bandoftheappeal"):
        assert words in pack
    assert all(named(person) in pack for person in (second, cast.of("FA")))


def test_the_thai_pack_tells_the_appeal(cast, rejected, mother):  # noqa: F811
    granted(appealed(rejected, cast.of("CW")), cast.of("FA"), 3900, 800)
    assert "อุทธรณ์:อนุมัติ" in evidence(cast, rejected, mother, "th")
    assert "ผู้พิจารณาอุทธรณ์" in text_of(ApprovalPaper(), rejected, "th")


def test_an_appeal_that_was_upheld_is_told_and_pays_nothing(cast, rejected):  # noqa: F811
    upheld(appealed(rejected, cast.of("CW")), cast.of("FA"))
    assert f"{named(cast.of('FA'))}:rejectedit" in text_of(ApprovalPaper(), rejected, "en")
    assert not VoucherPaper().can_make(rejected)


def test_an_appeal_that_started_a_request_anew_did_not_approve_the_money(
    cast, case, budget, mother, second  # noqa: F811
):  # fmt: skip
    request = turn_away(request=ask(cast, case), to=RequestState.INELIGIBLE, code="outside", told="Not for this fund",
                        by=cast.of("FO"), now=NOW)  # fmt: skip
    assert not ApprovalPaper().can_make(request)
    appeal = appealed(request, cast.of("CW"))
    assert "notyet" in text_of(ApprovalPaper(), request, "en")
    decide_appeal(appeal=appeal, act=Act.APPROVE, amounts={}, by=cast.of("FA"), now=NOW)
    request.refresh_from_db()
    request = recommended(cast, request, budget)
    decide(request=request, act=Act.APPROVE, amounts={}, by=second, now=NOW)
    assert second.full_name in approvers(request) and cast.of("FA").full_name not in approvers(request)
    pack = evidence(cast, request, mother)
    assert pack.index("saidthatitisnotforthefund") < pack.index("ontheappeal:approved")


def test_who_helped_first_is_told_once_before_the_others(cast, urgent, officer, mother):  # noqa: F811
    request = help_now(request=urgent, reason=WHY, by=officer, now=NOW)
    assert approvers(request).startswith(f"{officer.full_name} (helped first, an emergency)")
    decide(request=request, act=Act.APPROVE, amounts={}, by=cast.of("FA"), now=NOW)
    assert cast.of("FA").full_name in approvers(request) and approvers(request).count(officer.full_name) == 1
    assert f"{named(officer)}" in evidence(cast, request, mother).partition("helpedbeforetheapproval,anemergency")[2]


def test_for_whom_a_deputy_signed_is_told(cast, away, mother):  # noqa: F811
    for signer in ("FA", "PM"):
        decide(request=away, act=Act.APPROVE, amounts={}, by=cast.of(signer), now=NOW)
    absent = away.approval.actions.first().acted_for
    assert f"{cast.of('FA').full_name} (for {absent.full_name}, deputy)" in approvers(away)
    pack = evidence(cast, away, mother)
    assert f"(for{named(absent)},deputy)" in pack and f"{named(cast.of('PM'))}(for" not in pack


@pytest.mark.parametrize("kind, words", [("receipt", "Receipt"), ("other", "Otherpaper")])
def test_what_was_added_stands_in_the_pack_with_its_hash_and_without_its_title(
    cast, rejected, mother, kind, words  # noqa: F811
):  # fmt: skip
    granted(appealed(rejected, cast.of("CW")), cast.of("FA"), 3900, 800)
    paper = add_attachment(
        subject=rejected, file=SimpleUploadedFile("slip.jpg", picture()), title="Slip of Naw Paw", paper_kind=kind,
        by=cast.of("CW"), now=NOW,
    )  # fmt: skip
    pack = evidence(cast, rejected, mother)
    assert paper.sha256 in pack and words in pack and "SlipofNawPaw" not in pack and "Nothingwasadded" not in pack
