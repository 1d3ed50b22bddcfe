"""Hold a request: who writes its lines does it one after the other."""

from __future__ import annotations

from emergency_fund.models import AssistanceRequest


def hold_request(pk: int) -> AssistanceRequest:
    """The request as it stands now, held until the act ends: paying, deciding and taking back wait for each other.

    It is read after it is held: what is joined to a row that was waited for would be as it was before.
    """
    AssistanceRequest.rows.select_for_update().get(pk=pk)
    return AssistanceRequest.rows.select_related("family", "office", "approval", "requester", "asked_by", "case").get(
        pk=pk
    )
