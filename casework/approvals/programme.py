"""What this room adds: what waits for a second person, in My work, and how its acts read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from casework.programmes.contributions import Contribution, EventWords, WorkItem, WorkSource, registry


def _item(row: Mapping[str, Any]) -> WorkItem:
    return WorkItem(
        key=f"proposal-{row['pk']}", title=row["summary"], verb=_("Decide"), icon="user-check", due_on=None,
        url=reverse("approvals:proposal", args=[row["pk"]]), group="approval",
    )  # fmt: skip


@registry.register
class Approvals(Contribution):
    """Propose and confirm by a second person."""

    key = "approvals"
    label = _("Second person")
    icon = "user-check"
    history_words = {
        "approvals.proposal": _("Proposal"),
        "approvals:proposals": _("Proposals"),
        "approvals:proposal": _("Proposal"),
        "approvals:confirm": _("Confirm a proposal"),
    }
    events = (
        EventWords(action="approvals.proposal.made", words=_("Waits for a second person"), icon="user-check"),
        EventWords(
            action="approvals.proposal.confirmed",
            words=_("A second person confirmed"),
            icon="circle-check",
            colour="green",
        ),
        EventWords(
            action="approvals.proposal.declined", words=_("A second person declined"), icon="circle-x", colour="red"
        ),
        EventWords(action="approvals.proposal.withdrawn", words=_("A proposal was taken back"), icon="undo-2"),
    )

    def work_sources(self, user: Any, today: date) -> Iterable[WorkSource]:
        """Proposals of others that wait for this person."""
        from .queries.proposals import waiting_for

        yield WorkSource(rows=waiting_for(user), facts={"summary": "summary"}, item=_item)
