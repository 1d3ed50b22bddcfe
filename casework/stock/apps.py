from django.apps import AppConfig


class StockConfig(AppConfig):
    """Things in store: items, kits, lots with their place, and every movement of them."""

    name = "casework.stock"
    label = "stock"
