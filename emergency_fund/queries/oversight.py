"""What of the chains waits in My work: help that came first and is not approved, and requests that nobody moves on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.db.models.functions import Now
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from casework.access.rights import truth_table
from casework.access.scopes import may, offices_of
from casework.accounts.models import Grant
from casework.approvals.models import Absence
from casework.approvals.models.absences import CONFIRM_DEPUTY
from casework.approvals.queries.absences import deserted
from casework.approvals.states import ChainState
from casework.programmes.contributions import Words, WorkItem, WorkSource
from casework.programmes.work import moment_day
from emergency_fund.models import AssistanceRequest
from emergency_fund.querysets import APPROVE, PROGRAMME, SCREEN
from emergency_fund.states import RequestState, Urgency

OPEN_IT = pgettext_lazy("to do", "Open")
TO_WORK_ON = (RequestState.SUBMITTED, RequestState.SCREENED)


def oversight_sources(user: Any, today: date) -> Iterator[WorkSource]:
    """Of who decides: their own emergencies; of who oversees them: overdue ones, and requests left alone."""
    if may(user, APPROVE) is None:
        return
    rows = AssistanceRequest.objects.visible_to(user)
    waiting = rows.filter(approval__state=ChainState.PENDING, approval__bypassed_by__isnull=False)
    own = waiting.filter(approval__bypassed_by=user).order_by("approval__due_at")
    yield WorkSource(rows=own, item=_own_emergency, facts={"number": "number", "due": "approval__due_at"})
    offices = offices_of(user, CONFIRM_DEPUTY, programme=PROGRAMME)
    if offices:
        late = waiting.filter(office__in=offices, approval__due_at__lt=Now()).exclude(approval__bypassed_by=user)
        yield WorkSource(
            rows=late.order_by("approval__due_at"), item=_overdue,
            facts={"number": "number", "due": "approval__due_at"},
        )  # fmt: skip
        alone = rows.filter(office__in=offices, state=RequestState.IN_APPROVAL)
        yield WorkSource(
            rows=alone.filter(approval__in=deserted(today).values("pk")).order_by("decision_due_at"), item=_deserted,
            facts={"number": "number", "due": "decision_due_at", "urgency": "urgency"},
        )  # fmt: skip
        unseen = rows.filter(~Exists(_officers(today)), office__in=offices, state__in=TO_WORK_ON)
        yield WorkSource(
            rows=unseen.order_by("decision_due_at"), item=_without_officer,
            facts={"number": "number", "due": "decision_due_at"},
        )  # fmt: skip


def _officers(today: date) -> QuerySet[Grant]:
    """Grants of who works on the requests of an office before they are decided, and is here today."""
    away: Any = Absence.rows.on(today)
    held = Grant.objects.live(today).filter(
        user__is_active=True, role__in=truth_table()[SCREEN], office=OuterRef("office")
    )
    return held.filter(programme__in=("", PROGRAMME)).exclude(user__in=away.values("user"))


def _item(facts: Mapping[str, Any], key: str, title: Words, verb: Words, url: str) -> WorkItem:
    return WorkItem(
        key=f"fund-{key}-{facts['pk']}", title=title, verb=verb, icon="circle-alert", url=url, group="decide",
        due_on=moment_day(facts["due"]), reference=facts["number"],
    )  # fmt: skip


def _own_emergency(facts: Mapping[str, Any]) -> WorkItem:
    url = reverse("emergency_fund:detail", args=[facts["pk"]])
    return _item(facts, "first", _("You helped first: get it approved"), OPEN_IT, url)


def _overdue(facts: Mapping[str, Any]) -> WorkItem:
    url = reverse("emergency_fund:detail", args=[facts["pk"]])
    return _item(facts, "overdue", _("Helped first, and the approval is overdue"), OPEN_IT, url)


def _deserted(facts: Mapping[str, Any]) -> WorkItem:
    """The page says why: all are away, and then one names who stands in, or nobody has the role."""
    title = _("Nobody who is here may decide this request to the fund")
    if facts["urgency"] != Urgency.NORMAL:
        title = _("Urgent, and nobody who is here may decide this request to the fund")
    return _item(facts, "alone", title, OPEN_IT, reverse("emergency_fund:detail", args=[facts["pk"]]))


def _without_officer(facts: Mapping[str, Any]) -> WorkItem:
    title = _("No fund officer is here to work on it: ask for one of another office")
    return _item(facts, "unseen", title, OPEN_IT, reverse("emergency_fund:detail", args=[facts["pk"]]))
