"""The certificate, what does not agree, the check at the counter, and corrections."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from casework.kernel.dates import BirthDate
from casework.kernel.models import Stamped
from casework.people.states import CHILD_SEX, Sex
from registration import certificate_states as c
from registration import states as s

from .offices import RegistryOffice
from .record import BirthRecord, OfBirth


class Outcome(OfBirth, Stamped):
    """What the office wrote: the certificate as it is, checked before it is handed over."""

    birth = models.OneToOneField(BirthRecord, models.CASCADE, related_name="outcome")
    registered_on = models.DateField(_("registered on"))
    registry_office = models.ForeignKey(
        RegistryOffice, models.PROTECT, null=True, related_name="+", verbose_name=_("registry office")
    )
    form = models.CharField(_("form of certificate"), max_length=8, choices=s.CertificateForm.choices)
    certificate_no = models.CharField(_("certificate number"), max_length=60, blank=True)
    child_number = models.CharField(_("13-digit number"), max_length=13, blank=True)
    name_th = models.CharField(_("child’s name on the certificate"), max_length=200, blank=True)
    born_on = models.DateField(_("birth date on the certificate"), null=True, blank=True)
    sex = models.CharField(_("sex on the certificate"), max_length=1, blank=True)
    mother = models.CharField(_("mother on the certificate"), max_length=200, blank=True)
    father = models.CharField(_("father on the certificate"), max_length=200, blank=True)
    nationality = models.CharField(_("nationality on the certificate"), max_length=60, blank=True)
    register = models.CharField(_("entered in"), max_length=8, choices=s.Register.choices, blank=True)
    notified_in_time = models.BooleanField(null=True, help_text="empty when the birth date is not exact")
    checked_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, blank=True, related_name="+")
    checked_on = models.DateField(null=True, blank=True)
    handed_over_to = models.CharField(_("handed over to"), max_length=120, blank=True)
    handed_over_relation = models.CharField(
        _("relation"), max_length=16, choices=s.InformantRelation.choices, blank=True
    )
    handed_over_sign = models.CharField(_("signed by"), max_length=10, blank=True, help_text="signature or thumb print")
    handed_over_on = models.DateField(_("handed over on"), null=True, blank=True)

    class Meta:
        base_manager_name = "rows"
        default_manager_name = "rows"
        constraints = [
            models.CheckConstraint(
                condition=Q(handed_over_on__isnull=True) | Q(checked_on__isnull=False),
                name="A certificate is checked before handover",
            ),
        ]

    def __str__(self) -> str:
        return f"outcome of birth {self.birth_id}"


class Discrepancy(OfBirth, Stamped):
    """Two sources disagree about a fact."""

    birth = models.ForeignKey(BirthRecord, models.CASCADE, related_name="discrepancies")
    field = models.CharField(max_length=30)
    value_a = models.CharField(max_length=200)
    source_a = models.CharField(max_length=60)
    value_b = models.CharField(max_length=200)
    source_b = models.CharField(max_length=60)
    severity = models.CharField(max_length=10, choices=s.DiscrepancySeverity.choices)
    state = models.CharField(max_length=22, choices=s.DiscrepancyState.choices, default=s.DiscrepancyState.OPEN)
    settled_text = models.CharField(max_length=300, blank=True)
    found_before_registration = models.BooleanField(default=False)

    EDGES = {"state": s.DISCREPANCY_EDGES}

    class Meta:
        base_manager_name = "rows"
        default_manager_name = "rows"
        verbose_name_plural = "discrepancies"

    def __str__(self) -> str:
        return f"discrepancy {self.pk}"

    @property
    def label(self) -> str:
        """What it is about, in the words of the page."""
        return str(c.CounterLineKey(self.field).label) if self.field in c.CounterLineKey.values else ""

    @property
    def told_a(self) -> str:
        """What is right, as the page's reader knows it."""
        return self._told(self.value_a)

    @property
    def told_b(self) -> str:
        """What is written instead, as the page's reader knows it."""
        return self._told(self.value_b)

    def _told(self, value: str) -> str:
        if self.field == "sex" and value in Sex.values:
            return str(CHILD_SEX[Sex(value)])
        born = BirthDate.from_iso(value) if self.field == "born_on" else None
        return born.text(get_language() or "en") if born else value


class CounterCheck(OfBirth):
    """The agreed spelling was compared with the draft certificate at the counter, before it was signed (day.md 9)."""

    birth = models.ForeignKey(BirthRecord, models.CASCADE, related_name="counter_checks")
    checked_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    checked_at = models.DateTimeField()

    class Meta:
        base_manager_name = "rows"
        default_manager_name = "rows"
        ordering = ["-checked_at", "-id"]

    def __str__(self) -> str:
        return f"counter check of birth {self.birth_id}"

    @property
    def different_lines(self) -> list[CounterLine]:
        """What must be changed before the certificate is signed."""
        return [line for line in self.lines.all() if line.answer == c.CounterAnswer.DIFFERENT]


