"""Insurance lines on their way, for the tests of insurances."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from casework.accounts.models import User
from casework.aid.models import InsuranceCover
from casework.aid.services import move_cover, quote_cover
from casework.aid.states import CoverState
from casework.approvals.states import Act
from casework.reference.models import Facility
from emergency_fund.models import AssistanceLine, AssistanceRequest, InsurancePolicy
from emergency_fund.services.deciding import decide
from emergency_fund.services.insurance import quote_insurance

from .test_money_path import NOW, ask, recommended, second_officer

TODAY = timezone.localdate(NOW)
U7 = "migrant_card_u7"


def hospital() -> Facility:
    return Facility.objects.filter(is_active=True).order_by("pk")[0]


def insurance_line(cast, case, **facts: Any) -> AssistanceLine:
    """A family asks for an insurance for the child of the case."""
    return ask(cast, case, ("health_insurance", 500), **facts).lines.get()


def quoted(cast, line: AssistanceLine, **facts: Any) -> InsurancePolicy:
    """Priced by the fund officer: for a child under seven, from today on."""
    values = {"scheme": U7, "hospital": hospital(), "starts_on": TODAY, "by": cast.of("FO"), "now": NOW}
    return quote_insurance(line=line, **values | facts)


def covered(cast, child, first: date, last: date, programme: str = "education") -> InsuranceCover:
    """A cover by another programme."""
    cover = quote_cover(
        child=child, scheme=U7, valid_from=first, valid_to=last, programme=programme, office=cast.mae_sot, subject=child
    )
    return move_cover(cover=cover, to=CoverState.ORDERED)


def approved(cast, line: AssistanceLine, budget) -> AssistanceRequest:
    """Recommended by one officer and approved by another."""
    budget.kinds = ["health_insurance"]
    budget.save(update_fields=["kinds"])
    earlier = frozenset(AssistanceRequest.rows.exclude(pk=line.request_id).values_list("pk", flat=True))
    request = recommended(cast, AssistanceRequest.rows.get(pk=line.request_id), budget, decided=earlier)
    return decide(request=request, act=Act.APPROVE, amounts={}, by=officer_two(cast), now=NOW)


def officer_two(cast):
    """The second officer, once."""
    return User.objects.filter(username="fo.two").first() or second_officer(cast)


def days(n: int) -> date:
    """So many days from today."""
    return TODAY + timedelta(days=n)
