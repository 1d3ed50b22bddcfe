"""What every act on a request over the API needs: who acts and when, and the key under which it is kept."""

from __future__ import annotations

import hashlib
from typing import Any

from django.utils.translation import gettext as _

from casework.access.policies import Policy
from casework.kernel.refusals import Refusal
from casework.ui.api.resources import Resource
from emergency_fund.models import AssistanceRequest, Collector, Delivery
from emergency_fund.queries.collectors import collectors_of
from emergency_fund.querysets import ASK, PAY, SCREEN

from .told import unknown

EDIT, WORK, CASHIER = Policy(action=ASK), Policy(action=SCREEN), Policy(action=PAY)


def collector_named(request: AssistanceRequest, pk: int | None) -> Collector | None:
    """Who fetches it, where somebody is named. Raises ValidationError for one that is not there."""
    found = {None: None} | {one.pk: one for one in collectors_of(request)}
    if pk not in found:
        raise unknown("collector")
    return found[pk]


class OfRequest(Resource):
    """Acts on one request."""

    @property
    def key(self) -> str:
        """The key under which the payment is kept for ever. Raises Refusal where none was sent."""
        sent = self.request.headers.get("Idempotency-Key", "")
        if not sent:
            words = _("Send an Idempotency-Key of your own: with it, the same payment is made once.")
            raise Refusal("IDEM-KEY", "Idempotency-Key", words)
        return f"api-{hashlib.sha256(f'{self.request.user.pk} {sent}'.encode()).hexdigest()[:40]}"

    def named(self, rows: Any, pk: int, field: str) -> Any:
        """One of the rows that hang on the request, as a body names it. Raises ValidationError for any other."""
        found = rows.filter(pk=pk).first()
        if found is None:
            raise unknown(field)
        return found

    def deliveries(self) -> Any:
        """What was paid or handed over of it."""
        return Delivery.objects.visible_to(self.request.user).filter(line__request=self.row)

    def delivery(self, number: int) -> Delivery:
        """One of these. Raises ValidationError for any other."""
        found: Delivery = self.named(self.deliveries(), number, "delivery")
        return found
