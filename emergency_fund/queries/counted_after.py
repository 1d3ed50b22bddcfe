"""What came after decisions, as it is counted: a constant number of queries, only columns the figures need."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime, time
from decimal import Decimal

from django.db.models import F, IntegerField, Max, Min, OuterRef, Q, Subquery, Sum
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast, Coalesce
from django.utils import timezone

from casework.reports.boards import Scope
from casework.reports.periods import Period
from casework.stock.models import Item, Store
from casework.stock.queries import days_without, with_expired
from emergency_fund.after_indicators import (
    OBTAINED,
    PENDING,
    REFUSED,
    AfterWorld,
    Claim,
    Drawn,
    Ended,
    Goods,
    Kit,
    Stock,
)
from emergency_fund.after_states import CheckState
from emergency_fund.insurance_states import PolicyState
from emergency_fund.models import Delivery, DeliveryReturn, EntitlementUpdate, InsurancePolicy, PostDistributionCheck
from emergency_fund.states import EntitlementStatus, IncidentKind

from .checks_to_make import waiting_checks
from .counted import counted_requests, satang
from .kits import BACK, GONE

CLAIMED = {
    EntitlementStatus.REFERRED: PENDING, EntitlementStatus.APPLIED: PENDING, EntitlementStatus.RECEIVING: OBTAINED,
    EntitlementStatus.EXHAUSTED: OBTAINED, EntitlementStatus.REFUSED: REFUSED,
}  # fmt: skip
"""What came of a claim that was made, or to which the family was sent."""


def after_world_of(scope: Scope, period: Period) -> AfterWorld:
    """All that the figures on what came after are made of, of the period and its requests' offices."""
    return AfterWorld(
        drawn=tuple(_drawn(scope, period)), goods=tuple(_goods(scope, period)), kits=tuple(_kits(scope, period)),
        ended=tuple(_ended(scope, period)), claims=tuple(_claims(scope)),
    )  # fmt: skip


def _drawn(scope: Scope, period: Period) -> Iterator[Drawn]:
    begin = timezone.make_aware(datetime.combine(period.first, time.min))
    rows = PostDistributionCheck.rows.filter(
        ~Q(state=CheckState.WAITING) | Q(pk__in=waiting_checks().values("pk")),
        delivery__line__request__in=counted_requests(scope).values("pk"), drawn_at__gte=begin,
    )  # fmt: skip
    for request, at, result in rows.order_by("pk").values_list("delivery__line__request", "drawn_at", "result"):
        yield Drawn(request=request, on=timezone.localdate(at), result=result)


def _goods(scope: Scope, period: Period) -> Iterator[Goods]:
    """The stores of whole offices of the scope, not of a practice office; nothing with filters."""
    if scope.filters:
        return
    stores = Store.rows.filter(office__in=scope.offices).exclude(office__kind="practice")
    shelves = days_without(stores.filter(is_active=True), period.first, period.last)
    items = Item.objects.in_bulk({shelf.item_id for shelf in shelves if shelf.empty})
    watched: dict[int, list[Stock]] = defaultdict(list)
    for shelf in shelves:
        name = items[shelf.item_id].name(scope.language) if shelf.empty else ""
        watched[shelf.store_id].append(Stock(item=name, evenings=shelf.evenings, empty=shelf.empty))
    rows = with_expired(stores, period.first, period.last, scope.today).select_related("office")
    for store in rows.order_by("office__code", "name_en"):
        office = f"{store.office.name(scope.language)}: " if len(scope.offices) > 1 else ""
        yield Goods(
            id=store.pk, name=f"{office}{store.name(scope.language)}",
            is_active=store.is_active, watched=tuple(watched[store.pk]),
            written_off_satang=satang(store.written_off), expired_satang=satang(store.expired),  # type: ignore[attr-defined]
        )  # fmt: skip


def _kits(scope: Scope, period: Period) -> Iterator[Kit]:
    """Kits by the day on which the first of them was handed over, whatever they cost; not of which all came back."""
    given = Delivery.rows.filter(pick_list__isnull=False, line__request__in=counted_requests(scope).values("pk"))
    people = Cast(KeyTextTransform("person_month", "pick_list__counted"), IntegerField()) * F("pick_list__months")
    back = DeliveryReturn.rows.filter(delivery__line=OuterRef("line")).annotate(back=BACK).order_by()
    gone = given.annotate(gone=GONE).order_by().values("line", "line__request")
    rows = gone.annotate(
        began=Min("on"), months=Max(people), handed=Sum("gone"),
        returned=Coalesce(Subquery(back.values("delivery__line").annotate(n=Sum("back")).values("n")), Decimal(0)),
    )  # fmt: skip
    rows = rows.filter(began__range=(period.first, period.last), handed__gt=F("returned"))
    for row in rows.order_by("began", "line"):
        yield Kit(id=row["line"], request=row["line__request"], on=row["began"], months=row["months"] or 0)


def _ended(scope: Scope, period: Period) -> Iterator[Ended]:
    rows = InsurancePolicy.rows.filter(
        line__request__in=counted_requests(scope).values("pk"), state__in=[PolicyState.EXPIRED, PolicyState.RENEWED],
        ended_on__range=(period.first, period.last),
    ).order_by("pk")  # fmt: skip
    for pk, request, on, state in rows.values_list("pk", "line__request", "ended_on", "state"):
        yield Ended(id=pk, request=request, on=on, has_lapsed=state == PolicyState.EXPIRED)


def _claims(scope: Scope) -> Iterator[Claim]:
    """Claims after injuries at work: a family that claimed before the period does not count in it, so all are read."""
    rows = EntitlementUpdate.rows.filter(
        request__in=counted_requests(scope).values("pk"), status__in=CLAIMED,
        request__incident__kind=IncidentKind.WORK_INJURY, request__incident__entitlement_status__in=CLAIMED,
    )  # fmt: skip
    columns = ("request", "request__family", "request__incident__entitlement_status")
    for request, family, status, on in rows.order_by().values_list(*columns).annotate(on=Min("on")).order_by("request"):
        yield Claim(request=request, family=family, on=on, end=CLAIMED[status])
