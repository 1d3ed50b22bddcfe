"""Who of those who approve is away, from when until when, and who stands in for them meanwhile."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from casework.access.scopes import live_grants, offices_of
from casework.access.visibility import GuardedManager
from casework.accounts.models import Grant
from casework.accounts.states import Role
from casework.approvals.ranks import higher_roles, may_stand_in

from .policies import ApprovalBand

NAME_DEPUTY = "approvals.deputy.name"
"""The right to say that one is away and who stands in."""
SIGNS = Role.SUPERVISOR
"""Who signs the letters of an office: another supervisor does so for one who is away (day.md 24)."""
CONFIRM_DEPUTY = "approvals.deputy.confirm"
"""The right to say it of others, and to confirm it as the second person."""


class AbsenceQuerySet(models.QuerySet):
    """Absences."""

    def visible_to(self, user: Any) -> AbsenceQuerySet:
        """One's own, those in which one stands in, and those of the people of one's office for who confirms them."""
        here = Grant.objects.filter(office_id__in=offices_of(user, CONFIRM_DEPUTY)).values("user")
        return self.filter(Q(user=user) | Q(deputy=user) | Q(user__in=here))

    def on(self, day: date) -> AbsenceQuerySet:
        """Those that hold on a day."""
        return self.filter(from_on__lte=day, until_on__gte=day, ended_at__isnull=True)


class Absence(models.Model):
    """One who approves is away for some days; a deputy, confirmed by a second person, acts for them meanwhile."""

    user = models.ForeignKey("accounts.User", models.PROTECT, related_name="+", verbose_name=_("who is away"))
    deputy = models.ForeignKey("accounts.User", models.PROTECT, related_name="+", verbose_name=_("who stands in"))
    from_on = models.DateField(_("first day"))
    until_on = models.DateField(_("last day"))
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    entered_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+", verbose_name=_("entered by"))
    confirmed_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+", verbose_name=_("confirmed by"))
    confirmed_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, help_text="when the person was back before the last day")

    rows = models.Manager.from_queryset(AbsenceQuerySet)()
    objects = GuardedManager()

    class Meta:
        base_manager_name = "rows"
        default_manager_name = "rows"
        ordering = ["-from_on", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(until_on__gte=F("from_on")), name="An absence ends after it begins"),
            models.CheckConstraint(condition=~Q(deputy=F("user")), name="Nobody stands in for themselves"),
            models.CheckConstraint(
                condition=~Q(confirmed_by=F("entered_by")), name="Who enters an absence does not confirm it"
            ),
            ExclusionConstraint(
                name="One deputy on a day",
                condition=Q(ended_at__isnull=True),
                expressions=[
                    ("user", RangeOperators.EQUAL),
                    (Func(F("from_on"), F("until_on"), Value("[]"), function="daterange"), RangeOperators.OVERLAPS),
                ],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} from {self.from_on} to {self.until_on}"


@dataclass(frozen=True)
class StandIn:
    """A role that somebody who is away holds in an office, and in which a deputy may act today."""

    absent_id: int
    role: str
    office_id: int
    programme: str


def stand_ins(user: Any) -> tuple[StandIn, ...]:
    """In whose place the person may act today; read once per request and kept on the user object."""
    today = timezone.localdate()
    if not live_grants(user) or user.stands_in_until is None or user.stands_in_until < today:
        return ()
    if not hasattr(user, "_stand_ins"):
        absent = list(Absence.rows.on(today).filter(deputy=user).order_by().values_list("user", flat=True))
        user._stand_ins = tuple(_roles_of(absent, {grant.role for grant in live_grants(user)}, today)) if absent else ()
    return user._stand_ins


def _roles_of(absent: list[int], own: set[str], today: date) -> Iterable[StandIn]:
    """What the absent hold and the deputy is fit for: a deputy keeps no role that they lost meanwhile."""
    higher = higher_roles(steps_today(today))
    grants = Grant.objects.live(today).filter(user__in=absent)
    for user_id, role, office_id, programme in grants.values_list("user", "role", "office", "programme"):
        if role in higher and may_stand_in(role, own, higher):
            yield StandIn(user_id, role, office_id, programme)


def steps_today(today: date) -> list[list[str]]:
    """The roles of each band that holds today, in the order of its steps, and the role that signs letters."""
    bands = bands_on(today).values_list("steps", flat=True)
    return [[SIGNS], *([step["role"] for step in steps] for steps in bands)]


def bands_on(today: date) -> models.QuerySet[ApprovalBand]:
    """The bands that hold today."""
    valid = Q(policy__valid_to__isnull=True) | Q(policy__valid_to__gte=today)
    return ApprovalBand.objects.filter(valid, policy__valid_from__lte=today)
