"""Photos and scans over the API: put on a record, listed, downloaded, taken off."""

from __future__ import annotations

import base64
import io

import pytest
from PIL import Image

from casework.audit.models import Event
from casework.cases.models import Case
from casework.documents.models import Attachment
from tests.factories.cases import make_case, make_sealed


@pytest.fixture
def case(cast) -> Case:
    return make_case(cast.mae_sot, cast.of("CW"))


def photo(colour: str = "white") -> str:
    content = io.BytesIO()
    Image.new("RGB", (60, 40), colour).save(content, "JPEG")
    return base64.b64encode(content.getvalue()).decode()


@pytest.fixture
def body(case):
    """A photo of the house book, for the case."""

    def make(**more: object) -> dict[str, object]:
        told = {"subject_type": "cases.case", "subject_id": case.pk, "title": "House book", "paper_kind": "other"}
        return {**told, "file": photo(), **more}

    return make


def test_a_photo_is_put_on_a_record_once_listed_and_downloaded(caller, cast, case, body):
    first, again = (caller().post("attachments/", body(), **{"Idempotency-Key": "p"}) for _ in range(2))
    assert first.status_code == 201, first.content
    assert first.json() == again.json() and Attachment.rows.get().added_by == cast.of("CW")
    other = caller().post("attachments/", body(file=photo("black")), **{"Idempotency-Key": "p"})
    assert other.json()["code"] == "IDEM-USED", "the key is kept for the bytes as well"
    about = {"subject_type": "cases.case", "subject_id": case.pk}
    assert [row["title"] for row in caller().get("attachments/", **about).json()["results"]] == ["House book"]
    file = caller().get(f"attachments/{first.json()['id']}/file/")
    assert (file["Content-Type"], file["Content-Security-Policy"]) == ("image/jpeg", "sandbox")
    assert file.content.startswith(b"\xff\xd8\xff")
    assert Event.objects.filter(action="documents.attachment.downloaded", actor=cast.of("CW")).count() == 1


@pytest.mark.parametrize(
    ("told", "status", "code", "field"),
    [
        ({"file": "eHh4"}, 422, "BR-DOC-1", "file"), ({"title": ""}, 422, "E-DOC-10", "title"),
        ({"file": "%"}, 400, "E-FILE-1", "file"), ({"added_by": 1}, 400, "E-FIELD-1", "added_by"),
        ({"paper_kind": "nonsense"}, 400, "invalid_choice", "paper_kind"),
    ],
)  # fmt: skip
def test_what_is_no_photo_is_refused(caller, body, told, status, code, field):
    answer = caller().post("attachments/", body(**told))
    assert (answer.status_code, answer.json()["code"], answer.json()["field"]) == (status, code, field)
    assert not Attachment.rows.exists()


def test_it_is_taken_off_with_a_reason(caller, body):
    row = f"attachments/{caller().post('attachments/', body()).json()['id']}/"
    assert caller().act("remove/", row=row).json()["code"] == "E-DOC-13"
    gone = caller().act("remove/", {"reason": "Another child’s"}, row=row)
    assert gone.status_code == 200 and gone.json()["removed_at"]
    assert caller().get(row).status_code == caller().get(f"{row}file/").status_code == 404


def test_who_does_not_see_the_record_sees_no_photo_of_it(caller, cast, case, body):
    row, about = f"attachments/{caller().post('attachments/', body()).json()['id']}/", body()
    listed = {name: about[name] for name in ("subject_type", "subject_id")}
    make_sealed(case, cast.of("SUP"))
    for other in (caller(office="RN"), caller("SUP")):
        nowhere = other.get("attachments/99999999/")
        for answer in (other.get(row), other.get(f"{row}file/"), other.get("attachments/", **listed)):
            assert (answer.status_code, answer.content) == (404, nowhere.content)
        assert other.post("attachments/", about).status_code == other.post(f"{row}remove/").status_code == 404
    assert caller("PM").post("attachments/", about).status_code == 403
    assert caller().get(row).status_code == 200, "who leads the case"


@pytest.mark.parametrize("kind", ["drafts.draft", "accounts.user", "nonsense", ""])
def test_records_that_take_no_photos_are_not_there(caller, body, kind):
    assert caller().post("attachments/", body(subject_type=kind)).status_code in (400, 404)
