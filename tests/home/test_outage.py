"""A database that stands still or is gone: friendly answers in time, and the site heals by itself."""

from __future__ import annotations

import contextlib
import errno
import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path

import pytest
from django.db import OperationalError
from django.test import Client

from casework.embedded.folders import PROJECT, Folders
from casework.embedded.postgres import OWNER, Postgres
from casework.embedded.redis import free_port

IN_TIME = 15  # seconds (safety 5)
THREE = ("The site cannot reach its data just now", 'lang="th"', 'lang="my"')


@dataclass(frozen=True)
class Site:
    """A web server with one process, and the database that it leans on."""

    address: str
    postgres: Postgres

    def ask(self, path: str, **headers: str) -> tuple[int, str, dict[str, str]]:
        """Status, body and headers of an answer; fails when it does not come in time."""
        with contextlib.closing(HTTPConnection(self.address, timeout=IN_TIME)) as line:
            line.request("GET", path, headers=headers)
            answer = line.getresponse()
            return answer.status, answer.read().decode(), dict(answer.headers)

    def comes_back(self) -> bool:
        """The sign-in page is there again."""
        end = time.monotonic() + IN_TIME
        while time.monotonic() < end:
            if self.ask("/account/sign-in/")[0] == 200:
                return True
            time.sleep(0.1)
        return False

    @contextlib.contextmanager
    def frozen(self) -> Iterator[None]:
        """Every process of the database stands still for the length of the block."""
        stopped = self._processes()
        for process in stopped:
            os.kill(process, signal.SIGSTOP)
        try:
            yield
        finally:
            for process in stopped:
                os.kill(process, signal.SIGCONT)

    def _processes(self) -> list[int]:
        main = int((self.postgres.data / "postmaster.pid").read_text().split("\n", 1)[0])
        children = Path(f"/proc/{main}/task/{main}/children").read_text().split()
        return [main, *map(int, children)]


@pytest.fixture(scope="module")
def folder() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="casework-") as name:
        yield Path(name)


@pytest.fixture
def site(folder: Path) -> Iterator[Site]:
    """The site on a database of its own, both up."""
    folders = Folders("test", folder)
    folders.create()
    postgres = Postgres.of(folders)
    port = free_port()
    environment = os.environ | {
        "DATABASE_URL": postgres.url(OWNER),
        "DJANGO_SETTINGS_MODULE": "casework.settings.test",
        "BIND": f"127.0.0.1:{port}",
        "WEB_WORKERS": "1",
        "CASEWORK_VAR": str(folder),
    }
    command = [sys.executable, "-m", "gunicorn", "-c", "casework/gunicorn_conf.py", "casework.wsgi"]
    with (
        postgres.running(durable=False),
        (folder / "web.log").open("ab") as log,
        subprocess.Popen(command, cwd=PROJECT, env=environment, stdout=log, stderr=log) as web,
    ):
        try:
            made = Site(f"127.0.0.1:{port}", postgres)
            _until_it_listens(made)
            yield made
        finally:
            web.terminate()
            web.wait(timeout=30)


def _until_it_listens(site: Site) -> None:
    end = time.monotonic() + 120
    while True:
        try:
            assert site.ask("/account/sign-in/")[0] == 200
            return
        except OSError:  # refused, or accepted before the process can answer
            assert time.monotonic() < end, "the web server does not start"
            time.sleep(0.2)


def check_answers(site: Site) -> None:
    """What is answered while the database is away."""
    status, page, headers = site.ask("/account/sign-in/", **{"Accept-Language": "th"})
    assert status == 503
    assert all(words in page for words in THREE)
    assert headers["X-Request-Id"] in page
    assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
    assert (headers["X-Frame-Options"], headers["Cache-Control"]) == ("DENY", "no-store")
    assert int(headers["Retry-After"])
    status, body, _headers = site.ask("/healthz")
    assert (status, json.loads(body)["database"]) == (503, "down")


@pytest.mark.long
def test_a_database_that_stands_still_is_said_in_time_and_heals(site: Site):
    with site.frozen():
        check_answers(site)
        signed_in = {"Cookie": "sessionid=abcdefghijklmnopqrstuvwxyz012345"}
        assert site.ask("/", **signed_in)[0] == 503
        status, body, _headers = site.ask("/healthz", **signed_in)
        assert (status, json.loads(body)["database"]) == (503, "down")
        status, body, _headers = site.ask("/api/v1/cases/", Authorization="Bearer abc")
        assert (status, json.loads(body)["code"]) == (503, "E-503")
    assert site.comes_back()


@pytest.mark.long
def test_a_database_that_is_gone_is_said_and_heals_when_it_is_there_again(site: Site, folder: Path):
    assert site.ask("/none%0aFORGED%1b/")[0] == 404
    site.postgres.run("pg_ctl", "stop", "-D", site.postgres.data, "-m", "fast", "-t", "60")
    check_answers(site)
    with site.postgres.running(durable=False):
        assert site.comes_back()
    assert "GET /none\\x0aFORGED\\x1b/ 404" in (folder / "web.log").read_text()  # one request is one line


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("failure", "status"),
    [(OperationalError("gone"), 503), (ValueError("a fault of ours"), 500), (OSError(errno.ENOSPC, "no room"), 507)],
)
def test_what_fails_is_told_from_a_fault_of_ours(monkeypatch, failure, status):
    def fail(*given: object, **more: object) -> None:
        raise failure

    monkeypatch.setattr("casework.home.setup.setup_token_is_open", fail)
    answer = Client(raise_request_exception=False).get("/set-up/some-token/")
    assert answer.status_code == status
    assert answer["X-Request-Id"] in answer.content.decode()
    assert ("Retry-After" in answer) is (status == 503)
