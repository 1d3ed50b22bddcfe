"""The filters of the figures (birth_registration.md C10), and the records that are left of them.

A period is none of them: each figure says in its definition which day of a child counts (decision 73).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from casework.accounts.models import User
from casework.cases.models import Case
from casework.people.states import CHILD_SEX
from casework.reports.boards import Scope
from casework.reports.figures import Ids, Words
from casework.reports.filters import UNKNOWN, Filter, narrowed
from registration.models import BirthRecord, ParentLink
from registration.querysets import BY_PARENTS, BY_WORKER
from registration.states import Nationality, ParentRole, ParentStatus, PlaceKind, Track

Values = Sequence[tuple[str, Words]]
NONE = "none"
NO_TRACK: Values = ((NONE, _("Not confirmed yet")),)


def _always(values: Values) -> Callable[[Ids], Values]:
    return lambda offices: list(values)


def _of_parent(role: ParentRole, field: str) -> Callable[[str], Q]:
    """What is told of a parent; not known is also what was never written down, and a parent who is not known."""

    def holds(value: str) -> Q:
        told = ParentLink.rows.filter(birth=OuterRef("pk"), role=role)
        if value == UNKNOWN:
            return ~Q(Exists(told.exclude(**{f"{field}__in": ("", UNKNOWN)})))
        return Q(Exists(told.filter(**{field: value})))

    return holds


def _leads(offices: Ids) -> Values:
    """Who leads a case in these offices, or led one that is closed; and nobody."""
    led = Case.rows.filter(lead=OuterRef("pk"), office__in=offices)
    people = User.objects.filter(Exists(led)).order_by("full_name", "pk")
    return [*((str(person.pk), person.name_now) for person in people), (NONE, _("Nobody"))]


FILTERS = (
    Filter(
        key="place", label=_("Place of birth"), values=_always(PlaceKind.choices),
        holds=lambda value: Q(place_kind=value),
    ),
    Filter(
        key="sex", label=_("Sex"), values=_always(list(CHILD_SEX.items())),
        holds=lambda value: Q(case__child__sex=value),
    ),
    Filter(
        key="track", label=_("Way of registration"), values=_always([*Track.choices, *NO_TRACK]),
        holds=lambda value: Q(track="" if value == NONE else value),
    ),
    Filter(
        key="mother-status", label=_("Status of the mother"), values=_always(ParentStatus.choices),
        holds=_of_parent(ParentRole.MOTHER, "status_group"), action=BY_PARENTS,
    ),
    Filter(
        key="father-status", label=_("Status of the father"), values=_always(ParentStatus.choices),
        holds=_of_parent(ParentRole.FATHER, "status_group"), action=BY_PARENTS,
    ),
    Filter(
        key="mother-nationality", label=_("Nationality of the mother, as told"), values=_always(Nationality.choices),
        holds=_of_parent(ParentRole.MOTHER, "nationality_claimed"), action=BY_PARENTS,
    ),
    Filter(
        key="father-nationality", label=_("Nationality of the father, as told"), values=_always(Nationality.choices),
        holds=_of_parent(ParentRole.FATHER, "nationality_claimed"), action=BY_PARENTS,
    ),
    Filter(
        key="worker", label=_("Lead"), values=_leads, action=BY_WORKER,
        holds=lambda value: Q(case__lead=None) if value == NONE else Q(case__lead=int(value)),
    ),
)  # fmt: skip


def wanted(scope: Scope) -> Ids:
    """The records for which every filter of the scope holds, of those that its reader may open."""
    places = scope.offices | scope.own_offices
    rows = BirthRecord.objects.visible_to(scope.reader).real().filter(office__in=places)
    return frozenset(narrowed(rows, FILTERS, scope.filters).values_list("pk", flat=True))
