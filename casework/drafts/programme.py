"""What this room adds: who may finish a colleague's draft, what of drafts waits, and how its acts read."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from celery.schedules import crontab
from django.utils.translation import gettext_lazy as _

from casework.access.scopes import may
from casework.programmes.contributions import (
    Contribution,
    EventWords,
    Job,
    NavigationItem,
    SubjectType,
    WorkSource,
    registry,
)

from . import queries, rules
from .models import HAND_IN, TAKE
from .services import hold_draft, leave_to_office
from .work import handed_in


@registry.register
class Drafts(Contribution):
    """Unfinished typing."""

    key = "drafts"
    label = _("Drafts")
    icon = "pencil"
    navigation = (
        NavigationItem(
            key="drafts",
            label=_("Drafts"),
            icon="pencil",
            url_name="drafts:drafts",
            action=TAKE,
            order=60,
        ),
    )
    row_words = (_("Days after which a form that was begun, and that nobody touched since, is removed"),)
    history_words = {
        "drafts.draft": _("Unfinished form"),
        "drafts:drafts": _("Unfinished forms"),
        "drafts:save": _("Unfinished form"),
        "drafts:take-over": _("Take over an unfinished form"),
    }
    subject_types = (
        SubjectType(
            key="drafts.draft",
            visible=queries.papers_visible,
            url=queries.draft_url,
            named=queries.draft_name,
            is_unfinished=True,
            can_change=rules.can_save,
            hold=lambda draft, by: hold_draft(draft=draft, by=by),
        ),
    )
    rights = {TAKE: "CW:A SUP:A PSY:A TRF:A", HAND_IN: "WRD:s"}
    events = (
        EventWords(action="drafts.draft.started", words=_("A form was started"), icon="pencil"),
        EventWords(action="drafts.draft.handed-in", words=_("A draft was given to the office"), icon="send"),
        EventWords(action="drafts.draft.taken", words=_("A colleague took over a draft"), icon="user-check"),
        EventWords(action="drafts.draft.thrown-away", words=_("A draft was thrown away"), icon="trash-2"),
        EventWords(action="drafts.draft.removed", words=_("A forgotten draft was removed"), icon="trash-2"),
    )
    schedule = (Job(key="drafts.forgotten", task="drafts.forgotten", schedule=crontab(hour=1, minute=40)),)

    def work_sources(self, user: Any, today: date) -> Iterable[WorkSource]:
        """Drafts that were given to the person's office."""
        if may(user, TAKE) is not None:
            yield handed_in(user)

    def grant_ended(self, grant: Any, by: Any, now: datetime) -> None:
        """What a liaison began is the office's from then on."""
        leave_to_office(grant=grant, by=by, now=now)
