from django.apps import AppConfig


class ConcernsConfig(AppConfig):
    """Concerns about staff, told around the line manager."""

    name = "casework.concerns"
    label = "concerns"
