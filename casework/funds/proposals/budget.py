"""What a second person confirms of a budget: a source, a line, a gift to a line or its taking back, an end."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from casework.accounts.models import Office, User
from casework.accounts.proposals import programme_words
from casework.approvals.models import Proposal
from casework.approvals.services.proposals import propose
from casework.funds.models import BudgetEntry, BudgetLine, FundingSource
from casework.funds.queries import budget as queries
from casework.funds.rules import budget as rules
from casework.funds.services import budget
from casework.funds.states import Currency, EntryKind
from casework.kernel.dates import short
from casework.kernel.money import exact_baht
from casework.kernel.refusals import refuse_errors
from casework.programmes.contributions import ProposalKind, Words, registry

SOURCE, LINE, GIFT, CLOSING = "funds.source.open", "funds.line.open", "funds.line.give", "funds.source.close"
REOPENING, TAKING_BACK = "funds.source.reopen", "funds.line.take_back"
PROPOSE, CONFIRM = "funds.budget.propose", "funds.budget.confirm"


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
    refuse_errors([*rules.against_reason(reason), *budget.against_taking_back(entry, entry.line.source)])
    words = {"line": entry.line, "what": entry.get_kind_display(), "amount": f"{entry.amount:,.2f}"}
    return propose(
        kind=TAKING_BACK, subject=entry.line, facts={"entry": entry.pk}, office_id=entry.line.office_id, reason=reason,
        programme=entry.line.programme, by=by, now=now, level=1,
        summary=lambda: _("Take back on %(line)s: %(what)s, %(amount)s baht") % words,
    )  # fmt: skip


def propose_closing(*, source: FundingSource, reason: str, office: Office, by: User, now: datetime) -> Proposal:
    """Ask a second person to close a source. Raises Conflict E-BUD-20 when it is closed, Refusal E-BUD-07."""
    rules.can_close(source.state).insist()
    refuse_errors(rules.against_reason(reason))
    return propose(
        kind=CLOSING, subject=source, facts={}, office_id=office.pk, reason=reason, by=by, now=now, level=1,
        summary=lambda: _("Close the source %(code)s") % {"code": source.code},
    )  # fmt: skip


def propose_reopening(*, source: FundingSource, reason: str, office: Office, by: User, now: datetime) -> Proposal:
    """Ask a second person to open a closed source again. Raises Conflict as reopen_source does."""
    rules.can_reopen(source.state).insist()
    refuse_errors(rules.against_reason(reason))
    return propose(
        kind=REOPENING, subject=source, facts={}, office_id=office.pk, reason=reason, by=by, now=now, level=1,
        summary=lambda: _("Open the source %(code)s again") % {"code": source.code},
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


def _reopen(proposal: Any, by: User, now: datetime) -> None:
    source = FundingSource.rows.get(pk=proposal.subject_id)
    budget.reopen_source(source=source, reason=proposal.reason, by=by, now=now)


def _source_now(subject_id: int, facts: Mapping[str, Any]) -> dict[str, Any]:
    """A source that was closed meanwhile is no longer what was proposed on."""
    return {"state": FundingSource.rows.values_list("state", flat=True).get(pk=subject_id)}


def _line_now(subject_id: int, facts: Mapping[str, Any]) -> dict[str, Any]:
    return {"state": BudgetLine.rows.values_list("source__state", flat=True).get(pk=subject_id)}


def _day(value: Any) -> str:
    """A day, which is kept as text, in the reader's calendar."""
    day = value if isinstance(value, date) else date.fromisoformat(value)
    return short(day, (get_language() or "en")[:2])


def _money(value: Any, currency: str) -> str:
    amount = Decimal(value)
    return exact_baht(amount) if currency == Currency.THB else f"{amount:,.2f} {currency}"


def _described_source(proposal: Any) -> Sequence[tuple[Words, Words]]:
    facts = proposal.facts
    currency = Currency(facts.get("currency", Currency.THB))
    return [
        (gettext_lazy("Donor"), facts["donor"]),
        (gettext_lazy("Code"), facts["code"]),
        (gettext_lazy("Currency"), currency.label),
        (gettext_lazy("What the donor gives"), _money(facts["ceiling"], currency)),
        (gettext_lazy("First day"), _day(facts["starts_on"])),
        (gettext_lazy("Last day"), _day(facts["ends_on"])),
    ]


def _described_line(proposal: Any) -> Sequence[tuple[Words, Words]]:
    facts = proposal.facts
    labels = {kind.key: kind.label for kind in registry.gather("aid_kinds")}
    names = [facts.get(f"name_{language}") for language in ("en", "th", "my")]
    return [
        (gettext_lazy("Source"), str(FundingSource.rows.get(pk=proposal.subject_id))),
        (gettext_lazy("Budget line"), " · ".join(name for name in names if name)),
        (gettext_lazy("Office"), Office.objects.get(pk=facts["office"]).name_now),
        (gettext_lazy("Programme"), programme_words(facts["programme"])),
        (gettext_lazy("Pays for"), ", ".join(str(labels.get(key, key)) for key in facts["kinds"])),
        (gettext_lazy("Ceiling"), _money(facts["ceiling"], Currency.THB)),
    ]


