"""Spread the caseload: give many cases to another lead at once."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from casework.accounts.models import User
from casework.cases.models import Case
from casework.kernel.refusals import Refusal

from .cases import change_lead

MOST_AT_ONCE = 100


@transaction.atomic
def spread_cases(*, cases: Iterable[Case], lead: User, by: User, now: datetime) -> tuple[list[Case], list[str]]:
    """Give chosen cases to another lead, each by the rules of one; answer those given and why others were not.

    Raises Refusal CAS-SPREAD-1 for none or more than 100.
    """
    chosen = list(cases)
    if not chosen or len(chosen) > MOST_AT_ONCE:
        raise Refusal("CAS-SPREAD-1", "case", _("Choose one to a hundred cases."))
    given, refused = [], []
    for case in chosen:
        try:
            with transaction.atomic():
                given.append(change_lead(case=case, lead=lead, by=by, now=now))
        except Refusal as refusal:
            refused.append(f"{case.number}: {refusal.sentence}")
    return given, refused
