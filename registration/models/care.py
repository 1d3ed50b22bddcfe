"""Hard births: a child that died, a mother who is a child herself."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from casework.cases.models import Case
from casework.kernel.models import Stamped
from registration import states as s

from .record import BirthRecord, OfBirth


class ChildDeath(OfBirth):
    """The child died, or was born dead. What must be notified until when, and the help that was offered (day.md 8)."""

    birth = models.OneToOneField(BirthRecord, models.CASCADE, related_name="death")
    is_stillbirth = models.BooleanField(_("born dead"), default=False)
    died_on = models.DateField(_("died on"))
    told_by = models.CharField(_("told by"), max_length=120, blank=True)
    death_due_on = models.DateField(help_text="last day to notify the death (Civil Registration Act s. 21)")
    birth_notified_on = models.DateField(_("birth notified on"), null=True, blank=True)
    death_notified_on = models.DateField(_("death notified on"), null=True, blank=True)
    help_answer = models.CharField(
        _("condolence and help with the funeral"),
        max_length=10,
        choices=s.HelpAnswer.choices,
        default=s.HelpAnswer.NOT_YET,
    )
    recorded_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        base_manager_name = "rows"
        default_manager_name = "rows"

    def __str__(self) -> str:
        return f"death on birth {self.birth_id}"


class YoungMother(OfBirth, Stamped):
    """What is done for a mother who was under 18 at the birth (day.md 7)."""

    birth = models.OneToOneField(BirthRecord, models.CASCADE, related_name="young_mother")
    spoken_alone = models.BooleanField(_("spoken to alone"), null=True)
    spoken_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    spoken_on = models.DateField(_("on"), null=True, blank=True)
    interpreter = models.CharField(_("interpreter"), max_length=120, blank=True)
    consent_by = models.CharField(
        _("who decides with her"), max_length=10, choices=s.MotherConsent.choices, default=s.MotherConsent.OPEN
    )
    consent_note = models.CharField(max_length=300, blank=True)
    own_case = models.ForeignKey(Case, models.PROTECT, null=True, related_name="+")
    report_due_on = models.DateField(help_text="dated rule registration.young_mother_report_days")
    reported_on = models.DateField(_("reported on"), null=True, blank=True)
    reported_to = models.CharField(_("reported to"), max_length=120, blank=True)

    class Meta:
        base_manager_name = "rows"
        default_manager_name = "rows"
        constraints = [
            models.CheckConstraint(
                condition=Q(reported_on__isnull=True) | ~Q(reported_to=""), name="A report went to somebody"
            ),
        ]

    def __str__(self) -> str:
        return f"young mother of birth {self.birth_id}"
