"""What a second person confirms of a budget: a source, a line, a gift to a line or its taking back, an end."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casework.accounts.models import Office, User
from casework.accounts.proposals import programme_words
from casework.approvals.models import Proposal
from casework.approvals.services.proposals import propose
from casework.funds.models import BudgetEntry, BudgetLine, FundingSource
from casework.funds.queries import budget as queries
from casework.funds.rules import budget as rules
from casework.funds.services import budget
from casework.funds.states import EntryKind
from casework.kernel.refusals import refuse_errors
from casework.programmes.contributions import ProposalKind, Words

SOURCE, LINE, GIFT, CLOSING = "funds.source.open", "funds.line.open", "funds.line.give", "funds.source.close"
TAKING_BACK = "funds.line.take_back"
CONFIRM = "funds.budget.confirm"


def propose_source(*, facts: Mapping[str, Any], office: Office, by: User, now: datetime) -> Proposal:
    """Ask a second person to open a donor's money. Raises Refusal as open_source does."""
    refuse_errors(rules.against_source(facts, is_taken=FundingSource.rows.filter(code=facts["code"]).exists()))
    return propose(
        kind=SOURCE, subject=office, facts=budget.kept(facts), office_id=office.pk, by=by, now=now, level=1,
        summary=lambda: _("New source of money: %(code)s %(donor)s") % facts,
    )  # fmt: skip


def propose_line(*, source: FundingSource, facts: Mapping[str, Any], by: User, now: datetime) -> Proposal:
    """Ask a second person to open a budget line. Raises Refusal as open_line does."""
    office: Office = facts["office"]
    is_taken = queries.has_line(source, office, facts)
    refuse_errors(rules.against_line(source, ceiling=facts["ceiling"], is_taken=is_taken))
    return propose(
        kind=LINE, subject=source, facts=budget.kept({**facts, "office": office.pk}), office_id=office.pk,
        programme=facts["programme"], by=by, now=now, level=1,
        summary=lambda: _("New budget line of %(code)s: %(name)s") % {"code": source.code, "name": facts["name_en"]},
    )  # fmt: skip


def propose_gift(
    *, line: BudgetLine, kind: EntryKind, facts: Mapping[str, Any], reason: str, by: User, now: datetime
) -> Proposal:
    """Ask a second person to give a line money, or to raise or lower what it has. Raises Refusal as give() does."""
    amount, asked = budget.in_baht(line.source, facts)
    asked = -asked if kind == EntryKind.LOWER else asked
    given = queries.given_by(line.source)
    refuse_errors(
        [
            *budget.against_giving(line.source, amount, facts["on"], now),
            *rules.against_entry(line, kind, amount, on=facts["on"]),
            *rules.against_ceiling(line.source, given=given, asked=asked),
        ]
    )
    words = {"line": line, "what": kind.label, "amount": f"{amount:,.2f}"}
    return propose(
        kind=GIFT, subject=line, facts=budget.kept({**facts, "kind": kind}), office_id=line.office_id, reason=reason,
        programme=line.programme, by=by, now=now, level=1,
        summary=lambda: _("%(line)s: %(what)s, %(amount)s baht") % words,
    )  # fmt: skip


def propose_taking_back(*, entry: BudgetEntry, reason: str, by: User, now: datetime) -> Proposal:
    """Ask a second person to take back a wrong entry. Raises Refusal and Conflict as take_back() does."""
    refuse_errors(budget.against_taking_back(entry, entry.line.source))
    words = {"line": entry.line, "what": entry.get_kind_display(), "amount": f"{entry.amount:,.2f}"}
    return propose(
        kind=TAKING_BACK, subject=entry.line, facts={"entry": entry.pk}, office_id=entry.line.office_id, reason=reason,
        programme=entry.line.programme, by=by, now=now, level=1,
        summary=lambda: _("Take back on %(line)s: %(what)s, %(amount)s baht") % words,
    )  # fmt: skip


def propose_closing(*, source: FundingSource, reason: str, office: Office, by: User, now: datetime) -> Proposal:
    """Ask a second person to close a source."""
    return propose(
        kind=CLOSING, subject=source, facts={}, office_id=office.pk, reason=reason, by=by, now=now, level=1,
        summary=lambda: _("Close the source %(code)s") % {"code": source.code},
    )  # fmt: skip


def _open_source(proposal: Any, by: User, now: datetime) -> None:
    budget.open_source(facts=proposal.facts, by=proposal.proposed_by, now=now)


def _open_line(proposal: Any, by: User, now: datetime) -> None:
    source = FundingSource.rows.get(pk=proposal.subject_id)
    budget.open_line(source=source, facts=proposal.facts, by=proposal.proposed_by, now=now)


