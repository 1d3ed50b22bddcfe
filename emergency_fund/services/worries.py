"""What makes the fund's people worry about a child's safety goes to who leads the case, and never into the request."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from casework.accounts.models import Grant, User
from casework.accounts.states import Role
from casework.cases.models import Note
from casework.cases.services.records import add_note, add_task
from casework.cases.states import Readers
from casework.kernel.acts import act
from emergency_fund.models import AssistanceRequest
from emergency_fund.querysets import PROGRAMME


@act
def tell_worry(*, request: AssistanceRequest, text: str, by: User, now: datetime) -> Note:
    """A note on the case, and a task to read it today; the request keeps no word of it (reference programmes 2.3).

    For who leads the case, else a supervisor of its office, else who says it. Raises Refusal when it is empty.
    """
    case = request.case
    note = add_note(case=case, text=text, readers=Readers.TEAM, programme=PROGRAMME, by=by, now=now)
    lead = case.lead if case.lead and case.lead.is_active else None
    owner = lead or _supervisor(case.office_id, now) or by
    with translation.override(owner.language):
        title = _("Read the note about the child’s safety, and act on it")
    add_task(case=case, title=title, owner=owner, due_on=timezone.localdate(now), by=by, now=now)
    return note


def _supervisor(office_id: int, now: datetime) -> User | None:
    grants = Grant.objects.live(timezone.localdate(now)).filter(
        Q(programme="") | Q(programme=PROGRAMME), role=Role.SUPERVISOR, office=office_id, user__is_active=True
    )
    grant = grants.select_related("user").order_by("pk").first()
    return grant.user if grant else None
