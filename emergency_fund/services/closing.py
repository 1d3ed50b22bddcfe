"""A person closes a request when everything of it is done and looked after."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone

from casework.accounts.models import User
from casework.audit.services import record_event
from casework.kernel.acts import act
from casework.kernel.moves import move
from casework.kernel.refusals import refuse_errors
from emergency_fund.models import AssistanceRequest, RequestClosing
from emergency_fund.queries.closing import standing_of
from emergency_fund.querysets import PROGRAMME
from emergency_fund.rules import closing as rules
from emergency_fund.states import RequestState

from .holding import hold_request


@act
def close_request(*, request: AssistanceRequest, comment: str, by: User, now: datetime) -> AssistanceRequest:
    """Close a request. Raises Conflict with E-EAF-69, Refusal with E-EAF-20 to 22 and 68."""
    request = hold_request(request.pk)
    rules.can_close(request.state).insist()
    standing = standing_of(request, timezone.localdate(now))
    refuse_errors([*rules.against_closing(standing), *rules.against_comment(comment, standing)])
    RequestClosing.rows.create(request=request, comment=comment.strip()[:500], by=by, at=now)
    request = move(request, RequestState.CLOSED)
    record_event(
        f"{PROGRAMME}.request.closed", actor=by, subject=request, case_id=request.case_id,
        office_id=request.office_id, at=now,
    )  # fmt: skip
    return request