def _described_gift(proposal: Any) -> Sequence[tuple[Words, Words]]:
    line = BudgetLine.rows.select_related("source", "office").get(pk=proposal.subject_id)
    facts = proposal.facts
    return [
        (gettext_lazy("Budget line"), str(line)),
        (gettext_lazy("Office"), line.office.name_now),
        (gettext_lazy("What"), EntryKind(facts["kind"]).label),
        (gettext_lazy("Amount"), _money(facts["amount"], line.source.currency)),
        (gettext_lazy("Day"), _day(facts["on"])),
    ]


def _described_taking_back(proposal: Any) -> Sequence[tuple[Words, Words]]:
    entry = _entry(proposal)
    return [
        (gettext_lazy("Budget line"), str(entry.line)),
        (gettext_lazy("Office"), entry.line.office.name_now),
        (gettext_lazy("What"), entry.get_kind_display()),
        (gettext_lazy("Amount"), exact_baht(entry.amount)),
        (gettext_lazy("Day"), _day(entry.on)),
        (gettext_lazy("Why it was written"), entry.reason or "–"),
    ]


def _described_closing(proposal: Any) -> Sequence[tuple[Words, Words]]:
    source = FundingSource.rows.get(pk=proposal.subject_id)
    told: list[tuple[Words, Words]] = [(gettext_lazy("Source"), str(source))]
    return told if proposal.decided_at else [*told, *_what_closing_does(source)]


def _what_closing_does(source: FundingSource) -> Sequence[tuple[Words, Words]]:
    """What is left of a source, and what of it still waits: none of that is paid once it is closed."""
    lines = list(source.lines.all())
    of_source, waiting = queries.Amounts.of(lines), [line for line in lines if line.reserved or line.committed]
    words = {"waiting": len(waiting), "all": len(lines)}
    return [
        (gettext_lazy("Not given to a line"), _money(source.ceiling - queries.given_by(source), source.currency)),
        (gettext_lazy("Left on its lines"), exact_baht(of_source.left)),
        (gettext_lazy("Asked for"), exact_baht(of_source.reserved)),
        (gettext_lazy("Approved, not yet paid"), exact_baht(of_source.committed)),
        (gettext_lazy("Lines for which somebody waits"), _("%(waiting)s of %(all)s") % words),
        (gettext_lazy("Once it is closed"), _("Nothing of that is approved or paid. Who waits needs another line.")),
    ]


def _described_reopening(proposal: Any) -> Sequence[tuple[Words, Words]]:
    source = FundingSource.rows.get(pk=proposal.subject_id)
    told: list[tuple[Words, Words]] = [
        (gettext_lazy("Source"), str(source)), (gettext_lazy("Last day"), _day(source.ends_on)),
    ]  # fmt: skip
    if proposal.decided_at:
        return told
    committed = queries.Amounts.of(list(source.lines.all())).committed
    return [
        *told, (gettext_lazy("Why it was closed"), source.closed_reason or "–"),
        (gettext_lazy("Approved, not yet paid"), exact_baht(committed)),
    ]  # fmt: skip


def _budget(_proposal: Any) -> tuple[Words, str]:
    return gettext_lazy("Budget"), reverse("funds:budget")


def _line(proposal: Any) -> tuple[Words, str]:
    return str(BudgetLine.rows.get(pk=proposal.subject_id)), reverse("funds:line", args=[proposal.subject_id])


KINDS = (
    ProposalKind(
        key=SOURCE, label=gettext_lazy("Open a source of money"), action=CONFIRM, execute=_open_source,
        described=_described_source, place=_budget,
    ),
    ProposalKind(
        key=LINE, label=gettext_lazy("Open a budget line"), action=CONFIRM, execute=_open_line, current=_source_now,
        described=_described_line, place=_budget,
    ),
    ProposalKind(
        key=GIFT, label=gettext_lazy("Change what a budget line has"), action=CONFIRM, execute=_give,
        current=_line_now, described=_described_gift, place=_line,
    ),
    ProposalKind(
        key=TAKING_BACK, label=gettext_lazy("Take back a wrong entry"), action=CONFIRM, execute=_take_back,
        described=_described_taking_back, place=_line,
    ),
    ProposalKind(
        key=CLOSING, label=gettext_lazy("Close a source of money"), action=CONFIRM, execute=_close,
        current=_source_now, described=_described_closing, place=_budget,
    ),
    ProposalKind(
        key=REOPENING, label=gettext_lazy("Open a source of money again"), action=CONFIRM, execute=_reopen,
        current=_source_now, described=_described_reopening, place=_budget,
    ),
)  # fmt: skip
