from django.apps import AppConfig


class AidConfig(AppConfig):
    """What any programme gave a child, and the cover of its health insurance."""

    name = "casework.aid"
    label = "aid"
