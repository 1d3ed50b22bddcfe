"""An amount on its way through the people who approve it, and what each of them did."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from casework.access.scopes import LiveGrant, live_grants
from casework.access.visibility import GuardedManager
from casework.approvals.states import CHAIN_EDGES, DONE, Act, ChainState
from casework.kernel.models import AppendOnly
from casework.kernel.money import amount_field
from casework.kernel.subjects import AboutSubject
from casework.people.models import ConflictOfInterest

from .absences import StandIn, stand_ins

MOST_STEPS = 5
"""A chain has no more steps than this; it is looked for in each of them."""


def open_step_of(grant: LiveGrant | StandIn) -> Q:
    """The condition under which the open step of a request is one of this grant."""
    here = Q(office_id_of=grant.office_id)
    if grant.programme:
        here &= Q(programme=grant.programme)
    steps = Q(pk__in=())
    for step in range(MOST_STEPS):
        steps |= Q(step=step, **{f"band__steps__{step}__role": grant.role})
    return here & steps


def has_interest(user_id: int) -> Exists:
    """The condition under which somebody declared a conflict of interest that stands against a request today."""
    holding = ConflictOfInterest.rows.filter(user=user_id).holding(timezone.localdate())
    return Exists(holding.about_row("persons", "organisations"))


class RequestQuerySet(models.QuerySet):
    """Requests for approval."""

    def visible_to(self, user: Any) -> RequestQuerySet:
        """Those that a role of the person approves in the request's office, and those the person took part in."""
        condition = Q(requested_by=user) | Q(actions__user=user)
        places: list[LiveGrant | StandIn] = [*live_grants(user), *stand_ins(user)]
        for grant in places:
            here = Q(office_id_of=grant.office_id, roles__contains=[grant.role])
            condition |= here & Q(programme=grant.programme) if grant.programme else here
        return self.filter(pk__in=type(self)(self.model).filter(condition).values("pk"))

    def pending(self) -> RequestQuerySet:
        """Those that wait."""
        return self.filter(state=ChainState.PENDING)

    def to_act_on(self, user: Any) -> RequestQuerySet:
        """Pending ones whose open step is a role the person holds there, or somebody for whom they stand in.

        Not their own, nor one they acted on, nor one in which the other is not to act either.
        """
        mine = Q(pk__in=())
        for grant in live_grants(user):
            mine |= open_step_of(grant)
        for stand_in in stand_ins(user):
            is_kept_away = Q(barred__contains=stand_in.absent_id) | Q(has_interest(stand_in.absent_id))
            mine |= open_step_of(stand_in) & ~is_kept_away
        acted = ApprovalAction.objects.filter(Q(user=user) | Q(acted_for=user), request=OuterRef("pk"))
        return self.pending().filter(mine).exclude(barred__contains=user.pk).exclude(Exists(acted))

    def free_of_interest(self, user: Any) -> RequestQuerySet:
        """Without those against which the person declared a conflict of interest: others decide them (E-APR-04)."""
        return self.exclude(has_interest(user.pk))


class ApprovalRequest(AboutSubject):
    """What is to be approved, with the steps as they stood when it was asked: a later policy does not change it.

    `barred` are the ids of people who may never approve it: who asked, who made it, who changed amount or beneficiary.
    `persons` are the ids of people it is for, of whom an approver must not be a relative or friend; `organisations` are
    the keys of suppliers and providers who are paid, with whom an approver must have nothing to do.
    """

    programme = models.CharField(max_length=40)
    kind = models.CharField(max_length=60, help_text="the key of an approval kind")
    amount = amount_field(_("amount"))
    band = models.JSONField(help_text="the band's limits and steps when it was asked")
    roles = models.JSONField(help_text="the roles of its steps")
    subject_version = models.PositiveIntegerField(help_text="of the subject when it was asked")
    barred = models.JSONField(default=list)
    persons = models.JSONField(default=list)
    organisations = models.JSONField(default=list)
    requested_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    requested_at = models.DateTimeField()
    step = models.PositiveSmallIntegerField(default=0, help_text="the step that is open, from 0")
    state = models.CharField(max_length=9, choices=ChainState.choices, default=ChainState.PENDING)
    decided_at = models.DateTimeField(null=True)
    bypassed_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    bypassed_at = models.DateTimeField(null=True)
    bypass_reason = models.CharField(_("the emergency"), max_length=500, blank=True)
    due_at = models.DateTimeField(null=True, help_text="until when a bypass is to be approved")

    written_once = (
        "subject_type", "subject_id", "programme", "kind", "amount", "subject_version", "persons", "organisations",
        "requested_by", "requested_at",
    )  # fmt: skip

    EDGES = {"state": CHAIN_EDGES}

    rows = models.Manager.from_queryset(RequestQuerySet)()
    objects = GuardedManager()

    class Meta:
        base_manager_name = "rows"
        default_manager_name = "rows"
        ordering = ["requested_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["subject_type", "subject_id", "kind"],
                condition=Q(state=ChainState.PENDING),
                name="A subject waits once for one approval",
            ),
        ]
        indexes = [
            models.Index(
                fields=["office_id_of", "requested_at"], condition=Q(state="pending"), name="approval_waiting"
            ),
            models.Index(fields=["subject_type", "subject_id"], name="approval_subject"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"

    @property
    def steps(self) -> list[dict[str, Any]]:
        """The steps in their order."""
        return self.band["steps"]

    @property
    def number(self) -> str:
        """How notices and mails name it."""
        return f"A-{self.pk}"


class ApprovalAction(AppendOnly):
    """One person's one act on a request, in the step that was open."""

    request = models.ForeignKey(ApprovalRequest, models.PROTECT, related_name="actions")
    step = models.PositiveSmallIntegerField()
    user = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    acted_for = models.ForeignKey(
        "accounts.User", models.PROTECT, null=True, related_name="+", help_text="who is away, where a deputy acts"
    )
    role = models.CharField(max_length=4, help_text="by which the person acted")
    act = models.CharField(max_length=7, choices=Act.choices)
    code = models.CharField(_("reason"), max_length=40, blank=True)
    comment = models.CharField(_("words"), max_length=500, blank=True)
    at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["request", "user"], name="One person acts once on a request"),
            models.UniqueConstraint(fields=["request", "acted_for"], name="For one who is away one deputy acts"),
            models.CheckConstraint(
                condition=Q(acted_for__isnull=True) | ~Q(acted_for=F("user")), name="A deputy is somebody else"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.act} of {self.request_id} by {self.user_id}"

    @property
    def told(self) -> str:
        """What the person did, for a page."""
        return str(DONE[Act(self.act)])
