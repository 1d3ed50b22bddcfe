from django.apps import AppConfig


class ProgrammesConfig(AppConfig):
    """The seam: what a programme contributes to shared pages."""

    name = "casework.programmes"
    label = "programmes"
