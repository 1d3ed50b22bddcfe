"""Public services after the handover, and the referrals that go with them."""

from __future__ import annotations

import pytest
from django.urls import reverse

from casework.referrals.models import Referral, Service
from casework.referrals.services import cancel_referral, send_referral
from registration.documents.folder import Folder
from registration.models import BirthRecord
from registration.services import office
from tests.factories import cases
from tests.factories import registration as births
from tests.factories.cases import NOW
from tests.factories.forms import fields_of, fill_in
from tests.factories.registration import TODAY

pytestmark = pytest.mark.django_db


@pytest.fixture
def worker(cast):
    return cast.of("CW")


@pytest.fixture
def birth(cast, worker) -> BirthRecord:
    """Its certificate is with the family."""
    return handed_over(cast, worker)


def handed_over(cast, worker) -> BirthRecord:
    outcome = births.registered(cast.mae_sot, worker)
    office.check_outcome(outcome=outcome, by=worker, today=TODAY)
    received = {"to": "Naw Paw", "relation": "mother", "sign": "thumb", "on": TODAY}
    office.hand_over(birth=outcome.birth, by=worker, today=TODAY, **received)
    return BirthRecord.rows.get(pk=outcome.birth_id)


def referred(birth: BirthRecord, worker, kind: str = "insurance") -> Referral:
    """The case was sent to a service."""
    service = Service.objects.create(kind=kind, name_en=f"Desk for {kind}", name_th="จุดบริการ", source="telephone")
    cases.make_consent(birth.case, worker, purpose="school" if kind == "school" else "hospital")
    return send_referral(
        case=birth.case, service=service, kind=kind, urgency="14d", reason="Please help", shared_fields=["name"],
        by=worker, now=NOW,
    )  # fmt: skip


def page(birth: BirthRecord, kind: str = "insurance") -> str:
    return reverse("registration:follow-up", args=[birth.follow_ups.get(kind=kind).pk])


def test_a_wanted_service_goes_with_the_referral_that_was_sent_for_it(birth, worker, client_of):
    client = client_of(worker)
    assert "No service was asked yet" in client.get(page(birth)).content.decode()
    assert fill_in(client, page(birth), answer="offered").status_code == 302
    assert birth.follow_ups.get(kind="insurance").referral is None
    school, sent = referred(birth, worker, "school"), referred(birth, worker)
    assert fields_of(client.get(page(birth, "vaccination")))["referral"] == "", "none was sent for it"
    assert fields_of(client.get(page(birth)))["referral"] == str(sent.pk)
    assert fill_in(client, page(birth), answer="offered").status_code == 302
    assert birth.follow_ups.get(kind="insurance").referral == sent
    assert (
        "Desk for insurance: Sent, waiting"
        in client.get(reverse("registration:detail", args=[birth.pk])).content.decode()
    )
    where = {line.what.main: line.where.main for line in Folder().context(birth, language="en", facts={}).todo}
    assert where["Health insurance"] == "Desk for insurance"
    assert fill_in(client, page(birth), answer="offered", referral=school.pk).status_code == 302
    assert birth.follow_ups.get(kind="insurance").referral == school, "as the worker says"
    assert fill_in(client, page(birth), answer="declined").status_code == 302
    assert birth.follow_ups.get(kind="insurance").referral is None


def test_neither_another_case_nor_a_referral_taken_back_can_be_chosen(birth, cast, worker, client_of):
    client, other = client_of(worker), referred(handed_over(cast, worker), worker)
    assert fill_in(client, page(birth), answer="offered", referral=other.pk).status_code == 422
    sent = referred(birth, worker)
    cancel_referral(referral=sent, reason="Sent twice", by=worker)
    assert fields_of(client.get(page(birth)))["referral"] == ""
    assert fill_in(client, page(birth), answer="offered", referral=sent.pk).status_code == 422
    assert fill_in(client, page(birth), answer="offered", referral="").status_code == 302


def test_closing_shows_first_what_is_still_open_and_where_it_is_settled(birth, worker, client_of):
    client, closing = client_of(worker), reverse("registration:close", args=[birth.pk])
    case = reverse("cases:detail", args=[birth.case_id])
    shown = client.get(closing).content.decode()
    assert f'<a href="{page(birth)}">Answer first: Health insurance.</a>' in shown
    assert f'<a href="{case}">1 referral is open.</a>' not in shown
    sent = referred(birth, worker)
    assert f'<a href="{case}">1 referral is open.</a>' in client.get(closing).content.decode()
    cancel_referral(referral=sent, reason="Not wanted", by=worker)
    for row in birth.follow_ups.all():
        office.answer_follow_up(
            follow_up=row, answer="declined", note_text="", referral=None, by=worker, today=TODAY
        )  # fmt: skip
    assert "Still open before it is completed" not in client.get(closing).content.decode()
