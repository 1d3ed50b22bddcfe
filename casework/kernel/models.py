"""Bases every room builds on, and the record of requests that must not be done twice."""

from __future__ import annotations

from datetime import date, datetime

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

LONGEST_ADDRESS = 300
"""Letters of an address that an answer can lead to."""


class AppendOnly(models.Model):
    """Rows the application may add and read, never change or remove (refused by database rights)."""

    class Meta:
        abstract = True


class Removable(models.Model):
    """Rows the application may remove, with the rows that go with them; it may remove no others (database rights)."""

    class Meta:
        abstract = True


class Erasable(Removable):
    """Rows the application may add, read and remove, never change (refused by database rights)."""

    class Meta:
        abstract = True


class TrueDay:
    """Mixin of what has its true day (`on`), and the moment at which it was written down (`at`)."""

    on: date
    at: datetime

    @property
    def is_late(self) -> bool:
        """Whether it was written down on a later day than it happened."""
        return self.on < timezone.localdate(self.at)


class CountedDay(TrueDay, models.Model):
    """Mixin of what moves in a book that people count (decision 46): `on` is its day in the book.

    What is written down of a day before a count stands in the book on the day of the count, and keeps its true day.
    """

    happened_on = models.DateField(
        _("true day"), null=True, help_text="where it was counted since, and stands on the day of the count"
    )

    class Meta:
        abstract = True


class KeptByDatabase(models.Model):
    """Rows that a trigger writes from others; the application only reads them (refused by database rights)."""

    class Meta:
        abstract = True


class Named(models.Model):
    """A row with a name in English as name_en, and in other languages, such as name_th, where it has one."""

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.name_now

    def name(self, language: str) -> str:
        """The name in a language, English where there is none."""
        return getattr(self, f"name_{language}", "") or self.name_en  # type: ignore[attr-defined]

    @property
    def name_now(self) -> str:
        """The name in the language of the page."""
        return self.name((get_language() or "en")[:2])


class Stamped(models.Model):
    """Who made the row and when, and a version that grows with every change."""

    created_at = models.DateTimeField(_("made at"), auto_now_add=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("made by"),
    )
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        abstract = True


class NumberSeries(models.Model):
    """The counter of a kind of numbers in a year, locked while a number is taken: no gaps, no repeats."""

    name = models.CharField(max_length=40, help_text="what stands before the year, such as EAF-MS")
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name_plural = "number series"
        constraints = [models.UniqueConstraint(fields=["name", "year"], name="A series counts once a year")]

    def __str__(self) -> str:
        return f"{self.name}-{self.year}"


class IdempotentRequest(Removable):
    """A create that was answered once: the same key by the same user gets the same answer again."""

    key = models.CharField(max_length=80)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    fingerprint = models.CharField(max_length=64, help_text="SHA-256 of method, path and body")
    status = models.PositiveSmallIntegerField()
    location = models.CharField(max_length=LONGEST_ADDRESS, blank=True)
    body = models.JSONField(default=dict)
    answered_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "key"], name="A user's idempotency key is answered once"),
        ]

    def __str__(self) -> str:
        return self.key
