"""The cashier pays, hands over and takes back; what is not fetched in time gives its money back."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any, cast

from django.db.models import F
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from casework.accounts.models import User
from casework.aid.models import AidGiven
from casework.aid.services import cancel_aid, give_aid, lower_aid, raise_aid
from casework.aid.states import AidState
from casework.approvals.models import ApprovalRequest
from casework.approvals.services.chains import bar, end_approval
from casework.approvals.states import ChainState
from casework.audit.services import record_event
from casework.funds.models import Advance, BudgetLine, CashBox
from casework.funds.queries.budget import paid_from
from casework.funds.queries.finance import is_month_closed
from casework.funds.services.ledger import post_entry
from casework.funds.states import EntryKind
from casework.kernel.acts import act
from casework.kernel.guards import Verdict
from casework.kernel.moves import move
from casework.kernel.numbers import next_number
from casework.kernel.refusals import Finding, Refusal, refuse_errors, refuse_unacknowledged
from casework.notifications.services import notify
from casework.people.models import ConflictOfInterest, Person
from casework.reference.queries import term
from emergency_fund.after_states import AppealState
from emergency_fund.models import (
    Appeal,
    AssistanceLine,
    AssistanceRequest,
    Collector,
    Delivery,
    DeliveryReturn,
    FamilyAccount,
    PickList,
)
from emergency_fund.queries.accounts import account_of, most_families, other_families
from emergency_fund.queries.barred import kept_from_paying
from emergency_fund.queries.emergencies import waits_for_approval
from emergency_fund.queries.family import can_help, living_in
from emergency_fund.queries.insurance import ended_on, is_ready_to_pay
from emergency_fund.queries.interests import interests_in
from emergency_fund.queries.payees import payee_of
from emergency_fund.queries.paying import approved_on
from emergency_fund.queries.paying_again import again_of
from emergency_fund.querysets import PROGRAMME
from emergency_fund.rules import deliveries as rules
from emergency_fund.rules.accounts import against_transfer, against_way, may_send_to, shared_by
from emergency_fund.rules.appeals import is_not_appealed
from emergency_fund.rules.collectors import against_fetching, may_give_to_collector
from emergency_fund.rules.insurance import can_pay_for, ran_out
from emergency_fund.rules.kits import can_pay_out, can_take_money
from emergency_fund.states import ENDED_WITH_PAYMENTS, LineState, ReceiverProof, RequestState

from .cash import put_cash_back, take_cash
from .deciding import tell_asker
from .holding import hold_with_budget
from .insurance import money_back
from .releasing import end_line

OUTSIDE = "E-BUD-02"
OPEN_LINES = (LineState.APPROVED, LineState.PARTLY)


@act
def pay(
    *, line: AssistanceLine, amount: Decimal, key: str, by: User, now: datetime, received_by: Person | None = None,
    relation: str = "", proof: str = ReceiverProof.THEIR_RECEIPT, witness: str = "", provider_receipt: str = "",
    box: CashBox | None = None, advance: Advance | None = None, pick_list: PickList | None = None,
    is_last: bool = False, account: FamilyAccount | None = None, reference: str = "",
    acknowledged: Collection[str] = (), on: date | None = None, number: str = "", collector: Collector | None = None,
    paper_receipt: str = "", remark: str = "",
) -> Delivery:  # fmt: skip
    """Pay out so much of a line, or hand it over, once for its key; cash comes out of `box` or `advance`.

    Without `received_by` the hospital or shop that the request names has it, and gave a receipt of its own; the family
    gets such money only for what it paid itself, with the same receipt (`provider_receipt`). What goes to the family's
    `account` is proven by the bank's slip and its `reference`, and comes out of no box.

    `on` is the day on which it was paid, where that is written down later; `number` the receipt of what is paid at once
    (pay_together), else it has its own. A `collector` fetches it for `received_by`, who named them. `paper_receipt`
    and `remark` are what was written on the way.

    Goods of a `pick_list` may be worth nothing; with the last of them (`is_last`) the rest of the line is free again.
    Raises Refusal with E-EAF-15, 17, 19, 35, 180, 181, 185, 186, 192 to 194, 203, 220 to 222 and 227, with the
    warnings W-02, W-11 and W-12 until they are among `acknowledged`, Conflict with E-EAF-16, 18, 26, 90, 170, 171,
    201, 204 and 226, and what the ledger and take_cash refuse.
    """
    request, today = hold_with_budget(line.request_id), timezone.localdate(now)
    day = on or today
    held = AssistanceLine.rows.select_for_update(of=("self",)).select_related("budget_line").get(pk=line.pk)
    held.request = request
    made = Delivery.rows.filter(key=key).first()
    if made is not None:
        rules.is_same_payment(made.number, is_same=(made.line_id, made.amount) == (held.pk, amount)).insist()
        return made
    kept_away = _insist_on_payer(held, by, today, from_store=pick_list is not None, account=account)
    if collector is not None:
        is_named = (collector.request_id, collector.named_by) == (request.pk, received_by)
        may_give_to_collector(is_named=is_named, is_own=collector.by_id == by.pk).insist()
    payee, is_to_family = "" if pick_list else payee_of(held, "en"), received_by is not None
    refuse_errors(
        [
            *(_against_receiver(request, received_by, witness, account, today) if received_by else ()),
            *(_against_transfer(request, account, reference, is_to_family, bool(box or advance)) if account else ()),
            *rules.against_payee(payee=payee, receipt=provider_receipt, is_to_family=is_to_family, proof=proof),
            *(() if pick_list else rules.against_amount(amount=amount, approved=held.approved, paid=held.paid)),
            *rules.against_proof(proof=proof, witness=witness),
            *against_way(proof=proof, is_sent=account is not None),
            *against_fetching(is_fetched=collector is not None, is_sent=account is not None),
            *against_day(held, day, today),
        ]
    )
    refuse_unacknowledged(_warnings(held, amount, pick_list, account, now), acknowledged)
    delivery = Delivery.rows.create(
        line=held, amount=amount, number=number or next_receipt(request, today), key=key, received_by=received_by,
        collector=collector, received_name=(collector or received_by).name[:120] if received_by else payee[:120],
        relation=(collector.relation if collector else relation).strip()[:40], proof=proof,
        witness=witness.strip()[:120], pick_list=pick_list, on=day,
        provider_receipt=provider_receipt.strip()[:60], paper_receipt=paper_receipt, remark=remark, by=by, at=now,
        **_sent_to(account, reference),
    )  # fmt: skip
    if amount:
        _disburse(held, delivery, by, now)
    if account is None:
        take_cash(
            delivery=delivery,
            box=box,
            advance=advance,
            kept_out=kept_away.kept_out,
            related=kept_away.related,
            by=by,
            now=now,
        )
    _count_as_paid(held, delivery, is_last=is_last, by=by, now=now)
    if waits_for_approval(request):
        bar(request=cast(ApprovalRequest, request.approval), who=by)
    _go_on(request)
    record_event(
        f"{PROGRAMME}.line.paid", actor=by, subject=held, case_id=request.case_id, office_id=request.office_id, at=now
    )
    return delivery


@dataclass(frozen=True, kw_only=True)
class _KeptAway:
    """Who is kept from paying a request, and who is related to what a line is about."""

    kept_out: frozenset[int]
    related: frozenset[int]


def _insist_on_payer(
    line: AssistanceLine, by: User, today: date, *, from_store: bool, account: FamilyAccount | None
) -> _KeptAway:
    """Refuse a line that is not to be paid now, and a person who may not pay it: E-EAF-16, 18, 26, 90, 170, 171, 201.

    Answers whom the cash must not come from either.
    """
    rules.can_pay(line.state).insist()
    can_help(line, today).insist()
    can_pay_out(line.kind, from_store=from_store).insist()
    can_pay_for(is_ready_to_pay(line)).insist()
    kept_out = kept_from_paying([line.request])[line.request_id]
    rules.can_hand_over(by.pk, kept_out=kept_out).insist()
    interests = list(interests_in(line, today))
    rules.has_no_interest(**_interest_of(by, interests)).insist()
    may_send_to(is_own=account is not None and by.pk in (account.entered_by_id, account.confirmed_by_id)).insist()
    return _KeptAway(kept_out=kept_out, related=frozenset(one.user_id for one in interests))


def _count_as_paid(line: AssistanceLine, delivery: Delivery, *, is_last: bool, by: User, now: datetime) -> None:
    """The line is paid by so much more; with the last part its aid is given and the rest of its money free again."""
    approved: Any = line.approved
    budget_line: Any = line.budget_line
    rest = approved - line.paid - delivery.amount
    is_whole = is_last if delivery.pick_list else not rest
    if is_whole and rest:
        post_entry(
            line=budget_line, kind=EntryKind.CANCEL, amount=rest, subject=line, key=f"eaf-{line.pk}-rest", by=by,
            now=now, reference=line.request.number,
        )  # fmt: skip
    move(line, LineState.DELIVERED if is_whole else LineState.PARTLY, paid=F("paid") + delivery.amount)
    if is_whole:
        give_aid(aid=_aid_of(line), on=delivery.on, amount=approved - rest - line.returned)


def next_receipt(request: AssistanceRequest, today: date) -> str:
    """The number of the next receipt of the office."""
    return next_number(f"R-{request.office.code}", today.year)


def against_day(line: AssistanceLine, on: date, today: date) -> Iterable[Finding]:
    """E-EAF-220 to 222: a day that is not today, beside the approval of its money and what finance has closed."""
    if on == today:
        return ()
    closed = is_month_closed(line.request.office_id, PROGRAMME, on)
    return rules.against_day(on=on, today=today, approved_on=approved_on(line), is_closed=closed)


def _warnings(
    line: AssistanceLine, amount: Decimal, pick_list: PickList | None, account: FamilyAccount | None, now: datetime
) -> Iterable[Finding]:
    """W-02, W-11, W-12: an account that others share, the same part paid a moment ago, an insurance that ran out."""
    today = timezone.localdate(now)
    if account is not None:
        yield from shared_by(other_families(account, line.request), most=most_families(today))
    if pick_list is None:
        lately = line.deliveries.filter(at__gte=now - rules.A_MOMENT, returns__isnull=True)
        same = lately.filter(amount=amount).last()
        yield from rules.paid_a_moment_ago(same.number if same else "")
    yield from ran_out(ended_on(line, today))


def _against_transfer(
    request: AssistanceRequest, account: FamilyAccount, reference: str, is_to_family: bool, has_box: bool
) -> Iterable[Finding]:
    return against_transfer(
        holds=account == account_of(request.family_id), is_to_family=is_to_family, has_box=has_box,
        reference=reference,
    )  # fmt: skip


def _sent_to(account: FamilyAccount | None, reference: str) -> dict[str, str]:
    """The columns of the account that it was sent to, as it was on that day."""
    if account is None:
        return {}
    return {
        "account_bank": account.bank, "account_number": account.number, "account_holder": account.holder,
        "account_reference": reference.strip()[:60],
    }  # fmt: skip


def _disburse(line: AssistanceLine, delivery: Delivery, by: User, now: datetime) -> None:
    budget_line: Any = line.budget_line
    try:
        post_entry(
            line=budget_line, kind=EntryKind.DISBURSE, amount=delivery.amount, subject=delivery, by=by, now=now,
            key=f"eaf-pay-{delivery.key}"[:80], reference=delivery.number, on=delivery.on,
        )  # fmt: skip
    except Refusal as refusal:
        if refusal.code != OUTSIDE:
            raise
        told = _("The source of this money is closed or over, nothing more is paid from it. Tell the fund manager.")
        raise Refusal(OUTSIDE, "amount", told) from refusal


def may_handle(line: AssistanceLine, by: User, today: date) -> Verdict:
    """Whether the person may hand it over and take it back: E-EAF-16, 170 and 171."""
    verdict = rules.can_hand_over(by.pk, kept_out=kept_from_paying([line.request])[line.request_id])
    return verdict and rules.has_no_interest(**_interest_of(by, interests_in(line, today)))


def _interest_of(by: User, interests: Iterable[ConflictOfInterest]) -> dict[str, bool]:
    own = [one.person_id is not None for one in interests if one.user_id == by.pk]
    return {"is_related": True in own, "is_of_provider": False in own}


def _against_receiver(
    request: AssistanceRequest, person: Person, witness: str, account: FamilyAccount | None, today: date
) -> Iterable[Finding]:
    member = living_in(request.family_id).filter(person=person).first()
    who = rules.Receiver(
        role=member.role if member else None, age=_age(person, today), has_witness=bool(witness.strip()),
        is_sent=account is not None,
    )  # fmt: skip
    return rules.against_receiver(who)


def _age(person: Person, today: date) -> int | None:
    born = person.born_on
    return None if born is None else today.year - born.year - ((today.month, today.day) < (born.month, born.day))


def _aid_of(line: AssistanceLine) -> AidGiven:
    return AidGiven.rows.get(
        subject_type=line._meta.label_lower, subject_id=line.pk, state__in=[AidState.PROMISED, AidState.GIVEN]
    )


def _go_on(request: AssistanceRequest) -> None:
    """The request is being delivered with the first line, delivered with the last."""
    if request.state == RequestState.APPROVED:
        move(request, RequestState.IN_DELIVERY)
    if not request.lines.filter(state__in=OPEN_LINES).exists() and not waits_for_approval(request):
        move(request, RequestState.DELIVERED)


def end_request(
    request: AssistanceRequest, to: RequestState, *, by: User | None, now: datetime, **facts: str
) -> AssistanceRequest:
    """End it, and what is still to be approved of it; what is paid before its approval stays until that is decided."""
    approval = request.approval
    if approval is None or approval.state != ChainState.PENDING:
        return move(request, to, **facts)
    if request.lines.filter(paid__gt=0).exists():
        return request
    end_approval(request=approval, by=by, now=now)
    return move(request, to, **facts)


@act
def take_return(
    *, delivery: Delivery, amount: Decimal, reason: str, key: str, by: User, now: datetime,
    box: CashBox | None = None, is_to_pay_again: bool = False, on: date | None = None,
) -> DeliveryReturn:  # fmt: skip
    """A part of what was paid or handed over came back, once for its key; the money is the budget line's again.

    With `is_to_pay_again` the family is still to have it: a transfer failed, or they fetch it later. `on` is the true
    day. Raises Refusal with E-EAF-32, 33, 195 to 197, 220, 222 and 229, and as put_cash_back and the ledger do,
    Conflict with E-EAF-16, 18, 170 and 171.
    """
    request = hold_with_budget(delivery.line.request_id, chosen=written_on(delivery))
    held = AssistanceLine.rows.select_for_update(of=("self",)).select_related("budget_line")
    line = held.get(pk=delivery.line_id)
    line.request = request
    made = DeliveryReturn.rows.filter(key=key).first()
    if made is not None:
        is_same = (made.delivery_id, made.amount) == (delivery.pk, amount)
        rules.is_same_return(is_same=is_same).insist()
        return made
    today = timezone.localdate(now)
    may_handle(line, by, today).insist()
    can_take_money(is_from_store=delivery.pick_list_id is not None).insist()
    back = sum(delivery.returns.values_list("amount", flat=True), Decimal(0))
    refuse_errors(
        [
            *rules.against_return(amount=amount, left=delivery.amount - back, reason=reason),
            *(rules.against_paying_again(again_of(line)) if is_to_pay_again else ()),
            *against_day_back(delivery, on or today, today),
        ]
    )
    came_back = write_return(
        line=line, delivery=delivery, amount=amount, reason=reason, key=key, by=by, now=now, on=on or today,
        is_to_pay_again=is_to_pay_again,
    )  # fmt: skip
    put_cash_back(came_back=came_back, box=box, by=by, now=now)
    return came_back


def against_day_back(delivery: Delivery, on: date, today: date) -> Iterable[Finding]:
    """E-EAF-220, 222 and 229: a day that is not today, beside the day of the payment and what finance has closed."""
    if on == today:
        return ()
    closed = is_month_closed(delivery.line.request.office_id, PROGRAMME, on)
    return rules.against_day_back(on=on, today=today, given_on=delivery.on, is_closed=closed)


def written_on(delivery: Delivery) -> list[BudgetLine]:
    """The budget line of a payment, to be held with those of its request; none where it was worth nothing."""
    return [paid_from(delivery)] if delivery.amount else []


def write_return(
    *, line: AssistanceLine, delivery: Delivery, amount: Decimal, reason: str, key: str, by: User, now: datetime,
    on: date, is_goods: bool = False, is_to_pay_again: bool = False,
) -> DeliveryReturn:  # fmt: skip
    """Write down what came back of a line that is held, and free its money; goods may be worth nothing.

    A request that has ended stays as it is; who asked is told.
    """
    came_back = DeliveryReturn.rows.create(
        delivery=delivery, amount=amount, reason=reason.strip()[:300], key=key, by=by, at=now, on=on, is_goods=is_goods,
        is_to_pay_again=is_to_pay_again,
    )  # fmt: skip
    if amount:
        post_entry(
            line=paid_from(delivery), kind=EntryKind.REFUND, amount=amount, subject=came_back, by=by, now=now,
            key=f"eaf-return-{key}"[:80], reason=reason, reference=delivery.number, on=on,
        )  # fmt: skip
    if is_to_pay_again:
        _promise_again(line, came_back, by, now)
    else:
        AssistanceLine.rows.filter(pk=line.pk).update(returned=F("returned") + amount)
        if line.state not in OPEN_LINES and amount:
            lower_aid(aid=_aid_of(line), amount=line.paid - line.returned - amount)
        money_back(line, by=by, now=now)
    record_event(
        f"{PROGRAMME}.line.given-back", actor=by, subject=line, case_id=line.request.case_id,
        office_id=line.request.office_id, reason=reason, at=now,
    )  # fmt: skip
    if line.request.state in ENDED_WITH_PAYMENTS:
        _tell_of_return(line.request)
    return came_back


def _promise_again(line: AssistanceLine, came_back: DeliveryReturn, by: User, now: datetime) -> None:
    """What came back is approved and unpaid again, with the days that the family has to fetch it."""
    _keep_again(line, came_back, by, now)
    if line.state == LineState.DELIVERED:
        aid = _aid_of(line)
        raise_aid(aid=aid, amount=aid.amount)
    move(line, LineState.PARTLY, paid=F("paid") - came_back.amount)
    request, today = line.request, timezone.localdate(now)
    until = today + timedelta(days=int(term(f"{PROGRAMME}.delivery_days", today)))
    if request.state == RequestState.DELIVERED:
        move(request, RequestState.IN_DELIVERY, expires_on=until)
    else:
        AssistanceRequest.rows.filter(pk=request.pk).update(expires_on=until)


def _keep_again(line: AssistanceLine, came_back: DeliveryReturn, by: User, now: datetime) -> None:
    budget_line: Any = line.budget_line
    try:
        for kind in (EntryKind.RESERVE, EntryKind.COMMIT):
            post_entry(
                line=budget_line, kind=kind, amount=came_back.amount, subject=line, by=by, now=now,
                key=f"eaf-again-{came_back.pk}-{kind}", reference=line.request.number,
            )  # fmt: skip
    except Refusal as refusal:
        if refusal.code != OUTSIDE:
            raise
        told = _(
            "The source of this money is closed or over, so it is not paid again. Tell the fund manager, and choose "
            "that it is not needed any more."
        )
        raise Refusal(OUTSIDE, "then", told) from refusal


def _tell_of_return(request: AssistanceRequest) -> None:
    """Who asked learns that something came back after the end of the request, which stays ended."""
    notify(
        recipient=request.asked_by, action=f"{PROGRAMME}.line.given-back", subject=request, label=request.number,
        url=reverse("emergency_fund:open", args=[request.pk]),
    )  # fmt: skip


def give_back_rest(request: AssistanceRequest, to: LineState, *, by: User | None, now: datetime) -> None:
    """What was approved and is not paid goes back to its budget lines; what was paid stays given."""
    for line in request.lines.filter(state__in=OPEN_LINES).select_related("budget_line"):
        give_back_line(line, to, by=by, now=now)


def give_back_line(line: AssistanceLine, to: LineState, *, by: User | None, now: datetime, **facts: Any) -> None:
    """What was approved on a line and is not paid goes back to its budget line; what was paid stays given."""
    budget_line: Any = line.budget_line
    if line.to_pay:
        post_entry(
            line=budget_line, kind=EntryKind.CANCEL, amount=line.to_pay, subject=line, by=by, now=now,
            key=f"eaf-{line.pk}-{to}", reference=line.request.number,
        )  # fmt: skip
    worth = line.paid - line.returned
    if worth or had_goods(line):
        give_aid(aid=_aid_of(line), on=timezone.localdate(now), amount=worth)
    else:
        cancel_aid(aid=_aid_of(line))
    end_line(line, to, now=now, **facts)


def had_goods(line: AssistanceLine) -> bool:
    """Whether goods of it were handed over, which may be worth nothing."""
    return line.deliveries.filter(pick_list__isnull=False).exists()


@act
def expire(*, request: AssistanceRequest, by: User | None, now: datetime) -> AssistanceRequest:
    """What was approved and not fetched in time gives its money back, and may be promised again; who asked is told.

    `by` is nobody where it is over by the calendar. Raises Conflict while the family can still fetch it (E-EAF-34), and
    while its appeal is open (E-EAF-126).
    """
    request = hold_with_budget(request.pk)
    rules.can_expire(request.expires_on, timezone.localdate(now)).insist()
    is_not_appealed(Appeal.rows.filter(request=request, state=AppealState.OPEN).exists()).insist()
    give_back_rest(request, LineState.EXPIRED, by=by, now=now)
    request = end_request(request, RequestState.EXPIRED, by=by, now=now)
    record_event(
        f"{PROGRAMME}.request.expired", actor=by, subject=request, case_id=request.case_id,
        office_id=request.office_id, at=now,
    )  # fmt: skip
    tell_asker(request, "expired")
    return request