class CounterLine(models.Model):
    """One line of a check at the counter: what was agreed, and what stands on the draft when it is different."""

    check_made = models.ForeignKey(CounterCheck, models.CASCADE, related_name="lines")
    key = models.CharField(max_length=10, choices=c.CounterLineKey.choices)
    agreed = models.CharField(max_length=300, blank=True, help_text="empty when it was agreed to leave it out")
    answer = models.CharField(max_length=10, choices=c.CounterAnswer.choices)
    on_draft = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["check_made", "key"], name="A line is compared once in a check"),
            models.CheckConstraint(
                condition=Q(answer="same", on_draft="") | (Q(answer="different") & ~Q(on_draft="")),
                name="A different line says what stands on the draft",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.key} {self.answer}"


class Correction(OfBirth, Stamped):
    """A mistake found on a certificate that was already signed, on its way through the registry office again."""

    birth = models.ForeignKey(BirthRecord, models.CASCADE, related_name="corrections")
    state = models.CharField(
        _("state"), max_length=12, choices=c.CorrectionState.choices, default=c.CorrectionState.OPEN
    )
    state_since = models.DateField()
    registry_office = models.ForeignKey(
        RegistryOffice, models.PROTECT, related_name="+", verbose_name=_("registry office")
    )
    discrepancies = models.ManyToManyField(Discrepancy, related_name="corrections")
    asked_on = models.DateField(_("asked on"), null=True, blank=True)
    receipt_no = models.CharField(_("receipt number"), max_length=60, blank=True)
    appointment_on = models.DateField(_("come back on"), null=True, blank=True)
    appointment_time = models.CharField(_("time"), max_length=20, blank=True)
    fee_baht = models.DecimalField(_("fee, baht"), max_digits=8, decimal_places=2, null=True, blank=True)
    fee_paid_by = models.CharField(_("paid by"), max_length=8, choices=c.FeePayer.choices, blank=True)
    result_on = models.DateField(_("result on"), null=True, blank=True)
    result_text = models.CharField(_("in the office’s words"), max_length=300, blank=True)
    checked_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, blank=True, related_name="+")
    checked_on = models.DateField(null=True, blank=True)
    handed_over_to = models.CharField(_("handed over to"), max_length=120, blank=True)
    handed_over_relation = models.CharField(
        _("relation"), max_length=16, choices=s.InformantRelation.choices, blank=True
    )
    handed_over_sign = models.CharField(_("signed by"), max_length=10, blank=True, help_text="signature or thumb print")
    handed_over_on = models.DateField(_("handed over on"), null=True, blank=True)

    EDGES = {"state": c.CORRECTION_EDGES}

    class Meta:
        base_manager_name = "rows"
        default_manager_name = "rows"
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["birth"],
                condition=Q(state__in=["open", "asked", "appointed", "corrected", "refused"]),
                name="One correction of a certificate at a time",
            ),
            models.CheckConstraint(
                condition=~Q(state="appointed") | Q(appointment_on__isnull=False), name="An appointment has a day"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["corrected", "handed_over", "refused"]) | Q(result_on__isnull=False),
                name="The answer to a correction has a day",
            ),
            models.CheckConstraint(
                condition=~Q(state="handed_over")
                | (Q(checked_on__isnull=False, handed_over_on__isnull=False) & ~Q(handed_over_to="")),
                name="A corrected certificate is checked before handover",
            ),
            models.CheckConstraint(
                condition=Q(fee_baht__isnull=True) | Q(fee_baht__gte=0), name="A fee is not less than nothing"
            ),
        ]

    def __str__(self) -> str:
        return f"correction {self.pk}"

    @property
    def is_open(self) -> bool:
        return self.state in c.OPEN_CORRECTIONS


class WrongNameTold(OfBirth):
    """Somebody who had been given the wrong name was told the right one."""

    birth = models.ForeignKey(BirthRecord, models.CASCADE, related_name="wrong_names_told")
    correction = models.ForeignKey(Correction, models.CASCADE, related_name="told")
    place = models.CharField(max_length=40, help_text="what of: referral, document or follow-up, with its number")
    told_on = models.DateField(_("told on"))
    told_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")

    class Meta:
        base_manager_name = "rows"
        default_manager_name = "rows"
        verbose_name_plural = "wrong names told"
        constraints = [models.UniqueConstraint(fields=["correction", "place"], name="A place is told once")]

    def __str__(self) -> str:
        return f"{self.place} told"
