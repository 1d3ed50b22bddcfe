from django.apps import AppConfig


class HomeConfig(AppConfig):
    """My work, search, tray, settings, history viewer."""

    name = "casework.home"
    label = "home"

    def ready(self) -> None:
        """Listen for sign-ins."""
        from . import browsers  # noqa: F401
