"""T13: the letter and the summary of a case, made warm."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils import timezone

from casework.accounts.models import User
from casework.documents.services.making import render_document
from casework.documents.services.ordering import request_document
from registration.models import BirthRecord

from .measure import Figure, middle, milliseconds

READER = "somchai.k"
KINDS = (
    ("registration.referral_letter", "th", "letter to the registry office", 150),
    ("registration.case_summary", "en", "summary of a case", 600),
)


def figures(times: int) -> Iterator[Figure]:
    """How long each paper takes from its order to its bytes."""
    user = User.objects.get(username=READER)
    birth = BirthRecord.objects.visible_to(user).filter(status="ready").order_by("-pk")[0]
    for kind, language, name, most in KINDS:

        def make(kind: str = kind, language: str = language) -> None:
            now = timezone.now()
            paper = request_document(kind=kind, subject=birth, language=language, requested_by=user, now=now)
            made = render_document(document_id=paper.pk, now=now)
            if not made.file:
                raise RuntimeError(f"{kind} could not be made: {made.failure}")

        yield Figure(row="T13", what=f"{name}, warm", value=middle(milliseconds(make, times)), unit="ms", most=most)
