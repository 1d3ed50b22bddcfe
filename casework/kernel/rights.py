"""Database rights of the application's role: everything but changing or removing what is append-only."""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import connections
from django.db.migrations.recorder import MigrationRecorder

from .models import AppendOnly, Erasable, KeptByDatabase


def grant_rights(sender: Any = None, using: str = "default", **kwargs: Any) -> None:
    """Give the application's role its rights after every migration; quiet where the owner may not make roles.

    Columns that a model names in `kept_by_database` are written by its trigger alone.
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
        cursor.execute(
            f"REVOKE INSERT, UPDATE, DELETE ON {quote(MigrationRecorder.Migration._meta.db_table)} FROM {name}"
        )
        existing = set(connection.introspection.table_names(cursor))
        for model in apps.get_models():
            if model._meta.db_table not in existing:
                continue
            table = quote(model._meta.db_table)
            if issubclass(model, AppendOnly):
                cursor.execute(f"REVOKE UPDATE, DELETE, TRUNCATE ON {table} FROM {name}")
            if issubclass(model, Erasable):
                cursor.execute(f"REVOKE UPDATE, TRUNCATE ON {table} FROM {name}")
            if issubclass(model, KeptByDatabase):
                cursor.execute(f"REVOKE INSERT, UPDATE, DELETE, TRUNCATE ON {table} FROM {name}")
            if kept := getattr(model, "kept_by_database", ()):
                free = [f for f in model._meta.local_concrete_fields if not f.generated and f.name not in kept]
                columns = ", ".join(quote(f.column) for f in free)
                cursor.execute(f"REVOKE UPDATE ON {table} FROM {name}")
                cursor.execute(f"GRANT UPDATE ({columns}) ON {table} TO {name}")
