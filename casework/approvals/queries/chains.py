"""The policy of a day, what a person holds and did where a request belongs, and what waits for whom."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from itertools import chain
from typing import Any

from django.db.models import Q, QuerySet

from casework.accounts.models import Grant, User
from casework.accounts.states import Role
from casework.approvals.models import (
    Absence,
    ApprovalAction,
    ApprovalBand,
    ApprovalPolicy,
    ApprovalRequest,
    RoleConflict,
)
from casework.approvals.models.absences import stand_ins, steps_today
from casework.approvals.ranks import higher_roles
from casework.approvals.rules.chains import Approver, is_step_done
from casework.approvals.states import Act, ChainState
from casework.people.models import ConflictOfInterest
from casework.programmes.contributions import Words

MOST_NAMED = 3


def band_on(programme: str, kind: str, amount: Decimal, today: date) -> ApprovalBand | None:
    """The band of an amount in the policy that holds on a day."""
    policies = ApprovalPolicy.objects.filter(
        Q(valid_to__isnull=True) | Q(valid_to__gte=today), programme=programme, kind=kind, valid_from__lte=today
    )
    bands = ApprovalBand.objects.filter(Q(amount_to__isnull=True) | Q(amount_to__gt=amount), amount_from__lte=amount)
    return bands.filter(policy__in=policies).select_related("policy").first()


def conflicts_on(request: ApprovalRequest, today: date) -> QuerySet[ConflictOfInterest]:
    """Conflicts of interest, of any user, that bar their holder from deciding on the request."""
    rows: Any = ConflictOfInterest.rows.all()
    return rows.holding(today).about(request.persons, request.organisations)


def grants_for(request: ApprovalRequest, role: str, today: date) -> QuerySet[Grant]:
    """The living grants of a role where the request belongs."""
    here = Q(office_id=request.office_id_of, programme__in=["", request.programme])
    return Grant.objects.live(today).filter(here, role=role, user__is_active=True)


def holders(request: ApprovalRequest, role: str, today: date) -> set[int]:
    """The ids of people who may act on a step of this role, neither barred nor gone from it nor related, or have.

    Who approved in the open step, or for whom somebody did, counts also when their role has ended since.
    """
    people = set(grants_for(request, role, today).values_list("user_id", flat=True)) - set(request.barred)
    related = conflicts_on(request, today).filter(user__in=people)
    acts = list(request.actions.values_list("step", "act", "user_id", "acted_for_id"))
    gone = {user for step, act, user, _absent in acts if act == Act.RECUSE or step != request.step}
    have = {absent or user for step, act, user, absent in acts if act == Act.APPROVE and step == request.step}
    return people - set(related.values_list("user_id", flat=True)) - gone | have


def approver(request: ApprovalRequest, user: Any, today: date) -> Approver:
    """What the rules ask of a person who wants to act on a request."""
    here = Q(office_id=request.office_id_of, programme__in=["", request.programme])
    roles = Grant.objects.live(today).filter(here, user=user).values_list("role", flat=True)
    related = {
        person is not None for person in conflicts_on(request, today).filter(user=user).values_list("person", flat=True)
    }
    return Approver(
        user_id=user.pk,
        roles=frozenset(roles),
        is_related=True in related,
        is_of_provider=False in related,
        has_acted=request.actions.filter(Q(user=user) | Q(acted_for=user)).exists(),
        conflicts=_conflicts(request, user),
        stands_in=_stands_in(request, user, today),
    )


def _stands_in(request: ApprovalRequest, user: Any, today: date) -> dict[str, int]:
    """The roles in which the person may act on it for one who is away and could act themselves."""
    here = [
        stand_in for stand_in in stand_ins(user)
        if stand_in.office_id == request.office_id_of and stand_in.programme in ("", request.programme)
    ]  # fmt: skip
    if not here:
        return {}
    absent = {stand_in.absent_id for stand_in in here} - set(request.barred)
    related = conflicts_on(request, today).filter(user__in=absent)
    acted = request.actions.filter(Q(user__in=absent) | Q(acted_for__in=absent))
    gone = {*related.values_list("user_id", flat=True), *chain(*acted.values_list("user_id", "acted_for_id"))}
    return {stand_in.role: stand_in.absent_id for stand_in in here if stand_in.absent_id in absent - gone}


def _conflicts(request: ApprovalRequest, user: Any) -> frozenset[str]:
    """Roles that do not go together with those by which the person acted on the same subject before."""
    same = ApprovalRequest.rows.filter(subject_type=request.subject_type, subject_id=request.subject_id)
    used = set(ApprovalAction.objects.filter(request__in=same, user=user).values_list("role", flat=True))
    pairs = RoleConflict.objects.living().filter(Q(role_a__in=used) | Q(role_b__in=used))
    return frozenset(b if a in used else a for a, b in pairs.values_list("role_a", "role_b"))


def owes_approval(user: Any, now: datetime) -> bool:
    """Whether an emergency of the person waits for its approval longer than it may."""
    overdue = ApprovalRequest.rows.pending().filter(bypassed_by=user, due_at__lt=now)
    return overdue.exists()


@dataclass(frozen=True, kw_only=True)
class MayAct:
    """A user who may act on a step; where they are away, until when and who is their deputy."""

    person: User
    away_until: date | None = None
    deputy: User | None = None


@dataclass(frozen=True, kw_only=True)
class StepShown:
    """A step of a chain: the role, who approved by it, and who may while it is open."""

    role: Words
    instead_of: Words
    """The role that had nobody left, where `role` is the one above it."""
    is_open: bool
    done: Sequence[ApprovalAction]
    may: Sequence[MayAct]

    @property
    def is_refused(self) -> bool:
        """Whether somebody rejected or returned it here."""
        return any(action.act in (Act.REJECT, Act.RETURN) for action in self.done)

    @property
    def is_done(self) -> bool:
        """Whether it was approved here; who stepped back has not."""
        return not self.is_open and any(action.act == Act.APPROVE for action in self.done)

    @property
    def is_deserted(self) -> bool:
        """Whether the step is open and all its approvers are away without a deputy."""
        return self.is_open and all(one.away_until and not one.deputy for one in self.may)


def steps_shown(request: ApprovalRequest, today: date) -> list[StepShown]:
    """The chain as a page tells it; those who may act are named for the steps that are still to come.

    What ended has no steps to come: only those on which somebody acted.
    """
    actions = list(request.actions.select_related("user", "acted_for"))
    is_pending = request.state == ChainState.PENDING
    named = [
        _may(request, step["role"], today) if is_pending and number >= request.step else []
        for number, step in enumerate(request.steps)
    ]
    away = _away({person.pk for people in named for person in people}, today)
    kept_out = _kept_out(request, away.values(), today) | {action.user_id for action in actions}
    return [
        StepShown(
            role=Role(step["role"]).label,
            instead_of=Role(step["instead_of"]).label if "instead_of" in step else "",
            is_open=is_pending and number == request.step,
            done=[action for action in actions if action.step == number],
            may=[_with_deputy(person, away, kept_out) for person in named[number]],
        )
        for number, step in enumerate(request.steps)
        if is_pending or any(action.step == number for action in actions)
    ]


@dataclass(frozen=True, kw_only=True)
class StandIn:
    """For whom a person would sign the open step, and the later step that this takes away from them."""

    person: User
    given_up: Words
    """The role of a later step that only the deputy could sign: it goes to who stands above. Empty where none is."""


def standing_in(steps: Sequence[StepShown], user: Any) -> StandIn | None:
    """What somebody who signs for one who is away should know before; None for who signs in their own right."""
    may = next((step.may for step in steps if step.is_open), ())
    away = next((one.person for one in may if one.deputy == user), None)
    if away is None or any(one.person == user for one in may):
        return None
    later = steps[[step.is_open for step in steps].index(True) + 1 :]
    return StandIn(
        person=away, given_up=next((step.role for step in later if [one.person for one in step.may] == [user]), "")
    )


def _away(people: set[int], today: date) -> dict[int, Absence]:
    if not people:
        return {}
    absences: Any = Absence.rows.on(today).filter(user__in=people).select_related("deputy")
    return {absence.user_id: absence for absence in absences}


def _kept_out(request: ApprovalRequest, absences: Iterable[Absence], today: date) -> set[int]:
    """The ids of deputies who may not act on it themselves: barred, or with an interest in it."""
    deputies = {absence.deputy_id for absence in absences}
    if not deputies:
        return set()
    related = conflicts_on(request, today).filter(user__in=deputies)
    return {*request.barred, *related.values_list("user_id", flat=True)}


def _with_deputy(person: User, away: Mapping[int, Absence], kept_out: Collection[int]) -> MayAct:
    absence = away.get(person.pk)
    if absence is None:
        return MayAct(person=person)
    acts = absence.deputy.is_active and absence.deputy_id not in kept_out
    deputy = absence.deputy if acts else None
    return MayAct(person=person, away_until=absence.until_on, deputy=deputy)


def _may(request: ApprovalRequest, role: str, today: date) -> list[User]:
    return list(_left_for(request, role, today)[:MOST_NAMED])


def called_on(request: ApprovalRequest, today: date) -> list[User]:
    """Who can act on the open step today: those left for it who are here, and the deputies of those who are away.

    Where nobody of these can, those who are away.
    """
    left = list(_left_for(request, request.steps[request.step]["role"], today))
    away = _away({person.pk for person in left}, today)
    kept_out = _kept_out(request, away.values(), today) | set(request.actions.values_list("user_id", flat=True))
    shown = [_with_deputy(person, away, kept_out) for person in left]
    called = {one.deputy if one.away_until else one.person for one in shown} - {None}
    return sorted(called or left, key=lambda person: person.pk)  # type: ignore[arg-type]


def away_on(people: Iterable[int], today: date) -> dict[int, User]:
    """Which of these people are away on a day, by their id, each with who stands in."""
    return {user_id: absence.deputy for user_id, absence in _away(set(people), today).items()}


def _left_for(request: ApprovalRequest, role: str, today: date) -> QuerySet[User]:
    """Who can still sign by a role, present or away: neither barred nor related, and nobody acted as or for them."""
    people = grants_for(request, role, today).exclude(user__in=request.barred).values("user")
    acted = request.actions.values("user")
    stood_in_for = request.actions.filter(acted_for__isnull=False).values("acted_for")
    related = conflicts_on(request, today).values("user")
    named = User.objects.filter(pk__in=people).exclude(Q(pk__in=acted) | Q(pk__in=stood_in_for))
    return named.exclude(pk__in=related).order_by("full_name")


def role_above(request: ApprovalRequest, today: date) -> str | None:
    """The next higher role that can decide the open step, where nobody of its own role is left for it.

    A later step keeps whom it needs. None while somebody is left, and where nobody stands above.
    """
    role, later = request.steps[request.step]["role"], [step["role"] for step in request.steps[request.step + 1 :]]
    if _left_for(request, role, today).exists():
        return None
    higher = higher_roles(steps_today(today))
    nearest = sorted(higher.get(role, ()), key=lambda one: (-len(higher[one]), one))
    return next((one for one in nearest if _left_for(request, one, today).count() > later.count(one)), None)


def is_last_signature(request: ApprovalRequest, today: date) -> bool:
    """Whether one approval more decides the request."""
    step = request.steps[request.step]
    approved = request.actions.filter(step=request.step, act=Act.APPROVE).count()
    is_done = is_step_done(step, approved + 1, len(holders(request, step["role"], today)))
    return is_done and request.step + 1 == len(request.steps)


def waiting_for(user: Any) -> QuerySet[ApprovalRequest]:
    """Pending requests in whose chain the person has a role, the longest waiting first."""
    rows: QuerySet[ApprovalRequest] = ApprovalRequest.objects.visible_to(user)
    return rows.filter(state=ChainState.PENDING).exclude(requested_by=user).order_by("requested_at")
