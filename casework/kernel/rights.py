"""Database rights of the application's role: to remove only what is named so, and not to change what is append-only."""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import connections, models, transaction
from django.db.migrations.recorder import MigrationRecorder

from .models import AppendOnly, Erasable, KeptByDatabase, Removable

MIGRATION: type[models.Model] = MigrationRecorder.Migration
LOST: dict[type[models.Model], str] = {
    AppendOnly: "UPDATE",
    Erasable: "UPDATE",
    KeptByDatabase: "INSERT, UPDATE",
    MIGRATION: "INSERT, UPDATE",
}
"""What the application may not do with rows of a kind."""
CACHE = "cache"
LIBRARIES = (
    "sessions.Session", "usersessions.UserSession", "mfa.Authenticator", "authtoken.Token", "axes.AccessAttempt",
)  # fmt: skip
"""Kinds of rows of other libraries that the application removes, beside those of the cache, which is no model."""


def removable() -> set[type[models.Model]]:
    """The kinds of rows that the application may remove: those named so, and what goes with a row of them."""
    found: set[type[models.Model]] = {model for model in apps.get_models() if issubclass(model, Removable)}
    found |= {apps.get_model(label) for label in LIBRARIES}
    waiting = list(found)
    while waiting:
        fields: Any = waiting.pop()._meta.get_fields(include_hidden=True)
        going = {f.related_model for f in fields if f.auto_created and getattr(f, "on_delete", None) is models.CASCADE}
        waiting += going - found
        found |= going
    return found


def grant_rights(sender: Any = None, using: str = "default", **kwargs: Any) -> None:
    """Give the application's role its rights after every migration; quiet where the owner may not make roles.

    It removes rows of the kinds that are `removable`, and of the cache, and of no other table. Columns that a model
    names in `kept_by_database` are written by its trigger alone, those in `written_once` with the row and never again.
    """
    role = settings.DATABASE_APP_ROLE
    connection = connections[using]
    quote = connection.ops.quote_name
    with transaction.atomic(using), connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role])
        if cursor.fetchone() is None:
            cursor.execute("SELECT rolcreaterole OR rolsuper FROM pg_roles WHERE rolname = current_user")
            if not cursor.fetchone()[0]:
                return
            cursor.execute(f"CREATE ROLE {quote(role)} NOLOGIN")
        name = quote(role)
        cursor.execute(f"GRANT USAGE ON SCHEMA public TO {name}")
        cursor.execute(f"GRANT SELECT, INSERT, UPDATE ON ALL TABLES IN SCHEMA public TO {name}")
        cursor.execute(f"REVOKE DELETE, TRUNCATE ON ALL TABLES IN SCHEMA public FROM {name}")  # of older sites
        cursor.execute(f"GRANT USAGE, SELECT, UPDATE ON ALL SEQUENCES IN SCHEMA public TO {name}")
        existing = set(connection.introspection.table_names(cursor))
        going = {CACHE, *(model._meta.db_table for model in removable())} & existing
        if going:
            cursor.execute(f"GRANT DELETE ON {', '.join(map(quote, sorted(going)))} TO {name}")
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
