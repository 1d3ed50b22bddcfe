"""The visitor's address comes from the web server in front, not from what the visitor claims."""

from __future__ import annotations

from typing import Any

import pytest

from casework.kernel.proxy import told_by_proxy


@pytest.mark.parametrize(
    ("told", "address"),
    [
        ({}, "10.0.0.2"),
        ({"HTTP_X_FORWARDED_FOR": "203.0.113.9"}, "203.0.113.9"),
        ({"HTTP_X_FORWARDED_FOR": "127.0.0.1, 203.0.113.9"}, "203.0.113.9"),
    ],
)
def test_address_is_the_one_the_nearest_server_told(told: dict[str, str], address: str) -> None:
    seen: dict[str, Any] = {}

    def application(environ: dict[str, Any], start_response: Any) -> list[bytes]:
        seen.update(environ)
        return [b"ok"]

    assert told_by_proxy(application)({"REMOTE_ADDR": "10.0.0.2", **told}, lambda *_: None) == [b"ok"]
    assert seen["REMOTE_ADDR"] == address
