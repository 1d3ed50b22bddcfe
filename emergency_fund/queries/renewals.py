"""Insurances that end soon or have run out, and whether anything follows them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import JSONObject
from django.utils import timezone
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from casework.aid.models import InsuranceCover
from casework.aid.states import CoverState, Scheme
from casework.cases.models import Case
from casework.cases.states import CaseState
from casework.people.queries.names import shown_of
from casework.programmes.contributions import Words
from casework.reference.models import Facility
from casework.reference.queries import term
from emergency_fund.insurance_states import PolicyState
from emergency_fund.models import AssistanceLine, InsurancePolicy, InsuranceTariff
from emergency_fund.querysets import PROGRAMME
from emergency_fund.states import OPEN_STATES, LineKind, LineState, Urgency
from emergency_fund.words import typed

from .insurance import age_on, fitting_scheme
from .lists import is_name_hidden

FOLLOWS = (CoverState.ORDERED, CoverState.ACTIVE)
DEAD = (LineState.REFUSED, LineState.CANCELLED, LineState.EXPIRED, LineState.DELIVERED)

IS_ALIVE = Q(line__child__died_on__isnull=True, line__child__merged_into__died_on__isnull=True)
SHOWN = ("pk", "names", "again", "until", "scheme", "hospital", "case", "number", "request", "office", "is_sealed")


def renewal_days(today: date) -> int:
    """So many days before its end an insurance is to be renewed."""
    return int(term(f"{PROGRAMME}.renewal_days", today))


def day_of(now: datetime) -> date:
    """The day of a moment, where we are."""
    return timezone.localdate(now)


def ends_soon(today: date) -> QuerySet[InsurancePolicy]:
    """Insurances in force that end within the days of the term."""
    last = today + timedelta(days=renewal_days(today))
    return InsurancePolicy.rows.filter(state=PolicyState.ACTIVE, cover__valid_to__lte=last)


def has_ended(today: date) -> QuerySet[InsurancePolicy]:
    """Insurances whose last day is over, with whether a cover follows without a gap, whoever pays for it."""
    rows = InsurancePolicy.rows.filter(state=PolicyState.EXPIRING, cover__valid_to__lt=today)
    return rows.annotate(is_followed=Exists(_following()))


def _following() -> QuerySet[InsuranceCover]:
    """Covers of the child that go on where the insurance ends; of two records that became one, those of both."""
    child = Q(child=OuterRef("cover__child")) | Q(child=OuterRef("cover__child__merged_into"))
    return InsuranceCover.rows.filter(
        child, state__in=FOLLOWS, valid_to__gt=OuterRef("cover__valid_to"),
        valid_from__lte=OuterRef("cover__valid_to") + timedelta(days=1),
    )  # fmt: skip


def _asked_again() -> QuerySet[AssistanceLine]:
    """Lines on which an insurance is asked for the same child again, in a request that is on its way."""
    child = Q(child=OuterRef("line__child")) | Q(child=OuterRef("line__child__merged_into"))
    child |= Q(child__merged_into=OuterRef("line__child"))
    rows = AssistanceLine.rows.filter(child, kind=LineKind.HEALTH_INSURANCE, request__state__in=sorted(OPEN_STATES))
    return rows.exclude(state__in=DEAD).exclude(request=OuterRef("line__request"))


def to_renew(rows: QuerySet[InsurancePolicy]) -> QuerySet[InsurancePolicy]:
    """Those of living children that nothing follows and nobody asked for again."""
    return rows.filter(IS_ALIVE, ~Exists(_following()), ~Exists(_asked_again()))


@dataclass(frozen=True, kw_only=True)
class Again:
    """An insurance for the time after another one, of the kind that fits the age then, and what it costs."""

    scheme: str
    first: date
    price: Decimal


def again(policy: InsurancePolicy, *, today: date) -> Again:
    """The insurance that would follow: the same where the child's age still fits it, from the day after."""
    cover, child = policy.cover, policy.line.child.record_now()
    first = max(cover.valid_to + timedelta(days=1), today)
    age = age_on(child, first)
    fitting = InsuranceTariff.objects.live(first).filter(age_from__lte=age or 0, age_to__gte=age or 0)
    same = fitting.filter(scheme=cover.scheme).first()
    if same is not None:
        return Again(scheme=cover.scheme, first=first, price=same.price)
    other = fitting_scheme(child, first)
    row = fitting.filter(scheme=other).first()
    return Again(scheme=other or cover.scheme, first=first, price=row.price if row else policy.price)


