from django.apps import AppConfig


class HomeConfig(AppConfig):
    """My work, search, tray, settings, history viewer."""

    name = "casework.home"
    label = "home"
