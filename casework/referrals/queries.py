"""Referrals in the order in which somebody asks about them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.db.models import Min, QuerySet
from django.urls import reverse
from django.utils import timezone

from casework.cases.models import Case
from casework.documents.models import PrintLog
from casework.kernel.subjects import subject_type
from casework.programmes.contributions import Told

from .forms import SHARED_CHOICES
from .models import WAITING_FIRST, Referral
from .rules import purpose_for


def waiting_first(referrals: QuerySet[Referral]) -> QuerySet[Referral]:
    """Referrals that wait for an answer by the time it is due, then the others; an index keeps this order."""
    return referrals.order_by(*WAITING_FIRST)


def told_before(case: Case, purpose: str) -> Iterator[Told]:
    """Who was told of the child with consent for a purpose: what, since when, and when the letter was printed."""
    asked = case.referrals.filter(consent__isnull=False, service__isnull=False).select_related("service")
    referrals = [referral for referral in asked.order_by("sent_at") if purpose_for(referral.kind) == purpose]
    printed, labels = _first_printed(referrals), dict(SHARED_CHOICES)
    for referral in referrals:
        yield Told(
            who=str(referral.service), what=[labels[name] for name in referral.shared_fields if name in labels],
            on=timezone.localdate(referral.sent_at), url=reverse("referrals:detail", args=[referral.pk]),
            printed_on=printed.get(referral.pk),
        )  # fmt: skip


def _first_printed(referrals: list[Referral]) -> dict[int, date]:
    """Referral → the day on which its letter was first printed."""
    about = {
        "document__subject_type": subject_type(Referral()),
        "document__subject_id__in": [referral.pk for referral in referrals],
    }
    prints = PrintLog.objects.filter(**about).values_list("document__subject_id").annotate(first=Min("at"))
    return {pk: timezone.localdate(first) for pk, first in prints}
