"""Who declared that they belong to a family that is helped, or have to do with who is paid for it."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Any

from django.db.models import QuerySet

from casework.kernel.guards import Verdict
from casework.people.models import ConflictOfInterest
from casework.people.models.conflicts import organisation_key
from emergency_fund.insurance_states import LIVE
from emergency_fund.models import AssistanceLine, AssistanceRequest, InsurancePolicy
from emergency_fund.rules.requests import is_of_another_family
from emergency_fund.states import LineKind

from .appeals import persons_of

HOSPITAL = "cover__hospital__name"


def providers_of(lines: Collection[AssistanceLine]) -> set[str]:
    """The names of who is paid for these lines."""
    return set().union(*providers_of_each(lines).values())


def providers_of_each(lines: Collection[AssistanceLine]) -> dict[int, set[str]]:
    """The names of who is paid for each line: as written on it, and of the hospital of its insurance."""
    named = {line.pk: {line.provider} - {""} for line in lines}
    insured = [line.pk for line in lines if line.kind == LineKind.HEALTH_INSURANCE]
    if insured:
        policies = InsurancePolicy.rows.filter(line__in=insured, state__in=LIVE, cover__hospital__isnull=False)
        for pk, *names in policies.values_list("line", f"{HOSPITAL}_en", f"{HOSPITAL}_th", f"{HOSPITAL}_my"):
            named[pk].update(name for name in names if name)
    return named


def interests_in(line: AssistanceLine, today: date) -> QuerySet[ConflictOfInterest]:
    """The conflicts of interest that stand against paying a line or handing it over."""
    return _holding(today).about(persons_of(line.request), [organisation_key(name) for name in providers_of([line])])


def belongs_to(request: AssistanceRequest, user: Any, today: date) -> bool:
    """Whether the person declared that they belong to the family."""
    return bool(belonging_to([request], user, today))


def belonging_to(requests: Collection[AssistanceRequest], user: Any, today: date) -> set[int]:
    """The ids of these requests to whose family the person declared that they belong."""
    own = _holding(today).filter(user=user)
    if not own.exists():
        return set()
    return {request.pk for request in requests if own.about(persons_of(request)).exists()}


def related_to(request: AssistanceRequest, today: date) -> set[int]:
    """The ids of who declared that they belong to the family."""
    return set(_holding(today).about(persons_of(request)).values_list("user_id", flat=True))


def may_work_on(request: AssistanceRequest, user: Any, today: date) -> Verdict:
    """Whether the person has nothing to do with the family, and may screen, assess, price, recommend or turn away."""
    return is_of_another_family(belongs_to(request, user, today))


def kept_from(lines: Collection[AssistanceLine], user: Any, today: date) -> set[int]:
    """The ids of lines whose supplier or provider the person declared to have to do with."""
    own = set(_holding(today).filter(user=user).exclude(organisation_key="").values_list("organisation_key", flat=True))
    if not own:
        return set()
    return {pk for pk, names in providers_of_each(lines).items() if own & set(map(organisation_key, names))}


def _holding(today: date) -> Any:
    return ConflictOfInterest.rows.holding(today)
