"""The checklist of a birth."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import get_language, override
from django.utils.translation import gettext_lazy as _

from casework.reference.columns import CodeColumn
from registration import states as s
from registration.open_lists import BLOCKS

from .offices import Requirement
from .record import BirthRecord, OfBirth

FIRST_PROOFS = frozenset({"first_proof", "home_proof"})
"""Requirements that the first proof of birth meets."""


class ChecklistItem(OfBirth):
    """One paper of the checklist: needed, in hand, waived or impossible."""

    birth = models.ForeignKey(BirthRecord, models.CASCADE, related_name="items")
    requirement = models.ForeignKey(Requirement, models.PROTECT, related_name="items")
    level = models.CharField(
        max_length=10, choices=s.RequirementLevel.choices, help_text="as it stood when the list was made"
    )
    state = models.CharField(_("state"), max_length=14, choices=s.ItemState.choices, default=s.ItemState.NEEDED)
    responsible = models.CharField(_("who gets it"), max_length=8, choices=s.Responsible.choices)
    is_wanted = models.BooleanField(
        default=True, help_text="no longer, when the way or the office changed; kept for what was done about it"
    )
    due_on = models.DateField(_("until"), null=True, blank=True)
    has_own_day = models.BooleanField(
        default=False, help_text="the day was agreed with the family; it stays when the time limit moves"
    )
    block = CodeColumn(_("what stops it"), max_length=24, open_list=BLOCKS, blank=True)
    blocked_since = models.DateField(null=True, blank=True)
    waive_reason = models.CharField(_("why waived"), max_length=300, blank=True)
    waived_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, blank=True, related_name="+")
    waiver_asked_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, blank=True, related_name="+")
    waiver_asked_on = models.DateField(_("waiver asked for on"), null=True, blank=True)
    waiver_asked_why = models.CharField(_("why it cannot be had"), max_length=300, blank=True)
    waiver_declined_why = models.CharField(_("why it is needed all the same"), max_length=300, blank=True)
    handed_in_copy = models.BooleanField(default=False, help_text="a copy lies at the office, not the original")
    paper = models.ForeignKey("people.IdentityDocument", models.SET_NULL, null=True, blank=True, related_name="+")
    updated_at = models.DateTimeField(auto_now=True)
    version = models.PositiveIntegerField(default=1)

    EDGES = {"state": s.ITEM_EDGES}

    class Meta:
        base_manager_name = "rows"
        default_manager_name = "rows"
        ordering = ["requirement__order", "id"]
        constraints = [
            models.UniqueConstraint(fields=["birth", "requirement"], name="A requirement stands once on a checklist"),
            models.CheckConstraint(
                condition=~Q(state="waived") | (Q(waived_by__isnull=False) & ~Q(waive_reason="")),
                name="A waiver has a person and a reason",
            ),
            models.CheckConstraint(
                condition=Q(waiver_asked_on__isnull=True) | Q(waiver_asked_by__isnull=False) & ~Q(state="waived"),
                name="A waiver that waits was asked for by somebody",
            ),
            models.CheckConstraint(condition=~Q(state="impossible") | ~Q(block=""), name="What cannot be had says why"),
        ]

    def __str__(self) -> str:
        return f"checklist item {self.pk}"

    def label(self, language: str) -> str:
        """What the paper is called: the first proof by what the family has, where more than one kind will do (C4)."""
        if self.requirement.key not in FIRST_PROOFS or not self.birth.has_fitting_proof:
            return self.requirement.label(language)
        with override(language):
            return str(self.birth.get_proof_display())

    @property
    def called(self) -> str:
        """The same for the reader of the page."""
        return self.label((get_language() or "en")[:2])

    @property
    def is_there(self) -> bool:
        """In hand, handed in or waived."""
        return self.state in s.IN_HAND
