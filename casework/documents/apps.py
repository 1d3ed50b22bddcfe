from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    """PDF kinds, rendering, attachments, verification page."""

    name = "casework.documents"
    label = "documents"
