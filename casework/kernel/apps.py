from django.apps import AppConfig


class KernelConfig(AppConfig):
    """Move(), refusals, guards, digits, dates, calendars, money."""

    name = "casework.kernel"
    label = "kernel"
