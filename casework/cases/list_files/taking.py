"""A list is taken away: by whom and what for, and a long one only after a second person agreed (safety.md §3)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import IO, Any

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from casework.access.scopes import first_office, may
from casework.accounts.models import User
from casework.approvals.models import Proposal, ProposalState
from casework.approvals.services.proposals import propose
from casework.audit.services import record_event
from casework.cases.models import ListFile
from casework.documents import store
from casework.kernel.acts import act
from casework.kernel.reasons import says_why
from casework.kernel.refusals import Conflict, Refusal
from casework.notifications.services import enqueue
from casework.programmes.contributions import ProposalKind, Words

from .sheets import ListSheet, sheet_named

MOST_ROWS = 200
"""More need a second person."""
MOST_OF_ALL = 1_000_000
"""What Excel takes of a sheet, with some room for what stands around the rows."""
TASK = "cases.make_list_file"


def check_reason(reason: str) -> None:
    """Raises Refusal (LST-2) for a reason too short to be one."""
    if not says_why(reason):
        raise Refusal("LST-2", "reason", _("Say in a few words what the file is for."))


def take_list(*, sheet: ListSheet, rows: int, reason: str) -> None:
    """Write down that the reader of a sheet takes a list of so many rows away.

    Raises Refusal for more rows than one person may take alone (LST-1), and for a reason too short to be one (LST-2).
    """
    if rows > MOST_ROWS:
        raise Refusal("LST-1", "", _("A second person has to confirm before you take more than %(n)d lines.") % _most())
    check_reason(reason)
    _remember(sheet.key, sheet.found.query, rows, reason, sheet.user, sheet.now)


def ask_for_list(*, sheet: ListSheet, ending: str, reason: str) -> Proposal:
    """Ask a second person to let the reader of a sheet have a long list made.

    Raises Refusal for somebody who may not (LST-4), a reason too short to be one (LST-2), too many rows for a file
    (LST-3), and when it was asked already (LST-6).
    """
    if may(sheet.user, sheet.long_action) is None:
        raise Refusal("LST-4", "", too_long_for_you())
    check_reason(reason)
    if waiting_proposal(sheet) is not None:
        raise Refusal("LST-6", "", _("This waits for a second person already."))
    rows, office = sheet.records.count(), first_office(sheet.user)
    if rows > MOST_OF_ALL:
        sentence = _("A file holds at most %(most)s lines of a list. Narrow the list with its filters.")
        raise Refusal("LST-3", "", sentence % {"most": f"{MOST_OF_ALL:,}"})
    facts = {
        "list": sheet.key, "query": sheet.found.query, "rows": rows, "ending": ending,
        "language": get_language() or sheet.user.language,
    }  # fmt: skip
    return propose(
        kind=sheet.long_kind, subject=sheet.user, facts=facts, office_id=None if office is None else office.pk,
        by=sheet.user, now=sheet.now, reason=reason,
        summary=lambda: _("Spreadsheet of a list: %(list)s, %(n)d lines") % {"list": sheet.title, "n": rows},
    )  # fmt: skip


def begin_list_file(proposal: Proposal, by: User, now: datetime) -> ListFile:
    """What follows when a second person agreed: the worker makes the file."""
    file = ListFile.rows.create(proposal=proposal)
    enqueue(TASK, file.pk)
    return file


@act
def take_long_list(*, file: ListFile, by: User, now: datetime) -> IO[bytes]:
    """Open the file of a long list, and write down that it is taken, every time.

    Raises Conflict before it is made, once its day is over, and where its bytes are gone (LST-5).
    """
    file = ListFile.rows.select_for_update(of=("self",)).select_related("proposal").get(pk=file.pk)
    gone = Conflict("LST-5", "", _("This file cannot be taken now. Look again in a moment, or ask for the list anew."))
    if not file.can_be_taken(now):
        raise gone
    try:
        content = store.opened(file.file, file.sha256)
    except store.DamagedFile as fault:
        raise gone from fault
    ListFile.rows.filter(pk=file.pk).update(taken=file.taken + 1)
    facts = file.proposal.facts
    _remember(facts["list"], facts["query"], file.lines, file.proposal.reason, by, now)
    return content


def newest_file(sheet: ListSheet) -> ListFile | None:
    """What became of the long list that the reader of a sheet asked for last, within its day; else None."""
    asked = ListFile.objects.visible_to(sheet.user).filter(
        proposal__facts__list=sheet.key, proposal__facts__query=sheet.found.query
    )
    file = asked.select_related("proposal").order_by("-pk").first()
    return file if file is not None and file.is_told(sheet.now) else None


def waiting_proposal(sheet: ListSheet) -> Proposal | None:
    """The reader's own proposal for this list, while nobody has decided it."""
    own = Proposal.objects.visible_to(sheet.user).filter(
        kind=sheet.long_kind, proposed_by=sheet.user, state=ProposalState.OPEN, facts__list=sheet.key,
        facts__query=sheet.found.query,
    )  # fmt: skip
    return own.first()


def too_long_for_you() -> str:
    """Why somebody takes no long list, and the way out."""
    sentence = _("You take lists of at most %(n)d lines. Narrow this one with its filters, or ask your supervisor.")
    return sentence % _most()


def page_of(proposal: Proposal) -> str:
    """The page of the file of a list that was proposed."""
    facts = proposal.facts
    return f"{reverse(facts['list'].replace(':list', ':file'))}?{facts['query']}"


def long_list_kind(*, key: str, action: str) -> ProposalKind:
    """A kind of proposal for long lists, and the right to agree to them."""
    return ProposalKind(
        key=key, label=gettext_lazy("Long list as a spreadsheet"), action=action, execute=begin_list_file,
        described=_describe, onward=lambda proposal: (gettext_lazy("Take the file"), page_of(proposal)),
    )  # fmt: skip


def _remember(key: str, query: str, rows: int, reason: str, by: User, now: datetime) -> None:
    changes = {"list": (None, query), "rows": (None, rows)}
    record_event(f"{key.partition(':')[0]}.list.taken", actor=by, reason=reason.strip(), changes=changes, at=now)


def _most() -> dict[str, int]:
    return {"n": MOST_ROWS}


def _describe(proposal: Any) -> Iterable[tuple[Words, Words]]:
    """The list, its filters as its page shows them to the proposer, and how long it was."""
    facts = proposal.facts
    sheet = sheet_named(facts["list"])(proposal.proposed_by, QueryDict(facts["query"]), proposal.proposed_at)
    count = ngettext("%(n)d line", "%(n)d lines", facts["rows"]) % {"n": facts["rows"]}
    return [
        (_("List"), sheet.title),
        (_("Filters"), ", ".join(sheet.narrowed()) or _("None")),
        (_("How long"), count),
    ]
