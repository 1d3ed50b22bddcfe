from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class ProgrammesConfig(AppConfig):
    """The seam: what a programme contributes to shared pages."""

    name = "casework.programmes"
    label = "programmes"

    def ready(self) -> None:
        from . import checks  # noqa: F401

        autodiscover_modules("programme")
