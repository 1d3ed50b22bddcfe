"""The first page of settings: what this person may look after, and for administrators the last backup."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from casework.access.policies import Policy
from casework.access.scopes import may
from casework.accounts.models import Grant, User
from casework.accounts.states import Role
from casework.ui.views import PageView

from .history import history_views

LATE_BACKUP_DAYS = 7
PARTS = (
    ("accounts.user.see", "home:users", "users", _("People and roles"), _("Who works here, as what")),
    ("accounts.office.see", "home:offices", "building-2", _("Offices"), _("Names, addresses, letter numbers")),
    (
        "approvals.policy.see", "approvals:policies", "list-checks", _("Who approves how much"),
        _("Amounts, and who decides one after the other"),
    ),
    (
        "approvals.policy.see", "approvals:pairs", "user-x", _("Roles kept apart"),
        _("Roles that one person does not hold together"),
    ),
    ("reference.row.see", "home:reference", "table", _("Reference rows"), _("Deadlines, papers, holidays, texts")),
)  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class LastBackup:
    """When the site was last backed up and how many days ago that is."""

    at: datetime
    days: int

    @property
    def is_late(self) -> bool:
        """Whether somebody should make one."""
        return self.days > LATE_BACKUP_DAYS


def last_backup(now: datetime) -> LastBackup | None:
    """What script/backup noted, or None where there was none or the note cannot be read."""
    note = Path(settings.VAR_DIR) / "backups" / "last.json"
    try:
        at = datetime.fromisoformat(json.loads(note.read_text())["at"])
    except (OSError, ValueError, KeyError):
        return None
    return LastBackup(at=at, days=(now - at).days)


def is_alone(today: Any) -> bool:
    """Whether there is only one administrator, who then acts without a second person (decisions, 40)."""
    return Grant.objects.live(today).filter(role=Role.ADMINISTRATOR).values("user").distinct().count() == 1


class SettingsPage(PageView):
    """Links to what the person may look after."""

    policy = Policy(action="home.settings.see")
    template_name = "home/settings.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user: User = self.request.user
        runs_site = may(user, "home.site.see") is not None
        return super().get_context_data(
            links=[link for link in self.links(user) if link is not None],
            runs_site=runs_site,
            backup=last_backup(timezone.now()) if runs_site else None,
            is_alone=runs_site and is_alone(self.today),
            **kwargs,
        )

    def links(self, user: User) -> list[dict[str, Any] | None]:
        """Address, icon, label and a line about each part."""
        listed = [_link(user, *part) for part in PARTS]
        histories = history_views(user)
        if histories:
            words = {"label": _("History"), "note": _("Who saw and did what")}
            listed.append({"url": reverse("home:history"), "icon": "history", **words})
        return listed


def _link(user: User, action: str, name: str, icon: str, label: Any, note: Any) -> dict[str, Any] | None:
    if may(user, action) is None:
        return None
    return {"url": reverse(name), "icon": icon, "label": label, "note": note}
