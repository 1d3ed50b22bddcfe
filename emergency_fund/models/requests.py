"""What happened to a family, what is asked for its children, and each thing of it."""

from __future__ import annotations

from decimal import Decimal

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from casework.access.visibility import GuardedManager
from casework.cases.models import Case
from casework.kernel.models import AppendOnly, Stamped
from casework.kernel.money import amount_field, baht
from emergency_fund import states as s
from emergency_fund.querysets import PROGRAMME, OfRequestQuerySet, RequestQuerySet
from emergency_fund.words import times

BY_URGENCY = models.Case(
    *(models.When(urgency=str(urgency), then=place) for place, urgency in enumerate(s.Urgency)), default=9
)
"""The most urgent first: the order of the queue, and of the index it is read from."""


class HardshipIncident(Stamped):
    """What took a family's means, and which other source should pay first by law."""

    family = models.ForeignKey("people.Family", models.PROTECT, related_name="+")
    kind = models.CharField(_("what happened"), max_length=16, choices=s.IncidentKind.choices)
    occurred_on = models.DateField(_("when"))
    is_day_known = models.BooleanField(_("the day is known"), default=True)
    earner = models.ForeignKey("people.Person", models.PROTECT, null=True, blank=True, related_name="+")
    employer = models.CharField(_("employer"), max_length=160, blank=True)
    entitlement = models.CharField(
        _("who should pay first"), max_length=18, choices=s.Entitlement.choices, default=s.Entitlement.NONE
    )
    entitlement_status = models.CharField(
        _("how that stands"), max_length=12, choices=s.EntitlementStatus.choices,
        default=s.EntitlementStatus.NOT_CHECKED,
    )  # fmt: skip
    entitlement_amount = amount_field(_("baht a month"), null=True, blank=True)
    entitlement_on = models.DateField(_("since"), null=True, help_text="the day of the claim, or of what came of it")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(entitlement_amount__isnull=True) | Q(entitlement_amount__gte=0),
                name="An entitlement pays nothing or more",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} on {self.occurred_on}"


class AssistanceRequest(Stamped):
    """A family asks for help for its children, through one of its children's cases."""

    number = models.CharField(_("number"), max_length=20, unique=True, editable=False)
    case = models.ForeignKey(Case, models.PROTECT, related_name="assistance_requests")
    family = models.ForeignKey("people.Family", models.PROTECT, related_name="+")
    office = models.ForeignKey("accounts.Office", models.PROTECT, related_name="+")
    requester = models.ForeignKey("people.Person", models.PROTECT, related_name="+", verbose_name=_("who asks"))
    channel = models.CharField(_("how they asked"), max_length=16, choices=s.Channel.choices)
    received_at = models.DateTimeField(_("received"))
    incident = models.OneToOneField(HardshipIncident, models.PROTECT, related_name="request")
    urgency = models.CharField(_("how urgent"), max_length=3, choices=s.Urgency.choices, default=s.Urgency.NORMAL)
    need = models.TextField(_("why it is needed"), help_text="for everybody who decides: no names, no protection notes")
    state = models.CharField(
        _("state"), max_length=12, choices=s.RequestState.choices, default=s.RequestState.SUBMITTED
    )
    decision_due_at = models.DateTimeField(_("decide by"))
    approval = models.ForeignKey("approvals.ApprovalRequest", models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    expires_on = models.DateField(_("expires on"), null=True)
    asked_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+", verbose_name=_("asked by"))
    old_incident_reason = models.CharField(_("why so late"), max_length=300, blank=True)
    told_code = models.CharField(_("reason"), max_length=12, choices=s.ReturnReason.choices, blank=True)
    told = models.CharField(max_length=500, blank=True, help_text="what whoever returned it or said no wrote")
    changed_by = models.JSONField(default=list, help_text="ids of people who changed it since it was asked")

    EDGES = {"state": s.REQUEST_EDGES}

    rows = models.Manager.from_queryset(RequestQuerySet)()
    objects = GuardedManager()

    class Meta:
        base_manager_name = "rows"
        default_manager_name = "rows"
        ordering = ["decision_due_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(decision_due_at__gte=F("received_at")), name="A decision is due after the request"
            ),
        ]
        indexes = [
            models.Index(
                BY_URGENCY, "decision_due_at", "id", condition=Q(state__in=sorted(s.OPEN_STATES)), name="fund_queue"
            ),
            models.Index(fields=["id"], condition=Q(state__in=sorted(s.ENDED)), name="fund_ended"),
            models.Index(fields=["family", "received_at"], name="fund_of_family"),
        ]

    def __str__(self) -> str:
        return self.number

    def access_place(self) -> tuple[int, tuple[str, ...]]:
        """The office and the programme that decide who may act on it."""
        return self.office_id, (PROGRAMME,)

    @property
    def kinds_told(self) -> str:
        """What is asked for, each kind once."""
        return ", ".join(dict.fromkeys(str(line.get_kind_display()) for line in self.lines.all()))

    @property
    def makers(self) -> frozenset[int]:
        """The ids of who asked for it, changed it or assessed the family: they neither approve nor pay."""
        assessors = {one.assessed_by_id for one in self.assessments.all()}
        return frozenset({self.asked_by_id, *self.changed_by, *assessors})


