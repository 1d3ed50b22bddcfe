"""What of the drafts waits for a person."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from casework.accounts.queries import name_now_of
from casework.programmes.contributions import WorkItem, WorkSource
from casework.programmes.work import moment_day

from .queries import also_of, waiting_for_office
from .rules import draft_form


def handed_in(user: Any) -> WorkSource:
    """Drafts that somebody who may not send them gave to the office, since the day they wait."""

    def item(row: Mapping[str, Any]) -> WorkItem:
        form = draft_form(row["form"])
        told = [row["by"], str(form.also_words) if row["also"] else ""]
        return WorkItem(
            key=f"draft-{row['pk']}", title=form.handed_in, verb=_("Take over"), icon="inbox",
            due_on=moment_day(row["ready_at"]), url=f"{reverse('drafts:drafts')}#ready",
            reference=row["title"] or str(form.label), note=" · ".join(filter(None, told)),
        )  # fmt: skip

    facts = {"title": "title", "form": "form", "ready_at": "ready_at", "by": name_now_of("owner"), "also": also_of()}
    return WorkSource(rows=waiting_for_office(user), facts=facts, item=item)
