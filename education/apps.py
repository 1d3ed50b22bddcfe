from django.apps import AppConfig


class EducationConfig(AppConfig):
    """Education access: enrolment, procedures and small grants."""

    name = "education"
