"""The directory of services, and referrals to a programme or an outside body."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from casework.cases.models import Case, OfCase
from casework.kernel.models import Named, Stamped

from .states import REFERRAL_EDGES, ReferralState, ServiceKind, Urgency

WAITS_UNTIL = models.Case(models.When(state=ReferralState.PENDING, then=F("answer_due_at")))
WAITING_FIRST = (WAITS_UNTIL.asc(nulls_last=True), F("sent_at").desc(), F("id").desc())
"""Those that wait for an answer by the day of the answer, then the others, the newest first."""


class Service(Named):
    """A service families can be sent to, last verified on a day."""

    kind = models.CharField(_("kind"), max_length=12, choices=ServiceKind.choices)
    name_en = models.CharField(_("name in English"), max_length=160)
    name_th = models.CharField(_("name in Thai"), max_length=160)
    area = models.CharField(_("area"), max_length=120, blank=True)
    contact = models.CharField(_("contact"), max_length=200, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    languages = models.CharField(_("languages"), max_length=120, blank=True)
    cost = models.CharField(_("cost"), max_length=120, blank=True)
    hours = models.CharField(_("hours"), max_length=120, blank=True)
    verified_on = models.DateField(_("last verified"), null=True, blank=True)
    source = models.CharField(_("source"), max_length=200)
    is_active = models.BooleanField(_("in use"), default=True)

    class Meta:
        ordering = ["kind", "name_en"]


class Referral(OfCase, Stamped):
    """A request that another programme or an outside service take something on."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="referrals")
    programme = models.CharField(_("to programme"), max_length=40, blank=True)
    service = models.ForeignKey(
        Service, models.PROTECT, null=True, blank=True, related_name="referrals", verbose_name=_("to service")
    )
    kind = models.CharField(_("for"), max_length=12, choices=ServiceKind.choices)
    urgency = models.CharField(_("how urgent"), max_length=3, choices=Urgency.choices, default=Urgency.TWO_WEEKS)
    reason = models.CharField(_("why"), max_length=300)
    shared_fields = models.JSONField(_("what is shared"), default=list)
    consent = models.ForeignKey("cases.Consent", models.PROTECT, null=True, blank=True, related_name="+")
    override_reason = models.CharField(_("reason for sharing without consent"), max_length=300, blank=True)
    override_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    state = models.CharField(max_length=12, choices=ReferralState.choices, default=ReferralState.PENDING)
    sent_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    sent_at = models.DateTimeField()
    answer_due_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)
    answer_text = models.CharField(max_length=300, blank=True)
    outcome = models.CharField(max_length=300, blank=True)
    record_type = models.CharField(max_length=60, blank=True)
    record_id = models.BigIntegerField(null=True)

    EDGES = {"state": REFERRAL_EDGES}

    class Meta:
        base_manager_name = "rows"
        default_manager_name = "rows"
        ordering = ["-sent_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(programme="", service__isnull=False) | (~Q(programme="") & Q(service__isnull=True)),
                name="A referral goes to a programme or to a service",
            ),
            models.CheckConstraint(
                condition=Q(consent__isnull=False) | ~Q(override_reason=""),
                name="A referral rests on consent or a recorded reason",
            ),
            models.UniqueConstraint(
                fields=["case", "service", "kind"],
                condition=Q(state__in=["pending", "accepted"], service__isnull=False),
                name="A service is asked once at a time",
            ),
        ]
        indexes = [models.Index(*WAITING_FIRST, name="referral_waiting_first")]

    def __str__(self) -> str:
        return f"referral {self.pk}"
