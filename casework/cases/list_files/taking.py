"""A list is taken away: by whom and what for, and a long one only after a second person agreed (safety.md §3)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.http import HttpRequest, QueryDict
from django.urls import resolve, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from casework.accounts.models import User
from casework.approvals.models import Proposal, ProposalState
from casework.approvals.services.proposals import propose
from casework.audit.services import record_event
from casework.kernel.reasons import says_why
from casework.kernel.refusals import Refusal
from casework.programmes.contributions import ProposalKind, Words

MOST_ROWS = 200
"""More need a second person."""
MOST_OF_ALL = 5_000
"""More are a copy of the register, which nobody takes away."""
LASTS = timedelta(hours=24)
LONG_LIST = "cases.list.long"


def check_reason(reason: str) -> None:
    """Raises Refusal (LST-2) for a reason too short to be one."""
    if not says_why(reason):
        raise Refusal("LST-2", "reason", _("Say in a few words what the file is for."))


def take_list(*, list_key: str, query: str, rows: int, reason: str, by: User, now: datetime) -> None:
    """Write down that a person takes a list of so many rows away.

    Raises Refusal for more rows than one person may take alone (LST-1) or anybody at all (LST-3), and for a reason too
    short to be one (LST-2).
    """
    if rows > MOST_OF_ALL:
        raise Refusal("LST-3", "", too_long())
    if rows > MOST_ROWS and agreed_until(list_key, query, by, now) is None:
        raise Refusal("LST-1", "", _("A second person has to confirm before you take more than %(n)d lines.") % _most())
    check_reason(reason)
    changes = {"list": (None, query), "rows": (None, rows)}
    record_event(f"{list_key.partition(':')[0]}.list.taken", actor=by, reason=reason.strip(), changes=changes)


def ask_for_list(
    *, list_key: str, query: str, rows: int, title: Words, reason: str, office_id: int | None, by: User, now: datetime
) -> Proposal:
    """Ask a second person to let the proposer take a long list within a day.

    Raises Refusal for a reason too short to be one (LST-2), for too many rows (LST-3) and when it was asked already.
    """
    if rows > MOST_OF_ALL:
        raise Refusal("LST-3", "", too_long())
    check_reason(reason)
    return propose(
        kind=LONG_LIST, subject=by, facts={"list": list_key, "query": query, "rows": rows}, office_id=office_id, by=by,
        now=now, reason=reason,
        summary=lambda: _("Spreadsheet of a list: %(list)s, %(n)d lines") % {"list": title, "n": rows},
    )  # fmt: skip


def agreed_until(list_key: str, query: str, user: User, now: datetime) -> datetime | None:
    """Until when the person may take this list, as a second person agreed; None where nobody did."""
    agreed = Proposal.rows.filter(
        kind=LONG_LIST, proposed_by=user, state=ProposalState.CONFIRMED, decided_at__gt=now - LASTS,
        facts__list=list_key, facts__query=query,
    )  # fmt: skip
    newest = agreed.order_by("-decided_at").values_list("decided_at", flat=True).first()
    return None if newest is None else newest + LASTS


def too_long() -> str:
    """Why a list is not taken, and the way out."""
    sentence = _("A file holds at most %(most)s lines of a list. Narrow the list with its filters.")
    return sentence % {"most": f"{MOST_OF_ALL:,}"}


def _most() -> dict[str, int]:
    return {"n": MOST_ROWS}


def _place(proposal: Any) -> str:
    facts = proposal.facts
    return f"{reverse(facts['list'].replace(':list', ':file'))}?{facts['query']}"


def _describe(proposal: Any) -> Iterable[tuple[Words, Words]]:
    """The list, its filters as its page shows them to the proposer, and how long it was."""
    place, facts = _place(proposal), proposal.facts
    page: Any = resolve(place.partition("?")[0]).func.view_class  # type: ignore[attr-defined]
    request = HttpRequest()
    request.user = proposal.proposed_by
    chips = page.filter_class(QueryDict(facts["query"]), request=request).chips()
    count = ngettext("%(n)d line", "%(n)d lines", facts["rows"]) % {"n": facts["rows"]}
    return [
        (_("List"), page.title),
        (_("Filters"), ", ".join(str(chip["label"]) for chip in chips) or _("None")),
        (_("How long"), count),
    ]


KINDS = (
    ProposalKind(
        key=LONG_LIST, label=gettext_lazy("Long list as a spreadsheet"), action="cases.list.agree",
        execute=lambda proposal, by, now: None, described=_describe,
        onward=lambda proposal: (gettext_lazy("Take the file"), _place(proposal)),
    ),
)  # fmt: skip
