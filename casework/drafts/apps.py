from django.apps import AppConfig


class DraftsConfig(AppConfig):
    """Unfinished typing."""

    name = "casework.drafts"
    label = "drafts"
