"""The rules of the fund as a decision sees them, each in one sentence, and the budget before and after."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from casework.approvals.states import ChainState
from casework.funds.models import BudgetLine
from casework.funds.rules.budget import pays_on
from casework.kernel.refusals import Finding, Level
from casework.reference.queries import term
from casework.ui.templatetags.words import baht
from emergency_fund.models import AssistanceLine, AssistanceRequest, NeedsAssessment
from emergency_fund.querysets import PROGRAMME
from emergency_fund.rules import requests as rules
from emergency_fund.states import ONCE_FOR_IT, Entitlement, EntitlementStatus, LineState, RequestState

from .page import LineShown, papers_of, rights_on
from .used import asked_as_well, given_already, near_requests, too_soon, used_by

HELD_AS: dict[str, tuple[LineState, ...]] = {
    "reserved": (LineState.ASKED,),
    "committed": (LineState.APPROVED, LineState.PARTLY),
    "disbursed": (LineState.DELIVERED,),
}
OPEN_ELSEWHERE = (
    EntitlementStatus.NOT_CHECKED, EntitlementStatus.REFERRED, EntitlementStatus.APPLIED, EntitlementStatus.RECEIVING,
)  # fmt: skip


@dataclass(frozen=True)
class Check:
    """One rule in words, and whether it is kept."""

    is_well: bool
    words: str


@dataclass(frozen=True, kw_only=True)
class BudgetShown:
    """A budget line without and with this request, and the parts of its bar in percent.

    What is left is what the budget page says: without what is paid, promised and asked for.
    """

    line: BudgetLine
    before: Decimal
    after: Decimal
    this: Decimal
    parts: Sequence[tuple[str, float]]
    words: str


def checks_of(
    request: AssistanceRequest, lines: Sequence[LineShown], assessment: NeedsAssessment | None, papers: int,
    now: datetime,
) -> Iterator[Check]:  # fmt: skip
    """Ceiling, closed sources, who pays first by law, help given before or asked for twice, the assessment, papers."""
    today = timezone.localdate(now)
    total = sum((shown.line.worth for shown in lines), Decimal(0))
    limit, used = term(f"{PROGRAMME}.family_ceiling", today), used_by(request.family, today=today, but=request)
    words = {"limit": baht(limit), "after": baht(used + total)}
    if used + total <= limit:
        yield Check(True, _("With this %(after)s of the %(limit)s a year") % words)
    else:
        yield Check(False, _("With this %(after)s, over the %(limit)s a year") % words)
    yield from _sources(lines, today)
    yield from _split(request, today)
    yield _entitlement(request)
    yield from _double(lines)
    for finding in (*asked_too_soon(lines, today), *asked_elsewhere(_undecided(lines))):
        yield Check(False, str(finding.sentence))
    if assessment is not None:
        yield Check(True, _assessed(assessment, (today - timezone.localdate(assessment.assessed_at)).days))
    if papers:
        yield Check(True, ngettext("%(n)d paper", "%(n)d papers", papers) % {"n": papers})
    else:
        yield Check(False, _("No paper was added"))


def _undecided(lines: Sequence[LineShown]) -> list[LineShown]:
    return [shown for shown in lines if shown.line.state == LineState.ASKED]


def asked_too_soon(lines: Sequence[LineShown], today: date) -> Iterator[Finding]:
    """E-EAF-10 as a warning to who asks: the fund refuses it later, if that time is not over by then."""
    called = {shown.line.pk: shown.child for shown in lines}
    for findings in too_soon([shown.line for shown in lines], called=called, today=today).values():
        yield from (replace(finding, level=Level.WARNING) for finding in findings)


def had_already(lines: Sequence[LineShown]) -> Iterator[Finding]:
    """E-EAF-263 as a warning to who asks: for what happened it was promised or given; the fund refuses it later."""
    called = {shown.line.pk: shown.child for shown in lines}
    for line in given_already([shown.line for shown in lines if shown.line.kind in ONCE_FOR_IT]):
        yield replace(rules.given_twice(kind=line.kind, child=called[line.pk]), level=Level.WARNING)


def asked_elsewhere(lines: Sequence[LineShown], seen: Container[int] | None = None) -> Iterator[Finding]:
    """E-EAF-262 for each line that an undecided request asks for as well: one of them is enough.

    `seen` are the ids of the requests that the reader sees; of others the number stays away. None for who decides.
    """
    others = asked_as_well([shown.line for shown in lines]) if lines else {}
    for shown in lines:
        for other in others[shown.line.pk]:
            is_seen = seen is None or other.request_id in seen
            number = other.request.number if is_seen else ""
            yield rules.asked_twice(kind=shown.line.kind, child=shown.child, number=number)


def rules_so_far(request: AssistanceRequest, lines: Sequence[LineShown], user: Any, now: datetime) -> list[Check]:
    """The rules for who works on a request before others decide on it; none for anybody else."""
    if request.state not in (RequestState.SUBMITTED, RequestState.SCREENED) or not rights_on(request, user)["screen"]:
        return []
    return list(checks_of(request, lines, request.assessments.first(), len(papers_of(request, user)), now))


def _sources(lines: Sequence[LineShown], today: date) -> Iterator[Check]:
    """A source that was closed, or is over, while somebody waits: the ledger refuses what is approved from it."""
    waits = {LineState.ASKED, *HELD_AS["committed"]}
    kept = [shown.line.budget_line for shown in lines if shown.line.state in waits and shown.line.budget_line]
    for code in dict.fromkeys(line.source.code for line in kept if not pays_on(line.source, today)):
        told = _("The source %(code)s is closed or over: nothing is approved or paid from it.")
        yield Check(False, told % {"code": code})


def _split(request: AssistanceRequest, today: date) -> Iterator[Check]:
    """Requests of one family that together reach a higher band are decided there."""
    approval = request.approval
    if approval is None or approval.state != ChainState.PENDING:
        return
    if approval.amount >= Decimal(approval.band["from"]):
        return
    near = near_requests(request, int(term(f"{PROGRAMME}.split_days", today)))
    numbers = ", ".join(near.values_list("number", flat=True))
    words = {"numbers": numbers, "sum": baht(Decimal(approval.band["weighed"]))}
    yield Check(False, _("Together with %(numbers)s this is %(sum)s: it is decided as one amount") % words)


def _assessed(assessment: NeedsAssessment, days: int) -> str:
    if not days:
        return _("Assessed today: %(points)s points") % {"points": assessment.score}
    told = ngettext("Assessed %(n)d day ago: %(points)s points", "Assessed %(n)d days ago: %(points)s points", days)
    return told % {"points": assessment.score, "n": days}


def _entitlement(request: AssistanceRequest) -> Check:
    incident = request.incident
    if incident.entitlement_status == EntitlementStatus.NOT_CHECKED:
        return Check(False, _("Who should pay first by law is not checked yet"))
    if incident.entitlement == Entitlement.NONE:
        return Check(True, _("No other source pays by law"))
    words = {"who": incident.get_entitlement_display(), "how": incident.get_entitlement_status_display()}
    return Check(incident.entitlement_status not in OPEN_ELSEWHERE, _("%(who)s: %(how)s") % words)


def _double(lines: Sequence[LineShown]) -> Iterator[Check]:
    called = {shown.line.pk: shown.child for shown in lines}
    twice = given_already([shown.line for shown in lines])
    for line in twice:
        yield Check(False, str(rules.given_twice(kind=line.kind, child=called[line.pk]).sentence))
    if not twice:
        yield Check(True, _("None of this was given for this time already"))


def budgets_of(lines: Sequence[LineShown], amounts: Mapping[int, Decimal]) -> list[BudgetShown]:
    """The budget lines it is paid from, each with what this request takes of it: so much of each line by its id.

    What was refused or came to nothing takes nothing.
    """
    taken: dict[int, list[LineShown]] = {}
    for shown in lines:
        if shown.line.budget_line_id:
            taken.setdefault(shown.line.budget_line_id, []).append(shown)
    live = {state for states in HELD_AS.values() for state in states}
    return [
        _budget(own, sum((amounts[shown.line.pk] for shown in own if shown.line.state in live), Decimal(0)))
        for own in taken.values()
    ]


def _budget(own: Sequence[LineShown], this: Decimal) -> BudgetShown:
    line = own[0].line.budget_line
    assert line is not None  # noqa: S101  grouped by it
    held = {kind: _held(own, states) for kind, states in HELD_AS.items()}
    before = line.left + sum(held.values())
    promised = line.reserved + line.committed - held["reserved"] - held["committed"]
    paid = line.disbursed - held["disbursed"]
    shares = [("m-spent", paid), ("m-commit", promised), ("m-this", this)]
    return BudgetShown(
        line=line, before=before, after=before - this, this=this,
        parts=[(css, float(amount / line.allotted * 100)) for css, amount in shares if line.allotted],
        words=_("%(paid)s paid, %(promised)s promised or asked for, %(this)s this request, %(left)s left") % {
            "paid": baht(paid), "promised": baht(promised), "this": baht(this), "left": baht(before - this),
        },
    )  # fmt: skip


def _held(own: Sequence[LineShown], states: Sequence[LineState]) -> Decimal:
    """What the budget line holds for these things as it stands: as asked while nobody has decided, then as approved."""
    lines = [shown.line for shown in own if shown.line.state in states]
    return sum((_held_for(line) for line in lines), Decimal(0))


def _held_for(line: AssistanceLine) -> Decimal:
    """Nothing is held before it is recommended, nor once it was returned."""
    if line.state != LineState.ASKED:
        return line.worth
    return line.asked if line.request.state == RequestState.IN_APPROVAL else Decimal(0)
