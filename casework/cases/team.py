"""What the people of a supervisor's offices lead."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from casework.access.rights import truth_table
from casework.access.scopes import offices_of
from casework.access.written import written_for_all, written_once
from casework.accounts.models import Grant, User
from casework.accounts.queries import name_now_of
from casework.kernel.statements import NamedValues
from casework.programmes.contributions import TeamFigure, Words, registry

from .colleagues import LEAD
from .models import Case
from .queries import cases_in
from .states import Risk

ASSIGN = "cases.case.assign"


@dataclass(frozen=True, kw_only=True)
class Led:
    """How many of one kind a person leads, and where they are listed."""

    count: int
    label: Words
    url: str
    is_warning: bool


@dataclass(frozen=True, kw_only=True)
class Colleague:
    """One person of the team with what they lead, in the order of the headings."""

    name: str
    led: Sequence[Led]
    is_gone: bool = False
    """Whether they lead cases here and have no role for it."""


def team_of(supervisor: Any) -> QuerySet[User]:
    """Who works on cases in the offices whose cases this person may give to others."""
    return _team(supervisor).all()


@written_once(most=100)
def _team(supervisor: Any) -> QuerySet[User]:
    return User.objects.filter(is_active=True, pk__in=_at_work(supervisor).values("user"))


def _at_work(supervisor: Any) -> QuerySet[Grant]:
    offices, roles = offices_of(supervisor, ASSIGN), truth_table()[LEAD]
    return Grant.objects.filter(office__in=offices, role__in=roles, ended_at__isnull=True)


def team_names(supervisor: Any) -> Iterator[Any]:
    """`user_id` and `name` of everybody of the team, to choose from; one query."""
    return _named_team(supervisor).rows()


@written_for_all(most=50)
def _named_team(supervisor: Any) -> NamedValues:
    named = _at_work(supervisor).filter(user__is_active=True).annotate(name=name_now_of("user"))
    return NamedValues(named.order_by("name", "user_id").values_list("user_id", "name", named=True).distinct())


def team_figures(user: Any) -> Iterator[TeamFigure]:
    """Open cases and those of high risk, by lead."""
    shown = (
        ("open", _("Open cases"), Q(), False),
        ("high", _("High risk"), Q(risk=Risk.HIGH), False),
    )
    kinds = {key: Count("pk", filter=condition) for key, _label, condition, _warn in shown}
    rows = list(cases_in(user, "open").order_by().values("lead").annotate(**kinds))
    for key, label, _condition, is_warning in shown:
        yield TeamFigure(
            key=key,
            label=label,
            counts={row["lead"]: row[key] for row in rows},
            url=_list_of(key),
            is_warning=is_warning,
        )


def _list_of(view: str) -> Any:
    return lambda lead: f"{reverse('cases:list')}?lead={lead}&view={view}"


def team_table(user: Any, today: date) -> tuple[list[TeamFigure], list[Colleague]]:
    """The headings, and a line for everybody of the team and for who left and still leads, who leads most first."""
    figures = [figure for contribution in registry for figure in contribution.team_figures(user, today)]
    people = dict.fromkeys(team_of(user), False) | dict.fromkeys(_gone(user), True)
    lines = [
        Colleague(name=person.name_now, led=[_led(figure, person) for figure in figures], is_gone=is_gone)
        for person, is_gone in people.items()
    ]
    return figures, sorted(lines, key=lambda line: (-line.led[0].count, line.name))


def _gone(supervisor: Any) -> QuerySet[User]:
    """Who leads open cases that this person may give to others, and does not work on cases there."""
    here = Case.objects.visible_to(supervisor).filter(office__in=offices_of(supervisor, ASSIGN)).open()
    return User.objects.filter(pk__in=here.values("lead")).exclude(pk__in=team_of(supervisor).values("pk"))


def _led(figure: TeamFigure, person: User) -> Led:
    count = figure.counts.get(person.pk, 0)
    return Led(count=count, label=figure.label, url=figure.url(person.pk), is_warning=figure.is_warning)
