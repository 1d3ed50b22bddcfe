"""Write down what a child is promised and given, and its cover; double help is refused with its day and its kind."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import IntegrityError, models, transaction
from django.utils.translation import gettext_lazy as _

from casework.accounts.models import Office
from casework.kernel.acts import act
from casework.kernel.moves import move
from casework.kernel.refusals import Refusal
from casework.kernel.subjects import subject_type
from casework.people.models import Family, Person

from .models import AidGiven, InsuranceCover
from .queries import is_for_family
from .states import AidState, CoverState

TWICE = "A child gets one kind of help once in a period"
FAMILY_TWICE = "A family gets one kind of its help once in a period"
OVERLAP = "A child has one cover on a day"
ONE_CHILD = "A card belongs to one child"


@contextmanager
def _refusing(refusals: Mapping[str, Refusal]) -> Iterator[None]:
    """What the database refuses under the name of a constraint, refused in words."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        for constraint, refusal in refusals.items():
            if constraint in str(error):
                raise refusal from error
        raise


@act
def promise_aid(
    *, child: Person, family: Family | None, kind: str, period: str, amount: Decimal, programme: str, office: Office,
    subject: models.Model, today: date,
) -> AidGiven:  # fmt: skip
    """Promise a child one kind of help for a period.

    A record that was merged into another stands for the other: one child has one help. Raises Refusal when any
    programme promised it already (E-AID-01), or promised the family what it gets once as a whole (E-AID-05).
    """
    twice = Refusal("E-AID-01", "", _("This child was promised or given this help for the same time already."))
    of_family = Refusal("E-AID-05", "", _("This family was promised or given this help for the same time already."))
    with _refusing({TWICE: twice, FAMILY_TWICE: of_family}):
        return AidGiven.rows.create(
            child=child.record_now(), family=family, kind=kind, period=period, amount=amount, programme=programme,
            office=office, subject_type=subject_type(subject), subject_id=subject.pk, promised_on=today,
            is_for_family=is_for_family(programme, kind),
        )  # fmt: skip


def hold_help(*, family: Family, children: Iterable[Person]) -> None:
    """Hold what a family and children get until the act ends: who promises them help does it one after the other."""
    Family.rows.select_for_update(of=("self",), no_key=True).get(pk=family.pk)
    held = Person.rows.select_for_update(of=("self",), no_key=True).order_by("pk")
    list(held.filter(pk__in={child.record_now().pk for child in children}).values_list("pk"))


def give_aid(*, aid: AidGiven, on: date, amount: Decimal | None = None) -> AidGiven:
    """The child has it since a day; `amount` is what it was worth in the end."""
    return move(aid, AidState.GIVEN, given_on=on, amount=aid.amount if amount is None else amount)


def raise_aid(*, aid: AidGiven, amount: Decimal) -> AidGiven:
    """More of the same help was granted: it is worth so much, and the rest is still to come."""
    return move(aid, AidState.PROMISED, amount=amount)


@act
def lower_aid(*, aid: AidGiven, amount: Decimal) -> AidGiven:
    """A part of what was given came back: the help is worth so much now; nothing left of it cancels it."""
    if amount <= 0:
        return cancel_aid(aid=aid)
    AidGiven.rows.filter(pk=aid.pk).update(amount=amount)
    aid.refresh_from_db()
    return aid


def cancel_aid(*, aid: AidGiven) -> AidGiven:
    """The child does not get it, or it was given back; it may be promised again."""
    return move(aid, AidState.CANCELLED)


@act
def quote_cover(
    *, child: Person, scheme: str, valid_from: date, valid_to: date, programme: str, office: Office,
    subject: models.Model, **facts: Any,
) -> InsuranceCover:  # fmt: skip
    """Note what a cover would be. Raises Refusal when the last day is before the first (E-AID-03)."""
    if valid_to < valid_from:
        raise Refusal("E-AID-03", "valid_to", _("The last day of the cover is before the first one."))
    return InsuranceCover.rows.create(
        child=child.record_now(), scheme=scheme, valid_from=valid_from, valid_to=valid_to, programme=programme,
        office=office, subject_type=subject_type(subject), subject_id=subject.pk, **facts,
    )  # fmt: skip


@contextmanager
def _among_the_covers_of(cover: InsuranceCover) -> Iterator[None]:
    """The covers of one child change one after the other; what stands in the way is refused in words."""
    Person.rows.select_for_update(of=("self",), no_key=True).get(pk=cover.child_id)
    overlap = Refusal("E-AID-02", "valid_from", _("The child has another cover on some of these days."))
    other = Refusal("E-AID-04", "card_number", _("Another child has a card with this number."))
    with _refusing({OVERLAP: overlap, ONE_CHILD: other}):
        yield


@act
def move_cover(*, cover: InsuranceCover, to: CoverState, **facts: Any) -> InsuranceCover:
    """Order a cover, put it in force, end it.

    Raises Refusal when another covers one of its days (E-AID-02), or another child has its card (E-AID-04).
    """
    with _among_the_covers_of(cover):
        return move(cover, to, **facts)


@act
def correct_cover(*, cover: InsuranceCover, **facts: Any) -> InsuranceCover:
    """Correct what was recorded of a card. Raises Refusal as move_cover does."""
    with _among_the_covers_of(cover):
        InsuranceCover.rows.filter(pk=cover.pk).update(**facts)
    cover.refresh_from_db()
    return cover
