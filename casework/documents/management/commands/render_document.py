"""Make one ordered paper in this process; the relay starts it for a family that waits."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from casework.documents.services import render_document


class Command(BaseCommand):
    help = "Make one ordered document, by its id."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("document_id", type=int)

    def handle(self, *args: Any, document_id: int, **options: Any) -> None:
        document = render_document(document_id=document_id, now=timezone.now())
        self.stdout.write(f"{document.pk} {document.state}")
