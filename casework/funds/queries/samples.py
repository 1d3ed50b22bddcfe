"""Payments a sample is drawn from, and the samples that were drawn with their evidence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet

from casework.accounts.models import Office
from casework.documents.models import Document
from casework.documents.states import DocumentState
from casework.funds.models import AuditSample, BudgetEntry, SampledPayment
from casework.funds.papers.samples import EvidenceKind, evidence_kinds
from casework.funds.rules.samples import digest_of, drawn
from casework.funds.states import EntryKind


@dataclass(frozen=True)
class Evidence:
    """A payment of a sample with the paper that tells of it."""

    payment: SampledPayment
    document: Document | None

    @property
    def is_ready(self) -> bool:
        """Whether the paper is made."""
        return self.document is not None and self.document.state == DocumentState.READY

    @property
    def is_waiting(self) -> bool:
        """Whether it is still to be made."""
        return self.document is not None and self.document.state in (DocumentState.REQUESTED, DocumentState.RENDERING)


def population(office: Office, programme: str, first_on: date, last_on: date, *, until: datetime) -> list[int]:
    """The numbers of the payments of a time that were written down until a moment, in their order."""
    rows = BudgetEntry.rows.filter(
        line__office=office, line__programme=programme, kind=EntryKind.DISBURSE, reverses__isnull=True,
        on__range=(first_on, last_on), at__lte=until, subject_type__in=evidence_kinds(),
    )  # fmt: skip
    return list(rows.order_by("pk").values_list("pk", flat=True))


def is_repeatable(sample: AuditSample, payments: Sequence[SampledPayment]) -> bool:
    """Whether drawing again, from what was there then, gives the same payments in the same order."""
    numbers = population(sample.office, sample.programme, sample.first_on, sample.last_on, until=sample.drawn_at)
    same_source = (len(numbers), digest_of(numbers)) == (sample.population, sample.population_sha256)
    return same_source and drawn(numbers, sample.seed, sample.size) == [row.entry_id for row in payments]


def samples_of(user: Any) -> QuerySet[AuditSample]:
    """The samples the person sees, the newest first."""
    rows: QuerySet[AuditSample] = AuditSample.objects.visible_to(user)
    return rows.select_related("office", "drawn_by").order_by("-pk")


def evidence_of(sample: AuditSample) -> list[Evidence]:
    """The payments of a sample, each with its newest paper."""
    payments = list(sample.payments.select_related("entry__line__source").order_by("place"))
    papers = Document.rows.filter(
        subject_type=EvidenceKind.subject_type, subject_id__in=[payment.pk for payment in payments]
    ).exclude(state=DocumentState.VOID)  # fmt: skip
    newest = {paper.subject_id: paper for paper in papers.order_by("pk")}
    return [Evidence(payment, newest.get(payment.pk)) for payment in payments]
