"""What this room adds: who may finish a colleague's draft, and how its acts read."""

from __future__ import annotations

from celery.schedules import crontab
from django.utils.translation import gettext_lazy as _

from casework.programmes.contributions import Contribution, EventWords, Job, NavigationItem, SubjectType, registry

from . import queries, rules
from .services import hold_draft


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
            action="drafts.draft.take",
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
    rights = {"drafts.draft.take": "CW:A SUP:A PSY:A TRF:A"}
    events = (
        EventWords(action="drafts.draft.started", words=_("A form was begun"), icon="pencil"),
        EventWords(action="drafts.draft.taken", words=_("A colleague took over a draft"), icon="user-check"),
        EventWords(action="drafts.draft.thrown-away", words=_("A draft was thrown away"), icon="trash-2"),
        EventWords(action="drafts.draft.removed", words=_("A forgotten draft was removed"), icon="trash-2"),
    )
    schedule = (Job(key="drafts.forgotten", task="drafts.forgotten", schedule=crontab(hour=1, minute=40)),)
