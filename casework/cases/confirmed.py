"""What of a case a second person confirms: the seal that a caseworker asks for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from casework.accounts.models import User
from casework.approvals.models import Proposal
from casework.approvals.services.proposals import propose
from casework.audit.services import record_event
from casework.cases.models import Case
from casework.cases.services.cases import seal_case
from casework.kernel.acts import act
from casework.kernel.refusals import Conflict, Refusal
from casework.programmes.contributions import ProposalKind, Words

KIND = "cases.seal"


@act
def propose_seal(*, case: Case, reason: str, by: User, now: datetime) -> Proposal:
    """Ask who may seal in the office to seal a case.

    Number and reason stand on the case and are told only while it has no seal: afterwards the proposal says neither.
    Raises Refusal without a reason (CAS-SEAL-1) and Conflict for a case that is sealed (CAS-SEAL-2).
    """
    if not reason.strip():
        raise Refusal("CAS-SEAL-1", "reason", _("Give a reason."))
    if case.is_sealed:
        raise Conflict("CAS-SEAL-2", "", _("This case is sealed already."))
    record_event(
        "cases.case.seal_asked", actor=by, subject=case, case_id=case.pk, office_id=case.office_id,
        reason=reason.strip(), level=3, at=now,
    )  # fmt: skip
    return propose(
        kind=KIND, subject=case, facts={"why": reason.strip()[:300]}, office_id=case.office_id,
        summary=lambda: gettext("Seal a case"), by=by, now=now,
    )  # fmt: skip


def _seal(proposal: Proposal, by: User, now: datetime) -> Case:
    return seal_case(case=_case(proposal.subject_id), sealed=True, reason=proposal.facts["why"], by=by)


def _case(pk: int) -> Case:
    return Case.rows.select_related("child").get(pk=pk)


def _as_it_is(subject_id: int, facts: Mapping[str, Any]) -> dict[str, Any]:
    """A seal that was set, and taken off or not, since it was proposed."""
    return {"is_sealed": _case(subject_id).is_sealed}


def _described(proposal: Any) -> Iterable[tuple[Words, Words]]:
    case = _case(proposal.subject_id)
    if not case.is_sealed:
        yield (_("Case"), case.number)
        yield (_("Reason"), proposal.facts["why"])
    yield (_("Who then sees it"), gettext("Only who is assigned to it."))


def _place(proposal: Any) -> tuple[Words, str] | None:
    case = _case(proposal.subject_id)
    return None if case.is_sealed else (case.number, reverse("cases:detail", args=[case.pk]))


SEALING = ProposalKind(
    key=KIND, label=_("Seal a case"), action="cases.case.seal", execute=_seal, current=_as_it_is,
    described=_described, place=_place,
)  # fmt: skip
