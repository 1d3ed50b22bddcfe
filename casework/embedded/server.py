"""Start the demo, or a site of one's own with --site: `script/server` (day.md 30).

The database comes first, then what prepares it, then web, relay, worker and beat; Ctrl-C stops all of it, the
database last. DATABASE_URL and REDIS_URL name servers of one's own; none of ours is started then.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import signal
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import FrameType

from . import Unable
from .folders import PROJECT, Folders, kept_secret, only_one, running_already, shown
from .joining import open_to_commands
from .postgres import APP, OWNER, Postgres
from .processes import Manager, Process, end_leftovers
from .redis import Redis, in_use

WEB_SECONDS = 180  # a small machine that does other work as well


@dataclass(frozen=True)
class Site:
    """One site on this machine: its folders, its own servers (None: somebody else's), its address."""

    folders: Folders
    postgres: Postgres | None
    redis: Redis | None
    port: int

    @property
    def address(self) -> str:
        return os.environ.get("SITE_URL", f"http://127.0.0.1:{self.port}")

    def environment(self) -> dict[str, str]:
        """Return what the site's own processes are told; the owner's address is not among it."""
        told = {
            **os.environ,
            "CASEWORK_MODE": self.folders.mode,
            "CASEWORK_VAR": str(self.folders.root),
            "DATABASE_URL": self.postgres.url(APP) if self.postgres else os.environ["DATABASE_URL"],
            "REDIS_URL": self.redis.url if self.redis else os.environ["REDIS_URL"],
            "SITE_URL": self.address,
            "PORT": str(self.port),
            "PYTHONUNBUFFERED": "1",
        }
        told.pop("DATABASE_OWNER_URL", None)
        if self.folders.mode == "site":
            told.setdefault("SITE_HTTP", "0" if self.address.startswith("https://") else "1")
            if not {"SECRET_KEY", "SECRET_KEY_FILE"} & told.keys():
                kept_secret(self.folders.keys / "secret_key")
                told["SECRET_KEY_FILE"] = str(self.folders.keys / "secret_key")
        return told

    def owner_environment(self) -> dict[str, str]:
        """Return the same for commands that change tables: they come as the owner and take their time."""
        told = self.environment()
        owner = self.postgres.url(OWNER) if self.postgres else os.environ.get("DATABASE_OWNER_URL")
        return {**told, "DATABASE_URL": owner or told["DATABASE_URL"], "STATEMENT_TIMEOUT_MS": "0"}

    def processes(self) -> tuple[Process, ...]:
        """Name what runs, the database with the lowest order: it starts first and stops last."""
        manage = [sys.executable, "manage.py"]
        celery = [sys.executable, "-m", "celery", "-A", "casework"]
        alone = ["--concurrency", "1", "--without-gossip", "--without-mingle"]
        schedule = ["-s", str(self.folders.root / "schedule"), "--pidfile="]
        gunicorn = [sys.executable, "-m", "gunicorn", "-c", "casework/gunicorn_conf.py", "casework.wsgi"]
        patient = {"STATEMENT_TIMEOUT_MS": "120000"}
        listed = [
            Process(name="relay", command=[*manage, "relay"], order=30, environment=patient),
            Process(
                name="worker", order=40, environment=patient,
                command=[*celery, "worker", *alone, "-l", "INFO"],
            ),
            Process(
                name="beat", order=50,
                command=[*celery, "beat", *schedule, "-l", "WARNING"],
            ),
            Process(name="web", order=60, command=gunicorn),
        ]  # fmt: skip
        if self.redis:
            listed.append(Process(name="redis", command=self.redis.command(), order=20, at_once=True))
        if self.postgres:
            user = self.postgres.user.pw_name if self.postgres.user else ""
            listed.append(
                Process(
                    name="postgres", command=self.postgres.command(), order=10, at_once=True, user=user,
                    stop_signal="INT", stop_seconds=120,
                )
            )  # fmt: skip
        return tuple(listed)


def main() -> int:
    """Run the door named on the command line until it is told to stop."""
    parser = argparse.ArgumentParser(prog="script/server", description=__doc__.split("\n")[0])
    parser.add_argument("--site", action="store_true", help="an empty site of your own instead of the demo")
    parser.add_argument("--stop", action="store_true", help="stop the one that runs in the background")
    arguments = parser.parse_args()
    folders = Folders.of("site" if arguments.site else "demo")
    os.umask(0o077)
    try:
        folders.create()
        if arguments.stop:
            return stop(folders)
        with only_one(folders):
            return serve(folders)
    except Unable as problem:
        print(problem, file=sys.stderr)
        return 1


def stop(folders: Folders) -> int:
    """Tell the manager of a running site to stop, and wait for it."""
    manager = Manager(folders.run(), folders.logs, ())
    if not manager.is_up():
        print("Nothing of this site is running.")
        return 0
    manager.control("shutdown")
    until = time.monotonic() + 150
    while manager.is_up() and time.monotonic() < until:
        time.sleep(0.2)
    return 0


def serve(folders: Folders) -> int:
    """Start everything, say where, and wait for the end."""
    port = int(os.environ.get("PORT", "8000"))
    site = Site(
        folders,
        None if os.environ.get("DATABASE_URL") else Postgres.of(folders),
        None if os.environ.get("REDIS_URL") else Redis.of(folders),
        port,
    )
    manager = Manager(folders.run(), folders.logs, site.processes())
    if manager.is_up():
        raise running_already(folders)
    end_leftovers(manager.run)
    if in_use(port):
        raise Unable(f"Port {port} is taken by another program. Choose another one: PORT={port + 1} script/server")
    if site.postgres:
        say("Setting up the database" if not site.postgres.exists else "Starting the database")
        site.postgres.create()
        site.postgres.settle()
    if site.redis:
        site.redis.settle()
    running = manager.start(site.environment())
    with open_to_commands(folders, site.environment()), ended_by_signals(running) as told_to_stop:
        try:
            open_doors(site, manager)
            running.wait()
        except Unable as problem:
            running.terminate()
            running.wait()
            if not told_to_stop.is_set():
                raise Unable(str(problem)) from problem
    if running.returncode:
        end_leftovers(manager.run)
        raise Unable(f"The process manager ended by itself. See {shown(folders.logs / 'manager.log')}")
    say("Stopped.")
    return 0


@contextlib.contextmanager
def ended_by_signals(running: subprocess.Popen) -> Iterator[threading.Event]:
    """Pass Ctrl-C and TERM on to the manager, which stops all in order; the event says so."""
    told_to_stop = threading.Event()

    def pass_on(_number: int, _frame: FrameType | None) -> None:
        if not told_to_stop.is_set():
            say("\nStopping …")
        told_to_stop.set()
        running.terminate()

    before = {number: signal.signal(number, pass_on) for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)}
    try:
        yield told_to_stop
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def open_doors(site: Site, manager: Manager) -> None:
    """Prepare database and files, start the rest, and tell the address and how to sign in."""
    if site.postgres:
        site.postgres.wait()
        site.postgres.furnish()
    say("Preparing tables and pages")
    command(site.owner_environment(), site.folders.logs, "-m", "casework.embedded.prepare")
    loaded = site.folders.root / "demo.loaded"
    if site.folders.mode == "demo" and not loaded.exists():
        say("Inventing the demo's people")
        command(site.environment(), site.folders.logs, "-m", "casework.embedded.prepare", "--demo")
        loaded.touch()
    manager.start_others()
    await_web(site)
    say(f"\nCasework is at {site.address}")
    say(greeting(site))
    say(f"Logs: {shown(site.folders.logs)}. Ctrl-C stops everything.")


