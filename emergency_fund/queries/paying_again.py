"""How it stands with paying again what came back of a line."""

from __future__ import annotations

from casework.approvals.states import ChainState
from emergency_fund.after_states import AppealState
from emergency_fund.models import Appeal, AssistanceLine, AssistanceRequest
from emergency_fund.rules.deliveries import Again

from .insurance import is_ready_to_pay


def again_of(line: AssistanceLine) -> Again:
    """What decides whether what comes back of a line is paid again."""
    request = line.request
    return Again(
        line=line.state, request=request.state, is_rejected=is_rejected_afterwards(request),
        is_insured=is_ready_to_pay(line),
    )  # fmt: skip


def is_rejected_afterwards(request: AssistanceRequest) -> bool:
    """Whether help came first and was then rejected, with no appeal that was granted since."""
    approval = request.approval
    if approval is None or approval.bypassed_by_id is None or approval.state != ChainState.REJECTED:
        return False
    return not Appeal.rows.filter(request=request, state=AppealState.GRANTED).exists()
