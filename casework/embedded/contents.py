"""What a database holds, table by table: how many rows, and a sum over them that any change would change."""

from __future__ import annotations

from psycopg2 import sql
from psycopg2.extensions import connection as Connection  # noqa: N812

WITHOUT_CONTENT = ("cache", "django_session")  # backups leave these empty: nobody stays signed in by a restore

SETTINGS = (
    "SET timezone TO 'UTC'; SET datestyle TO 'ISO, YMD'; SET intervalstyle TO 'iso_8601'; SET bytea_output TO 'hex'"
)
TABLES = """
    SELECT relname FROM pg_class WHERE relkind IN ('r', 'p') AND relnamespace = 'public'::regnamespace ORDER BY relname
"""
CONTENT = """
    SELECT count(*), coalesce(sum(('x' || left(md5(row::text), 16))::bit(64)::bigint::numeric), 0)::text FROM {} AS row
"""

Contents = dict[str, tuple[int, str]]


def contents(database: Connection) -> Contents:
    """Return {table: (rows, sum)} as this connection's transaction sees them."""
    with database.cursor() as cursor:
        cursor.execute(SETTINGS)
        cursor.execute(TABLES)
        tables = [name for (name,) in cursor.fetchall() if name not in WITHOUT_CONTENT]
        found: Contents = {}
        for name in tables:
            cursor.execute(sql.SQL(CONTENT).format(sql.Identifier(name)))
            [(rows, total)] = cursor.fetchall()
            found[name] = (rows, total)
    return found


def differences(was: Contents, now: Contents) -> list[str]:
    """Name the tables that differ."""
    return sorted(name for name in was.keys() | now.keys() if was.get(name) != now.get(name))
