"""When two records of one child become one, so does what they were promised and given."""

from __future__ import annotations

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet

from casework.people.models import Person

from .models import AidGiven, InsuranceCover
from .states import COVERS, LIVE


@transaction.atomic
def take_over_help(*, kept: Person, dropped: Person) -> None:
    """Give the kept record the help and the covers of the other.

    What both had for the same time stays where it is: one child was helped twice, and nothing hides that. Pages show
    it with the child's own (of_children).
    """
    for model, twice in ((AidGiven, _given_twice(kept)), (InsuranceCover, _covered_twice(kept))):
        rows = model.rows.filter(child=dropped)
        rows.exclude(pk__in=twice.filter(child=dropped).values("pk")).update(child=kept, child_before_merge=dropped)


@transaction.atomic
def give_back_help(*, kept: Person, dropped: Person) -> None:
    """A merge was taken back: what was moved returns to its child."""
    for model in (AidGiven, InsuranceCover):
        model.rows.filter(child=kept, child_before_merge=dropped).update(child=dropped, child_before_merge=None)


def _given_twice(kept: Person) -> QuerySet[AidGiven]:
    same = AidGiven.rows.filter(child=kept, state__in=LIVE, kind=OuterRef("kind"), period=OuterRef("period"))
    return AidGiven.rows.filter(Exists(same), state__in=LIVE)


def _covered_twice(kept: Person) -> QuerySet[InsuranceCover]:
    same = InsuranceCover.rows.filter(
        child=kept, state__in=COVERS, valid_from__lte=OuterRef("valid_to"), valid_to__gte=OuterRef("valid_from")
    )
    return InsuranceCover.rows.filter(Exists(same), state__in=COVERS)
