"""Births of which the facts fit no way of registration: a supervisor chooses it (decision 21)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from casework.access.scopes import may_on, offices_of
from casework.programmes.contributions import WorkItem, WorkSource
from casework.programmes.work import day
from registration.models import BirthRecord
from registration.querysets import PROGRAMME
from registration.states import Status, Suspension, Track

from .lists import visible_births

DECIDE_WAY = "registration.track.decide"


def may_confirm_way(birth: BirthRecord, user: Any) -> bool:
    """Whether the person may confirm the way: where the facts fit none, only who decides it."""
    return birth.track_proposed != Track.UNCLEAR or may_on(user, DECIDE_WAY, birth)


def ways_to_decide(user: Any) -> WorkSource:
    """The births whose way a supervisor of their office chooses."""
    births = visible_births(user).filter(office__in=offices_of(user, DECIDE_WAY, programme=PROGRAMME))
    unclear = births.filter(status=Status.ASSESSING, track_proposed=Track.UNCLEAR, is_backlog=False)
    rows = unclear.filter(suspension=Suspension.NONE)
    return WorkSource(rows=rows.order_by("status_since", "pk"), case="case", item=_item, facts={"on": "status_since"})


def _item(row: Mapping[str, Any]) -> WorkItem:
    return WorkItem(
        key=f"way-{row['pk']}", title=_("Choose the way of registration"), verb=_("Decide"), icon="file-text",
        due_on=day(row["on"]), case_id=row["case_id"], group="decide",
        url=reverse("registration:track", args=[row["pk"]]),
    )  # fmt: skip
