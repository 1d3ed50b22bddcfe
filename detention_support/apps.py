from django.apps import AppConfig


class DetentionSupportConfig(AppConfig):
    """Detention support: children in immigration detention and shelters."""

    name = "detention_support"
