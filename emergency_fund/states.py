"""The life of a request to the Emergency Assistance Fund, and its code lists (reference programmes 2.3 and 2.4)."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import IntegerChoices, TextChoices
from django.utils.translation import gettext_lazy as _


class RequestState(TextChoices):
    SUBMITTED = "submitted", _("Sent to the fund")
    SCREENED = "screened", _("Being assessed")
    IN_APPROVAL = "in_approval", _("Waiting for approval")
    RETURNED = "returned", _("Returned")
    APPROVED = "approved", _("Approved")
    IN_DELIVERY = "in_delivery", _("Being delivered")
    DELIVERED = "delivered", _("Delivered")
    REJECTED = "rejected", _("Rejected")
    APPEAL = "appeal", _("Appeal")
    UPHELD = "upheld", _("Rejection upheld")
    REFERRED_OUT = "referred_out", _("Referred to another source of help")
    INELIGIBLE = "ineligible", _("Not for the fund")
    WITHDRAWN = "withdrawn", _("Taken back")
    EXPIRED = "expired", _("Expired")
    CLOSED = "closed", _("Closed")


S = RequestState
_LEAVES = {S.WITHDRAWN, S.EXPIRED}
REQUEST_EDGES = {
    S.SUBMITTED: {S.SCREENED, S.RETURNED, S.REFERRED_OUT, S.INELIGIBLE, *_LEAVES},
    S.SCREENED: {S.IN_APPROVAL, S.RETURNED, S.REFERRED_OUT, S.INELIGIBLE, *_LEAVES},
    S.IN_APPROVAL: {S.APPROVED, S.REJECTED, S.RETURNED, *_LEAVES},
    S.RETURNED: {S.SUBMITTED, *_LEAVES},
    S.APPROVED: {S.IN_DELIVERY, S.REJECTED, S.APPEAL, *_LEAVES},  # rejected: helped before approval, nothing paid yet
    S.IN_DELIVERY: {S.DELIVERED, S.APPEAL, *_LEAVES},  # appeal: of what was approved nothing came about
    S.DELIVERED: {S.IN_DELIVERY, S.CLOSED},
    S.REJECTED: {S.APPEAL, S.CLOSED},
    S.APPEAL: {S.SUBMITTED, S.APPROVED, S.UPHELD, S.WITHDRAWN},
    S.UPHELD: {S.CLOSED},
    S.REFERRED_OUT: {S.APPEAL, S.CLOSED},
    S.INELIGIBLE: {S.APPEAL, S.CLOSED},
    S.EXPIRED: {S.CLOSED},
}
OPEN_STATES = frozenset({S.SUBMITTED, S.SCREENED, S.IN_APPROVAL, S.RETURNED, S.APPROVED, S.IN_DELIVERY, S.APPEAL})
ENDED = frozenset(RequestState) - OPEN_STATES
IN_FLIGHT = frozenset({S.SUBMITTED, S.SCREENED, S.IN_APPROVAL, S.RETURNED, S.APPEAL})
"""Not decided yet: what is asked counts towards the family's ceiling."""
TO_PAY = (S.APPROVED, S.IN_DELIVERY, S.DELIVERED)
"""What a cashier sees: what is to be paid, and what was paid, should some of it come back."""


ENDED_WITH_PAYMENTS = (S.CLOSED, S.EXPIRED, S.WITHDRAWN)
"""What a cashier sees where something was paid of it: some of that may come back after its end."""


class Urgency(TextChoices):
    LIFE_SAVING = "24h", _("Life at risk, within 24 hours")
    URGENT = "72h", _("Urgent, within 72 hours")
    NORMAL = "14d", _("Within 14 days")


DECIDED_WITHIN = {
    Urgency.LIFE_SAVING: timedelta(hours=24),
    Urgency.URGENT: timedelta(hours=72),
    Urgency.NORMAL: timedelta(days=14),
}


