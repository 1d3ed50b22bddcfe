from django.apps import AppConfig


class FundsConfig(AppConfig):
    """Funding sources, budget lines, and the ledger of what is promised and paid."""

    name = "casework.funds"
    label = "funds"
