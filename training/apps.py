from django.apps import AppConfig


class TrainingConfig(AppConfig):
    """Training and campaign: counter-trafficking training and the youth campaign."""

    name = "training"
