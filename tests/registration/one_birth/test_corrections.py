"""A wrong name found later: the correction's steps, its letter, the second handover, where the wrong name went."""

from __future__ import annotations

import datetime as dt
import io
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.urls import reverse
from PIL import Image

from casework.documents.models import Letter
from casework.documents.services.attachments import add_attachment
from casework.documents.services.making import render_document
from casework.documents.services.ordering import request_document
from casework.documents.services.trail import log_print
from casework.kernel.refusals import Conflict, Refusal
from casework.programmes.work import read_work
from casework.referrals.models import Service
from casework.referrals.services import send_referral
from registration.models import BirthRecord, Correction
from registration.queries.correction_work import correction_sources
from registration.queries.corrections import wrong_places
from registration.rules import corrections as rules
from registration.services import corrections, progress
from registration.services import office as at_office
from tests.factories import registration as births
from tests.factories.cases import make_consent
from tests.factories.cast import Cast, make_cast
from tests.factories.registration import NOW, TODAY

pytestmark = pytest.mark.django_db
SIGN = {"to": "Naw Paw", "relation": "mother", "sign": "thumb", "on": TODAY, "today": TODAY, "told": "She knows"}


def make_rows() -> tuple[Cast, BirthRecord]:
    """Registered under a wrong name."""
    cast = make_cast()
    return cast, births.registered(cast.mae_sot, cast.of("CW"), None, name_th="ชื่อผิด").birth


def handed_over(birth, worker):
    at_office.check_outcome(outcome=birth.outcome, by=worker, today=TODAY)
    at_office.hand_over(birth=birth, by=worker, **SIGN)
    return BirthRecord.rows.get(pk=birth.pk)


def asked(correction, worker, **more):
    return corrections.record_asked(correction=correction, by=worker, **{"on": TODAY, "today": TODAY, **more})


def corrected(correction, worker, **more):
    values = births.certificate(name_th=correction.birth.case.child.name_in("Thai"))
    told = {"on": TODAY, "values": values, "superseded": (), "now": NOW, "today": TODAY, **more}
    return corrections.record_corrected(correction=correction, by=worker, **told)


def take_to(state, correction, worker):
    """Take a correction to a state by its own steps."""
    if state != "open" and state != "withdrawn":
        asked(correction, worker)
    if state == "appointed":
        corrections.set_appointment(
            correction=correction, on=TODAY, registry_office=births.make_registry(), by=worker, today=TODAY
        )
    if state == "refused":
        corrections.record_refused(correction=correction, on=TODAY, text="No", by=worker, today=TODAY)
    if state in ("corrected", "handed_over"):
        corrected(correction, worker)
    if state == "handed_over":
        corrections.check_corrected(correction=correction, by=worker, today=TODAY)
        corrections.hand_over_again(correction=correction, by=worker, **SIGN)
    if state == "withdrawn":
        corrections.withdraw_correction(correction=correction, reason="Not wanted", by=worker, today=TODAY)
    correction.refresh_from_db()
    assert correction.state == state
    return correction


def step_to(target, correction, worker):
    """The one act that leads to a state."""
    match target:
        case "asked":
            return asked(correction, worker)
        case "appointed":
            return corrections.set_appointment(
                correction=correction, on=TODAY, registry_office=births.make_registry(), by=worker, today=TODAY
            )
        case "corrected":
            return corrected(correction, worker)
        case "refused":
            return corrections.record_refused(correction=correction, on=TODAY, text="No", by=worker, today=TODAY)
        case "withdrawn":
            return corrections.withdraw_correction(correction=correction, reason="No", by=worker, today=TODAY)
        case "handed_over":
            corrections.check_corrected(correction=correction, by=worker, today=TODAY)
            return corrections.hand_over_again(correction=correction, by=worker, **SIGN)
    raise AssertionError(target)


EDGES = {
    "open": {"asked", "withdrawn"},
    "asked": {"appointed", "corrected", "refused", "withdrawn"},
    "appointed": {"appointed", "corrected", "refused", "withdrawn"},
    "corrected": {"handed_over"},
    "refused": {"asked", "withdrawn"},
    "handed_over": set(),
    "withdrawn": set(),
}


