"""Write reference rows. The caller, a room above, records the act in the history."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.db.models import Max

from .models import Text


@transaction.atomic
def put_text(*, key: str, language: str, body: str, source: str, today: date, reviewed_by: str = "") -> Text:
    """Add the next version of a text; it holds from today on."""
    newest = Text.objects.filter(key=key, language=language).aggregate(Max("version"))["version__max"] or 0
    return Text.objects.create(
        key=key, language=language, version=newest + 1, body=body, source=source, reviewed_by=reviewed_by,
        valid_from=today, checked_on=today,
    )  # fmt: skip
