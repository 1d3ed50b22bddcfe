"""Cash is given to a member of staff, paid out with receipts, brought back and settled."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from casework.accounts.models import User
from casework.audit.services import record_event
from casework.funds.models import Advance, AdvanceEntry, CashBox
from casework.funds.queries import advances as queries
from casework.funds.rules import advances as rules
from casework.funds.states import AdvanceKind, AdvanceState, CashKind
from casework.kernel.acts import act
from casework.kernel.moves import move
from casework.kernel.numbers import next_number
from casework.kernel.refusals import Conflict, Finding, refuse_errors
from casework.kernel.subjects import subject_type

from .boxes import move_cash


@act
def give_advance(
    *, box: CashBox, holder: User, amount: Decimal, purpose: str, until_on: date, by: User, now: datetime,
    on: date | None = None,
) -> Advance:  # fmt: skip
    """Give a member of staff cash of a box for a purpose, until a day; `on` is the true day where it is not today.

    Raises Refusal with E-ADV-01 while another one of theirs is open, E-ADV-02, 10 and 11 and what leaving the box
    refuses, Conflict for oneself (E-ADV-04).
    """
    today = timezone.localdate(now)
    rules.can_give(by.pk, holder=holder.pk).insist()
    held = User.objects.select_for_update().get(pk=holder.pk)
    asked: dict[str, Any] = {
        "amount": amount,
        "purpose": purpose,
        "until_on": until_on,
        "language": (get_language() or "en")[:2],
    }
    refuse_errors(
        [
            *rules.against_giving(**asked, today=today, limits=queries.limits_on(today)),
            *rules.against_second(Advance.rows.open().filter(holder=held).order_by("pk").first()),
        ]
    )
    advance = Advance.rows.create(
        number=next_number(f"A-{box.office.code}", today.year), box=box, holder=held, amount=amount,
        purpose=purpose.strip()[:200], given_on=on or today, until_on=until_on, created_by=by,
    )  # fmt: skip
    move_cash(
        box=box, kind=CashKind.ADVANCE, amount=amount, subject=advance, reference=advance.number,
        key=f"advance-{advance.pk}", by=by, now=now, on=on,
    )  # fmt: skip
    record_event("funds.advance.given", actor=by, subject=advance, office_id=box.office_id, level=1, at=now)
    return advance


@act
def pay_from_advance(
    *, advance: Advance, amount: Decimal, subject: models.Model, reference: str, key: str, by: User, now: datetime,
    field: str = "amount", on: date | None = None,
) -> AdvanceEntry:  # fmt: skip
    """Account for a payment that was made from an advance, by its receipt, once for its key.

    Raises Refusal with E-ADV-03 when less is left, E-ADV-07 once it is settled, E-ADV-12 and 13 for a day on which
    nobody carried it or that is to come, Conflict when the key stands for something else.
    """
    held = Advance.rows.select_for_update().get(pk=advance.pk)
    made = AdvanceEntry.rows.filter(key=key).first()
    if made is not None:
        if (made.advance_id, made.amount) != (held.pk, amount):
            raise Conflict("IDEM-USED", "", _("This was sent already, with other answers. Begin a new one."))
        return made
    refuse_errors([*rules.against_paying(held, amount, field=field), *_against_day(held, on, now)])
    return _account(held, AdvanceKind.RECEIPT, amount, key, by, now, on=on, subject=subject, reference=reference)


@act
def settle_advance(
    *, advance: Advance, brought_back: Decimal, by: User, now: datetime, on: date | None = None
) -> Advance:
    """Settle an advance: what no receipt accounts for comes back into its box, `on` a day that is perhaps not today.

    Raises Refusal (E-ADV-06) when that is not all of it, and for its day as pay_from_advance and move_cash, Conflict
    for one's own (E-ADV-05) and one that is settled.
    """
    held = _to_settle(advance, by)
    refuse_errors([*rules.against_settling(held, brought_back), *_against_day(held, on, now)])
    _put_back(held, brought_back, by, now, on)
    return _settled(held, by, now)


@act
def bring_back(*, advance: Advance, amount: Decimal, by: User, now: datetime, on: date | None = None) -> Advance:
    """Put what came back of an advance into its box, while the rest is still missing.

    Raises Refusal (E-ADV-06) when that is more than no receipt accounts for, and for its day and Conflict as
    settle_advance does.
    """
    held = _to_settle(advance, by)
    if amount > held.left:
        refuse_errors(rules.against_settling(held, amount))
    refuse_errors(_against_day(held, on, now))
    _put_back(held, amount, by, now, on)
    held.refresh_from_db(fields=["used"])
    return held


@act
def settle_short(
    *, advance: Advance, missing: Decimal, explanation: str, by: User, confirmed_by: User, now: datetime
) -> Advance:
    """Settle an advance of which some is missing, as two people explained it: it is written so in its book.

    Raises Refusal when something else is missing (E-ADV-06) or nobody explains it (E-ADV-08), Conflict as
    settle_advance does and for who holds the advance or settles it (E-ADV-09).
    """
    held = _to_settle(advance, by)
    rules.can_confirm_shortage(confirmed_by.pk, settled_by=by.pk, holder=held.holder_id).insist()
    refuse_errors([*rules.against_settling(held, missing), *rules.against_shortage(explanation)])
    if missing:
        _account(
            held, AdvanceKind.SHORT, missing, f"short-{held.pk}", by, now, reason=explanation, confirmed_by=confirmed_by
        )
    return _settled(held, by, now)


def _to_settle(advance: Advance, by: User) -> Advance:
    """The advance, held, which the person may settle."""
    held: Advance = Advance.rows.select_for_update(of=("self",)).select_related("box").get(pk=advance.pk)
    rules.can_settle(by.pk, held).insist()
    return held


def _against_day(advance: Advance, on: date | None, now: datetime) -> Iterable[Finding]:
    today, language = timezone.localdate(now), (get_language() or "en")[:2]
    return rules.against_day(on or today, today=today, given_on=advance.given_on, language=language)


def _put_back(advance: Advance, amount: Decimal, by: User, now: datetime, on: date | None) -> None:
    if not amount:
        return
    key = f"settle-{advance.pk}-{advance.entries.count() + 1}"
    _account(advance, AdvanceKind.BACK, amount, key, by, now, on=on)
    move_cash(
        box=advance.box, kind=CashKind.SETTLE, amount=amount, subject=advance, reference=advance.number, key=key,
        field="brought_back", by=by, now=now, on=on,
    )  # fmt: skip


def _settled(advance: Advance, by: User, now: datetime) -> Advance:
    held = move(advance, AdvanceState.SETTLED, settled_by=by, settled_at=now)
    record_event("funds.advance.settled", actor=by, subject=held, office_id=held.box.office_id, level=1, at=now)
    return held


def _account(
    advance: Advance, kind: AdvanceKind, amount: Decimal, key: str, by: User, now: datetime, *,
    subject: models.Model | None = None, reference: str = "", reason: str = "", confirmed_by: User | None = None,
    on: date | None = None,
) -> AdvanceEntry:  # fmt: skip
    about = {} if subject is None else {"subject_type": subject_type(subject), "subject_id": subject.pk}
    return AdvanceEntry.rows.create(
        advance=advance, kind=kind, amount=amount, key=key, reference=reference.strip()[:60], **about,
        reason=reason.strip()[:300], on=on or timezone.localdate(now), by=by, confirmed_by=confirmed_by, at=now,
    )  # fmt: skip
