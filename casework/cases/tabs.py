"""The tabs of a case: its overview, the programmes the child is in, documents, history."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from casework.access.scopes import may
from casework.programmes.contributions import registry

from .models import Case

OVERVIEW = "overview"


def case_tabs(case: Case, user: Any, here: str) -> list[dict[str, Any]]:
    """The tabs that the person may open, programmes first; `here` is the key of the one that is shown."""
    url = reverse("cases:detail", args=[case.pk])
    tabs = [{"label": _("Overview"), "url": url, "current": here == OVERVIEW, "count": 0}]
    for contribution in sorted(registry, key=lambda entry: not entry.is_programme):
        for panel in contribution.case_panels:
            if panel.applies(case) and may(user, panel.action):
                tabs.append(
                    {
                        "label": panel.label,
                        "url": reverse("cases:panel", args=[case.pk, panel.key]),
                        "current": here == panel.key,
                        "count": panel.count(case) if panel.count else 0,
                    }
                )
    return tabs