def greeting(site: Site) -> str:
    """Say how to sign in: the demo's accounts, or the one-time link of a site where nobody has an account yet."""
    name = "demo_accounts" if site.folders.mode == "demo" else "setup_token"
    done = subprocess.run(
        [sys.executable, "manage.py", name], cwd=PROJECT, env=site.environment(), capture_output=True, text=True
    )
    if done.returncode or site.folders.mode == "demo":
        return done.stdout.rstrip()
    return f"Nobody has an account here yet. Set the site up with this link; it works once:\n  {done.stdout.strip()}"


def command(environment: dict[str, str], logs: Path, *words: str) -> None:
    """Run a step of the preparation; raises Unable with the end of what it said."""
    done = subprocess.run(
        [sys.executable, *words],
        cwd=PROJECT,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    with (logs / "prepare.log").open("a") as log:
        log.write(done.stdout)
    if done.returncode:
        last = "\n".join(done.stdout.strip().splitlines()[-8:])
        raise Unable(f"{' '.join(words)} failed:\n{last}\nAll of it: {shown(logs / 'prepare.log')}")


def await_web(site: Site) -> None:
    """Return when the web server answers /healthz, well or ill; raises Unable when it does not in time."""
    until = time.monotonic() + WEB_SECONDS
    while time.monotonic() < until:
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{site.port}/healthz", timeout=5).close()
            return
        except urllib.error.HTTPError:
            return
        except OSError:
            time.sleep(0.2)
    raise Unable(f"The web server does not answer. See {shown(site.folders.logs / 'web.log')}")


def say(sentence: str) -> None:
    print(sentence, flush=True)


if __name__ == "__main__":
    sys.exit(main())