class Channel(TextChoices):
    WALK_IN = "walk_in", _("Came in person")
    PHONE = "phone", _("By phone")
    HOTLINE = "hotline", _("By the hotline")
    OUTREACH = "outreach", _("Met in the community")
    PARTNER = "partner_referral", _("Sent by a partner")
    CLINIC = "clinic", _("From the clinic")


class IncidentKind(TextChoices):
    WORK_INJURY = "work_injury", _("Injury at work")
    ROAD_ACCIDENT = "road_accident", _("Road accident")
    OTHER_ACCIDENT = "other_accident", _("Another accident")
    JOB_TERMINATION = "job_termination", _("Lost the job")
    WAGE_NON_PAYMENT = "wage_non_payment", _("Wage not paid")
    ILLNESS = "illness", _("Illness")
    DEATH_EARNER = "death_earner", _("Death of the earner")
    ARREST_DETENTION = "arrest_detention", _("Arrest or detention")
    FIRE_FLOOD = "fire_flood", _("Fire or flood")
    EVICTION = "eviction", _("Put out of the home")
    OTHER = "other", _("Something else")


class Entitlement(TextChoices):
    """Other sources that come first by law (reference programmes 2.2)."""

    WCF = "wcf", _("Workmen’s Compensation Fund")
    SSO = "sso", _("Social security")
    EMPLOYER = "employer_pay", _("Pay owed by the employer")
    VEHICLE = "vehicle_insurance", _("Compulsory vehicle insurance")
    HEALTH_CARD = "health_card", _("Health insurance card")
    NONE = "none", _("None")


class EntitlementStatus(TextChoices):
    NOT_CHECKED = "not_checked", _("Not checked yet")
    NOT_ELIGIBLE = "not_eligible", _("Not entitled")
    REFERRED = "referred", _("Sent there to claim")
    APPLIED = "applied", _("Applied for")
    RECEIVING = "receiving", _("Being received")
    REFUSED = "refused", _("Refused")
    EXHAUSTED = "exhausted", _("Used up")


class AssessmentMode(TextChoices):
    """How a family was asked how it lives."""

    HOME = "home", _("At their home")
    OFFICE = "office", _("At our office")
    PHONE = "phone", _("By phone")


class NeedKind(TextChoices):
    """What a child lacks, as far as the fund asks. A worry about its safety goes to who leads the case instead."""

    FOOD = "food", _("Food and nutrition")
    HEALTH = "health", _("Health")
    HYGIENE = "hygiene", _("Hygiene and clothes")
    SHELTER = "shelter", _("Place to live")
    SCHOOL = "school", _("School")


class Severity(IntegerChoices):
    """How serious a need of a child is (reference programmes 2.3)."""

    NONE = 0, _("No need")
    SOME = 1, _("Some need")
    SERIOUS = 2, _("Serious")
    URGENT = 3, _("Urgent")


class LineKind(TextChoices):
    HYGIENE_KIT = "hygiene_kit", _("Hygiene kit")
    NUTRITION = "nutrition", _("Nutrition")
    HEALTH_COST = "health_cost", _("Health cost")
    HEALTH_INSURANCE = "health_insurance", _("Health insurance")
    TRANSPORT = "transport_to_care", _("Transport to care")


class Modality(TextChoices):
    CASH = "cash", _("Cash")
    VOUCHER = "voucher", _("Voucher")
    IN_KIND = "in_kind", _("Goods")
    SERVICE = "service", _("Service paid for")
    INSURANCE = "insurance", _("Insurance bought")


class LineUnit(TextChoices):
    """What things of the fund are counted in, in the words beside a number; anything else stands in the details."""

    VISIT = "visit", _("visits")
    NIGHT = "night", _("nights")
    TRIP = "trip", _("trips")
    DAY = "day", _("days")
    MONTH = "month", _("months")
    TIN = "tin", _("tins")
    PACK = "pack", _("packs")
    BOTTLE = "bottle", _("bottles")
    KILOGRAM = "kilogram", _("kg")
    PERSON = "person", _("persons")


