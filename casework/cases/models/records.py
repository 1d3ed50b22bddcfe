"""Notes, facts that were confirmed, calls, and where a family went."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from casework.access.visibility import GuardedManager
from casework.cases.querysets import NoteQuerySet
from casework.cases.states import CloseReason, ContactDirection, ContactResult, Country, FactAnswer, NewsFrom, Readers

from .case import Case, OfCase


class Note(models.Model):
    """A note on the timeline, with its readers."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="notes")
    text = models.TextField(_("note"))
    readers = models.CharField(_("who may read it"), max_length=14, choices=Readers.choices, default=Readers.TEAM)
    programme = models.CharField(max_length=40, blank=True)
    author = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    at = models.DateTimeField()

    rows = models.Manager.from_queryset(NoteQuerySet)()
    objects = GuardedManager()

    class Meta:
        base_manager_name = "rows"
        default_manager_name = "rows"
        indexes = [models.Index(fields=["case", "-at"], name="case_note_time")]

    def __str__(self) -> str:
        return f"note {self.pk}"


class FactConfirmed(OfCase):
    """A fact of the case was asked again: still true, or changed. It counts while the fact reads as it did."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="facts_confirmed")
    key = models.CharField(max_length=60, help_text="which fact, by the key of the room or programme that asks it")
    value_digest = models.CharField(max_length=32, help_text="of the words that were read out")
    answer = models.CharField(max_length=10, choices=FactAnswer.choices)
    by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        base_manager_name = "rows"
        default_manager_name = "rows"
        verbose_name_plural = "facts confirmed"
        indexes = [models.Index(fields=["case", "key", "-at"], name="case_fact_confirmed")]

    def __str__(self) -> str:
        return f"{self.key} {self.answer}"


class Departure(OfCase):
    """Where a family went when its case was closed: since when, to which province or country, and who told us."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="departures")
    reason = models.CharField(_("why closed"), max_length=20, choices=CloseReason.choices)
    on = models.DateField(_("since"))
    place = models.ForeignKey("reference.Place", models.PROTECT, null=True, blank=True, related_name="+")
    country = models.CharField(_("country"), max_length=2, choices=Country.choices, blank=True)
    news_from = models.CharField(_("who told us"), max_length=12, choices=NewsFrom.choices)
    recorded_on = models.DateField()
    recorded_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")

    class Meta:
        base_manager_name = "rows"
        default_manager_name = "rows"
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(reason__in=["left_thailand", "deported"]) | ~Q(country=""),
                name="Who left Thailand went to a country",
            ),
            models.CheckConstraint(
                condition=~Q(reason="transferred_out") | Q(place__isnull=False), name="Who moved went to a province"
            ),
        ]

    def __str__(self) -> str:
        return f"departure of case {self.case_id}"


class ContactAttempt(OfCase):
    """One call with a family, or an attempt: by which phone, what came of it, what was said."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="contacts")
    phone = models.ForeignKey("people.Phone", models.SET_NULL, null=True, blank=True, related_name="+")
    direction = models.CharField(
        _("who called"), max_length=3, choices=ContactDirection.choices, default=ContactDirection.OUT
    )
    result = models.CharField(_("what came of it"), max_length=12, choices=ContactResult.choices)
    said = models.CharField(_("what was said"), max_length=300, blank=True)
    call_again_on = models.DateField(_("call again on"), null=True, blank=True)
    on = models.DateField(help_text="the day in Bangkok; attempts are counted by day")
    at = models.DateTimeField()
    by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")

    class Meta:
        base_manager_name = "rows"
        default_manager_name = "rows"
        ordering = ["-at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(direction="in") | Q(result__in=["reached", "someone_else"]),
                name="Who calls us was reached",
            ),
            models.CheckConstraint(
                condition=~Q(result="someone_else") | ~Q(said=""), name="What was told to somebody else is written down"
            ),
        ]
        indexes = [models.Index(fields=["case", "-at"], name="case_contact_time")]

    def __str__(self) -> str:
        return f"contact {self.pk} of case {self.case_id}"
