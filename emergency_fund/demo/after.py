"""What came after decisions and payments in the demo: an appeal, calls, complaints, a closed request. All invented."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from datetime import timedelta
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet

from casework.kernel.refusals import Refusal
from emergency_fund.after_states import CheckState
from emergency_fund.models import AssistanceRequest, Delivery, PostDistributionCheck
from emergency_fund.rules.closing import CLOSABLE
from emergency_fund.services import appeals, checking, closing, complaining, entitlements
from emergency_fund.states import RequestState

SEEN = "The family told the caseworker at the next visit that the help arrived."


def play_after(world: Any) -> None:
    """Draw the payments of the day, ask two families and leave one to ask, and let one that was refused appeal."""
    caller, worker, officer = (world.users[name] for name in ("somchai.k", "naw.kham", "ploy.m"))
    lately = world.now - timedelta(days=20)  # while it may still be appealed against
    _appeal(_newest(state=RequestState.REJECTED, decided_at__gte=lately).first(), worker, world)
    undrawn = _newest(state=RequestState.DELIVERED, lines__deliveries__isnull=False)
    delivered = list(undrawn.exclude(lines__deliveries__draw__isnull=False).distinct()[:3])
    if len(delivered) == 3:
        calm, doubted, still_to_ask = delivered
        _draw([_payments(calm)[0], *_payments(doubted), *_payments(still_to_ask)], world)
        _ask(_payments(calm)[0], "received", caller, world)
        _ask(_payments(doubted)[0], "issues", caller, world, less=100, said="A man at the gate kept 100 baht.")
        closing.close_request(request=calm, comment="", by=officer, now=world.now)
    waiting = _first(RequestState.RETURNED)
    if waiting is not None:
        complaining.note_complaint(
            request=waiting, kind="waiting", told_by=waiting.requester, relation="mother", channel="walk_in",
            told_on=world.today, what="She came twice, and nobody could say which paper is missing.", by=worker,
            now=world.now,
        )  # fmt: skip
    _follow_claims(worker, world)
    _close_old(officer, world)


def _first(state: str) -> AssistanceRequest | None:
    return _newest(state=state).first()


def _newest(**facts: Any) -> QuerySet[AssistanceRequest]:
    """Requests of Mae Sot, the newest first."""
    return AssistanceRequest.rows.filter(office__code="MS", **facts).order_by("-received_at")


def _payments(request: AssistanceRequest) -> list[Delivery]:
    return list(Delivery.rows.filter(line__request=request).order_by("pk"))


def _appeal(request: AssistanceRequest | None, worker: Any, world: Any) -> None:
    if request is not None:
        appeals.make_appeal(
            request=request, made_by=request.requester, relation="mother", channel="phone", made_on=world.today,
            why="The driver fled and nobody knows the number; the police have written that down.", by=worker,
            now=world.now,
        )  # fmt: skip


def _draw(wanted: Sequence[Delivery], world: Any) -> None:
    """The night after: these payments are drawn, the others are not."""
    drawn = {payment.pk for payment in wanted}
    turn = iter(Delivery.rows.filter(draw__isnull=True).order_by("pk").values_list("pk", flat=True))
    checking.draw_sample(
        today=world.today + timedelta(days=1), now=world.now, is_drawn=lambda chance: next(turn) in drawn
    )


def _ask(payment: Delivery, result: str, caller: Any, world: Any, *, less: int = 0, said: str = "") -> None:
    check = PostDistributionCheck.rows.filter(delivery=payment, state=CheckState.WAITING).first()
    if check is not None:
        amount = payment.amount - Decimal(less)
        checking.record_check(check=check, result=result, amount=amount, said=said, by=caller, now=world.now)


def _follow_claims(worker: Any, world: Any) -> None:
    """Claims of the months before came to an end: some families receive what is theirs by law, some were refused."""
    asked = AssistanceRequest.rows.filter(incident__entitlement_status="applied").order_by("pk")
    old = asked.exclude(state=RequestState.WITHDRAWN).filter(received_at__lt=world.now - timedelta(days=28))
    for turn, request in enumerate(old.select_related("incident")):
        is_paid = turn % 3 > 0
        entitlements.update_entitlement(
            request=request, entitlement=request.incident.entitlement, status="receiving" if is_paid else "refused",
            amount=Decimal(4200) if is_paid else None, on=world.today, by=worker, now=world.now,
            note="First payment came by transfer" if is_paid else "Letter of the office",
        )  # fmt: skip


def _close_old(officer: Any, world: Any) -> None:
    """What came to its end in the months before is closed."""
    long_ago = world.now - timedelta(days=45)
    ended = AssistanceRequest.rows.filter(state__in=CLOSABLE, decided_at__lt=long_ago).order_by("pk")
    for request in ended:
        with suppress(Refusal):
            closing.close_request(request=request, comment=SEEN, by=officer, now=world.now)
