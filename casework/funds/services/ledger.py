"""Entries on budget lines: the one way money is asked for, approved, paid and given back."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal

from django.db import models
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from casework.accounts.models import User
from casework.funds.models import BudgetEntry, BudgetLine
from casework.funds.rules import budget as rules
from casework.funds.states import Currency, EntryKind
from casework.kernel.acts import act
from casework.kernel.refusals import Conflict, refuse_errors
from casework.kernel.subjects import subject_type


def hold_lines(pks: Iterable[int], *, named_by: QuerySet | None = None) -> None:
    """Hold budget lines until the act ends, in the order of their ids: acts on several never wait for each other.

    `named_by` is a query that gives ids of further ones. Whatever moves money of more than one line holds all of them
    first.
    """
    wanted = Q(pk__in=set(pks))
    if named_by is not None:
        wanted |= Q(pk__in=named_by)
    list(BudgetLine.rows.select_for_update(of=("self",)).filter(wanted).order_by("pk").values_list("pk"))


@act
def post_entry(
    *, line: BudgetLine, kind: EntryKind, amount: Decimal, subject: models.Model, key: str, by: User | None,
    now: datetime, on: date | None = None, currency: str = Currency.THB, wanted: str = "", reason: str = "",
    donor_amount: Decimal | None = None, reference: str = "", proposed_by: User | None = None,
) -> BudgetEntry:  # fmt: skip
    """Write an entry once for its key, holding the line; the database brings the line's amounts up to date.

    `on` is the day of the expense, today when none is given; `wanted` the kind of help, `reference` the number of its
    paper, `proposed_by` the first of two people, `by` nobody where the calendar did it. Raises Refusal with E-BUD-01 to
    04 and 06, Conflict when the key stands for something else.
    """
    held = BudgetLine.rows.select_for_update(of=("self",)).select_related("source").get(pk=line.pk)
    facts = {"line": held, "kind": kind, "amount": amount}
    made = BudgetEntry.rows.filter(key=key).first()
    if made is not None:
        return _same(made, facts)
    day = on or timezone.localdate(now)
    refuse_errors(rules.against_entry(held, kind, amount, on=day, currency=currency, wanted=wanted))
    return BudgetEntry.rows.create(
        **facts, on=day, key=key, by=by, at=now, reason=reason.strip()[:300], donor_amount=donor_amount,
        reference=reference.strip()[:60], subject_type=subject_type(subject), subject_id=subject.pk,
        proposed_by=proposed_by,
    )  # fmt: skip


@act
def reverse_entry(
    *, entry: BudgetEntry, reason: str, by: User, now: datetime, proposed_by: User | None = None
) -> BudgetEntry:
    """Take an entry back by its opposite. Raises Refusal without a reason or when the money is gone meanwhile.

    Raises Conflict when it was reversed already (E-BUD-05) or is a reversal itself.
    """
    held = BudgetLine.rows.select_for_update(of=("self",)).select_related("source").get(pk=entry.line_id)
    if entry.reverses_id or BudgetEntry.rows.filter(reverses=entry).exists():
        raise Conflict("E-BUD-05", "", _("This entry was taken back already."))
    opposite = rules.against_entry(held, EntryKind(entry.kind), -entry.amount, on=entry.on)
    refuse_errors([*rules.against_reason(reason), *opposite])
    return BudgetEntry.rows.create(
        line=held, kind=entry.kind, amount=entry.amount, on=entry.on, key=f"reverses-{entry.pk}", reverses=entry,
        reason=reason.strip()[:300], subject_type=entry.subject_type, subject_id=entry.subject_id, by=by, at=now,
        donor_amount=entry.donor_amount, reference=entry.reference, proposed_by=proposed_by,
    )  # fmt: skip


def _same(made: BudgetEntry, facts: dict[str, object]) -> BudgetEntry:
    """The entry of this key, which must be about the same."""
    if any(getattr(made, name) != value for name, value in facts.items()):
        raise Conflict("IDEM-USED", "", _("This was sent already, with other answers. Begin a new one."))
    return made
