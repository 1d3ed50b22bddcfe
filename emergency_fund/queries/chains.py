"""Every chain of people who decided on a request or on the appeal against it."""

from __future__ import annotations

from django.db.models import Prefetch, Q

from casework.approvals.models import ApprovalAction, ApprovalRequest
from casework.approvals.states import ChainState
from casework.kernel.subjects import subject_type
from emergency_fund.after_states import TURNED_AWAY
from emergency_fund.models import Appeal, AssistanceRequest

OF_APPEAL = subject_type(Appeal())


def chains_of(request: AssistanceRequest) -> list[ApprovalRequest]:
    """The chains of a request, those that returned it too, and of its appeal; with their acts, the oldest first."""
    about = Q(subject_type=subject_type(request), subject_id=request.pk)
    about |= Q(subject_type=OF_APPEAL, subject_id__in=Appeal.rows.filter(request=request).values("pk"))
    acts = Prefetch("actions", ApprovalAction.objects.select_related("user", "acted_for").order_by("pk"))
    rows = ApprovalRequest.rows.filter(about).select_related("requested_by", "bypassed_by").prefetch_related(acts)
    return list(rows.order_by("requested_at", "pk"))


def chains_that_pay(request: AssistanceRequest) -> list[ApprovalRequest]:
    """Those by which money is paid: approved, or acted on before; not the appeal that only started a request anew."""
    appeal = getattr(request, "appeal", None)
    is_anew = appeal is not None and appeal.against in TURNED_AWAY
    return [
        chain
        for chain in chains_of(request)
        if (chain.state == ChainState.APPROVED or (chain.state == ChainState.PENDING and chain.bypassed_by_id))
        and not (is_anew and chain.subject_type == OF_APPEAL)
    ]
