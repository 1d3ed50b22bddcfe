"""The database of the tests: made by its owner, used as the application, and as new after tests that commit."""

from __future__ import annotations

import copy
import fcntl
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

from django.conf import settings
from django.db import connection, transaction
from django.utils import translation

from casework.kernel.rights import grant_rights

KEPT = "first_rows"
"""The schema that keeps the rows the migrations wrote."""

Made = TypeVar("Made")


class Mould:
    """The database as the migrations leave it, in a copy that nobody is connected to: made once for all workers.

    The folder is the one the workers of a run share; without it everything is made by migrations, and nothing kept.
    """

    def __init__(self, folder: Path | None) -> None:
        self.folder, self.made = folder, ""
        self.lock = (folder / "mould.lock").open("w") if folder else None

    @property
    def note(self) -> Path:
        """Says what the copy is called, as soon as there is one."""
        assert self.folder is not None
        return self.folder / "mould.name"

    def wait(self) -> None:
        """Wait while another worker migrates; then copy what it made, or be the one who makes it."""
        if self.lock is None:
            return
        fcntl.flock(self.lock, fcntl.LOCK_EX)
        if self.note.exists():
            connection.settings_dict["TEST"]["TEMPLATE"] = self.note.read_text()

    def keep(self) -> None:
        """Copy the database for the others, unless it is a copy, and let them go on."""
        if self.lock is None:
            return
        if not self.note.exists():
            name = connection.settings_dict["NAME"]
            self.made = f"{name}_mould"
            connection.close()
            self._ask(f'DROP DATABASE IF EXISTS "{self.made}"')
            self._ask(f'CREATE DATABASE "{self.made}" TEMPLATE "{name}"')
            self.note.write_text(self.made)
        fcntl.flock(self.lock, fcntl.LOCK_UN)

    def drop(self) -> None:
        """Take the copy away again; a worker that comes later makes its own."""
        if self.lock is None:
            return
        if self.made:
            fcntl.flock(self.lock, fcntl.LOCK_EX)
            self.note.unlink()
            self._ask(f'DROP DATABASE "{self.made}"')
        self.lock.close()

    def _ask(self, statement: str) -> None:
        with connection._nodb_cursor() as cursor:
            cursor.execute(statement)


@contextmanager
def as_owner() -> Iterator[None]:
    """Write as the owner of the tables, who may change what the application keeps as it was written."""
    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE")
        yield
        cursor.execute(f"SET ROLE {connection.ops.quote_name(settings.DATABASE_APP_ROLE)}")


def wait_for_a_lock(other: Future) -> None:
    """Wait until what runs in another thread waits for a lock of the database, or is through without one."""
    with connection.cursor() as cursor:
        while not other.done():
            cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted")
            if cursor.fetchone()[0]:
                return


class Once:
    """Rows that a module makes once for all its tests: the transaction around those of the tests, undone at the end.

    In a module whose rows are dear:

        def make_rows():
            return ...

        @pytest.fixture
        def birth(made, db):
            return made()

    The transaction of a test becomes a savepoint in this one, so what a test writes is undone as ever. Each call of
    `made()` gives a copy, so no test sees what another did to the objects; what belongs together (a record and the
    person who works on it) is made by one function and copied in one call. A frozen clock that the rows need is frozen
    in that function: the patches of a test come too late for it. Files are not kept, and a test that commits cannot
    stand on such rows: it makes its own.
    """

    def __init__(self, blocker) -> None:
        self.blocker, self.around, self.is_used = blocker, transaction.atomic(), False
        with blocker.unblock():
            self.around.__enter__()

    def __call__(self, make: Callable[[], Made]) -> Callable[[], Made]:
        """Make the rows; answers with what gives a test its copy of them."""
        if self.is_used:
            raise RuntimeError("The tests that want the first rows would see the second ones too: make them in one go.")
        self.is_used = True
        with self.blocker.unblock(), translation.override("en"):
            made = make()

        def of_a_test() -> Made:
            if not connection.savepoint_ids:
                raise RuntimeError("A test that commits cannot stand on rows that its module makes once.")
            return copy.deepcopy(made)

        return of_a_test

    def undo(self) -> None:
        """Take the rows away again."""
        with self.blocker.unblock():
            transaction.set_rollback(True)
            self.around.__exit__(None, None, None)