@dataclass(frozen=True, kw_only=True)
class RenewalRow:
    """An insurance that ends soon, or has run out, as the list shows it."""

    pk: int
    case: int
    child: str
    scheme: Words
    hospital: str
    until: date
    words: str
    is_over: bool
    number: str
    request: int
    again: Any
    may_renew: bool


def listed(user: Any, today: date) -> QuerySet[InsurancePolicy]:
    """What ends soon, or ran out in as many days, and nothing follows, of the living; the first to end first."""
    since = today - timedelta(days=renewal_days(today))
    states = Q(state=PolicyState.EXPIRING) | Q(state=PolicyState.EXPIRED, ended_on__gte=since)
    rows = InsurancePolicy.objects.visible_to(user).filter(states)
    return rows.filter(IS_ALIVE, ~Exists(_following())).order_by("cover__valid_to", "pk")


def for_list(rows: QuerySet[InsurancePolicy]) -> QuerySet[Any]:
    """The facts that renewal_rows() makes words of."""
    again_ = _asked_again().order_by("-pk").values(told=JSONObject(pk="request", number="request__number"))[:1]
    rows = rows.annotate(
        **shown_of("cover__child"), again=Subquery(again_), until=F("cover__valid_to"), scheme=F("cover__scheme"),
        hospital=F("cover__hospital"), case=F("line__request__case"), number=F("line__request__number"),
        request=F("line__request"), office=F("line__request__office"), is_sealed=F("line__request__case__is_sealed"),
    )  # fmt: skip
    return rows.values(*SHOWN)


def renewal_rows(rows: list[Any], user: Any, today: date) -> Iterator[RenewalRow]:
    """The rows of a page in words; three queries however many they are."""
    hospitals = Facility.objects.in_bulk({row["hospital"] for row in rows if row["hospital"]})
    cases = Case.objects.visible_to(user).filter(
        pk__in={row["case"] for row in rows}, state=CaseState.OPEN, family__isnull=False
    )
    own, language = set(cases.values_list("pk", flat=True)), (get_language() or "en")[:2]
    for row in rows:
        is_hidden = is_name_hidden(user, office_id=row["office"], is_sealed=row["is_sealed"])
        yield RenewalRow(
            pk=row["pk"], case=row["case"], child="" if is_hidden or not row["names"] else row["names"][0],
            scheme=Scheme(row["scheme"]).label, until=row["until"], words=_left(row["until"], today),
            hospital=hospitals[row["hospital"]].name(language) if row["hospital"] else "",
            is_over=row["until"] < today, number=row["number"], request=row["request"], again=row["again"],
            may_renew=row["case"] in own and not row["again"],
        )  # fmt: skip


def _left(until: date, today: date) -> str:
    days = (until - today).days
    if days < 0:
        return _("not insured any more")
    return ngettext("%(n)d day left", "%(n)d days left", days) % {"n": days}


def asked_again(policy: InsurancePolicy, today: date) -> dict[str, Any]:
    """What the page on which a family asks begins with, for an insurance that ends."""
    request, following = policy.line.request, again(policy, today=today)
    incident = request.incident
    line = {
        "child": policy.line.child.record_now().pk,
        "kind": LineKind.HEALTH_INSURANCE,
        "amount": typed(following.price),
    }
    return {
        "requester": request.requester_id, "kind": incident.kind, "occurred_on": incident.occurred_on,
        "is_about": not incident.is_day_known, "employer": incident.employer, "earner": incident.earner_id or "",
        "need": request.need, "urgency": Urgency.NORMAL, "asked": [line],
    }  # fmt: skip
