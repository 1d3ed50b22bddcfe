"""Who approves how much: dated policies, their bands by amount, and roles that one person does not hold together."""

from __future__ import annotations

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from casework.accounts.states import Role
from casework.approvals.states import PairScope
from casework.kernel.money import amount_field


class ApprovalPolicy(models.Model):
    """The bands that hold for one kind of act of a programme for a time; a change is a new policy."""

    programme = models.CharField(_("programme"), max_length=40)
    kind = models.CharField(_("for"), max_length=60, help_text="the key of an approval kind")
    valid_from = models.DateField(_("valid from"))
    valid_to = models.DateField(_("valid until"), null=True, blank=True)
    emergency_cap = amount_field(
        _("emergency cap"), default=0,
        help_text=_("Up to this amount, in baht, one may act first and be approved within 72 hours."),
    )  # fmt: skip
    source = models.CharField(_("source"), max_length=300)
    checked_on = models.DateField(_("last checked"), null=True, blank=True)
    proposed_by = models.ForeignKey(
        "accounts.User", models.PROTECT, null=True, related_name="+", verbose_name=_("proposed by")
    )
    confirmed_by = models.ForeignKey(
        "accounts.User", models.PROTECT, null=True, related_name="+", verbose_name=_("confirmed by")
    )
    confirmed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["programme", "kind", "-valid_from"]
        verbose_name_plural = "approval policies"
        constraints = [
            ExclusionConstraint(
                name="One policy holds for a kind on a day",
                expressions=[
                    ("programme", RangeOperators.EQUAL),
                    ("kind", RangeOperators.EQUAL),
                    (
                        Func(F("valid_from"), F("valid_to"), Value("[]"), function="daterange"),
                        RangeOperators.OVERLAPS,
                    ),
                ],
            ),
            models.CheckConstraint(
                condition=Q(confirmed_by__isnull=True) | ~Q(confirmed_by=F("proposed_by")),
                name="Who proposes bands does not confirm them",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} from {self.valid_from}"


class ApprovalBand(models.Model):
    """Amounts from one (with it) up to another (without it), and the steps that approve them, in order.

    `steps` is a list of `{"role": "FO", "quorum": "any" | "count" | "all", "count": 1}`.
    """

    policy = models.ForeignKey(ApprovalPolicy, models.CASCADE, related_name="bands")
    amount_from = amount_field(_("from"))
    amount_to = amount_field(_("below"), null=True, blank=True)
    steps = models.JSONField(_("steps"))

    class Meta:
        ordering = ["amount_from"]
        constraints = [
            models.CheckConstraint(
                condition=Q(amount_from__gte=0) & (Q(amount_to__isnull=True) | Q(amount_to__gt=F("amount_from"))),
                name="A band ends above where it begins",
            ),
            ExclusionConstraint(
                name="The bands of a policy do not overlap",
                expressions=[
                    ("policy", RangeOperators.EQUAL),
                    (Func(F("amount_from"), F("amount_to"), function="numrange"), RangeOperators.OVERLAPS),
                ],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.amount_from} to {self.amount_to or '…'}"


class PairQuerySet(models.QuerySet):
    """Pairs of roles."""

    def living(self) -> PairQuerySet:
        """Those that hold."""
        return self.filter(ended_at__isnull=True)


class RoleConflict(models.Model):
    """Two roles that are kept apart; written once, the lesser name first. Who signed by one never signs by the other.

    Those that are fixed hold without an off-switch (reference programmes 1.1).
    """

    role_a = models.CharField(_("one role"), max_length=4, choices=Role.choices)
    role_b = models.CharField(_("the other"), max_length=4, choices=Role.choices)
    scope = models.CharField(
        _("how far"), max_length=7, choices=PairScope.choices, default=PairScope.REQUEST,
        help_text="on one request only, or that nobody is given both",
    )  # fmt: skip
    reason = models.CharField(_("reason"), max_length=200)
    source = models.CharField(_("source"), max_length=300, blank=True)
    is_fixed = models.BooleanField(default=False)
    proposed_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    confirmed_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    confirmed_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    ended_reason = models.CharField(max_length=300, blank=True)

    objects = PairQuerySet.as_manager()

    class Meta:
        ordering = ["role_a", "role_b"]
        constraints = [
            models.CheckConstraint(condition=Q(role_a__lt=F("role_b")), name="A pair of roles is written one way"),
            models.UniqueConstraint(
                fields=["role_a", "role_b"], condition=Q(ended_at__isnull=True), name="A pair of roles is written once"
            ),
            models.CheckConstraint(
                condition=Q(is_fixed=False) | Q(ended_at__isnull=True), name="A fixed pair of roles does not end"
            ),
            models.CheckConstraint(
                condition=Q(confirmed_by__isnull=True) | ~Q(confirmed_by=F("proposed_by")),
                name="Who proposes a pair of roles does not confirm it",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.role_a} and {self.role_b}"

    @property
    def reason_now(self) -> str:
        """Why, in the language of the page where the site itself says so."""
        return gettext(self.reason) if self.is_fixed else self.reason
