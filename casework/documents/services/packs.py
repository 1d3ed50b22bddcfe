"""Make and print the papers a family needs today in one go."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from casework.accounts.models import User
from casework.documents import queries
from casework.documents.kinds import kind_named
from casework.documents.models import Document, PackPaper, PrintPack
from casework.documents.models.subjects import filed_with
from casework.documents.pages import joined
from casework.kernel.refusals import Finding, Refusal

from .ordering import request_document
from .trail import log_print

NONE_CHOSEN = _("Choose at least one paper.")


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """A paper of a pack: its kind, in which language, and how often it is printed."""

    kind: str
    language: str
    copies: int = 1


@transaction.atomic
def request_pack(*, subject: models.Model, papers: Iterable[Wanted], requested_by: User, now: datetime) -> PrintPack:
    """Order the papers about a record that are printed together and return their pack.

    A paper made today whose words still hold is taken as it is. One that cannot be made now is left out, and the pack
    says why. Raises Refusal E-DOC-16 for no papers, and what the kinds refuse when no paper is left.
    """
    made: list[tuple[Document, int]] = []
    refused: list[Finding] = []
    left_out: list[dict[str, str]] = []
    for wanted in papers:
        try:
            with transaction.atomic():
                made.append((_document(subject, wanted, requested_by, now), wanted.copies))
        except Refusal as refusal:
            refused += refusal.findings
            left_out.append({"kind": wanted.kind, "sentence": str(refusal.sentence)})
    if not made:
        raise Refusal.of(refused) if refused else Refusal("E-DOC-16", "papers", NONE_CHOSEN)
    pack = PrintPack.rows.create(
        **filed_with(subject),
        left_out=left_out,
        requested_by=requested_by,
        requested_at=now,
    )
    for order, (document, copies) in enumerate(made):
        PackPaper.objects.create(pack=pack, document=document, copies=copies, order=order)
    return pack


def _document(subject: models.Model, wanted: Wanted, by: User, now: datetime) -> Document:
    made = queries.same_paper(kind_named(wanted.kind), subject, wanted.language, timezone.localdate(now))
    return made or request_document(
        kind=wanted.kind, subject=subject, language=wanted.language, requested_by=by, now=now
    )


@transaction.atomic
def print_pack(*, pack: PrintPack, by: User, now: datetime) -> bytes:
    """Give the papers of a pack as one PDF, each as often as it is printed, and note the printing of each.

    The bytes are those that were stored. Raises Conflict when a paper is not ready or no longer valid.
    """
    papers = list(pack.papers.select_related("document"))
    stored = [(queries.content(paper.document), paper.copies) for paper in papers]
    for paper in papers:
        log_print(document=paper.document, by=by, now=now, copies=paper.copies)
    if pack.opened_at is None:
        PrintPack.rows.filter(pk=pack.pk, opened_at=None).update(opened_at=now)
    return joined(content for content, copies in stored for _copy in range(copies))
