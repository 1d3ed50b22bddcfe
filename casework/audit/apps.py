from django.apps import AppConfig


class AuditConfig(AppConfig):
    """The append-only ledger."""

    name = "casework.audit"
    label = "audit"
