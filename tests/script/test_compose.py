"""The production shape: everything runs, is watched, and takes its secrets from files."""

from __future__ import annotations

from pathlib import Path

import yaml

PROJECT = Path(__file__).resolve().parent.parent.parent
SHAPE = yaml.safe_load((PROJECT / "docker-compose.yml").read_text())


def test_every_process_of_the_site_is_described_and_watched() -> None:
    running = {name: s for name, s in SHAPE["services"].items() if s.get("restart") != "no"}
    assert set(running) == {"db", "redis", "web", "relay", "worker", "beat", "front"}
    assert {name for name, service in running.items() if "healthcheck" not in service} == {"front"}


def test_each_process_asks_for_its_own_sign_of_life() -> None:
    asked = {name: SHAPE["services"][name]["healthcheck"]["test"][-1] for name in ("relay", "worker", "beat")}
    assert asked == {"relay": "relay", "worker": "worker", "beat": "beat"}


def test_secrets_come_from_files_and_stand_nowhere_else() -> None:
    assert all(secret["file"].startswith("./secrets/") for secret in SHAPE["secrets"].values())
    for name, service in SHAPE["services"].items():
        for key, value in service.get("environment", {}).items():
            assert "PASSWORD" not in key or key.endswith("_FILE"), (name, key)
            assert "://" not in str(value) or key == "SITE_URL" or key == "CSRF_TRUSTED_ORIGINS", (name, key)


def test_application_never_holds_the_owners_password() -> None:
    holders = {name for name, s in SHAPE["services"].items() if "owner_password" in s.get("secrets", [])}
    assert holders == {"db", "setup", "backup", "restore"}


def test_statements_that_failed_stay_out_of_the_log_of_the_database() -> None:
    command = SHAPE["services"]["db"]["command"]
    assert {"log_min_error_statement=panic", "log_error_verbosity=terse"} <= set(command)


def test_database_is_not_reachable_from_outside() -> None:
    assert SHAPE["networks"]["inside"]["internal"] is True
    assert {name for name, service in SHAPE["services"].items() if "ports" in service} == {"front"}
    assert SHAPE["services"]["db"]["networks"] == ["inside"]
    assert SHAPE["services"]["redis"]["networks"] == ["inside"]


def test_what_stands_in_front_takes_whole_requests_and_passes_answers_on_as_they_are() -> None:
    """An answer compressed on the way has another ETag, which no If-Match fits; pages are compressed before.

    A web process does one request at a time: four slow lines held all of them when their bodies were passed on as they
    came.
    """
    lines = [line.split() for line in (PROJECT / "docker" / "Caddyfile").read_text().splitlines()]
    told = {words[0]: words[1:] for words in lines if words and words[0] != "#"}
    assert "reverse_proxy" in told
    assert "encode" not in told
    most, held = (int(told[name][0].removesuffix("MB")) for name in ("max_size", "request_buffers"))
    assert held > most
