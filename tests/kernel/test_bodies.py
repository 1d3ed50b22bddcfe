"""A body whose kind cannot be read is bytes of no kind."""

from __future__ import annotations

from typing import Any

import pytest

from casework.kernel.bodies import UNKNOWN, with_readable_kind


@pytest.mark.parametrize(
    ("told", "is_kept"),
    [
        ("", True),
        ("multipart/form-data; boundary=a", True),
        ("application/x-www-form-urlencoded; charset=UTF-8", True),
        ("application/json; charset=utf-16", True),
        ("application/json; charset=utf-32", True),
        ("application/x-www-form-urlencoded; charset=rot13", False),
        ("application/x-www-form-urlencoded; charset=undefined", False),
        ("application/x-www-form-urlencoded; charset=nonsense", False),
        ("multipart/form-data; boundary*=nonsense''a", False),
    ],
)
def test_a_kind_that_cannot_be_read_is_none(told: str, is_kept: bool) -> None:
    seen: dict[str, Any] = {}

    def application(environ: dict[str, Any], start_response: Any) -> list[bytes]:
        seen.update(environ)
        return [b"ok"]

    assert with_readable_kind(application)({"CONTENT_TYPE": told}, lambda *_: None) == [b"ok"]
    assert seen["CONTENT_TYPE"] == (told if is_kept else UNKNOWN)
