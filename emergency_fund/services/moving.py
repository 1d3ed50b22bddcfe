"""Approved help whose source pays no more is paid from another budget line: proposed by one, confirmed by another."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casework.accounts.models import User
from casework.approvals.models import Proposal
from casework.approvals.services.proposals import propose
from casework.audit.services import record_event
from casework.funds.models import BudgetLine
from casework.funds.proposals.budget import CONFIRM
from casework.funds.rules.budget import against_entry, pays_on
from casework.funds.services.ledger import post_entry
from casework.funds.states import EntryKind
from casework.kernel.acts import act
from casework.kernel.money import exact_baht
from casework.kernel.refusals import Finding, refuse_errors
from casework.programmes.contributions import ProposalKind, Words
from casework.reference.queries import term
from emergency_fund.models import AssistanceLine, AssistanceRequest
from emergency_fund.queries.unpaid import MOVE, unpaid_on
from emergency_fund.querysets import PROGRAMME
from emergency_fund.rules import unpaid as rules

from .deciding import tell_asker
from .holding import hold_all_with_budget


@act
def propose_moving(
    *, line: BudgetLine, to: BudgetLine, lines: Collection[int], reason: str, by: User, now: datetime
) -> Proposal:  # fmt: skip
    """Ask a second person to pay approved things (by their ids) of a line from another one of its office.

    Raises Refusal with E-EAF-217 and 218, E-APR-07 and as the ledger does (E-BUD-01 to 03), Conflict with E-EAF-216.
    """
    waiting = _refuse(line, to, lines, reason, now)
    total = sum((one.to_pay for one in waiting), Decimal(0))
    words = {"from": line, "to": to, "amount": exact_baht(total)}
    return propose(
        kind=MOVE, subject=line, facts={"to": to.pk, "lines": sorted(one.pk for one in waiting)}, reason=reason, by=by,
        office_id=line.office_id, programme=PROGRAMME, now=now, level=1,
        summary=lambda: _("%(amount)s of %(from)s paid from %(to)s") % words,
    )  # fmt: skip


def _refuse(
    line: BudgetLine, to: BudgetLine, lines: Collection[int], reason: str, now: datetime
) -> list[AssistanceLine]:  # fmt: skip
    """What is to be moved, when nothing stands against it."""
    today = timezone.localdate(now)
    rules.can_move(pays=pays_on(line.source, today)).insist()
    waiting = list(unpaid_on(line).filter(pk__in=lines))
    fits = to.pk != line.pk and (to.office_id, to.programme) == (line.office_id, line.programme)
    refuse_errors(rules.against_moving(chosen=len(set(lines)), waiting=len(waiting), fits=fits, reason=reason))
    total = sum((one.to_pay for one in waiting), Decimal(0))
    refuse_errors(_on_the_other(against_entry(to, EntryKind.RESERVE, total, on=today)))
    refuse_errors(_on_the_other(_against_kinds(to, waiting, now)))
    return waiting


def _against_kinds(to: BudgetLine, waiting: Sequence[AssistanceLine], now: datetime) -> Iterable[Finding]:
    for kind in {one.kind for one in waiting}:
        yield from against_entry(to, EntryKind.RESERVE, Decimal(0), on=timezone.localdate(now), wanted=kind)


def _on_the_other(findings: Iterable[Finding]) -> Iterable[Finding]:
    """What the ledger says of the other line stands beside it."""
    return (Finding(code=one.code, field="to", sentence=one.sentence) for one in findings)


def _move(proposal: Any, by: User, now: datetime) -> None:
    facts = proposal.facts
    to = BudgetLine.rows.select_related("source").get(pk=facts["to"])
    requests = AssistanceRequest.rows.filter(lines__in=facts["lines"]).order_by().values("pk")
    held = hold_all_with_budget(AssistanceRequest.rows.filter(pk__in=requests), chosen=[to])
    line = BudgetLine.rows.select_related("source").get(pk=proposal.subject_id)
    to = BudgetLine.rows.select_related("source").get(pk=to.pk)
    for one in _refuse(line, to, facts["lines"], proposal.reason, now):
        _move_one(one, line, to, proposal, by, now)
    for request in held:
        _begin_days_anew(request, line, to, proposal, by, now)


def _move_one(
    one: AssistanceLine, line: BudgetLine, to: BudgetLine, proposal: Any, by: User, now: datetime
) -> None:  # fmt: skip
    """The old line has its money back, the new one keeps it; what was paid before stays where it was written."""
    about = {"subject": one, "reason": proposal.reason, "by": by, "proposed_by": proposal.proposed_by, "now": now}
    for kind, budget_line in (
        (EntryKind.CANCEL, line), (EntryKind.RESERVE, to), (EntryKind.COMMIT, to),
    ):  # fmt: skip
        post_entry(
            line=budget_line, kind=kind, amount=one.to_pay, wanted="" if budget_line is line else one.kind,
            key=f"eaf-{one.pk}-move-{proposal.pk}-{kind}", reference=one.request.number, **about,
        )  # fmt: skip
    AssistanceLine.rows.filter(pk=one.pk).update(budget_line=to)


def _begin_days_anew(
    request: AssistanceRequest, line: BudgetLine, to: BudgetLine, proposal: Any, by: User, now: datetime
) -> None:  # fmt: skip
    """Nobody could fetch it meanwhile: the family has its days from today on, and who asked is told."""
    today = timezone.localdate(now)
    until = today + timedelta(days=int(term(f"{PROGRAMME}.delivery_days", today)))
    AssistanceRequest.rows.filter(pk=request.pk).update(expires_on=until)
    record_event(
        f"{PROGRAMME}.request.moved", actor=by, subject=request, case_id=request.case_id, office_id=request.office_id,
        reason=proposal.reason, at=now, changes={"budget line": (str(line), str(to))},
    )  # fmt: skip
    tell_asker(request, "moved")


def _now(subject_id: int, facts: Mapping[str, Any]) -> dict[str, Any]:
    """What expired, was taken back or moved meanwhile is no longer what was proposed on."""
    rows = AssistanceLine.rows.filter(pk__in=facts["lines"]).order_by("pk")
    return {"lines": list(rows.values_list("pk", "state", "approved", "paid", "budget_line"))}


def _described(proposal: Any) -> Sequence[tuple[Words, Words]]:
    lines = BudgetLine.rows.select_related("source", "office").in_bulk([proposal.subject_id, proposal.facts["to"]])
    line, to = lines[proposal.subject_id], lines[proposal.facts["to"]]
    rows = AssistanceLine.rows.filter(pk__in=proposal.facts["lines"]).select_related("request").order_by("pk")
    left: tuple[Words, Words] = (gettext_lazy("Left on it"), exact_baht(to.left))
    return [
        (gettext_lazy("Office"), line.office.name_now),
        (gettext_lazy("From the budget line"), str(line)),
        (gettext_lazy("To the budget line"), str(to)),
        *([] if proposal.decided_at else [left]),
        *((one.request.number, f"{one.get_kind_display()}, {exact_baht(one.to_pay)}") for one in rows),
    ]


def _place(proposal: Any) -> tuple[Words, str]:
    return str(BudgetLine.rows.get(pk=proposal.subject_id)), reverse("funds:line", args=[proposal.subject_id])


KINDS = (
    ProposalKind(
        key=MOVE, label=gettext_lazy("Pay approved help from another budget line"), action=CONFIRM, execute=_move,
        current=_now, described=_described, place=_place,
    ),
)  # fmt: skip
