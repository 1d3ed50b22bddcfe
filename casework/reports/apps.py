from django.apps import AppConfig


class ReportsConfig(AppConfig):
    """Indicators, dashboards, programme reports."""

    name = "casework.reports"
    label = "reports"
