"""States of a referral and kinds of services."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class ReferralState(TextChoices):
    PENDING = "pending", _("Sent, waiting")
    ACCEPTED = "accepted", _("Accepted")
    COMPLETED = "completed", _("Completed")
    DECLINED = "declined", _("Declined")
    NO_RESPONSE = "no_response", _("No answer")
    CANCELLED = "cancelled", _("Cancelled")


REFERRAL_EDGES = {
    ReferralState.PENDING: {
        ReferralState.ACCEPTED,
        ReferralState.DECLINED,
        ReferralState.NO_RESPONSE,
        ReferralState.CANCELLED,
    },
    ReferralState.ACCEPTED: {ReferralState.COMPLETED, ReferralState.CANCELLED},
    ReferralState.NO_RESPONSE: {ReferralState.ACCEPTED, ReferralState.DECLINED, ReferralState.CANCELLED},
}


class Urgency(TextChoices):
    DAY = "24h", _("Within 24 hours")
    THREE_DAYS = "72h", _("Within 72 hours")
    TWO_WEEKS = "14d", _("Within two weeks")


URGENCY_HOURS = {Urgency.DAY: 24, Urgency.THREE_DAYS: 72, Urgency.TWO_WEEKS: 14 * 24}


class ServiceKind(TextChoices):
    INSURANCE = "insurance", _("Health insurance")
    VACCINATION = "vaccination", _("Vaccination")
    SCHOOL = "school", _("School")
    HEALTH = "health", _("Health care")
    LEGAL = "legal", _("Legal help")
    PROTECTION = "protection", _("Child protection")
    OTHER = "other", _("Other")
