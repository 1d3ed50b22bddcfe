from django.apps import AppConfig


class ReferenceConfig(AppConfig):
    """Places, holidays, code lists, deadlines: dated, sourced, editable."""

    name = "casework.reference"
    label = "reference"
