"""Who may and who must not be given the certificate, at the first handover and at the second (day.md 18)."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from casework.audit.models import Event, EventValue
from casework.documents.services.ordering import request_document
from casework.kernel.refusals import Conflict, Refusal
from registration.models import BirthRecord, Collector
from registration.services import collectors, corrections, progress
from registration.services import office as at_office
from tests.factories import registration as births
from tests.factories.cast import Cast, make_cast
from tests.factories.registration import NOW, TODAY

pytestmark = pytest.mark.django_db
SECRET = "He beat her in March"


def make_rows() -> tuple[Cast, BirthRecord]:
    """Registered under a wrong name, compared, not yet handed over."""
    cast = make_cast()
    worker = cast.of("CW")
    outcome = births.registered(cast.mae_sot, worker, None, name_th="ชื่อผิด")
    at_office.check_outcome(outcome=outcome, by=worker, today=TODAY)
    return cast, outcome.birth


def name(birth, by, *, is_allowed=False, name="Saw Thu Ra", relation="father", reason=SECRET) -> Collector:
    return collectors.name_collector(
        birth=birth, is_allowed=is_allowed, name=name, relation=relation, reason=reason, by=by
    )


def first(birth, by, to="Naw Paw", relation="mother", sign="thumb"):
    row = BirthRecord.rows.get(pk=birth.pk)
    return at_office.hand_over(
        birth=row, to=to, relation=relation, sign=sign, on=TODAY, told="She knows", by=by, today=TODAY
    )


def second(birth, by, to="Naw Paw", relation="mother", sign="thumb"):
    """The handover of the corrected certificate, after the first one went to the mother."""
    row = BirthRecord.rows.get(pk=birth.pk)
    correction = row.corrections.first() or _corrected(row, by)
    return corrections.hand_over_again(
        correction=correction, to=to, relation=relation, sign=sign, on=TODAY, told="She knows", by=by, today=TODAY
    )


def _corrected(birth, by):
    first(birth, by)
    correction = births.correction(BirthRecord.rows.get(pk=birth.pk), by)
    corrections.record_asked(correction=correction, on=TODAY, by=by, today=TODAY)
    values = births.certificate(name_th=birth.case.child.name_in("Thai"))
    corrections.record_corrected(
        correction=correction, on=TODAY, values=values, superseded=(), by=by, now=NOW, today=TODAY
    )
    return corrections.check_corrected(correction=correction, by=by, today=TODAY)


HANDOVERS = pytest.mark.parametrize("hand", [first, second])


def code(refused: pytest.ExceptionInfo) -> tuple[str, str]:
    return refused.value.code, refused.value.field


@HANDOVERS
@pytest.mark.parametrize("missing", ["to", "relation", "sign"])
def test_both_handovers_ask_who_received_it(birth, worker, hand, missing):
    with pytest.raises(Refusal) as refused, transaction.atomic():
        hand(birth, worker, **{missing: " "})
    assert code(refused) == ("BR-HAND-1", f"handed_over_{missing}")
    assert hand(birth, worker).handed_over_to == "Naw Paw"


@HANDOVERS
@pytest.mark.parametrize(
    ("to", "relation"),
    [
        ("Saw Thu Ra", "relative"),
        ("saw  thu ra", "other"),
        ("Saw Thura", "relative"),
        ("Saw Another", "father"),  # a child has one father, however he spells himself
    ],
)
def test_who_must_not_is_refused_and_the_mother_is_not(birth, worker, hand, to, relation):
    name(birth, worker)
    with pytest.raises(Refusal) as refused, transaction.atomic():
        hand(birth, worker, to=to, relation=relation)
    assert code(refused) == ("BR-HAND-2", "handed_over_to")
    assert SECRET not in str(refused.value.sentence)
    assert hand(birth, worker).handed_over_to == "Naw Paw"


@HANDOVERS
def test_a_father_without_a_name_is_refused_by_his_relation(birth, worker, hand):
    name(birth, worker, name="")
    with pytest.raises(Refusal) as refused, transaction.atomic():
        hand(birth, worker, to="Ko Tun", relation="father")
    assert code(refused) == ("BR-HAND-2", "handed_over_to")
    assert hand(birth, worker, to="Ko Tun", relation="relative").handed_over_to == "Ko Tun"


@HANDOVERS
def test_where_the_family_named_who_may_somebody_else_is_asked_about_first(birth, worker, hand):
    name(birth, worker, is_allowed=True, name="Daw Khin Aye", relation="grandparent", reason="")
    with pytest.raises(Refusal) as refused, transaction.atomic():
        hand(birth, worker, to="U Maung Zaw", relation="relative")
    assert code(refused) == ("BR-HAND-3", "handed_over_to")
    assert hand(birth, worker, to="Daw Khin Aye", relation="grandparent").handed_over_to == "Daw Khin Aye"


@HANDOVERS
@pytest.mark.parametrize("relation", ["mother", "father", "guardian"])
def test_parents_and_guardian_need_no_naming(birth, worker, hand, relation):
    name(birth, worker, is_allowed=True, name="Daw Khin Aye", relation="grandparent", reason="")
    assert hand(birth, worker, to="Naw Paw", relation=relation).handed_over_relation == relation


@HANDOVERS
def test_where_nobody_is_named_whoever_is_sent_receives_it(birth, worker, hand):
    assert hand(birth, worker, to="U Maung Zaw", relation="relative").handed_over_to == "U Maung Zaw"


@HANDOVERS
def test_who_was_taken_off_the_list_receives_it(birth, worker, cast, hand):
    row = name(birth, worker)
    collectors.end_collector(collector=row, text="The court gave him custody", by=cast.of("SUP"), today=TODAY)
    assert hand(birth, worker, to="Saw Thu Ra", relation="father").handed_over_to == "Saw Thu Ra"


@pytest.mark.parametrize(
    ("facts", "code_", "allowed"),
    [
        ({"is_allowed": None}, "BR-COL-1", {}),
        ({"relation": ""}, "BR-COL-2", {}),
        ({"name": " ", "relation": "relative"}, "BR-COL-3", {"name": " ", "relation": "father"}),
        ({"name": "", "is_allowed": True}, "BR-COL-3", {"is_allowed": True, "reason": ""}),
        ({"reason": " "}, "BR-COL-4", {}),
    ],
)
def test_an_incomplete_line_is_refused_and_its_twin_is_not(birth, worker, facts, code_, allowed):
    with pytest.raises(Refusal) as refused, transaction.atomic():
        name(birth, worker, **facts)
    assert refused.value.code == code_
    assert name(birth, worker, **allowed).pk


def test_nobody_stands_on_both_lists(birth, worker):
    row = name(birth, worker)
    for facts in ({"is_allowed": True, "reason": ""}, {}):
        with pytest.raises(Refusal) as refused, transaction.atomic():
            name(birth, worker, **facts)
        assert code(refused) == ("BR-COL-5", "name")
    assert name(birth, worker, is_allowed=True, name="Naw Paw Wah", relation="relative").pk != row.pk


def test_the_database_asks_for_a_reason_and_a_name(birth, worker):
    facts = {"birth": birth, "relation": "relative", "created_by": worker}
    for more in ({"is_allowed": False, "name": "X"}, {"is_allowed": True}, {"is_allowed": False, "reason": "fear"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Collector.rows.create(**facts, **more)
    assert Collector.rows.create(**facts, is_allowed=False, name="X", reason="fear").pk


def test_only_a_supervisor_lifts_who_must_not_and_says_why(birth, worker, cast, client_of):
    may = name(birth, worker, is_allowed=True, name="Daw Khin Aye", relation="grandparent", reason="")
    must_not = name(birth, worker)
    clerk, supervisor = client_of(worker), client_of(cast.of("SUP"))
    assert clerk.post(f"/registration/collectors/{may.pk}/end/", {"text": "She moved"}).status_code == 302
    address = f"/registration/collectors/{must_not.pk}/end/"
    assert clerk.post(address, {"text": "He is nice"}).status_code == 403
    missing = supervisor.post(address, {"text": " "})
    assert missing.status_code == 422 and "Write why." in missing.content.decode()
    assert supervisor.post(address, {"text": "The court decided"}).status_code == 302
    must_not.refresh_from_db()
    assert must_not.ended_by == cast.of("SUP")
    with pytest.raises(Conflict):
        collectors.end_collector(collector=must_not, text="Again", by=worker, today=TODAY)


def test_the_hand_over_page_shows_the_list_refuses_and_keeps_what_was_typed(birth, worker, client_of):
    client, today = client_of(worker), timezone.localdate()
    told = {"is_allowed": "no", "relation": "father", "name": "Saw Thu Ra", "reason": SECRET}
    assert client.post(f"/registration/{birth.pk}/collectors/", told).status_code == 302
    address = f"/registration/{birth.pk}/hand-over/"
    page = client.get(address).content.decode()
    assert "Must not be given it" in page and SECRET in page
    sent = {
        "handed_over_to": "Saw Thu Ra", "handed_over_relation": "relative", "handed_over_sign": "thumb",
        "handed_over_on_d": today.day, "handed_over_on_m": today.month, "handed_over_on_y": today.year,
    }  # fmt: skip
    refused = client.post(address, sent)
    assert refused.status_code == 422
    assert "This person must not be given the certificate." in refused.content.decode()
    assert 'value="Saw Thu Ra"' in refused.content.decode()
    to_her = {**sent, "told": "She knows", "handed_over_to": "Naw Paw", "handed_over_relation": "mother"}
    assert client.post(address, to_her).status_code == 302


def test_the_second_handovers_page_shows_the_list_too(birth, worker, client_of):
    correction = _corrected(BirthRecord.rows.get(pk=birth.pk), worker)
    name(birth, worker)
    page = client_of(worker).get(f"/registration/corrections/{correction.pk}/hand-over/").content.decode()
    assert "Must not be given it" in page and "Hand over the corrected certificate" in page


def test_the_reason_stands_in_no_history_and_on_no_paper(birth, worker):
    row = name(birth, worker)
    BirthRecord.rows.filter(pk=birth.pk).update(informant_name="Saw Thu Ra", informant_relation="father")
    receipt = request_document(
        kind="registration.handover_receipt", subject=BirthRecord.rows.get(pk=birth.pk), language="en",
        requested_by=worker, now=NOW,
    )  # fmt: skip
    assert SECRET not in str(receipt.facts) and "Thu Ra" not in str(receipt.facts)
    assert not Event.objects.filter(reason__contains=SECRET).exists()
    assert not [v for v in EventValue.objects.all() if SECRET in str(v.changes)]
    collectors.end_collector(collector=row, text="Lifted", by=worker, today=TODAY)
    receipt = request_document(
        kind="registration.handover_receipt", subject=BirthRecord.rows.get(pk=birth.pk), language="en",
        requested_by=worker, now=NOW,
    )  # fmt: skip
    assert "Thu Ra" in str(receipt.facts)


def test_after_a_merge_who_must_not_stays_barred_and_who_may_is_asked_again(cast, worker):
    dropped, kept = births.gathering(cast.mae_sot, worker), births.gathering(cast.mae_sot, worker)
    name(dropped, worker)
    name(dropped, worker, is_allowed=True, name="Daw Khin Aye", relation="grandparent", reason="")
    progress.close_birth(birth=dropped, reason="duplicate", text="The same", by=cast.of("SUP"), today=TODAY)
    child = kept.case.child
    type(dropped.case).rows.filter(pk=dropped.case_id).update(child=child)
    for _again in range(2):
        collectors.keep_barred(child=child)
        assert [(row.name, row.reason) for row in kept.collectors.all()] == [("Saw Thu Ra", SECRET)]
