"""Bodies and addresses made to break something: refused with the field named, never an error of ours."""

from __future__ import annotations

import pytest
from django.conf import settings

from tests.factories.cast import signed_in

HOSTILE = [
    None, [], {}, [1, [2]], {"a": {"b": 1}}, True, 10**30, -(10**30), 1e308, "\x00", "a\x00b", "\u202eevil",
    "\ud800", "x" * 100_000,
    "e" + "\u0301" * 10_000, "9999-12-31", "0001-01-01", "NaN",
]  # fmt: skip
FIELDS = [
    "names", "birth", "sex", "weight_g", "channel", "facility", "place", "proof_number", "time", "plurality",
    "birth_order", "mother",
    "phones", "notice", "twin_of", "acknowledged", "received_on", "weekday_told", "registry_office", "is_baby_of",
    "country",
]  # fmt: skip


@pytest.mark.parametrize("field", FIELDS)
def test_wrong_values_never_break(caller, birth_body, field):
    call = caller()
    for value in HOSTILE:
        answer = call.post("births/", birth_body(**{field: value}))
        assert answer.status_code in (201, 400, 409, 422), (field, str(value)[:40], answer.status_code)
        if answer.status_code == 400:
            assert answer.json()["field"].startswith(field), (field, str(value)[:40], answer.json())


def test_harmful_characters_are_not_stored(caller, birth_body):
    answer = caller().post("births/", birth_body(names={"Latn": "Nan\x00 \u202eWah"}))

    assert answer.status_code == 201
    assert answer.json()["child"]["name"] == "Nan Wah"


@pytest.mark.parametrize(
    "body",
    [
        b"", b"{", b"[]", b'"x"', b"1", b"null", b"\xff\xfe", b'{"a": NaN}', b"[" * 100_000, b'{"a":' * 100_000,
        b'{"track": ' + b"9" * 5000 + b"}",
        b'{"\\ud800": 1}', b'{"\\u0000": 1}',
    ],
)  # fmt: skip
def test_bodies_that_are_no_object_are_refused(caller, body):
    answer = caller().client.post("/api/v1/births/", body, content_type="application/json")

    assert answer.status_code == 400
    assert answer.json()["code"]


def test_other_kinds_of_body_are_refused(caller):
    assert caller().client.post("/api/v1/births/", {"a": "b"}).status_code == 415


@pytest.mark.parametrize("is_meant", [True, False])
def test_forms_of_answer_that_there_are_not_are_refused(cast, is_meant):
    """A browser of somebody signed in, with the token against forged requests and without."""
    browser = signed_in(cast.of("CW"))
    browser.handler.enforce_csrf_checks = True
    browser.get("/profile/")
    token = browser.cookies[settings.CSRF_COOKIE_NAME].value if is_meant else ""
    headers = {"accept": "application/xml", "x-csrftoken": token}
    answer = browser.post("/api/v1/births/", {}, content_type="application/json", headers=headers)

    assert (answer.status_code, answer.json()["code"]) == (406, "not_acceptable")


@pytest.mark.parametrize("cursor", ["x", "cD1hYmM=", "cD0lMDA=", "bz0tMQ==", "cD05" + "OTk5" * 50, "\x00"])
def test_wrong_cursors_are_not_found(caller, cursor):
    assert caller().get("births/", cursor=cursor).status_code in (200, 404)


@pytest.mark.parametrize(
    "path", ["births/", "cases/", "persons/", "referrals/", "documents/", "fund-requests/", "places/"]
)
@pytest.mark.parametrize("name", ["queue", "office", "status", "q", "state", "subject_id", "page_size", "nonsense"])
def test_wrong_filters_never_break(caller, path, name):
    call = caller()
    for value in ("\x00", "9" * 40, "\u202e", "", "1 OR 1=1"):
        assert call.get(path, **{name: value}).status_code in (200, 400)


def test_numbers_too_long_for_an_address_are_not_found(caller):
    call = caller()
    for number in ("9" * 18, "9" * 40, "0"):
        assert call.get(f"births/{number}/").status_code == 404


def test_methods_that_are_not_offered_are_refused(caller, cast):
    client = caller().client
    for method in (client.put, client.patch, client.delete, client.options):
        assert method("/api/v1/births/").status_code == 405


@pytest.mark.parametrize("key", ["", "x" * 81, "a\tb"])
def test_wrong_keys_are_refused(caller, birth_body, key):
    assert caller().post("births/", birth_body(), **{"Idempotency-Key": key}).status_code == 422
