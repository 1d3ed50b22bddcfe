"""Database rights of the application's role: everything but changing or removing what is append-only."""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import connections, models
from django.db.migrations.recorder import MigrationRecorder

from .models import AppendOnly, Erasable, KeptByDatabase

MIGRATION: type[models.Model] = MigrationRecorder.Migration
LOST: dict[type[models.Model], str] = {
    AppendOnly: "UPDATE, DELETE, TRUNCATE",
    Erasable: "UPDATE, TRUNCATE",
    KeptByDatabase: "INSERT, UPDATE, DELETE, TRUNCATE",
    MIGRATION: "INSERT, UPDATE, DELETE, TRUNCATE",
}
"""What the application may not do with rows of a kind."""


def grant_rights(sender: Any = None, using: str = "default", **kwargs: Any) -> None:
    """Give the application's role its rights after every migration; quiet where the owner may not make roles.

    Columns that a model names in `kept_by_database` are written by its trigger alone, those in `written_once` with the
    row and never again.
    """
    role = settings.DATABASE_APP_ROLE
    connection = connections[using]
    quote = connection.ops.quote_name
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role])
        if cursor.fetchone() is None:
            cursor.execute("SELECT rolcreaterole OR rolsuper FROM pg_roles WHERE rolname = current_user")
            if not cursor.fetchone()[0]:
                return
            cursor.execute(f"CREATE ROLE {quote(role)} NOLOGIN")
        name = quote(role)
        cursor.execute(f"GRANT USAGE ON SCHEMA public TO {name}")
        cursor.execute(f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {name}")
        cursor.execute(f"GRANT USAGE, SELECT, UPDATE ON ALL SEQUENCES IN SCHEMA public TO {name}")
        existing = set(connection.introspection.table_names(cursor))
        for model in [*apps.get_models(), MIGRATION]:
            if model._meta.db_table in existing:
                _narrow(cursor, model, name, quote)


def _narrow(cursor: Any, model: type[models.Model], role: str, quote: Any) -> None:
    """Take from the role what it may not do with the rows of one model."""
    table = quote(model._meta.db_table)
    for kind, lost in LOST.items():
        if issubclass(model, kind):
            cursor.execute(f"REVOKE {lost} ON {table} FROM {role}")
    kept = {*getattr(model, "kept_by_database", ()), *getattr(model, "written_once", ())}
    if kept:
        free = [f for f in model._meta.local_concrete_fields if not f.generated and f.name not in kept]
        columns = ", ".join(quote(f.column) for f in free)
        cursor.execute(f"REVOKE UPDATE ON {table} FROM {role}")
        cursor.execute(f"GRANT UPDATE ({columns}) ON {table} TO {role}")
