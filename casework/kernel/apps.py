from django.apps import AppConfig
from django.db.models.signals import post_migrate


class KernelConfig(AppConfig):
    """move(), refusals, guards, digits, dates, calendars, money."""

    name = "casework.kernel"
    label = "kernel"

    def ready(self) -> None:
        from .rights import grant_rights

        post_migrate.connect(grant_rights, dispatch_uid="kernel.grant_rights")
