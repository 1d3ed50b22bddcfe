"""The life of a request for approval, what a person can do on it, and how many of a role it takes."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class ChainState(TextChoices):
    PENDING = "pending", _("Waiting for approval")
    APPROVED = "approved", _("Approved")
    REJECTED = "rejected", _("Rejected")
    RETURNED = "returned", _("Returned")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    EXPIRED = "expired", _("Expired")


CHAIN_EDGES = {
    ChainState.PENDING: {
        ChainState.APPROVED, ChainState.REJECTED, ChainState.RETURNED, ChainState.WITHDRAWN, ChainState.EXPIRED,
    },
    ChainState.APPROVED: {ChainState.EXPIRED},
}  # fmt: skip


class Act(TextChoices):
    """What one person does on a request, once."""

    APPROVE = "approve", _("Approve")
    RETURN = "return", _("Return")
    REJECT = "reject", _("Reject")
    RECUSE = "recuse", _("Leave it to somebody else")


DONE = {
    Act.APPROVE: _("Approved"), Act.RETURN: _("Returned"), Act.REJECT: _("Rejected"), Act.RECUSE: _("Stepped back"),
}  # fmt: skip
"""The same, told afterwards."""


class Quorum(TextChoices):
    """How many of those with the role of a step approve."""

    ANY = "any", _("any one")
    COUNT = "count", _("so many")
    ALL = "all", _("all")


class PairScope(TextChoices):
    """How far two roles are kept apart."""

    HELD = "held", _("Nobody holds both")
    REQUEST = "request", _("Nobody signs by both on one request")
