from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Users, offices, roles, grants, sign-in."""

    name = "casework.accounts"
    label = "accounts"
