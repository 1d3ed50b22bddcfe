"""Registry offices, the rules of their checklists, and births registered before the records begin."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from casework.kernel.models import Named
from casework.reference.models import Dated, Place
from registration import states as s


class RegistryOffice(Named):
    """A district office or municipality that registers births."""

    name_th = models.CharField(_("name in Thai"), max_length=160)
    name_en = models.CharField(_("name in English"), max_length=160)
    name_my = models.CharField(_("name in Burmese"), max_length=160, blank=True)
    kind = models.CharField(_("kind"), max_length=18, choices=s.OfficeKind.choices)
    registry_code = models.CharField(_("registry code"), max_length=4, blank=True)
    place = models.ForeignKey(Place, models.PROTECT, null=True, blank=True, verbose_name=_("place"))
    address = models.CharField(_("address"), max_length=300, blank=True)
    phone = models.CharField(_("phone"), max_length=60, blank=True)
    hours = models.CharField(_("hours"), max_length=120, blank=True)
    way_there = models.CharField(_("how to get there"), max_length=300, blank=True)
    accepts_late = models.BooleanField(_("takes late registrations"), default=True)
    accepts_home_birth = models.BooleanField(_("takes home births of non-Thai families"), default=True)
    is_active = models.BooleanField(_("in use"), default=True)

    class Meta:
        ordering = ["name_en"]


class Requirement(Dated):
    """One line of the checklist rules: for which track or condition, how strong, with its source."""

    key = models.SlugField(_("key"), max_length=40)
    label_en = models.CharField(_("in English"), max_length=160)
    label_th = models.CharField(_("in Thai"), max_length=160)
    label_my = models.CharField(_("in Burmese"), max_length=160)
    level = models.CharField(_("how strong"), max_length=10, choices=s.RequirementLevel.choices)
    tracks = ArrayField(
        models.CharField(max_length=3, choices=s.Track.choices),
        verbose_name=_("tracks"),
        default=list,
        blank=True,
    )
    condition = models.CharField(
        _("only when"), max_length=30, blank=True, help_text=_("The key of a condition that the programme knows.")
    )
    alternative = models.CharField(
        _("one of group"), max_length=40, blank=True, help_text=_("Papers of one group stand for each other.")
    )
    registry_office = models.ForeignKey(
        RegistryOffice,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="local_requirements",
        verbose_name=_("only at this office"),
    )
    responsible = models.CharField(
        _("who gets it"), max_length=8, choices=s.Responsible.choices, default=s.Responsible.FAMILY
    )
    order = models.PositiveSmallIntegerField(_("place in the list"), default=50)

    class Meta:
        ordering = ["order", "key"]

    def __str__(self) -> str:
        return self.label_en

    def label(self, language: str) -> str:
        """The requirement's name in a language, English where there is none."""
        return getattr(self, f"label_{language}", "") or self.label_en


class OpeningBalance(Dated):
    """Births registered before the records begin, kept apart from counted cases (M15)."""

    office = models.ForeignKey("accounts.Office", models.PROTECT, related_name="+", verbose_name=_("office"))
    births = models.PositiveIntegerField(_("births registered"))
    until_on = models.DateField(_("until"))

    class Meta:
        ordering = ["office__code", "-valid_from"]
        constraints = [
            models.UniqueConstraint(
                fields=["office"],
                condition=models.Q(valid_to__isnull=True),
                name="An office has one opening balance at a time",
                violation_error_message=_("This office has an opening balance. Change that one."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.births} until {self.until_on}"