@pytest.mark.parametrize("before", EDGES)
@pytest.mark.parametrize("after", ["asked", "appointed", "corrected", "refused", "withdrawn", "handed_over"])
def test_every_pair_of_states_through_its_service(birth, worker, before, after):
    correction = take_to(before, births.correction(handed_over(birth, worker), worker), worker)
    assert bool(rules.can_take_step(correction, after)) is (after in EDGES[before])
    if after in EDGES[before]:
        step_to(after, correction, worker)
        correction.refresh_from_db()
        assert correction.state == after
    else:
        with pytest.raises(Conflict) as refused, transaction.atomic():
            step_to(after, correction, worker)
        assert refused.value.code == "BR-COR-5"
        assert str(refused.value.sentence)
        correction.refresh_from_db()
        assert correction.state == before


def test_a_correction_asks_for_what_differs(birth, worker):
    correction = births.correction(birth, worker)
    assert [row.field for row in correction.discrepancies.all()] == ["name_th"]
    assert birth.discrepancies.get().state == "correction_requested"


def test_when_a_correction_can_begin(cast, birth, worker):
    unsigned = births.ready(cast.mae_sot, worker)
    same = births.registered(cast.mae_sot, worker).birth
    births.correction(birth, worker)
    for row, code in ((unsigned, "BR-COR-2"), (same, "BR-COR-4"), (birth, "BR-COR-3")):
        with pytest.raises(Conflict) as refused:
            births.correction(row, worker)
        assert refused.value.code == code


def test_a_closed_registration_is_opened_again_first(birth, worker):
    birth = handed_over(birth, worker)
    for row in birth.follow_ups.all():
        at_office.answer_follow_up(follow_up=row, answer="declined", by=worker, today=TODAY)
    progress.close_birth(birth=birth, reason="completed", text="", by=worker, today=TODAY)
    with pytest.raises(Conflict) as refused:
        births.correction(birth, worker)
    assert refused.value.code == "BR-COR-1"
    progress.reopen_birth(birth=birth, reason="A wrong name", by=worker, today=TODAY)
    assert births.correction(birth, worker).state == "open"


def test_nothing_chosen_is_refused(birth, worker):
    with pytest.raises(Refusal) as refused:
        births.correction(birth, worker, discrepancies=())
    assert refused.value.code == "BR-COR-9"


def test_one_correction_at_a_time_says_the_database(birth, worker):
    births.correction(birth, worker)
    with pytest.raises(IntegrityError), transaction.atomic():
        Correction.rows.create(birth=birth, registry_office=births.make_registry(), state_since=TODAY)


@pytest.mark.parametrize(("days", "code"), [(1, "BR-COR-6"), (-1, "BR-COR-7")])
def test_days_fit_the_steps(birth, worker, days, code):
    correction = births.correction(birth, worker)
    with pytest.raises(Refusal) as refused:
        asked(correction, worker, on=TODAY + dt.timedelta(days=days))
    assert refused.value.code == code
    assert asked(correction, worker).asked_on == TODAY


def test_an_appointment_is_not_in_the_past_and_can_be_moved(birth, worker):
    correction = asked(births.correction(birth, worker), worker)
    told = {"correction": correction, "registry_office": births.make_registry(), "by": worker, "today": TODAY}
    with pytest.raises(Refusal) as refused:
        corrections.set_appointment(on=TODAY - dt.timedelta(days=1), **told)
    assert refused.value.code == "BR-COR-8"
    corrections.set_appointment(on=TODAY, time="09.30", **told)
    corrections.set_appointment(on=TODAY + dt.timedelta(days=7), time="10.00", **told)
    assert (correction.appointment_on, correction.appointment_time) == (TODAY + dt.timedelta(days=7), "10.00")


