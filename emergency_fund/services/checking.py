"""Draw by chance of which payments families are asked, and write down what they say."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal

from django.db.models import Sum
from django.utils import timezone

from casework.accounts.models import User
from casework.audit.services import record_event
from casework.kernel.acts import act
from casework.kernel.moves import move
from casework.kernel.refusals import Conflict, Refusal, refuse_errors
from casework.reference.queries import term
from emergency_fund.after_states import IN_DOUBT, CheckResult, CheckState
from emergency_fund.models import Delivery, PostDistributionCheck, SampleDraw
from emergency_fund.queries.checks_to_make import involved_in
from emergency_fund.querysets import PROGRAMME
from emergency_fund.rules import checks as rules

from .complaining import complain_of_payment

PARTS = 10_000


def by_chance(chance: Decimal) -> bool:
    """Whether a payment is drawn with a chance in percent; the operating system's randomness, foreseen by nobody."""
    return secrets.randbelow(PARTS) < chance * PARTS / 100


@act
def draw_sample(*, today: date, now: datetime, is_drawn: Callable[[Decimal], bool] = by_chance) -> int:
    """Draw once for each payment of the days before today; answers how many families are to be asked.

    What came back whole, as a transfer that failed, is not asked about. Run twice, or by two at once, each payment is
    drawn for once: the database keeps one draw of it.
    """
    chance = term(f"{PROGRAMME}.verification_chance", today)
    waiting = Delivery.rows.filter(draw__isnull=True, on__lt=today).annotate(back=Sum("returns__amount"))
    SampleDraw.rows.bulk_create(
        [
            SampleDraw(delivery_id=pk, is_drawn=is_drawn(chance) and (not back or back < amount), chance=chance, at=now)
            for pk, amount, back in waiting.order_by("pk").values_list("pk", "amount", "back")
        ],
        ignore_conflicts=True,
    )
    drawn = SampleDraw.rows.filter(is_drawn=True, delivery__verification__isnull=True)
    checks = [PostDistributionCheck(delivery_id=pk, drawn_at=now) for pk in drawn.values_list("delivery_id", flat=True)]
    PostDistributionCheck.rows.bulk_create(checks, ignore_conflicts=True)
    return len(checks)


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What the family says of one payment."""

    check: PostDistributionCheck
    result: str
    amount: Decimal | None
    said: str


@act
def record_call(*, answers: Iterable[Answer], by: User, now: datetime) -> None:
    """Write down one call: what the family says of each of its payments, all or none.

    Raises as record_check does; the field of a refusal ends with the id of the check.
    """
    for answer in answers:
        try:
            record_check(
                check=answer.check, result=answer.result, amount=answer.amount, said=answer.said, by=by, now=now
            )
        except Conflict:
            raise
        except Refusal as refusal:
            of_it = [replace(one, field=f"{one.field}_{answer.check.pk}") for one in refusal.findings]
            raise Refusal.of(of_it) from refusal


@act
def record_check(
    *, check: PostDistributionCheck, result: str, amount: Decimal | None, said: str, by: User, now: datetime
) -> PostDistributionCheck:
    """Write down what the family says of a payment, or that nobody was reached; after enough days it is given up.

    What is in doubt opens a complaint. `amount` is asked of money in the family's hand only.

    Raises Conflict with E-EAF-150 and 154, Refusal with E-EAF-151 to 153 and 155.
    """
    check = PostDistributionCheck.rows.select_for_update(of=("self",)).get(pk=check.pk)
    delivery, today = check.delivery, timezone.localdate(now)
    rules.can_ask(by.pk, involved=involved_in(delivery)).insist()
    rules.is_waiting(check.state).insist()
    if result == CheckResult.NOT_REACHED:
        check = _not_reached(check, by, today)
    else:
        paid = delivery.amount if delivery.is_money_in_hand else None
        refuse_errors(rules.against_answer(result=result, amount=amount, said=said, paid=paid))
        told = None if paid is None else Decimal(0) if result == CheckResult.NOT_RECEIVED else amount
        check = move(check, CheckState.DONE, result=result, amount=told, said=said.strip()[:500], on=today, by=by)
        if result in IN_DOUBT:
            complain_of_payment(check=check, by=by, now=now)
    _remember(result, check, by, now)
    return check


def _not_reached(check: PostDistributionCheck, by: User, today: date) -> PostDistributionCheck:
    refuse_errors(rules.against_try(tried_on=check.tried_on, today=today))
    tries = check.tries + 1
    if tries >= int(term(f"{PROGRAMME}.verification_tries", today)):
        return move(
            check, CheckState.UNREACHED, result=CheckResult.NOT_REACHED, tries=tries, tried_on=today, on=today, by=by
        )
    check.tries, check.tried_on = tries, today
    check.save(update_fields=["tries", "tried_on"])
    return check


def _remember(result: str, check: PostDistributionCheck, by: User, now: datetime) -> None:
    request = check.delivery.line.request
    record_event(
        f"{PROGRAMME}.check.{result}", actor=by, subject=request, case_id=request.case_id,
        office_id=request.office_id, at=now,
    )  # fmt: skip
