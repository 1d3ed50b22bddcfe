"""How it stands with the approval of help that came first."""

from __future__ import annotations

from casework.approvals.states import ChainState
from emergency_fund.models import AssistanceRequest


def waits_for_approval(request: AssistanceRequest) -> bool:
    """Whether help was given before approval, and its approval is still to come."""
    approval = request.approval
    return approval is not None and approval.bypassed_by_id is not None and approval.state == ChainState.PENDING
