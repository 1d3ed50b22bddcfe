"""What the requests of a case wait for, and until when: the same on the page of the case and in lists of cases."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from functools import lru_cache
from typing import Any

from django.db.models import Case, F, OuterRef, Subquery, When
from django.db.models.functions import JSONObject, TruncDate
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from casework.programmes.contributions import Standing, Words
from casework.programmes.work import day
from emergency_fund.models import AssistanceRequest
from emergency_fund.states import TO_PAY, RequestState

DUE_ON = Case(When(state__in=TO_PAY, then="expires_on"), default=TruncDate("decision_due_at"))
FACTS = JSONObject(state="state", number="number", due_on=DUE_ON)


@lru_cache(maxsize=1)
def standing_facts(today: date) -> Subquery:
    """The facts of the request of a case that is on its way and due first; nothing where none is on its way."""
    requests = AssistanceRequest.rows.filter(case=OuterRef("pk")).open().alias(due_on=DUE_ON)
    return Subquery(requests.order_by(F("due_on").asc(nulls_last=True), "pk").values(facts=FACTS)[:1])


def standing(facts: Mapping[str, Any]) -> Standing:
    """How far a request is and what it waits for, from its facts."""
    state = RequestState(facts["state"])
    stage = format_lazy("{}: {}", _("Fund"), state.label)
    return Standing(stage=stage, step=_waits_for(state, facts["number"]), due_on=day(facts["due_on"]))


def next_steps(case: Any) -> Iterator[tuple[Words, date | None]]:
    """What each request of a case that is on its way waits for, and until when."""
    for facts in AssistanceRequest.rows.filter(case=case).open().order_by("pk").values_list(FACTS, flat=True):
        told = standing(facts)
        yield told.step, told.due_on


def _waits_for(state: RequestState, number: str) -> Words:
    if state == RequestState.RETURNED:
        return _("Correct the request to the fund")
    if state in TO_PAY:
        return _("The help of the fund is paid or handed over")
    return format_lazy(_("The fund decides on {number}"), number=number)
