from django.apps import AppConfig


class RegistrationConfig(AppConfig):
    """Birth registration: the legal clinic in the hospital that gets births registered."""

    name = "registration"
