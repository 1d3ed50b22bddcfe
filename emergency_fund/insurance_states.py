"""The life of an insurance that the fund buys for a child (reference programmes 2.3)."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class PolicyState(TextChoices):
    QUOTED = "quoted", _("Priced")
    ORDERED = "ordered", _("Ordered")
    ACTIVE = "active", _("In force")
    EXPIRING = "expiring", _("Ends soon")
    EXPIRED = "expired", _("Run out")
    RENEWED = "renewed", _("Renewed")
    REJECTED = "rejected_by_provider", _("Refused by the hospital")
    CANCELLED = "cancelled", _("Cancelled")
    REFUNDED = "refunded", _("Paid back")


P = PolicyState
POLICY_EDGES = {
    P.QUOTED: {P.ORDERED, P.CANCELLED},
    P.ORDERED: {P.ACTIVE, P.REJECTED, P.CANCELLED},
    P.ACTIVE: {P.EXPIRING, P.CANCELLED},
    P.EXPIRING: {P.EXPIRED, P.RENEWED, P.CANCELLED, P.ACTIVE},
    P.EXPIRED: {P.ACTIVE},
    P.REJECTED: {P.REFUNDED},
    P.CANCELLED: {P.REFUNDED},
}
"""What ran out is in force again only when its card was written down wrongly."""
LIVE = (P.QUOTED, P.ORDERED, P.ACTIVE, P.EXPIRING)
"""A line has one of these at a time."""
IN_FORCE = (P.ACTIVE, P.EXPIRING)
"""The card is there, and its time is not over."""
HAS_CARD = (*IN_FORCE, P.EXPIRED)
"""What stands on the card can be corrected."""
ENDED_EARLY = (P.REJECTED, P.CANCELLED)
"""What was paid for it has to come back."""
WAS_ORDERED = (P.ORDERED, P.ACTIVE, P.EXPIRING, P.EXPIRED, P.RENEWED)
"""The hospital was asked for it, and it did not end early: it is paid for."""
NOT_ORDERED = (P.QUOTED, P.CANCELLED, P.REFUNDED)
"""What an insurance can be without having been ordered."""