@pytest.mark.parametrize(
    ("fee", "payer", "field"),
    [
        (None, "family", "fee_baht"),
        (Decimal(20), "", "fee_paid_by"),
        (Decimal(20), "nobody", "fee_paid_by"),
    ],
)
def test_a_fee_has_an_amount_and_a_payer(birth, worker, fee, payer, field):
    correction = births.correction(birth, worker)
    with pytest.raises(Refusal) as refused:
        corrections.record_fee(correction=correction, fee_baht=fee, paid_by=payer, by=worker)
    assert (refused.value.code, refused.value.field) == ("BR-COR-10", field)
    corrections.record_fee(correction=correction, fee_baht=Decimal(20), paid_by="family", by=worker)
    corrections.record_fee(correction=correction, fee_baht=None, paid_by="nobody", by=worker)
    assert (correction.fee_baht, correction.fee_paid_by) == (0, "nobody")


def test_a_refusal_needs_words_and_opens_the_difference_again(birth, worker):
    correction = asked(births.correction(birth, worker), worker)
    with pytest.raises(Refusal) as refused:
        corrections.record_refused(correction=correction, on=TODAY, text=" ", by=worker, today=TODAY)
    assert refused.value.code == "BR-COR-11"
    corrections.record_refused(correction=correction, on=TODAY, text="Bring a witness", by=worker, today=TODAY)
    assert birth.discrepancies.get().state == "open"
    asked(correction, worker)
    assert birth.discrepancies.get().state == "correction_requested"


def test_ending_a_correction_needs_a_reason(birth, worker):
    correction = births.correction(birth, worker)
    with pytest.raises(Refusal) as refused:
        corrections.withdraw_correction(correction=correction, reason="", by=worker, today=TODAY)
    assert refused.value.code == "BR-COR-12"
    corrections.withdraw_correction(correction=correction, reason="The family moved", by=worker, today=TODAY)
    assert birth.discrepancies.get().state == "open"


def test_the_second_handover_waits_for_the_second_comparison(birth, worker):
    birth = handed_over(birth, worker)
    correction = corrected(asked(births.correction(birth, worker), worker), worker)
    assert birth.discrepancies.get().state == "corrected"
    with pytest.raises(Conflict) as refused:
        corrections.hand_over_again(correction=correction, by=worker, **SIGN)
    assert refused.value.code == "BR-REG-5"
    corrections.check_corrected(correction=correction, by=worker, today=TODAY)
    with pytest.raises(Refusal) as refused:
        corrections.hand_over_again(correction=correction, by=worker, **{**SIGN, "sign": ""})
    assert (refused.value.code, refused.value.field) == ("BR-HAND-1", "handed_over_sign")
    corrections.hand_over_again(correction=correction, by=worker, **{**SIGN, "to": "Saw Htoo"})
    birth.outcome.refresh_from_db()
    assert (correction.handed_over_to, birth.outcome.handed_over_to) == ("Saw Htoo", "Naw Paw")


def test_the_second_handover_asks_for_a_word_on_what_still_differs(birth, worker):
    birth = handed_over(birth, worker)
    values = births.certificate(name_th="ชื่อผิดอีก")
    correction = corrected(asked(births.correction(birth, worker), worker), worker, values=values)
    corrections.check_corrected(correction=correction, by=worker, today=TODAY)
    with pytest.raises(Refusal) as refused:
        corrections.hand_over_again(correction=correction, by=worker, **{**SIGN, "told": " "})
    assert (refused.value.code, refused.value.field) == ("BR-HAND-4", "told")
    assert "ชื่อผิดอีก" in str(refused.value.findings[0].sentence)
    corrections.hand_over_again(correction=correction, by=worker, **SIGN)
    assert birth.discrepancies.get(state="open").settled_text == "She knows"


