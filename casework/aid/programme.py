"""What this room adds: on the child's case, help from all programmes."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from casework.access.scopes import live_grants
from casework.programmes.contributions import CasePanel, Contribution, registry

from .merging import give_back_help, take_over_help
from .queries import help_lines, help_to

SEE = "aid.help.see"
YEARS = 5
"""How far back the tab looks."""


def gets_help(case: Any) -> bool:
    """Whether a programme that gives help works on the case, or did; known from the case's own row."""
    givers = {kind.programme for kind in registry.gather("aid_kinds")}
    return bool(givers.intersection(case.programmes_so_far))


def known_programmes(user: Any) -> list[str] | None:
    """The programmes of which the person may know that they help a child; None: of all."""
    own = {grant.programme for grant in live_grants(user)}
    return None if "" in own else sorted(own)


def help_context(case: Any, user: Any, today: date) -> Mapping[str, Any]:
    """Everything the child was promised or given, with its sum."""
    rows = help_to(None, [case.child_id], since=today.replace(year=today.year - YEARS, day=1))
    lines = help_lines(rows, own=known_programmes(user))
    return {"help": lines, "help_sum": sum(line.amount for line in lines)}


@registry.register
class Aid(Contribution):
    """What any programme gives a child."""

    key = "aid"
    label = _("Help")
    icon = "hand-helping"
    rights = {SEE: "CW:A SUP:A"}
    history_words = {"aid.aidgiven": _("Help for a child"), "aid.insurancecover": _("Health insurance of a child")}
    case_panels = (
        CasePanel(
            key="help", label=_("Help from all programmes"), template="aid/_panel.html", action=SEE,
            context=help_context, applies=gets_help,
        ),
    )  # fmt: skip

    def person_merged(self, kept: Any, dropped: Any) -> None:
        """The help and the covers of the dropped record are the kept child's."""
        take_over_help(kept=kept, dropped=dropped)

    def person_unmerged(self, kept: Any, dropped: Any) -> None:
        """They return to their child."""
        give_back_help(kept=kept, dropped=dropped)
