"""Boxes of cash are opened and handed on, cash comes and goes: the one way the balance of a box changes."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal

from django.db import models
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from casework.accounts.models import Office, User
from casework.audit.services import record_event
from casework.funds.models import CashBox, CashMovement
from casework.funds.queries import cash as queries
from casework.funds.rules import cash as rules
from casework.funds.states import CASH_COMES, CASH_COUNTED, CashKind
from casework.kernel.acts import act
from casework.kernel.dates import short
from casework.kernel.refusals import Conflict, Finding, Refusal, refuse_errors
from casework.kernel.subjects import subject_type


@act
def open_box(*, office: Office, keeper: User, names: Mapping[str, str], by: User, now: datetime) -> CashBox:
    """Open an empty box of cash of an office in the hands of its keeper.

    Raises Refusal (E-CSH-09) for a name that the office has given to another box.
    """
    if CashBox.rows.filter(office=office, name_en=names["name_en"]).exists():
        raise Refusal("E-CSH-09", "name_en", _("The office has a cash box of this name. Choose another name."))
    box = CashBox.rows.create(office=office, keeper=keeper, **names, opened_on=timezone.localdate(now), created_by=by)
    record_event("funds.box.opened", actor=by, subject=box, office_id=office.pk, level=1, at=now)
    return box


@act
def hand_box_on(*, box: CashBox, keeper: User, by: User, now: datetime) -> CashBox:
    """Give a box into other hands. Raises Refusal (E-CSH-10) when they hold it already."""
    held = CashBox.rows.select_for_update(of=("self",)).select_related("keeper").get(pk=box.pk)
    if held.keeper_id == keeper.pk:
        raise Refusal("E-CSH-10", "keeper", _("This person keeps the box already. Choose another one."))
    before, held.keeper = held.keeper_id, keeper
    held.save(update_fields=["keeper"])
    record_event(
        "funds.box.handed-on", actor=by, subject=held, office_id=held.office_id, level=1, at=now,
        changes={"keeper": (before, keeper.pk)},
    )  # fmt: skip
    return held


@act
def fill_box(
    *, box: CashBox, amount: Decimal, reference: str, on: date, key: str, by: User, confirmed_by: User, now: datetime
) -> CashMovement:
    """Put money of the bank into a box, once for its key: who brought it, and who saw the slip and counted it.

    Raises Refusal with E-CSH-04, 06, 11 and 18 to 20, Conflict for a box out of use (E-CSH-03).
    """
    refuse_errors(against_filling(box, amount=amount, reference=reference, on=on, now=now))
    movement = move_cash(
        box=box, kind=CashKind.FILL, amount=amount, reference=reference, on=on, key=key, by=by,
        confirmed_by=confirmed_by, now=now,
    )  # fmt: skip
    record_event("funds.box.filled", actor=by, subject=box, office_id=box.office_id, level=1, at=now)
    return movement


def against_filling(box: CashBox, *, amount: Decimal, reference: str, on: date, now: datetime) -> list[Finding]:
    """Findings against filling a box with this amount from the bank."""
    findings = rules.against_filling(
        amount=amount, reference=reference, on=on, today=timezone.localdate(now), opened_on=box.opened_on,
        is_used=queries.is_slip_used(reference), language=(get_language() or "en")[:2],
    )  # fmt: skip
    return [*findings, *rules.against_coming(have=box.balance, more=amount)]


@act
def move_cash(
    *, box: CashBox, kind: CashKind, amount: Decimal, key: str, by: User, now: datetime, on: date | None = None,
    subject: models.Model | None = None, reference: str = "", reason: str = "", field: str = "amount",
    confirmed_by: User | None = None,
) -> CashMovement:  # fmt: skip
    """Write a movement once for its key, holding the box; the database brings the balance up to date.

    `on` is the true day, today when none is given; of a day before the box was counted, it stands in the book on the
    day of the count. `field` is the answer a refusal stands beside. Raises Refusal when more leaves than was there
    since the true day (E-CSH-01) or comes than a book holds (E-CSH-20), for a day that is to come (E-CSH-11) or before
    the box was opened (E-CSH-19), Conflict for a box out of use (E-CSH-03) and when the key stands for something else.
    """
    held = CashBox.rows.select_for_update(of=("self",)).get(pk=box.pk)
    facts = {"box": held, "kind": kind, "amount": amount}
    made = CashMovement.rows.filter(key=key).first()
    if made is not None:
        if any(getattr(made, name) != value for name, value in facts.items()):
            raise Conflict("IDEM-USED", "", _("This was sent already, with other answers. Begin a new one."))
        return made
    rules.can_use(is_active=held.is_active).insist()
    today = timezone.localdate(now)
    day = on or today
    language = (get_language() or "en")[:2]
    if day != today and kind not in CASH_COUNTED:
        refuse_errors(rules.against_day(on=day, today=today, opened_on=held.opened_on, language=language))
    if kind in CASH_COMES:
        refuse_errors(rules.against_coming(have=held.balance, more=amount, field=field))
    else:
        have = held.balance if kind in CASH_COUNTED else queries.there_since(held, day)
        since = short(day, language) if day < today else ""
        refuse_errors(rules.against_leaving(box=str(held), have=have, need=amount, field=field, since=since))
    about = {} if subject is None else {"subject_type": subject_type(subject), "subject_id": subject.pk}
    return CashMovement.rows.create(
        **facts, **about, key=key, **_in_book(held, day, kind, confirmed_by), reference=reference.strip()[:60],
        reason=reason.strip()[:300], by=by, at=now, confirmed_by=confirmed_by,
    )  # fmt: skip


def _in_book(box: CashBox, on: date, kind: CashKind, confirmed_by: User | None) -> dict[str, date | None]:
    """The day in the book and, where it is another one, the true day; cash from or to the bank two people saw."""
    is_seen = kind in CASH_COUNTED or confirmed_by is not None
    counted_on = None if is_seen else queries.counted_after(box, on)
    return {"on": counted_on or on, "happened_on": on if counted_on else None}
