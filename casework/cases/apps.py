from django.apps import AppConfig


class CasesConfig(AppConfig):
    """The case, assessments, plans, notes, consent, timeline."""

    name = "casework.cases"
    label = "cases"