def become_application() -> None:
    """From here on, every connection works as the application's role, which owns nothing."""
    grant_rights()  # the cache table came after the migrations
    role = settings.DATABASE_APP_ROLE
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) > 0 AND bool_or(pg_has_role(oid, 'MEMBER')) FROM pg_roles WHERE rolname = %s", [role]
        )
        if not cursor.fetchone()[0]:
            cursor.execute(f"GRANT {connection.ops.quote_name(role)} TO CURRENT_USER")
    connection.settings_dict["OPTIONS"]["assume_role"] = role
    connection.close()


def become_owner() -> None:
    """The tests are over: the database is dropped by who made it."""
    connection.settings_dict["OPTIONS"].pop("assume_role", None)
    connection.close()


def keep_first_rows() -> None:
    """Copy every row that the migrations wrote."""
    with connection.cursor() as cursor:
        cursor.execute(f"DROP SCHEMA IF EXISTS {KEPT} CASCADE")
        cursor.execute(f"CREATE SCHEMA {KEPT}")
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT EXISTS (SELECT 1 FROM "{table}")')  # noqa: S608
            if table != "django_migrations" and cursor.fetchone()[0]:
                cursor.execute(f'CREATE TABLE {KEPT}."{table}" AS TABLE public."{table}"')


def start_over() -> None:
    """Take every row away but those that the migrations wrote, which are brought back as they were.

    The owner may, for a moment. Few tables have rows after a test, and to empty all of them makes new files for each.
    """
    connection.ensure_connection()
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL ROLE NONE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
        kept = _kept_columns(cursor)
        for table in _filled(cursor):
            if table in kept:
                cursor.execute(f'DELETE FROM public."{table}" own WHERE {_has_no_twin(KEPT, table)}')  # noqa: S608
            else:
                cursor.execute(f'DELETE FROM public."{table}"')  # noqa: S608
        for table, columns in kept.items():
            names = ", ".join(f'"{name}"' for name in columns)
            cursor.execute(
                f'INSERT INTO public."{table}" ({names}) SELECT {names} FROM {KEPT}."{table}" own '  # noqa: S608
                f'WHERE (SELECT count(*) FROM public."{table}") < (SELECT count(*) FROM {KEPT}."{table}") '
                f"AND {_has_no_twin('public', table)}"
            )


def _filled(cursor) -> list[str]:
    """The tables that have a row."""
    tables = [name for name in connection.introspection.table_names(cursor) if name != "django_migrations"]
    asked = (f"SELECT '{name}' WHERE EXISTS (SELECT FROM public.\"{name}\")" for name in tables)  # noqa: S608
    cursor.execute(" UNION ALL ".join(asked))
    return [name for (name,) in cursor.fetchall()]


def _has_no_twin(schema: str, table: str) -> str:
    """The condition under which the same row is not in the schema's table; JSON cannot be compared but as text."""
    return f'NOT EXISTS (SELECT FROM {schema}."{table}" twin WHERE twin::text = own::text)'


def _kept_columns(cursor) -> dict[str, list[str]]:
    """The kept tables with their columns, without those the database computes."""
    cursor.execute(
        """
        SELECT kept.table_name, array_agg(own.column_name::text)
        FROM information_schema.tables kept
        JOIN information_schema.columns own
          ON own.table_schema = 'public' AND own.table_name = kept.table_name AND own.is_generated = 'NEVER'
        WHERE kept.table_schema = %s GROUP BY 1
        """,
        [KEPT],
    )
    return dict(cursor.fetchall())
