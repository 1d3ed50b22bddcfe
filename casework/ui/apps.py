from django.apps import AppConfig


class UiConfig(AppConfig):
    """Base views, form fields, template tags shared by every page."""

    name = "casework.ui"
    label = "ui"
