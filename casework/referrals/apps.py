from django.apps import AppConfig


class ReferralsConfig(AppConfig):
    """Service directory and referrals."""

    name = "casework.referrals"
    label = "referrals"
