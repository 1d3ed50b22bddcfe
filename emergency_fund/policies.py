"""Who may act on the open step of a chain: its role, and who stands in for somebody of it who is away."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest

from casework.access.policies import Policy

from .models import Appeal, AssistanceRequest
from .querysets import APPROVE, stands_in_on


@dataclass(frozen=True, kw_only=True)
class OfChain(Policy):
    """Who may act on the open step of a request or an appeal, also for somebody who is away; the role itself first."""

    def admit_row(self, request: HttpRequest, row: AssistanceRequest | Appeal) -> None:
        if not stands_in_on(row, request.user):
            super().admit_row(request, row)


DECIDE = OfChain(action=APPROVE)
