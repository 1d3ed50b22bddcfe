"""Papers that a supervisor is asked to waive."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from casework.access.scopes import offices_of
from casework.programmes.contributions import WorkItem, WorkSource
from casework.programmes.work import day
from registration.models import ChecklistItem
from registration.querysets import PROGRAMME
from registration.states import IN_HAND, Status

from .lists import visible_births

WAIVE = "registration.item.waive"


def waivers_to_decide(user: Any) -> WorkSource:
    """The papers that somebody asked to waive, for every supervisor of the record's office."""
    offices = offices_of(user, WAIVE, programme=PROGRAMME)
    births = visible_births(user).filter(office__in=offices).exclude(status=Status.CLOSED)
    rows = ChecklistItem.rows.filter(birth__in=births, waiver_asked_on__isnull=False).exclude(state__in=IN_HAND)
    labels = {f"label_{language}": f"requirement__label_{language}" for language in ("en", "th", "my")}

    def item(row: Mapping[str, Any]) -> WorkItem:
        paper = row[f"label_{(get_language() or 'en')[:2]}"] or row["label_en"]
        return WorkItem(
            key=f"waiver-{row['pk']}", title=_("Waive a paper? %(paper)s") % {"paper": paper},
            verb=_("Decide"), icon="file-text", due_on=day(row["on"]), case_id=row["case_id"], group="decide",
            url=reverse("registration:waive", args=[row["pk"]]),
        )  # fmt: skip

    return WorkSource(
        rows=rows.order_by("waiver_asked_on", "pk"), case="birth__case", item=item,
        facts={"on": "waiver_asked_on", **labels},
    )  # fmt: skip
