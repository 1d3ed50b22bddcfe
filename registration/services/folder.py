"""Close a registration and order “My papers”, the folder that goes with the family."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from casework.accounts.models import User
from casework.documents.models import Document
from casework.documents.services.ordering import request_document
from registration.models import BirthRecord

from .progress import close_birth

MY_PAPERS = "registration.my_papers"


@transaction.atomic
def close_with_folder(*, birth: BirthRecord, folder: str, by: User, now: datetime, **closing: Any) -> Document | None:
    """Close the registration and its case; `folder` is the language in which the family gets its papers, or "".

    Raises what close_birth raises.
    """
    closed = close_birth(birth=birth, by=by, **closing)
    return order_folder(closed, folder, by, now) if folder else None


def order_folder(birth: BirthRecord, language: str, by: User, now: datetime) -> Document:
    """Order the folder as the record stands now."""
    return request_document(kind=MY_PAPERS, subject=birth, language=language, requested_by=by, now=now)
