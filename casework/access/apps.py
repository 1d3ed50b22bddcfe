from django.apps import AppConfig


class AccessConfig(AppConfig):
    """Who may see and do what."""

    name = "casework.access"
    label = "access"
