"""Who is away and who stands in, who is fit to stand in for whom, and what waits for people who are all away."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import BooleanField, CharField, Exists, F, Func, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Cast

from casework.accounts.models import Grant, User
from casework.approvals.models import Absence, ApprovalRequest
from casework.approvals.models.absences import steps_today
from casework.approvals.ranks import higher_roles, may_stand_in


def _roles_on(today: date, **whose: Any) -> dict[int, set[str]]:
    found: dict[int, set[str]] = {}
    rows = Grant.objects.live(today).filter(user__is_active=True, **whose)
    for user_id, role in rows.values_list("user", "role"):
        found.setdefault(user_id, set()).add(role)
    return found


def approving_roles(today: date) -> list[str]:
    """The roles that stand in some band of today."""
    return list(higher_roles(steps_today(today)))


def approvers_in(offices: frozenset[int], today: date) -> QuerySet[User]:
    """People who hold a role that approves in these offices."""
    roles = approving_roles(today)
    here = Grant.objects.live(today).filter(office__in=offices, role__in=roles, user__is_active=True)
    return User.objects.filter(pk__in=here.values("user")).order_by("full_name")


def all_who_approve(today: date) -> QuerySet[User]:
    """Everybody who holds a role that approves, in whatever office."""
    held = Grant.objects.live(today).filter(role__in=approving_roles(today), user__is_active=True)
    return User.objects.filter(pk__in=held.values("user")).order_by("full_name")


def fit_to_stand_in_for(user: User, today: date) -> list[User]:
    """Who may stand in for somebody: they hold every approving role of theirs, or a higher one, in whatever office."""
    higher = higher_roles(steps_today(today))
    wanted = _roles_on(today, user=user).get(user.pk, set()) & set(higher)
    if not wanted:
        return []
    roles = {*wanted, *(role for one in wanted for role in higher[one])}
    held = _roles_on(today, role__in=roles)
    fit = [pk for pk, own in held.items() if pk != user.pk and all(may_stand_in(one, own, higher) for one in wanted)]
    return list(User.objects.filter(pk__in=fit).order_by("full_name"))


def absences_of(user: Any, today: date) -> QuerySet[Absence]:
    """Absences that the person may see and that are not over, the nearest first."""
    rows: QuerySet[Absence] = Absence.objects.visible_to(user)
    return rows.filter(until_on__gte=today).select_related("user", "deputy", "entered_by", "confirmed_by")


def past_absences_of(user: Any, today: date) -> QuerySet[Absence]:
    """Absences that the person may see and that are over, the newest first."""
    rows: QuerySet[Absence] = Absence.objects.visible_to(user)
    return rows.filter(until_on__lt=today).select_related("user", "deputy", "entered_by", "confirmed_by")


def deserted(today: date) -> QuerySet[ApprovalRequest]:
    """Pending requests that nobody decides today: whoever may act on the open step is away, and nobody stands in."""
    away: Any = Absence.rows.on(today)
    role = Func(
        F("band"), Value("steps"), Cast("step", CharField()), Value("role"), function="jsonb_extract_path_text",
        output_field=CharField(),
    )  # fmt: skip
    here = Grant.objects.live(today).filter(
        office=OuterRef("office_id_of"), role=OuterRef("open_role"), user__is_active=True
    )
    is_barred = Func(
        OuterRef("barred"), Func(F("user_id"), function="to_jsonb"), arg_joiner=" @> ", template="(%(expressions)s)",
        output_field=BooleanField(),
    )  # fmt: skip
    free = here.annotate(is_barred=is_barred).filter(is_barred=False)
    acted = ApprovalRequest.rows.filter(
        Q(actions__user=OuterRef("user")) | Q(actions__acted_for=OuterRef("user")), pk=OuterRef(OuterRef("pk"))
    )
    present = free.exclude(user__in=away.values("user"))
    replaced = free.filter(user__in=away.exclude(deputy__is_active=False).values("user"))
    rows: QuerySet[ApprovalRequest] = ApprovalRequest.rows.pending().annotate(open_role=role)
    return rows.filter(~Exists(present.exclude(Exists(acted))), ~Exists(replaced.exclude(Exists(acted))))
