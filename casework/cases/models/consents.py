"""What a family was told and what it agreed to."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from casework.cases.states import ConsentDecision, GivenHow
from casework.kernel.models import Removable
from casework.people.states import SpokenLanguage

from .case import Case, OfCase


class NoticeGiven(OfCase):
    """The short information notice was given: in which language, on which day, by whom, with which interpreter."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="notices_given")
    language = models.CharField(_("language"), max_length=6, choices=SpokenLanguage.choices)
    interpreter = models.CharField(_("interpreter"), max_length=120, blank=True)
    given_on = models.DateField(_("given on"))
    given_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    text_version = models.PositiveSmallIntegerField(default=1)

    class Meta:
        base_manager_name = "rows"
        default_manager_name = "rows"
        verbose_name_plural = "notices given"

    def __str__(self) -> str:
        return f"notice on case {self.case_id}"


class Consent(OfCase, Removable):
    """Consent for sharing, per purpose and recipient. Refusing never stops the child's registration."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="consents")
    purpose = models.CharField(_("purpose"), max_length=40)
    recipient = models.CharField(_("who receives"), max_length=120, blank=True)
    decision = models.CharField(_("answer"), max_length=10, choices=ConsentDecision.choices)
    language = models.CharField(_("explained in"), max_length=6, choices=SpokenLanguage.choices, blank=True)
    given_by_name = models.CharField(_("given by"), max_length=120, blank=True)
    relation = models.CharField(_("relation"), max_length=40, blank=True)
    how = models.CharField(_("how"), max_length=8, choices=GivenHow.choices, blank=True)
    child_assent = models.BooleanField(_("the child agrees"), null=True)
    parents_disagree = models.BooleanField(_("the parents disagree"), default=False)
    interpreter = models.CharField(_("interpreter"), max_length=120, blank=True)
    text_version = models.PositiveSmallIntegerField(default=1)
    given_on = models.DateField(_("given on"))
    expires_on = models.DateField(_("until"), null=True, blank=True)
    withdrawn_on = models.DateField(null=True, blank=True)
    withdrawn_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    recorded_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")

    class Meta:
        base_manager_name = "rows"
        default_manager_name = "rows"
        constraints = [
            models.UniqueConstraint(
                fields=["case", "purpose", "recipient"],
                condition=Q(withdrawn_on__isnull=True),
                name="A purpose has one living answer",
            ),
        ]

    def __str__(self) -> str:
        return f"consent {self.purpose} of case {self.case_id}"

    def covers(self, today: Any) -> bool:
        """Whether it allows sharing today."""
        return (
            self.decision == ConsentDecision.YES
            and self.withdrawn_on is None
            and (self.expires_on is None or self.expires_on >= today)
        )