def test_a_certificate_corrected_before_its_handover_is_compared_again_and_handed_over_once(birth, worker):
    at_office.check_outcome(outcome=birth.outcome, by=worker, today=TODAY)
    correction = corrected(asked(births.correction(birth, worker), worker), worker)
    fresh = BirthRecord.rows.get(pk=birth.pk)
    assert fresh.outcome.checked_on is None
    with pytest.raises(Refusal):
        at_office.hand_over(birth=fresh, by=worker, **SIGN)
    corrections.check_corrected(correction=correction, by=worker, today=TODAY)
    corrections.hand_over_again(correction=Correction.rows.get(pk=correction.pk), by=worker, **SIGN)
    fresh = BirthRecord.rows.get(pk=birth.pk)
    assert (fresh.status, fresh.corrections.get().state) == ("handed_over", "handed_over")
    assert fresh.follow_ups.count() == 4


def photo(case, by, kind="certificate"):
    picture = io.BytesIO()
    Image.new("RGB", (60, 40), "white").save(picture, "JPEG")
    file = SimpleUploadedFile("photo.jpg", picture.getvalue())
    return add_attachment(subject=case, file=file, title=f"The {kind}", paper_kind=kind, by=by, now=NOW)


def test_scans_of_the_old_certificate_are_kept_and_struck(client_of, birth, worker):
    old, book = photo(birth.case, worker), photo(birth.case, worker, "other")
    correction = asked(births.correction(birth, worker), worker)
    client = client_of(worker)
    url = reverse("registration:correction-done", args=[correction.pk])
    form = client.get(url).context["form"]
    assert form.fields["superseded"].initial == [old.pk]
    corrected(correction, worker, superseded=[old])
    old.refresh_from_db()
    book.refresh_from_db()
    assert (old.superseded_on, old.removed_at, book.superseded_on) == (TODAY, None, None)
    papers = client.get(reverse("cases:panel", args=[birth.case_id, "documents"])).content.decode()
    assert "<s>The certificate</s>" in papers
    assert "<s>The other</s>" not in papers
    assert (
        "<s>The certificate</s>"
        in client.get(reverse("registration:correction", args=[correction.pk])).content.decode()
    )


def everywhere(birth, worker):
    """The wrong name went to a service, on a paper, to the insurance."""
    service = Service.objects.get_or_create(kind="insurance", name_en="Hospital desk", source="telephone")[0]
    later = NOW + dt.timedelta(hours=1)
    make_consent(birth.case, worker)
    referral = send_referral(
        case=birth.case, service=service, kind="insurance", urgency="72h", reason="Insured from birth",
        shared_fields=["name"], by=worker, now=later,
    )  # fmt: skip
    document = request_document(
        kind="registration.family_checklist", subject=birth, language="my", requested_by=worker, now=later
    )
    render_document(document_id=document.pk, now=later)
    document.refresh_from_db()
    log_print(document=document, by=worker, now=later)
    row = birth.follow_ups.get(kind="insurance")
    at_office.answer_follow_up(follow_up=row, answer="offered", by=worker, today=TODAY)
    return [f"referral-{referral.pk}", f"document-{document.pk}", f"follow-up-{row.pk}"]


def test_where_the_wrong_name_went_is_computed_and_ticked(cast, client_of, birth, worker, monkeypatch):
    birth = handed_over(birth, worker)
    correction = births.correction(birth, worker)
    assert wrong_places(correction) == []
    keys = everywhere(birth, cast.of("SUP"))
    places = {place.key: place for place in wrong_places(correction)}
    assert sorted(places) == sorted(keys)
    client = client_of(worker)
    url = reverse("registration:correction-told", args=[correction.pk])
    client.post(url, {"place": keys[0], "told": "yes"})
    assert {place.key for place in wrong_places(correction) if place.told_on} == {keys[0]}
    page = client.get(reverse("registration:correction", args=[correction.pk])).content.decode()
    assert "told on" in page
    client.post(url, {"place": keys[0], "told": "no"})
    assert not any(place.told_on for place in wrong_places(correction))
    client.post(url, {"place": "document-999999", "told": "yes"})
    assert not any(place.told_on for place in wrong_places(correction))


