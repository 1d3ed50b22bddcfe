"""Pages travel compressed; files and the API do not, and the same page has many lengths."""

from __future__ import annotations

import gzip

import pytest
from django.urls import reverse

from tests.factories import cases

pytestmark = pytest.mark.django_db
ASKED = {"HTTP_ACCEPT_ENCODING": "gzip, br"}


def test_a_page_travels_compressed_when_the_browser_asks_for_it(client_of, cast):
    client = client_of(cast.of("CW"))
    plain, packed = client.get("/"), client.get("/", **ASKED)
    assert "Content-Encoding" not in plain.headers
    assert packed["Content-Encoding"] == "gzip" and "Accept-Encoding" in packed["Vary"]
    assert b"<h1" in gzip.decompress(packed.content)
    assert len(packed.content) < len(plain.content) / 2


def test_the_length_of_a_page_does_not_tell_what_stands_in_it(client_of, cast):
    client = client_of(cast.of("CW"))
    assert len({len(client.get("/help/", **ASKED).content) for _number in range(12)}) > 3


def test_an_answer_of_the_api_keeps_its_strong_etag(client_of, cast):
    case = cases.make_case(cast.mae_sot, cast.of("CW"))
    answer = client_of(cast.of("CW")).get(f"/api/v1/cases/{case.pk}/", **ASKED)
    assert answer.status_code == 200 and "Content-Encoding" not in answer.headers
    assert answer["ETag"].startswith('"')


def test_a_file_is_not_compressed_again(client_of, cast):
    address = reverse("reports:file", args=["registration", "backlog", "csv"])
    answer = client_of(cast.of("SUP")).get(address, **ASKED)
    assert answer.status_code == 200 and "Content-Encoding" not in answer.headers
