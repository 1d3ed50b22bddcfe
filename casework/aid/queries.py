"""What children had or are promised, by every programme."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from casework.people.models import Family, FamilyMember
from casework.programmes.contributions import Words, registry

from .models import AidGiven
from .states import LIVE, AidState


@dataclass(frozen=True, kw_only=True)
class HelpLine:
    """Help as a page tells it; of another programme only that there was some, in which month (day.md 2)."""

    on: date
    is_month_only: bool
    child_id: int
    child: str
    what: Words
    programme: Words
    amount: Decimal
    is_given: bool


OTHER_HELP = _("Other help")


def help_lines(rows: QuerySet[AidGiven], *, own: Iterable[str] | None = None) -> list[HelpLine]:
    """Living help in ready words, the newest first.

    `own` are the programmes the reader may know of; the help of all others has neither kind nor day. None: all.
    """
    kinds = {(kind.programme, kind.key): kind.label for kind in registry.gather("aid_kinds")}
    labels = {entry.key: entry.label for entry in registry.programmes()}
    living = rows.filter(state__in=LIVE).select_related("child").prefetch_related("child__names")
    return [_line(row, kinds, labels, None if own is None else set(own)) for row in living]


def _line(
    row: AidGiven, kinds: dict[tuple[str, str], Words], labels: dict[str, Words], own: set[str] | None
) -> HelpLine:
    is_known = own is None or row.programme in own
    return HelpLine(
        on=row.given_on or row.promised_on,
        is_month_only=not is_known,
        child_id=row.child_id,
        child=row.child.name,
        what=kinds.get((row.programme, row.kind), row.kind) if is_known else OTHER_HELP,
        programme=labels.get(row.programme, "") if is_known else "",
        amount=row.amount,
        is_given=row.state == AidState.GIVEN,
    )


def of_children(children: Iterable[int]) -> Q:
    """Help and covers of children: also those that a record merged into theirs keeps, since both had the same."""
    ids = list(children)
    return Q(child__in=ids) | Q(child__merged_into__in=ids)


def is_for_family(programme: str, kind: str) -> bool:
    """Whether a programme gives help of a kind once to a whole family."""
    kinds = registry.gather("aid_kinds")
    return any(one.is_for_family for one in kinds if (one.programme, one.key) == (programme, kind))


def of_family(family: int) -> Q:
    """Help promised to a family, and that of everybody who lives in it now, whichever family it was promised to."""
    members = FamilyMember.rows.filter(family=family, until_on__isnull=True)
    return Q(family=family) | of_children(members.values_list("person", flat=True))


def help_to(family: Family | None, children: Iterable[int], *, since: date) -> QuerySet[AidGiven, Any]:
    """Help promised to a family or to children from a day on, by every programme."""
    whose = of_children(children)
    if family is not None:
        whose |= Q(family=family)
    return AidGiven.rows.filter(whose, promised_on__gte=since)
