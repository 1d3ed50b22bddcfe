"""What the application's role may remove: the kinds of rows that say so, in new and in upgraded databases."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.conf import settings
from django.db import connection

from casework.kernel.rights import grant_rights, removable
from tests.database import as_owner

pytestmark = pytest.mark.django_db
KEPT = (
    "accounts.User", "accounts.Grant", "cases.Case", "cases.Enrolment", "cases.Task", "cases.Note",
    "people.PersonMerge", "approvals.Proposal", "approvals.ApprovalPolicy", "reference.Term", "documents.Document",
    "imports.ImportRun", "funds.CashBox", "stock.Lot", "emergency_fund.AssistanceRequest",
)  # fmt: skip


def may(right: str) -> set[str]:
    """The tables on which the application has a right."""
    with connection.cursor() as cursor:
        tables = connection.introspection.table_names(cursor)
        asked = "SELECT name FROM unnest(%s) AS name WHERE has_table_privilege(%s, quote_ident(name), %s)"
        cursor.execute(asked, [tables, settings.DATABASE_APP_ROLE, right])
        return {name for (name,) in cursor.fetchall()}


def tables(*labels: str) -> set[str]:
    return {apps.get_model(label)._meta.db_table for label in labels}


def test_the_application_removes_what_is_named_so_and_nothing_else():
    removed = may("DELETE")
    assert removed == {"cache", *(model._meta.db_table for model in removable())}
    assert tables("drafts.Draft", "sessions.Session", "registration.BirthRecord", "registration.ParentLink") < removed
    assert not tables(*KEPT) & removed
    assert not may("TRUNCATE")


def test_an_upgraded_database_takes_back_what_an_older_one_gave():
    role, right = connection.ops.quote_name(settings.DATABASE_APP_ROLE), may("DELETE")
    with as_owner():
        with connection.cursor() as cursor:
            cursor.execute(f"GRANT DELETE, TRUNCATE ON ALL TABLES IN SCHEMA public TO {role}")
        assert tables(*KEPT) < may("DELETE")
        grant_rights()
    assert (may("DELETE"), may("TRUNCATE")) == (right, set())
