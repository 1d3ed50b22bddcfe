"""The ledger: one append-only row per act, and the personal values it needs, kept apart so they can be erased."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from casework.kernel.models import AppendOnly, Erasable

READ_ACT = ".seen"
"""How the name of an act ends that only read."""


class Event(AppendOnly):
    """One act by one actor on one thing. Names of fields only; values stand in EventValue."""

    at = models.DateTimeField()
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    action = models.CharField(max_length=80, help_text="app.noun.past-participle")
    subject_type = models.CharField(max_length=60, blank=True)
    subject_id = models.BigIntegerField(null=True)
    case_id_of = models.BigIntegerField(null=True, help_text="the case the act belongs to, for its timeline")
    office_id_of = models.BigIntegerField(null=True)
    level = models.PositiveSmallIntegerField(default=2)
    fields = models.JSONField(default=list, help_text="names of the fields that changed")
    reason = models.TextField(blank=True)
    request_id = models.CharField(max_length=12, blank=True)
    address = models.GenericIPAddressField(null=True)
    salt = models.CharField(max_length=32, blank=True)
    digest = models.CharField(max_length=64, blank=True, help_text="SHA-256 of salt and values")

    class Meta:
        indexes = [
            models.Index(fields=["case_id_of", "-id"], name="audit_event_case"),
            models.Index(fields=["subject_type", "subject_id", "-id"], name="audit_event_subject"),
            models.Index(fields=["actor", "-id"], name="audit_event_actor"),
            models.Index(fields=["actor", "-id"], condition=Q(action="cases.case.seen"), name="audit_event_seen"),
        ]

    def __str__(self) -> str:
        return f"{self.action} {self.subject_type} {self.subject_id}"


class EventValue(Erasable):
    """Before and after of a changed field. Erased when a person's data are erased; the event keeps the digest."""

    event = models.OneToOneField(Event, models.CASCADE, related_name="values")
    changes = models.JSONField(default=dict, help_text="field: [before, after]")

    def __str__(self) -> str:
        return f"values of {self.event_id}"
