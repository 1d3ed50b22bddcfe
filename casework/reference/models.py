"""Dated, sourced, editable rows: places, facilities, holidays, deadlines, thresholds, texts of the organisation."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from casework.kernel.models import Named
from casework.programmes.contributions import OpenList, registry

OF_OWN = _("For a code of your own; what came with the site has its words.")
OWN_CODE = r"^[a-z][a-z0-9_]*\Z"
OWN_LONGEST = 16
"""Letters of a code of the organisation: every column of an open list has room for them."""


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

    CORRECTED_WHEN_NEW: ClassVar[bool] = False
    """Whether a row is put right in place before a day of it has passed: nothing is counted by it."""

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
        return f"{self.name_now} ({self.code})" if self.name_now else self.code


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


def open_lists() -> dict[str, OpenList]:
    """Every open list by its key."""
    return {entry.key: entry for entry in registry.gather("open_lists")}


def list_choices() -> list[tuple[str, Any]]:
    """The open lists as choices."""
    return [(key, entry.label) for key, entry in open_lists().items()]


class ListedCode(Named, Dated):
    """A code of the organisation's own in an open list, or one the programme knows that it does not offer."""

    list = models.CharField(_("list"), max_length=40, choices=list_choices)
    code = models.CharField(
        _("code"),
        max_length=28,
        validators=[RegexValidator(OWN_CODE, _("Use small letters a–z, digits and _: river_flood."))],
        help_text=_("A short name that stays, such as river_flood."),
    )
    name_en = models.CharField(_("words in English"), max_length=80, blank=True, help_text=OF_OWN)
    name_th = models.CharField(_("words in Thai"), max_length=80, blank=True, help_text=OF_OWN)
    name_my = models.CharField(_("words in Burmese"), max_length=80, blank=True)
    is_offered = models.BooleanField(_("is offered"), default=True)

    CORRECTED_WHEN_NEW = True

    objects = DatedQuerySet.as_manager()

    class Meta:
        ordering = ["list", "code", "-valid_from"]
        constraints = [
            models.UniqueConstraint(fields=["list", "code", "valid_from"], name="A code of a list is one from a day on")
        ]

    def __str__(self) -> str:
        return self.name_now

    def name(self, language: str) -> str:
        """The words of the code in a language; those of a code that the programme knows in the language of the page."""
        known = dict(open_lists()[self.list].codes.choices) if self.list in open_lists() else {}
        return str(known[self.code]) if self.code in known else super().name(language)

    def get_code_display(self) -> str:
        """The words and, as forms and the API name it, the code."""
        return f"{self.name_now} ({self.code})"

    def clean(self) -> None:
        """Raise ValidationError at the field that is wrong."""
        if self.list in open_lists():
            wrong = dict(self._twice() or self._wrong(open_lists()[self.list]))
            if wrong:
                raise ValidationError(wrong)

    def _others(self) -> models.QuerySet:
        return ListedCode.objects.filter(list=self.list, code=self.code).exclude(pk=self.pk)

    def _twice(self) -> dict[str, Any]:
        at_once = self._others().filter(Q(valid_to__isnull=True) | Q(valid_to__gte=self.valid_from))
        if self.valid_to is not None:
            at_once = at_once.filter(valid_from__lte=self.valid_to)
        return {"code": _("This code has a row already. Change that one, or end it.")} if at_once.exists() else {}

    def _wrong(self, entry: OpenList) -> Iterator[tuple[str, Any]]:
        names = ("name_en", "name_th", "name_my")
        if self.code not in entry.codes.values:
            if len(self.code) > OWN_LONGEST:
                yield "code", _("At most %(number)s letters.") % {"number": OWN_LONGEST}
            yield from ((n, _("Say it in English and in Thai.")) for n in names[:2] if not getattr(self, n).strip())
            return
        if self.code in entry.fixed:
            yield "code", _("Rules need this code: it is always offered.")
        elif self.is_offered and self.pk is None and not self._others().exists():
            yield "is_offered", _("This code is offered already. Take the tick away to stop offering it.")
        yield from ((n, _("This code has its words. Leave them empty.")) for n in names if getattr(self, n).strip())
