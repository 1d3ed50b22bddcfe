from django.apps import AppConfig


class AccessConfig(AppConfig):
    """Who may see and do what; the only room that touches django-guardian."""

    name = "casework.access"
    label = "access"

    def ready(self) -> None:
        from . import checks  # noqa: F401
