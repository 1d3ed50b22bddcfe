"""Unfinished typing, kept on the server, shown in the tray, taken over by a colleague."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from casework.access.scopes import live_grants, may, scope_condition
from casework.access.visibility import GuardedManager
from casework.kernel.models import Removable
from casework.programmes.contributions import DraftForm, registry

TAKE, HAND_IN = "drafts.draft.take", "drafts.draft.hand_in"


class DraftQuerySet(models.QuerySet):
    """Drafts."""

    def visible_to(self, user: Any) -> DraftQuerySet:
        """One's own drafts of offices one works for and of forms one may use, and those of one's office and programme.

        So a colleague can finish them, but for forms whose drafts are their writer's alone. What tells of a sealed
        record is hidden with it, from its writer too.
        """
        forms = list(registry.gather("draft_forms"))
        alone = [form.key for form in forms if form.is_own]
        office = scope_condition(user, TAKE, office="office_id", programme="programme")
        return self.filter(_own(user) | (office & ~Q(form__in=alone))).unhidden_from(user, forms)

    def own_of(self, user: Any) -> DraftQuerySet:
        """One's own drafts of offices one works for, with those that are hidden from their writer by now."""
        return self.filter(_own(user))

    def unhidden_from(self, user: Any, forms: Iterable[DraftForm]) -> DraftQuerySet:
        """Without the drafts of these forms that tell what the person may not know."""
        seen = self
        for form in forms:
            if form.hidden_from:
                seen = seen.exclude(Q(form=form.key) & form.hidden_from(user))
        return seen


def _own(user: Any) -> Q:
    lost = [form.key for form in registry.gather("draft_forms") if may(user, form.action) is None]
    return Q(owner=user, office_id__in={grant.office_id for grant in live_grants(user)}) & ~Q(form__in=lost)


class Draft(Removable):
    """What somebody has typed of a form, by step. Never a case; thrown away when it is sent or given up."""

    owner = models.ForeignKey("accounts.User", models.CASCADE, related_name="drafts")
    started_by = models.ForeignKey("accounts.User", models.CASCADE, related_name="+")
    office = models.ForeignKey("accounts.Office", models.CASCADE, related_name="+")
    programme = models.CharField(max_length=40, blank=True)
    form = models.CharField(max_length=60, help_text="which form, by the key of its programme")
    title = models.CharField(_("title"), max_length=200, blank=True)
    step = models.CharField(max_length=40, blank=True)
    data = models.JSONField(default=dict)
    done_steps = models.JSONField(default=list)
    is_parked = models.BooleanField(default=False)
    device_id = models.UUIDField(null=True, unique=True, help_text="made by the device; a repeated send finds this row")
    created_at = models.DateTimeField(auto_now_add=True)
    saved_at = models.DateTimeField(auto_now=True)
    version = models.PositiveIntegerField(default=1)
    step_versions = models.JSONField(default=dict, help_text="step: the version at which it was last changed")
    step_by = models.JSONField(default=dict, help_text="step: the id of the person who changed it last")
    ready_at = models.DateTimeField(
        null=True, help_text="when it was given to the office by somebody who may not send it; until a colleague has it"
    )

    rows = models.Manager.from_queryset(DraftQuerySet)()
    objects = GuardedManager()

    class Meta:
        base_manager_name = "rows"
        default_manager_name = "rows"
        ordering = ["-saved_at"]
        indexes = [models.Index(fields=["owner", "-saved_at"], name="drafts_owner")]

    def __str__(self) -> str:
        return f"draft {self.pk} of {self.form}"

    def access_place(self) -> tuple[int, list[str]]:
        """Office and programmes that decide who may touch the row."""
        return self.office_id, [self.programme]

    def is_assigned(self, user: Any) -> bool:
        return self.owner_id == user.pk
