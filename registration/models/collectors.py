"""Who may collect the certificate, and who must not."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from casework.kernel.models import Stamped
from registration import states as s

from .record import BirthRecord, OfBirth


class Collector(OfBirth, Stamped):
    """Somebody who may, or must not, be given the child's certificate (day.md 18).

    Confidential as the record itself (level 2): the reason stands on the pages of the record only, never on paper,
    in a list, in the history or over the API.
    """

    birth = models.ForeignKey(BirthRecord, models.CASCADE, related_name="collectors")
    is_allowed = models.BooleanField(_("may collect"))
    name = models.CharField(_("name"), max_length=120, blank=True, help_text="empty: whoever has this relation")
    relation = models.CharField(_("relation"), max_length=16, choices=s.InformantRelation.choices)
    reason = models.CharField(_("why not"), max_length=300, blank=True)
    ended_on = models.DateField(_("until"), null=True, blank=True)
    ended_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, blank=True, related_name="+")
    ended_text = models.CharField(_("why no longer"), max_length=300, blank=True)

    class Meta:
        base_manager_name = "rows"
        default_manager_name = "rows"
        ordering = ["is_allowed", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(is_allowed=True) | ~Q(reason=""), name="Who must not collect has a reason"
            ),
            models.CheckConstraint(
                condition=~Q(name="") | Q(is_allowed=False, relation__in=["mother", "father"]),
                name="Who may collect has a name",
            ),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True) | (Q(ended_by__isnull=False) & ~Q(ended_text="")),
                name="Who is taken off the list of collectors has a reason",
            ),
        ]

    def __str__(self) -> str:
        return f"collector {self.pk} of birth {self.birth_id}"
