"""What a parent refuses, and how it goes on."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from casework.kernel.models import Stamped
from registration import refusal_states as r

from .record import BirthRecord, OfBirth


class ParentRefusal(OfBirth, Stamped):
    """A parent refuses the registration, to acknowledge the child, or that others are told (day.md 6 and 18)."""

    birth = models.ForeignKey(BirthRecord, models.CASCADE, related_name="refusals")
    parent = models.CharField(_("who refuses"), max_length=6, choices=r.RefusingParent.choices)
    what = models.CharField(_("what"), max_length=12, choices=r.Refused.choices)
    because = models.CharField(_("why"), max_length=8, choices=r.RefusedBecause.choices)
    words = models.CharField(_("in the parent’s words"), max_length=300, blank=True)
    heard_from = models.CharField(_("who told us"), max_length=12, choices=r.HeardFrom.choices)
    other_parent = models.CharField(_("the other parent"), max_length=9, choices=r.OtherParentSays.choices)
    refused_on = models.DateField(_("on"))
    way = models.CharField(_("how it goes on"), max_length=14, choices=r.RefusalWay.choices)
    state = models.CharField(_("state"), max_length=9, choices=r.RefusalState.choices, default=r.RefusalState.OPEN)
    ended_on = models.DateField(_("ended on"), null=True, blank=True)
    ended_text = models.CharField(_("how it ended"), max_length=300, blank=True)

    EDGES = {"state": r.REFUSAL_EDGES}

    class Meta:
        base_manager_name = "rows"
        default_manager_name = "rows"
        ordering = ["-refused_on", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["birth", "parent", "what"],
                condition=Q(state="open"),
                name="A parent refuses the same thing once at a time",
            ),
            models.CheckConstraint(
                condition=~Q(what="paternity") | Q(parent="father"), name="Only a father acknowledges a child as his"
            ),
            models.CheckConstraint(
                condition=~Q(because="other") | ~Q(words=""), name="Another reason for a refusal is told in words"
            ),
            models.CheckConstraint(
                condition=Q(state="open", ended_on__isnull=True) | (~Q(state="open") & Q(ended_on__isnull=False)),
                name="A refusal that ended has its day",
            ),
        ]

    def __str__(self) -> str:
        return f"refusal {self.pk} on birth {self.birth_id}"

    @property
    def is_open(self) -> bool:
        return self.state == r.RefusalState.OPEN
