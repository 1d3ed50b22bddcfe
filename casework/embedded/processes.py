"""The processes under one manager: started in order, restarted when they die, the database stopped last."""

from __future__ import annotations

import contextlib
import os
import shlex
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from .folders import PROJECT

LEFTOVER_SECONDS = 15
MARK = "CASEWORK_RUN"  # every process of a site carries the path of its run folder under this name


@dataclass(frozen=True, kw_only=True)
class Process:
    """One program the manager keeps up. Lower order starts earlier and stops later."""

    name: str
    command: list[str]
    order: int
    at_once: bool = False  # else started when the database is ready
    stop_signal: str = "TERM"
    stop_seconds: int = 30
    user: str = ""
    environment: dict[str, str] = field(default_factory=dict)

    def section(self, logs: Path) -> str:
        """Return this program's part of the manager's configuration."""
        lines = {
            "command": shlex.join(self.command),
            "directory": str(PROJECT),
            "priority": str(self.order),
            "autostart": str(self.at_once).lower(),
            "autorestart": "true",
            "startsecs": "1",
            "startretries": "30",
            "stopsignal": self.stop_signal,
            "stopwaitsecs": str(self.stop_seconds),
            "killasgroup": "true",
            "redirect_stderr": "true",
            "stdout_logfile": str(logs / f"{self.name}.log"),
            "stdout_logfile_maxbytes": "5MB",
            "stdout_logfile_backups": "3",
        }
        if self.user:
            lines["user"] = self.user
        if self.environment:
            lines["environment"] = ",".join(f'{name}="{value}"' for name, value in self.environment.items())
        return _section(f"program:{self.name}", lines)


@dataclass(frozen=True)
class Manager:
    """One supervisord with its folder of sockets, its logs and its programs."""

    run: Path
    logs: Path
    processes: tuple[Process, ...]

    @property
    def configuration(self) -> Path:
        return self.run / "processes.conf"

    @property
    def address(self) -> Path:
        return self.run / "manager.sock"

    def is_up(self) -> bool:
        """Say whether a manager answers on the socket."""
        with socket.socket(socket.AF_UNIX) as probe:
            try:
                probe.connect(str(self.address))
            except OSError:
                return False
        return True

    def start(self, environment: dict[str, str]) -> subprocess.Popen:
        """Write the configuration and start the manager with the programs that start at once."""
        self.configuration.write_text(self._configuration())
        return subprocess.Popen(
            [*_supervisor("supervisord"), "-c", str(self.configuration)],
            cwd=PROJECT, env={**environment, MARK: str(self.run)}, start_new_session=True,
        )  # fmt: skip

    def start_others(self) -> None:
        """Start the programs that had to wait for the database, in order."""
        waiting = [process.name for process in sorted(self.processes, key=lambda p: p.order) if not process.at_once]
        self.control("start", *waiting)

    def control(self, *words: str) -> str:
        """Tell the running manager something; returns what it says."""
        command = [*_supervisor("supervisorctl"), "-c", str(self.configuration), *words]
        return subprocess.run(command, capture_output=True, text=True).stdout

    def _configuration(self) -> str:
        manager = {
            "nodaemon": "true",
            "silent": "true",
            "logfile": str(self.logs / "manager.log"),
            "logfile_maxbytes": "1MB",
            "logfile_backups": "1",
            "pidfile": str(self.run / "manager.pid"),
            "umask": "077",
        }
        if os.getuid() == 0:
            manager["user"] = "root"
        factory = {"supervisor.rpcinterface_factory": "supervisor.rpcinterface:make_main_rpcinterface"}
        parts = [
            _section("supervisord", manager),
            _section("unix_http_server", {"file": str(self.address), "chmod": "0700"}),
            _section("rpcinterface:supervisor", factory),
            _section("supervisorctl", {"serverurl": f"unix://{self.address}"}),
            *(process.section(self.logs) for process in self.processes),
        ]
        return "\n".join(parts)


def end_leftovers(run: Path) -> None:
    """End what an earlier, killed manager of this run folder left behind; only Linux can tell."""
    for number in (signal.SIGTERM, signal.SIGKILL):
        for pid in _marked(run):
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, number)
        until = time.monotonic() + LEFTOVER_SECONDS
        while _marked(run) and time.monotonic() < until:
            time.sleep(0.2)


def command_line(pid: int) -> str:
    """What a process was started with; empty when there is no such process."""
    path = Path(f"/proc/{pid}/cmdline")
    if Path("/proc/self").exists():
        with contextlib.suppress(OSError):
            return path.read_bytes().replace(b"\0", b" ").decode(errors="replace")
        return ""
    return subprocess.run(["/bin/ps", "-o", "command=", "-p", str(pid)], capture_output=True, text=True).stdout


def _marked(run: Path) -> list[int]:
    mark = f"{MARK}={run}".encode()
    found = []
    for path in _environments():
        with contextlib.suppress(OSError):
            if mark in path.read_bytes().split(b"\0"):
                found.append(int(path.parent.name))
    return [pid for pid in found if pid != os.getpid()]


def _environments() -> Iterable[Path]:
    return Path("/proc").glob("[0-9]*/environ")


def _supervisor(program: str) -> list[str]:
    return [sys.executable, "-m", f"supervisor.{program}"]


def _section(name: str, lines: dict[str, str]) -> str:
    return "\n".join([f"[{name}]", *(f"{key} = {value.replace('%', '%%')}" for key, value in lines.items()), ""])
