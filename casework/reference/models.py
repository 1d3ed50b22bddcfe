"""Dated, sourced, editable rows: places, facilities, holidays, deadlines, thresholds, texts of the organisation."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from casework.kernel.models import Named


class DatedQuerySet(models.QuerySet):
    """Rows by time."""

    def live(self, on: date) -> DatedQuerySet:
        """Rows that hold on a day."""
        return self.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=on), valid_from__lte=on)


class Dated(models.Model):
    """A rule with a time, a source and the day somebody last checked it."""

    valid_from = models.DateField(_("valid from"), default=date(2016, 1, 1))
    valid_to = models.DateField(_("valid until"), null=True, blank=True)
    source = models.CharField(_("source"), max_length=300)
    checked_on = models.DateField(_("last checked"), null=True, blank=True)

    class Meta:
        abstract = True


class Place(Named):
    """A province, district or sub-district with its official code (2, 4 or 6 digits)."""

    code = models.CharField(max_length=6, primary_key=True)
    name_th = models.CharField(max_length=120)
    name_en = models.CharField(max_length=120)
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="parts")

    class Meta:
        ordering = ["code"]

    def __str__(self) -> str:
        return f"{self.name_now} ({self.code})"


class Facility(Named):
    """A hospital, clinic or health centre where children are born."""

    code = models.SlugField(_("code"), max_length=40, unique=True)
    name_th = models.CharField(_("name in Thai"), max_length=160)
    name_en = models.CharField(_("name in English"), max_length=160)
    name_my = models.CharField(_("name in Burmese"), max_length=160, blank=True)
    place = models.ForeignKey(Place, models.PROTECT, null=True, blank=True, verbose_name=_("place"))
    issues_first_proof = models.BooleanField(_("issues the delivery certificate"), default=True)
    is_active = models.BooleanField(_("in use"), default=True)

    class Meta:
        ordering = ["name_en"]
        verbose_name_plural = "facilities"


class Holiday(models.Model):
    """An official holiday in Thailand; loaded for each year, corrected by staff."""

    on = models.DateField(_("day"), unique=True)
    name_th = models.CharField(_("name in Thai"), max_length=160)
    name_en = models.CharField(_("name in English"), max_length=160)
    is_working = models.BooleanField(_("offices are open all the same"), default=False)
    source = models.CharField(_("source"), max_length=200)

    class Meta:
        ordering = ["on"]

    def __str__(self) -> str:
        return f"{self.on} {self.name_en}"


class Term(Dated):
    """A number of days, a limit or a threshold that a rule uses, such as the 15 days of birth notification."""

    key = models.CharField(_("key"), max_length=60)
    label = models.CharField(_("what it is"), max_length=200)
    value = models.DecimalField(_("value"), max_digits=10, decimal_places=4)
    unit = models.CharField(_("unit"), max_length=20)

    objects = DatedQuerySet.as_manager()

    class Meta:
        ordering = ["key", "-valid_from"]
        constraints = [models.UniqueConstraint(fields=["key", "valid_from"], name="A term has one value from a day on")]

    def __str__(self) -> str:
        return f"{self.key} = {self.value} {self.unit}"


class Text(Dated):
    """A text the organisation supplies and has reviewed: notices, consent, legal texts, per language."""

    key = models.CharField(_("key"), max_length=60)
    language = models.CharField(_("language"), max_length=6)
    version = models.PositiveSmallIntegerField(_("version"), default=1)
    body = models.TextField(_("text"))
    reviewed_by = models.CharField(_("reviewed by"), max_length=120, blank=True)

    objects = DatedQuerySet.as_manager()

    class Meta:
        ordering = ["key", "language", "-version"]
        constraints = [
            models.UniqueConstraint(fields=["key", "language", "version"], name="A text has one version in a language")
        ]

    def __str__(self) -> str:
        return f"{self.key} ({self.language}) v{self.version}"
