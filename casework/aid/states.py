"""The life of what a child is given, and of an insurance cover."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class AidState(TextChoices):
    PROMISED = "promised", _("Promised")
    GIVEN = "given", _("Given")
    CANCELLED = "cancelled", _("Cancelled")


AID_EDGES = {
    AidState.PROMISED: {AidState.PROMISED, AidState.GIVEN, AidState.CANCELLED},
    AidState.GIVEN: {AidState.PROMISED, AidState.CANCELLED},
}
"""What was promised or given is promised anew when more of it was granted later."""
LIVE = (AidState.PROMISED, AidState.GIVEN)


class Scheme(TextChoices):
    """Kinds of health insurance a migrant child can have (reference programmes 2.3)."""

    MIGRANT_CARD = "migrant_card", _("Migrant health insurance")
    MIGRANT_CARD_U7 = "migrant_card_u7", _("Migrant health insurance, under seven")
    SSO_DEPENDANT = "sso_dependant", _("Dependant in the social security")
    UCS_T99 = "ucs_t99", _("Rights fund for people with a status problem (T.99)")
    PRIVATE = "private", _("Private insurance")
    OTHER = "other", _("Other")


class CoverState(TextChoices):
    QUOTED = "quoted", _("Price asked")
    ORDERED = "ordered", _("Ordered")
    ACTIVE = "active", _("In force")
    REFUSED = "refused", _("Refused by the hospital")
    EXPIRED = "expired", _("Run out")
    CANCELLED = "cancelled", _("Cancelled")
    REFUNDED = "refunded", _("Paid back")


COVER_EDGES = {
    CoverState.QUOTED: {CoverState.ORDERED, CoverState.CANCELLED},
    CoverState.ORDERED: {CoverState.ACTIVE, CoverState.REFUSED, CoverState.CANCELLED},
    CoverState.ACTIVE: {CoverState.EXPIRED, CoverState.CANCELLED},
    CoverState.EXPIRED: {CoverState.ACTIVE},
    CoverState.REFUSED: {CoverState.REFUNDED},
    CoverState.CANCELLED: {CoverState.REFUNDED},
}
"""What ran out is in force again only when its last day was written down wrongly."""
COVERS = (CoverState.ORDERED, CoverState.ACTIVE, CoverState.EXPIRED)
"""States in which the dates of a cover are taken; two of a child never overlap."""
