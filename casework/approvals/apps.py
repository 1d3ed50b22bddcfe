from django.apps import AppConfig


class ApprovalsConfig(AppConfig):
    """Propose and confirm by a second person."""

    name = "casework.approvals"
    label = "approvals"