def _give(proposal: Any, by: User, now: datetime) -> None:
    facts = dict(proposal.facts)
    budget.give(
        line=BudgetLine.rows.get(pk=proposal.subject_id), kind=EntryKind(facts.pop("kind")), facts=facts,
        key=f"proposal-{proposal.pk}", reason=proposal.reason, by=by, proposed_by=proposal.proposed_by, now=now,
    )  # fmt: skip


def _take_back(proposal: Any, by: User, now: datetime) -> None:
    budget.take_back(entry=_entry(proposal), reason=proposal.reason, by=by, proposed_by=proposal.proposed_by, now=now)


def _entry(proposal: Any) -> BudgetEntry:
    rows = BudgetEntry.rows.select_related("line__source", "line__office", "reversed_by")
    return rows.get(pk=proposal.facts["entry"])


def _close(proposal: Any, by: User, now: datetime) -> None:
    source = FundingSource.rows.get(pk=proposal.subject_id)
    budget.close_source(source=source, reason=proposal.reason, by=by, now=now)


def _source_now(subject_id: int, facts: Mapping[str, Any]) -> dict[str, Any]:
    """A source that was closed meanwhile is no longer what was proposed on."""
    return {"state": FundingSource.rows.values_list("state", flat=True).get(pk=subject_id)}


def _line_now(subject_id: int, facts: Mapping[str, Any]) -> dict[str, Any]:
    return {"state": BudgetLine.rows.values_list("source__state", flat=True).get(pk=subject_id)}


def _described(model: Any, proposal: Any) -> Iterable[tuple[Words, Words]]:
    """The facts under the names of their fields, in words."""
    for name, value in proposal.facts.items():
        yield (_names(model)[name], _in_words(name, value))


def _names(model: Any) -> dict[str, Words]:
    return {field.name: field.verbose_name for field in model._meta.fields}


def _in_words(name: str, value: Any) -> Words:
    if name == "office":
        return Office.objects.get(pk=value).name_now
    if name == "programme":
        return programme_words(value)
    if name == "kind":
        return EntryKind(value).label
    return ", ".join(value) if isinstance(value, list) else str(value)


def _described_gift(proposal: Any) -> Sequence[tuple[Words, Words]]:
    line = BudgetLine.rows.select_related("source", "office").get(pk=proposal.subject_id)
    facts = proposal.facts
    return [
        (gettext_lazy("Budget line"), str(line)),
        (gettext_lazy("Office"), line.office.name_now),
        (gettext_lazy("What"), EntryKind(facts["kind"]).label),
        (gettext_lazy("Amount"), f"{facts['amount']} {line.source.currency}"),
        (gettext_lazy("Day"), facts["on"]),
    ]


def _described_taking_back(proposal: Any) -> Sequence[tuple[Words, Words]]:
    entry = _entry(proposal)
    return [
        (gettext_lazy("Budget line"), str(entry.line)),
        (gettext_lazy("Office"), entry.line.office.name_now),
        (gettext_lazy("What"), entry.get_kind_display()),
        (gettext_lazy("Amount"), f"{entry.amount:,.2f} THB"),
        (gettext_lazy("Day"), entry.on.isoformat()),
        (gettext_lazy("Why it was written"), entry.reason or "–"),
    ]


def _described_closing(proposal: Any) -> Sequence[tuple[Words, Words]]:
    return [(gettext_lazy("Source"), str(FundingSource.rows.get(pk=proposal.subject_id)))]


KINDS = (
    ProposalKind(
        key=SOURCE, label=gettext_lazy("Open a source of money"), action=CONFIRM, execute=_open_source,
        described=lambda proposal: _described(FundingSource, proposal),
    ),
    ProposalKind(
        key=LINE, label=gettext_lazy("Open a budget line"), action=CONFIRM, execute=_open_line, current=_source_now,
        described=lambda proposal: _described(BudgetLine, proposal),
    ),
    ProposalKind(
        key=GIFT, label=gettext_lazy("Change what a budget line has"), action=CONFIRM, execute=_give,
        current=_line_now, described=_described_gift,
    ),
    ProposalKind(
        key=TAKING_BACK, label=gettext_lazy("Take back a wrong entry"), action=CONFIRM, execute=_take_back,
        described=_described_taking_back,
    ),
    ProposalKind(
        key=CLOSING, label=gettext_lazy("Close a source of money"), action=CONFIRM, execute=_close,
        current=_source_now, described=_described_closing,
    ),
)  # fmt: skip
