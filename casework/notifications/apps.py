from django.apps import AppConfig


class NotificationsConfig(AppConfig):
    """The outbox, e-mail, in-app notices."""

    name = "casework.notifications"
    label = "notifications"
