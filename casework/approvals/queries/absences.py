"""Who is away and who stands in, who is fit to stand in for whom, and what waits for people who are all away."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from django.db.models import BooleanField, CharField, Exists, F, Func, OuterRef, Q, QuerySet, TextField, Value
from django.db.models.functions import Cast, Concat, StrIndex

from casework.accounts.models import Grant, User
from casework.approvals.models import Absence, ApprovalAction, ApprovalRequest
from casework.approvals.models.absences import bands_on, steps_today
from casework.approvals.ranks import higher_roles, may_stand_in
from casework.people.models import ConflictOfInterest


def _roles_on(today: date, **whose: Any) -> dict[int, set[str]]:
    found: dict[int, set[str]] = {}
    rows = Grant.objects.live(today).filter(user__is_active=True, **whose)
    for user_id, role in rows.values_list("user", "role"):
        found.setdefault(user_id, set()).add(role)
    return found


def approving_roles(today: date) -> list[str]:
    """Roles named by a step of a band that holds today."""
    return list(higher_roles(steps_today(today)))


def approvers_in(offices: frozenset[int], today: date) -> QuerySet[User]:
    """People who hold a role that approves in these offices."""
    roles = approving_roles(today)
    here = Grant.objects.live(today).filter(office__in=offices, role__in=roles, user__is_active=True)
    return User.objects.filter(pk__in=here.values("user")).order_by("full_name")


def all_who_approve(today: date) -> QuerySet[User]:
    """Users who hold an approving role today, in any office."""
    held = Grant.objects.live(today).filter(role__in=approving_roles(today), user__is_active=True)
    return User.objects.filter(pk__in=held.values("user")).order_by("full_name")


def fit_to_stand_in_for(user: User, today: date) -> list[User]:
    """Users who may be somebody's deputy: they hold each of their approving roles, or a higher one, in any office."""
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
    """Pending requests whose open step nobody can act on today: all approvers are away and have no deputy.

    Who is barred, declared a conflict of interest or acted already decides nothing, in their own right or for another.
    """
    away: Any = Absence.rows.on(today)
    role = Func(
        F("band"), Value("steps"), Cast("step", CharField()), Value("role"), function="jsonb_extract_path_text",
        output_field=CharField(),
    )  # fmt: skip
    holders = Grant.objects.live(today).filter(user__is_active=True)
    here = _held_there(holders, OuterRef)
    present = _free(here, "user", today).exclude(user__in=away.values("user"))
    named = _free(_free(away.filter(deputy__is_active=True), "user", today), "deputy", today)
    absent = _held_there(holders.filter(user=OuterRef("user")), _outer)
    replaced = named.filter(Exists(absent), Exists(_fit(holders.filter(user=OuterRef("deputy")), today)))
    rows: QuerySet[ApprovalRequest] = ApprovalRequest.rows.pending().annotate(open_role=role)
    return rows.filter(~Exists(present), ~Exists(replaced))


def _outer(name: str) -> OuterRef:
    """A column of the request, from a query within another one."""
    return OuterRef(OuterRef(name))


def _held_there(grants: QuerySet[Grant], of: Callable[[str], Any]) -> QuerySet[Grant]:
    """Grants of the open step's role where the request belongs."""
    return grants.filter(
        Q(programme="") | Q(programme=of("programme")), office=of("office_id_of"), role=of("open_role")
    )


def _fit(grants: QuerySet[Grant], today: date) -> QuerySet[Grant]:
    """Grants by which a deputy may act in the open step's role: the same, or one that comes after it in some band."""
    steps = Cast("steps", TextField())
    bands = bands_on(today).annotate(below=StrIndex(steps, _written("wanted")), above=StrIndex(steps, _written("role")))
    higher = bands.filter(below__gt=0, above__gt=F("below"))
    asked = grants.annotate(wanted=Cast(_outer("open_role"), CharField()))
    return asked.filter(Q(role=F("wanted")) | Exists(higher))


def _written(role: str) -> Concat:
    """How a role stands in the steps of a band."""
    return Concat(Value('"role": "'), OuterRef(role), Value('"'), output_field=TextField())


def _free(people: QuerySet[Any], who: str, today: date) -> QuerySet[Any]:
    """Rows whose person may act on the request: neither barred, nor related, nor did they act or had somebody act."""
    is_barred = Func(
        OuterRef("barred"), Func(F(f"{who}_id"), function="to_jsonb"), arg_joiner=" @> ", template="(%(expressions)s)",
        output_field=BooleanField(),
    )  # fmt: skip
    acted = ApprovalAction.objects.filter(Q(user=OuterRef(who)) | Q(acted_for=OuterRef(who)), request=_outer("pk"))
    conflicts: Any = ConflictOfInterest.rows.all()
    related = (
        conflicts.holding(today).filter(user=OuterRef(who)).about_row(OuterRef("persons"), OuterRef("organisations"))
    )
    return people.alias(**{f"{who}_barred": is_barred}).filter(
        ~Exists(acted), ~Exists(related), **{f"{who}_barred": False}
    )
