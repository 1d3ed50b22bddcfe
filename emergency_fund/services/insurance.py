"""Price the insurance of a line and order it from a hospital."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import F
from django.utils import timezone

from casework.accounts.models import User
from casework.aid.services import move_cover, quote_cover
from casework.aid.states import CoverState
from casework.audit.services import Changes, record_event
from casework.kernel.acts import act
from casework.kernel.moves import move
from casework.kernel.refusals import Finding, refuse_errors
from casework.people.models import Person
from casework.reference.models import Facility
from emergency_fund.insurance_states import ENDED_EARLY, PolicyState
from emergency_fund.models import AssistanceLine, AssistanceRequest, InsurancePolicy, InsuranceTariff
from emergency_fund.queries import insurance as queries
from emergency_fund.queries.interests import may_work_on
from emergency_fund.querysets import PROGRAMME
from emergency_fund.rules import insurance as rules
from emergency_fund.states import LineState

from .holding import hold_request


@dataclass(frozen=True, kw_only=True)
class Offer:
    """What an insurance of a child costs from a day on, and until when it holds."""

    tariff: InsuranceTariff
    first: date
    last: date


@act
def quote_insurance(
    *, line: AssistanceLine, scheme: str, hospital: Facility, starts_on: date, by: User, now: datetime,
    renews: InsurancePolicy | None = None,
) -> InsurancePolicy:  # fmt: skip
    """Price the insurance of a line: what is asked for becomes what it costs, and who priced it does not decide.

    What is approved without a price stays as it was approved, and its insurance may not cost more. Raises Conflict
    E-EAF-199, and 70 once others were asked to decide, and Refusal with E-EAF-11, 12, 71 to 73 and 75.
    """
    today = timezone.localdate(now)
    request = hold_request(line.request_id)
    may_work_on(request, by, today).insist()
    held = AssistanceLine.rows.select_for_update(of=("self",)).select_related("child").get(pk=line.pk)
    has_price = queries.quote_of(held) is not None
    rules.can_quote(held.kind, held.state, request.state, has_price=has_price).insist()
    offer = offered(held.child, scheme, starts_on, today=today)
    refuse_errors(
        [
            *rules.against_price(offer.tariff.price),
            *_against_dearer(held, offer),
            *rules.against_overlap(queries.overlapping(held.child, offer.first, offer.last)),
        ]
    )
    drop_insurance(held, today=today)
    cover = quote_cover(
        child=held.child, scheme=scheme, valid_from=offer.first, valid_to=offer.last, programme=PROGRAMME,
        office=request.office, subject=held, hospital=hospital, premium=offer.tariff.premium,
        check_up=offer.tariff.check_up,
    )  # fmt: skip
    policy = InsurancePolicy.rows.create(
        line=held, cover=cover, tariff=offer.tariff, renews=renews, quoted_by=by, quoted_at=now
    )
    if held.state == LineState.ASKED:
        AssistanceLine.rows.filter(pk=held.pk).update(asked=offer.tariff.price, period=f"{offer.first:%Y-%m-%d}")
    changed = sorted({*request.changed_by, by.pk})
    AssistanceRequest.rows.filter(pk=request.pk).update(changed_by=changed)
    remember("priced", policy, by, now)
    return policy


def _against_dearer(line: AssistanceLine, offer: Offer) -> Iterator[Finding]:
    if line.state != LineState.ASKED and line.approved is not None:
        yield from rules.against_dearer(price=offer.tariff.price, approved=line.approved)


def offered(child: Person, scheme: str, starts_on: date, *, today: date) -> Offer:
    """What a scheme costs the child from a day on. Raises Refusal with E-EAF-12, 71 and 72."""
    start = rules.Start(
        on=starts_on, today=today, born=child.born_on, newborn_days=queries.newborn_days(today)
    )  # fmt: skip
    tariffs, age = queries.tariffs_on(scheme, starts_on), queries.age_on(child, starts_on)
    ages = [(tariff.age_from, tariff.age_to) for tariff in tariffs]
    refuse_errors([*rules.against_start(start), *rules.against_age(scheme, ages, age=age, on=starts_on)])
    fitting: Any = next(row for row in tariffs if age is not None and row.age_from <= age <= row.age_to)
    return Offer(tariff=fitting, first=starts_on, last=rules.last_day(starts_on, fitting.months))


def drop_insurance(line: AssistanceLine, *, today: date) -> None:
    """The line is priced anew or ends: what was priced or ordered for it is void; a card that is there holds on."""
    rows = InsurancePolicy.rows.filter(line=line, state__in=(PolicyState.QUOTED, PolicyState.ORDERED))
    for policy in rows.select_related("cover"):
        move_cover(cover=policy.cover, to=CoverState.CANCELLED)
        move(policy, PolicyState.CANCELLED, ended_on=today)


def money_back(line: AssistanceLine, *, by: User, now: datetime) -> None:
    """Money of a line came back: an insurance that was refused or cancelled ends as paid back when all of it did."""
    rows = InsurancePolicy.rows.filter(line=line, state__in=ENDED_EARLY, line__returned=F("line__paid"))
    for policy in rows.select_related("cover", "line__request"):
        move_cover(cover=policy.cover, to=CoverState.REFUNDED)
        remember("paid-back", move(policy, PolicyState.REFUNDED), by, now)


def against_insurance(line: AssistanceLine) -> Iterator[Finding]:
    """E-EAF-187 when it is recommended without a price, E-EAF-11 for a cover on the days of its price."""
    policy = queries.quote_of(line)
    if policy is None:
        yield from rules.against_no_price(line.pk)
        return
    cover = policy.cover
    yield from rules.against_overlap(queries.overlapping(line.child, cover.valid_from, cover.valid_to, but=cover))


def remember(
    done: str, policy: InsurancePolicy, by: User | None, now: datetime, *, reason: str = "",
    changes: Changes | None = None,
) -> None:  # fmt: skip
    """Write an act on an insurance into the history of its line, with what it changed: field → (before, after)."""
    request = policy.line.request
    record_event(
        f"{PROGRAMME}.insurance.{done}", actor=by, subject=policy.line, case_id=request.case_id,
        office_id=request.office_id, reason=reason, changes=changes, at=now,
    )  # fmt: skip
