"""A message for the lead of a colleague's case, left at the desk (day.md 1)."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone, translation
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from casework.accounts.models import User
from casework.cases.models import Case, Task
from casework.cases.states import Readers
from casework.kernel.acts import act
from casework.kernel.refusals import Conflict, Refusal

from .cases import tell_lead
from .records import MOST_TITLE, add_note, add_task


@act
def take_message(*, case: Case, who: str, wants: str, phone: str, by: User, now: datetime) -> Task:
    """Leave a message on the case: a note for the team, and work of today for the lead, who is told.

    Raises Refusal CAS-MSG-1 when it does not say who and what, Conflict CAS-MSG-2 for a case sealed or without lead.
    """
    for field, text, sentence in (
        ("who", who, _("Write who came or called.")),
        ("wants", wants, _("Write what they want.")),
    ):
        if not text.strip():
            raise Refusal("CAS-MSG-1", field, sentence)
    if case.is_sealed or case.lead is None:
        raise Conflict("CAS-MSG-2", "", _("A message cannot be left on this case. Tell a supervisor."))
    with translation.override(case.lead.language):
        title = gettext("Message from %(who)s: %(wants)s") % {"who": who.strip(), "wants": wants.strip()}
    told = "\n".join(filter(None, (title, phone)))
    add_note(case=case, text=told, readers=Readers.TEAM, programme="", by=by, now=now)
    short = title if len(title) <= MOST_TITLE else f"{title[: MOST_TITLE - 1]}…"
    task = add_task(case=case, title=short, owner=case.lead, due_on=timezone.localdate(now), by=by, now=now)
    tell_lead(case, "cases.message.taken")
    return task
