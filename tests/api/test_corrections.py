"""What differs on a certificate over the API, and the steps of its correction."""

from __future__ import annotations

import datetime as dt
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from PIL import Image

from casework.documents.models import Attachment
from casework.documents.services.attachments import add_attachment
from registration.models import BirthRecord
from tests.factories.registration import NOW, TODAY, gathering, make_registry, registered

DAY = str(TODAY)
TO = {"handed_over_to": "Naw Paw", "handed_over_relation": "mother", "handed_over_sign": "thumb", "handed_over_on": DAY}


@pytest.fixture
def birth(cast) -> BirthRecord:
    """Registered under a wrong name."""
    return registered(cast.mae_sot, cast.of("CW"), name_th="ชื่อผิด").birth


@pytest.fixture
def row(birth) -> str:
    return f"births/{birth.pk}/"


@pytest.fixture
def begun(caller, birth, row) -> str:
    """The address of a correction just begun."""
    told = {"discrepancies": [birth.discrepancies.get().pk], "registry_office": make_registry().pk}
    answer = caller().act("start-correction/", told, row=row)
    assert answer.status_code == 200, answer.content
    return f"corrections/{answer.json()['corrections'][0]['id']}/"


def test_a_correction_goes_its_way_to_the_second_handover(caller, birth, row, begun):
    call, later = caller(), str(timezone.localdate() + dt.timedelta(days=7))

    def step(path: str, body: dict | None = None) -> dict:
        answer = call.act(f"{begun}{path}/", body, row=row)
        assert answer.status_code == 200, answer.content
        return answer.json()["corrections"][0]

    assert step("asked", {"asked_on": DAY, "receipt_no": "77"})["state"] == "asked"
    day = {"appointment_on": later, "appointment_time": "9:00", "registry_office": make_registry().pk}
    assert step("appointment", day)["appointment_time"] == "9:00"
    free = step("fee", {"fee_baht": "20", "fee_paid_by": "family"})
    assert (free["fee_baht"], free["fee_paid_by"]) == ("20.00", "family")
    assert step("done", {"result_on": DAY, "name_th": birth.case.child.name_in("Thai")})["state"] == "corrected"
    early = call.act(f"{begun}hand-over/", TO, row=row)
    assert (early.status_code, early.json()["code"]) == (409, "BR-REG-5")
    assert step("check")["checked_on"] is not None
    assert step("hand-over", TO)["handed_over_to"] == "Naw Paw"
    shown = call.get(row).json()
    assert (shown["status"], shown["differences"][0]["state"]) == ("handed_over", "corrected")
    assert shown["outcome"]["certificate_no"] == "12/2569", "what was not told stands as before"


def test_the_steps_refuse_with_the_codes_of_the_page(caller, row, begun):
    call, later = caller(), str(timezone.localdate() + dt.timedelta(days=7))
    wrong = {
        "asked": ({"asked_on": later}, 422, "BR-COR-6"),
        "done": ({"result_on": DAY}, 409, "BR-COR-5"),
        "refused": ({"result_on": DAY, "result_text": "No"}, 409, "BR-COR-5"),
        "fee": ({"fee_paid_by": "family"}, 422, "BR-COR-10"),
        "withdraw": ({}, 422, "BR-COR-12"),
        "told": ({"place": "referral-1"}, 422, "BR-COR-13"),
    }
    for path, (body, status, code) in wrong.items():
        answer = call.act(f"{begun}{path}/", body, row=row)
        assert (path, answer.status_code, answer.json()["code"]) == (path, status, code)
    assert call.act(f"{begun}fee/", {"fee_baht": "9999999", "fee_paid_by": "family"}, row=row).status_code == 400
    ended = call.act(f"{begun}withdraw/", {"reason": "The family does not want it"}, row=row).json()
    assert (ended["corrections"][0]["state"], ended["differences"][0]["state"]) == ("withdrawn", "open")


def test_what_the_office_refused_is_open_again(caller, row, begun):
    call = caller()
    call.act(f"{begun}asked/", {"asked_on": DAY}, row=row)
    assert call.act(f"{begun}refused/", {"result_on": DAY}, row=row).json()["code"] == "BR-COR-11"
    refused = call.act(f"{begun}refused/", {"result_on": DAY, "result_text": "No"}, row=row).json()
    assert (refused["corrections"][0]["state"], refused["differences"][0]["state"]) == ("refused", "open")


def test_only_what_is_open_and_its_own_is_corrected(caller, cast, birth, row):
    other = registered(cast.mae_sot, cast.of("CW"), name_th="ชื่ออื่น").birth.discrepancies.get()
    office = {"registry_office": make_registry().pk}
    mixed = {**office, "discrepancies": [birth.discrepancies.get().pk, other.pk]}
    refused = caller().act("start-correction/", mixed, row=row)
    assert (refused.status_code, refused.json()["field"]) == (400, "discrepancies")
    assert caller().act("start-correction/", {**office, "discrepancies": []}, row=row).json()["code"] == "BR-COR-9"
    assert not birth.corrections.exists()
    early = gathering(cast.mae_sot, cast.of("CW"))
    answer = caller().act("start-correction/", {**office, "discrepancies": []}, row=f"births/{early.pk}/")
    assert (answer.status_code, answer.json()["code"]) == (409, "BR-COR-2")


@pytest.mark.parametrize(("told", "marked"), [({}, {"certificate"}), ({"superseded": []}, set())])
def test_scans_of_the_old_certificate_are_marked_unless_others_are_named(caller, cast, birth, row, begun, told, marked):
    for kind in ("certificate", "other"):
        photo = io.BytesIO()
        Image.new("RGB", (60, 40), "white").save(photo, "JPEG")
        file = SimpleUploadedFile("photo.jpg", photo.getvalue())
        add_attachment(subject=birth.case, file=file, title=kind, paper_kind=kind, by=cast.of("CW"), now=NOW)
    caller().act(f"{begun}asked/", {"asked_on": DAY}, row=row)
    done = caller().act(f"{begun}done/", {"result_on": DAY, **told}, row=row)
    assert done.status_code == 200, done.content
    replaced = Attachment.rows.exclude(superseded_on=None).values_list("paper_kind", flat=True)
    assert set(replaced) == marked


def test_a_difference_is_noted_by_hand_and_a_certificate_copied_anew(caller, birth, row):
    told = {"field": "mother", "right": "นางหน่อพอ", "on": "certificate", "written": "นางหน่อ"}
    refused = caller().act("note-difference/", told | {"right": ""}, row=row)
    assert (refused.status_code, refused.json()["code"]) == (422, "BR-DIS-3")
    noted = caller().act("note-difference/", told, row=row).json()["differences"]
    assert "นางหน่อ" in {one["value_b"] for one in noted}
    right = {"name_th": birth.case.child.name_in("Thai")}
    copied = caller().act("outcome/correct/", right, row=row).json()
    assert (copied["outcome"]["name_th"], copied["outcome"]["certificate_no"]) == (right["name_th"], "12/2569")
    states = {one["field"]: one["state"] for one in copied["differences"]}
    assert (states["name_th"], states["mother"]) == ("corrected", "open")


def test_there_is_no_certificate_to_copy_anew_yet(caller, cast):
    early = gathering(cast.mae_sot, cast.of("CW"))
    assert caller().act("outcome/correct/", {"name_th": "ก"}, row=f"births/{early.pk}/").status_code == 404