class OfRequest(models.Model):
    """Base of rows that hang on a request and are seen where it is seen."""

    rows = models.Manager.from_queryset(OfRequestQuerySet)()
    objects = GuardedManager()

    class Meta:
        abstract = True
        base_manager_name = "rows"
        default_manager_name = "rows"


NOT_COUNTED = Q(quantity__isnull=True, unit_cost__isnull=True, unit="")
AS_COUNTED = Q(
    quantity__isnull=False, unit_cost__isnull=False, quantity__gt=0, unit_cost__gt=0, kind__in=sorted(s.COUNTED),
    asked=F("quantity") * F("unit_cost"),
)  # fmt: skip


class AssistanceLine(OfRequest):
    """One thing for one child: what was asked, what was approved, what was delivered, from which budget line.

    Where it was asked for as so many at the price of one, the amount is that to the satang (reference programmes 2.3).
    """

    request = models.ForeignKey(AssistanceRequest, models.PROTECT, related_name="lines")
    child = models.ForeignKey("people.Person", models.PROTECT, related_name="+", verbose_name=_("child"))
    kind = models.CharField(_("what"), max_length=18, choices=s.LineKind.choices)
    modality = models.CharField(_("how"), max_length=10, choices=s.Modality.choices)
    words = models.CharField(_("details"), max_length=160, blank=True)
    period = models.CharField(max_length=40, help_text="the month, or the incident: one kind once in a period")
    quantity = models.PositiveSmallIntegerField(_("how many"), null=True, blank=True)
    unit = models.CharField(_("of what"), max_length=8, choices=s.LineUnit.choices, blank=True)
    unit_cost = amount_field(_("price of one"), null=True, blank=True)
    asked = amount_field(_("asked for"))
    approved = amount_field(_("approved"), null=True, blank=True)
    paid = amount_field(_("paid"), default=0)
    returned = amount_field(_("given back"), default=0)
    budget_line = models.ForeignKey("funds.BudgetLine", models.PROTECT, null=True, related_name="+")
    provider = models.CharField(_("paid to"), max_length=160, blank=True)
    state = models.CharField(_("state"), max_length=9, choices=s.LineState.choices, default=s.LineState.ASKED)

    EDGES = {"state": s.LINE_EDGES}

    class Meta(OfRequest.Meta):
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=Q(asked__gt=0), name="A line asks for something"),
            models.CheckConstraint(
                condition=NOT_COUNTED | AS_COUNTED, name="So many at the price of one are what is asked"
            ),
            models.CheckConstraint(
                condition=Q(approved__isnull=True) | (Q(approved__gte=0) & Q(approved__lte=F("asked"))),
                name="A line is approved up to what was asked",
            ),
            models.CheckConstraint(
                condition=Q(paid__gte=0) & (Q(approved__isnull=True) | Q(paid__lte=F("approved"))),
                name="A line is paid up to what was approved",
            ),
            models.CheckConstraint(
                condition=Q(returned__gte=0) & Q(returned__lte=F("paid")), name="No more is given back than was paid"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} for person {self.child_id}"

    def access_place(self) -> tuple[int, tuple[str, ...]]:
        """The office and the programme that decide who may act on it."""
        return self.request.access_place()

    @property
    def worth(self) -> Decimal:
        """What is approved, or what is asked while nobody has decided."""
        return self.asked if self.approved is None else self.approved

    def times(self, amount: Decimal | None) -> str:
        """An amount as so many at the price of one, for who reads the page; nothing where it is not that."""
        price = baht(self.unit_cost) if self.unit_cost else ""
        return times(amount, self.unit_cost, self.get_unit_display(), price)

    @property
    def asked_times(self) -> str:
        """How many of what at which price were asked for: "3 visits × ฿300"."""
        return self.times(self.asked)

    @property
    def approved_times(self) -> str:
        """How many of them were approved, where that is fewer."""
        return self.times(self.approved) if self.approved != self.asked else ""

    @property
    def to_pay_times(self) -> str:
        """How many of them are approved and not yet paid."""
        return self.times(self.to_pay)

    @property
    def to_pay(self) -> Decimal:
        """What is approved and not yet paid."""
        return (self.approved or Decimal(0)) - self.paid


class NeedsAssessment(OfRequest, AppendOnly):
    """How a family lives now, in figures, and the score that follows from them by a version of the weights."""

    request = models.ForeignKey(AssistanceRequest, models.PROTECT, related_name="assessments")
    assessed_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    assessed_at = models.DateTimeField()
    mode = models.CharField(
        _("how they were asked"), max_length=6, choices=s.AssessmentMode.choices, blank=True,
        help_text="empty where nobody said so",
    )  # fmt: skip
    income = amount_field(_("income a month"), default=0)
    expenses = amount_field(_("expenses a month"), default=0)
    debt = amount_field(_("debt"), default=0)
    earners = models.PositiveSmallIntegerField(_("who earn"), default=0)
    dependants = models.PositiveSmallIntegerField(_("who depend on them"), default=0)
    food_days = models.PositiveSmallIntegerField(_("days of food left"), default=0)
    note = models.CharField(_("note"), max_length=500, blank=True)
    score = models.PositiveSmallIntegerField(_("score"))
    weights = models.PositiveSmallIntegerField(help_text="version of the weights")

    class Meta(OfRequest.Meta):
        ordering = ["-assessed_at"]

    def __str__(self) -> str:
        return f"{self.score} points for {self.request_id}"
