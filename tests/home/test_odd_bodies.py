"""Bodies in a coding or a shape that no form has are refused with a page, and never break."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.test import Client, RequestFactory

from casework.wsgi import application
from tests.factories.cast import signed_in

pytestmark = pytest.mark.django_db
PARTS = b'--a\r\nContent-Disposition: form-data; name="x"; filename="y"\r\n\r\nz\r\n--a--'
KINDS = [
    "application/x-www-form-urlencoded; charset=utf-16",
    "application/x-www-form-urlencoded; charset=nonsense",
    "multipart/form-data",
    "multipart/form-data; boundary=",
    "multipart/form-data; boundary=" + "x" * 300,
]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    "address", ["/nowhere/", "/cases/999999/", "/registration/new/", "/account/sign-in/", "/language/"]
)
@pytest.mark.parametrize("is_signed_in", [True, False])
def test_an_odd_body_is_refused_and_never_breaks(cast, address, kind, is_signed_in):
    client = Client(enforce_csrf_checks=True)
    if is_signed_in:
        client.force_login(cast.of("CW"))
    client.cookies[settings.CSRF_COOKIE_NAME] = token = "a" * 32
    answer = client.generic("POST", address, PARTS, content_type=kind, headers={"X-CSRFToken": token})
    page = answer.content.decode()
    assert answer.status_code < 500 and (answer.status_code < 400 or "<!doctype html>" in page.lower())


@pytest.mark.parametrize("address", ["/nowhere/", "/registration/new/"])
def test_too_much_is_refused_whatever_its_address(cast, address):
    client = signed_in(cast.of("CW"))
    client.handler.enforce_csrf_checks = True
    answer = client.post(address, {"text": "x" * (settings.DATA_UPLOAD_MAX_MEMORY_SIZE + 1)})
    assert 400 <= answer.status_code < 500


def test_the_page_of_what_is_not_there_still_signs_out_and_changes_the_language(cast):
    page = signed_in(cast.of("CW")).get("/nowhere/")
    assert page.status_code == 404 and 'name="csrfmiddlewaretoken" value="' in page.content.decode()


@pytest.mark.parametrize("kind", KINDS)
def test_an_odd_body_over_the_api_is_refused_and_never_breaks(cast, kind):
    answer = signed_in(cast.of("CW")).generic("POST", "/api/v1/births/", PARTS, content_type=kind)
    assert 400 <= answer.status_code < 500


@pytest.mark.parametrize(
    "kind",
    [
        "multipart/form-data; boundary=a; charset=rot13",
        "multipart/form-data; boundary*=nonsense''a",
        "application/x-www-form-urlencoded; charset*=nonsense''x",
        "application/x-www-form-urlencoded; charset=undefined",
    ],
)
@pytest.mark.parametrize("address", ["/account/sign-in/", "/search/", "/api/v1/births/"])
def test_a_kind_of_body_that_cannot_be_read_is_refused_and_never_breaks(db, address, kind):
    """Asked of what the server runs: it failed before there was a request that a page could refuse."""
    answers = []
    sent = RequestFactory().generic("POST", address, PARTS).environ | {"CONTENT_TYPE": kind}
    body = b"".join(application(sent, lambda status, _headers: answers.append(status)))
    assert body and answers[0][:3] in {"401", "403"}
