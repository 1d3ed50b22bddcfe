from django.apps import AppConfig


class ImportsConfig(AppConfig):
    """Spreadsheets in: mapping, dry run, confirm, undo."""

    name = "casework.imports"
    label = "imports"