COUNTED = frozenset({LineKind.NUTRITION, LineKind.HEALTH_COST, LineKind.TRANSPORT})
"""What can be asked for as so many at the price of one: a kit costs what its lots cost, an insurance what its table
says."""
FOR_FAMILY = frozenset({LineKind.HYGIENE_KIT})
"""What is packed for all who live with the child (reference programmes 2.2): once for a family, not for each child."""


ONCE_FOR_IT = frozenset({LineKind.HEALTH_COST, LineKind.TRANSPORT})
"""What is given once for what happened, not once in a time."""


MODALITIES = {
    LineKind.HYGIENE_KIT: (Modality.IN_KIND,),
    LineKind.NUTRITION: (Modality.CASH, Modality.VOUCHER),
    LineKind.HEALTH_COST: (Modality.SERVICE, Modality.CASH, Modality.VOUCHER),
    LineKind.HEALTH_INSURANCE: (Modality.INSURANCE,),
    LineKind.TRANSPORT: (Modality.CASH, Modality.SERVICE, Modality.VOUCHER),
}
"""How help of each kind can be given, the usual way first; goods leave a store as kits, an insurance is bought."""
PAID_TO_OTHERS = (Modality.SERVICE, Modality.VOUCHER)
"""What a hospital, shop or company is paid for, and not the family."""


class LineState(TextChoices):
    ASKED = "asked", _("Asked for")
    APPROVED = "approved", _("Approved")
    PARTLY = "partly", _("Partly delivered")
    DELIVERED = "delivered", _("Delivered")
    REFUSED = "refused", _("Not approved")
    CANCELLED = "cancelled", _("Cancelled")
    EXPIRED = "expired", _("Expired")


LINE_EDGES = {
    LineState.ASKED: {LineState.APPROVED, LineState.REFUSED, LineState.CANCELLED},
    LineState.REFUSED: {LineState.ASKED, LineState.APPROVED},
    LineState.APPROVED: {
        LineState.APPROVED, LineState.PARTLY, LineState.DELIVERED, LineState.REFUSED, LineState.CANCELLED,
        LineState.EXPIRED,
    },
    LineState.DELIVERED: {LineState.PARTLY},
    LineState.PARTLY: {
        LineState.PARTLY, LineState.DELIVERED, LineState.REFUSED, LineState.CANCELLED, LineState.EXPIRED,
    },
}  # fmt: skip
"""What was refused or delivered comes to life again only by an appeal that was granted."""


class AccountState(TextChoices):
    WAITING = "waiting", _("Waiting for a second person")
    CONFIRMED = "confirmed", _("Confirmed")


class ReceiverProof(TextChoices):
    PAPER = "paper", _("An identity paper")
    KNOWN = "known_to_staff", _("Known to the staff")
    THUMB_PRINT = "thumb_print", _("Thumb print before a witness")
    WITNESS = "witness", _("A witness knows them")
    BANK_SLIP = "bank_slip", _("The bank’s slip")
    THEIR_RECEIPT = "their_receipt", _("The receipt of who was paid")


_OF_PAYEES = {ReceiverProof.BANK_SLIP, ReceiverProof.THEIR_RECEIPT}
HANDED_OVER = [proof for proof in ReceiverProof.choices if proof[0] not in _OF_PAYEES]
"""How it is known who somebody is that something is handed to."""
ON_THE_WAY = [*HANDED_OVER, (ReceiverProof.BANK_SLIP.value, ReceiverProof.BANK_SLIP.label)]
"""What a row of a list from the way says of it: handed over, or sent to the account of the family."""


class ReturnReason(TextChoices):
    """Why an approver sends a request back or rejects it."""

    PAPERS = "papers", _("A paper is missing")
    AMOUNT = "amount", _("The amount is not explained")
    ENTITLEMENT = "entitlement", _("Another source pays first")
    DUPLICATE = "duplicate", _("Help was given already")
    NOT_NEEDED = "not_needed", _("The need is not shown")
    OUTSIDE = "outside", _("Not for this fund")
    COSTS_LESS = "costs_less", _("It costs less")
    LIMIT = "limit", _("The fund gives no more for it")
    OTHER = "other", _("Another reason")
