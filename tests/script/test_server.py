"""The demo starts from nothing, survives its processes being killed, stops in order and comes up with its data."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg2
import pytest

from casework.embedded.folders import Folders
from casework.embedded.postgres import APP, Postgres
from casework.embedded.processes import command_line
from casework.embedded.redis import free_port, in_use

PATIENCE_SECONDS = 240  # a loaded machine is slow; a test that fails says so by the wait's end


def until(condition: Callable[[], bool]) -> bool:
    """Wait for something to become true; return whether it did."""
    end = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < end:
        if condition():
            return True
        time.sleep(0.3)
    return False


class Demo:
    """One demo in a folder of its own, driven from outside as a person at a terminal does."""

    def __init__(self, root: Path) -> None:
        self.folders, self.port = Folders("demo", root / "demo"), free_port()
        self.environment = {
            name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "REDIS_URL")
        }
        few = {"CASEWORK_DEMO_CHILDREN": "20"}  # the whole demo is loaded by tests/registration/test_demo
        self.environment |= {"CASEWORK_VAR": str(self.folders.root), "PORT": str(self.port), **few}
        self.environment.pop("DJANGO_SETTINGS_MODULE", None)

    @contextlib.contextmanager
    def started(self) -> Iterator[subprocess.Popen[str]]:
        """Start the demo, and see that it is stopped."""
        process = subprocess.Popen(
            [sys.executable, "-m", "casework.embedded.server"],
            env=self.environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
        )  # fmt: skip
        try:
            assert until(lambda: self.health() is not None or process.poll() is not None)
            yield process
        finally:
            process.terminate()
            process.communicate(timeout=PATIENCE_SECONDS)

    def health(self) -> dict[str, str] | None:
        """What /healthz says; None while nobody answers."""
        try:
            answer = urllib.request.urlopen(f"http://127.0.0.1:{self.port}/healthz", timeout=20)
        except urllib.error.HTTPError as problem:
            answer = problem
        except OSError:
            return None
        with answer:
            return json.load(answer)

    def is_well(self) -> bool:
        return set((self.health() or {"web": "down"}).values()) == {"ok"}

    def people(self) -> int:
        """How many people can sign in."""
        address = Postgres.of(self.folders).url(APP)
        with contextlib.closing(psycopg2.connect(address)) as database, database.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM accounts_user")
            return cursor.fetchone()[0]

    def people_by_command(self) -> int:
        """The same as a command at another terminal says it, which is told of no server."""
        told = {name: value for name, value in self.environment.items() if name != "CASEWORK_MODE"}
        count = "from casework.accounts.models import User; print(User.objects.count())"
        asked = [sys.executable, "manage.py", "shell", "--no-imports", "-c", count]
        return int(subprocess.run(asked, env=told, capture_output=True, text=True, check=True).stdout)


@pytest.fixture(scope="module")
def demo() -> Iterator[Demo]:
    """A demo that has its folders, and nothing in them yet."""
    with tempfile.TemporaryDirectory(prefix="casework-") as name:
        Path(name).chmod(0o711)
        yield Demo(Path(name))


@pytest.mark.long
def test_demo_starts_survives_kills_and_comes_up_with_its_data(demo: Demo) -> None:
    pid_file = demo.folders.postgres / "data" / "postmaster.pid"
    with demo.started() as process:
        assert until(demo.is_well), process.poll()
        people = demo.people()
        assert people > 0
        assert demo.people_by_command() == people
        os.kill(int(pid_file.read_text().split("\n", 1)[0]), signal.SIGKILL)
        assert until(demo.is_well)
        os.kill(int((demo.folders.run() / "manager.pid").read_text()), signal.SIGKILL)
        said, _ = process.communicate(timeout=PATIENCE_SECONDS)
    assert process.returncode == 1
    assert "ended by itself" in said

    left_over = (demo.folders.run() / "redis.pid").read_text().strip()
    pid_file.write_text(f"{os.getpid()}\n{demo.folders.root}\n0\n")
    with demo.started() as process:
        assert until(demo.is_well)
        assert demo.people() == people
        assert (demo.folders.run() / "redis.pid").read_text().strip() != left_over
        assert "redis" not in command_line(int(left_over))
        second = subprocess.run(
            [sys.executable, "-m", "casework.embedded.server"], env=demo.environment, capture_output=True, text=True
        )
        assert second.returncode == 1
        assert "running already" in second.stderr
        process.send_signal(signal.SIGINT)
        said, _ = process.communicate(timeout=PATIENCE_SECONDS)
    assert process.returncode == 0
    assert f"Casework is at http://127.0.0.1:{demo.port}" in said
    assert said.rstrip().endswith("Stopped.")
    assert not in_use(demo.port)
    assert not pid_file.exists()
    assert not (demo.folders.keys / "environment.json").exists()
