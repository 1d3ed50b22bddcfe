"""What an auditor gets of a payment: a programme says for which of its rows, and what stands on it, without names."""

from __future__ import annotations

from typing import ClassVar

from django.utils.translation import gettext_lazy as _

from casework.documents.kinds import DocumentKind, all_kinds
from casework.funds.models import SAMPLE_SEE, SampledPayment
from casework.kernel.guards import YES, Verdict, no


class EvidenceKind(DocumentKind):
    """Base of the evidence of a payment. `evidence_of` is the type of row whose payment it tells of."""

    subject_type = "funds.sampledpayment"
    action = SAMPLE_SEE
    level = 1
    evidence_of: ClassVar[str]

    def can_make(self, subject: SampledPayment) -> Verdict:
        if subject.entry.subject_type != self.evidence_of:
            return no("E-SMP-05", _("This payment is of another kind."))
        return YES

    def reference(self, subject: SampledPayment) -> str:
        return f"{subject.sample.number}/{subject.place}"


def evidence_kinds() -> dict[str, EvidenceKind]:
    """Type of row → the kind of paper that tells of its payment."""
    return {kind.evidence_of: kind for kind in all_kinds() if isinstance(kind, EvidenceKind)}