def test_work_items_follow_the_correction_to_the_last_place_told(cast, birth, worker):
    birth = handed_over(birth, worker)
    correction = births.correction(birth, worker)
    keys = everywhere(birth, cast.of("SUP"))
    titles = [item.title for item in read_work(correction_sources(worker, TODAY))]
    assert titles == ["Take the letter for the correction to the office"]
    take_to("handed_over", correction, worker)
    assert [item.title for item in read_work(correction_sources(worker, TODAY))] == [
        "Tell those who have the wrong name"
    ]
    for key in keys:
        corrections.tick_told(correction=correction, place=key, is_told=True, known=keys, by=worker, today=TODAY)
    assert list(read_work(correction_sources(worker, TODAY))) == []
    assert list(read_work(correction_sources(cast.of("SUP"), TODAY))) == []


def test_the_whole_way_over_the_pages(client_of, birth, worker):
    birth = handed_over(birth, worker)
    client = client_of(worker)
    detail = reverse("registration:detail", args=[birth.pk])
    assert reverse("registration:correction-start", args=[birth.pk]) in client.get(detail).content.decode()
    office = births.make_registry().pk
    begun = client.post(
        reverse("registration:correction-start", args=[birth.pk]),
        {"discrepancies": [row.pk for row in birth.discrepancies.all()], "registry_office": office},
    )
    correction = Correction.rows.get()
    page = reverse("registration:correction", args=[correction.pk])
    assert begun.url == page
    assert "Print the letter" in client.get(page).content.decode()
    day = dt.date.today()
    on = lambda name: {f"{name}_d": day.day, f"{name}_m": day.month, f"{name}_y": day.year, f"{name}_era": "ce"}  # noqa: E731
    steps = [
        ("correction-asked", on("asked_on")),
        ("correction-appointment", on("appointment_on") | {"appointment_time": "09.30", "registry_office": office}),
        ("correction-fee", {"fee_baht": "๒๐", "fee_paid_by": "clinic"}),
        (
            "correction-done",
            on("result_on") | on("registered_on") | {"form": "TR03", "name_th": birth.case.child.name_in("Thai")},
        ),
        ("correction-check", {}),
        (
            "correction-hand-over",
            on("handed_over_on")
            | {"handed_over_to": "Naw Paw", "handed_over_relation": "mother", "handed_over_sign": "thumb"},
        ),
    ]
    for name, data in steps:
        answer = client.post(reverse(f"registration:{name}", args=[correction.pk]), data)
        assert (answer.status_code, answer.url) == (302, page), name
    correction.refresh_from_db()
    assert (correction.state, correction.fee_baht, correction.appointment_time) == ("handed_over", 20, "09.30")
    assert "Handed over again" in client.get(page).content.decode()
    again = client.post(reverse("registration:correction-asked", args=[correction.pk]), on("asked_on"))
    assert again.status_code == 409


def test_a_wrong_day_is_said_beside_its_field_and_stays(client_of, birth, worker):
    correction = births.correction(birth, worker)
    data = {"asked_on_d": "31", "asked_on_m": "2", "asked_on_y": "2569", "receipt_no": "A-7"}
    answer = client_of(worker).post(reverse("registration:correction-asked", args=[correction.pk]), data)
    assert answer.status_code == 422
    assert "A-7" in answer.content.decode()


def test_the_letter_takes_the_next_number_of_the_year(birth, worker):
    births.correction(birth, worker)
    told = {"kind": "registration.correction_letter", "subject": birth, "requested_by": worker, "now": NOW}
    with pytest.raises(Refusal) as refused:
        request_document(language="en", **told)
    assert refused.value.code == "E-DOC-5"
    first = request_document(language="th", **told)
    copy = request_document(language="en", **told)
    letter = Letter.objects.get(document=first)
    assert letter.addressee.startswith("นายทะเบียน")
    assert first.facts["paper"]["number"] == copy.facts["paper"]["number"]
    assert first.facts["paper"]["number"].endswith(f"{letter.number}/2569")


def test_without_a_correction_there_is_no_letter(birth, worker):
    with pytest.raises(Refusal) as refused:
        request_document(
            kind="registration.correction_letter", subject=birth, language="th", requested_by=worker, now=NOW
        )
    assert refused.value.code == "E-PRT-6"
