"""What this room adds: its pages for those who look after a budget, and what a second person confirms."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from casework.funds.documents.budget import KINDS as DOCUMENT_KINDS
from casework.funds.documents.cash import KINDS as CASH_PAPERS
from casework.funds.models import (
    BOX_SEE,
    FINANCE_SEE,
    SAMPLE_SEE,
    SEE,
    CashCount,
    ExchangeRate,
    FundingSource,
    SampledPayment,
)
from casework.funds.papers.budget import PRINT
from casework.funds.papers.cash import PRINT_COUNT
from casework.funds.proposals import advances as advance_proposals
from casework.funds.proposals import cash as cash_proposals
from casework.funds.proposals.budget import CONFIRM, KINDS, PROPOSE
from casework.funds.queries.advances import own_advances
from casework.programmes.contributions import (
    Contribution,
    EventWords,
    FactWords,
    NavigationItem,
    ReferenceTable,
    SubjectType,
    WorkSource,
    registry,
)


@registry.register
class Funds(Contribution):
    """Sources of money, budget lines and their ledger."""

    key = "funds"
    label = _("Budget")
    icon = "hand-coins"
    fact_words = {"amount": FactWords(label=_("amount"))}
    rights = {
        SEE: "FA:A PM:A AUD:A",
        PROPOSE: "FA:propose",
        CONFIRM: "PM:A*",
        "funds.rate.edit": "FO:propose PM:A",
        PRINT: "FA:A PM:A AUD:A",
        BOX_SEE: "CSH:A FA:A PM:A AUD:A",
        "funds.box.keep": "CSH:A*",
        "funds.box.open": "FA:A*",
        cash_proposals.COUNT: "CSH:A* FA:A*",
        cash_proposals.CONFIRM: "FA:A PM:A",
        "funds.advance.give": "CSH:A*",
        FINANCE_SEE: "FA:A PM:A AUD:A",
        "funds.finance.export": "FA:A*",
        SAMPLE_SEE: "PM:A AUD:A",
        "funds.sample.draw": "PM:A AUD:A",
        PRINT_COUNT: "CSH:A FA:A PM:A AUD:A",
    }
    row_words = (
        _("Most that one advance of cash may be"),
        _("Most days for which an advance of cash is given"),
        _("own rule, to be set by the fund"),
    )
    history_words = {
        "funds.fundingsource": _("Source of money"),
        "funds.budgetline": _("Budget line"),
        "funds.budgetentry": _("Budget entry"),
        "funds:budget": _("Budget"),
        "funds:line": _("Budget line"),
        "funds:line-give": _("Change what the line has"),
        "funds:entry-take-back": _("Take back a wrong entry"),
        "funds:line-new": _("New budget line"),
        "funds:source-new": _("New source of money"),
        "funds:source-close": _("Close the source"),
        "funds:source-reopen": _("Open the source again"),
        "funds.cashbox": _("Cash box"),
        "funds.cashcount": _("Count of cash"),
        "funds.advance": _("Advance"),
        "funds:advance": _("Advance"),
        "funds:advance-give": _("Give an advance"),
        "funds:advance-settle": _("Settle the advance"),
        "funds.financebatch": _("Batch for finance"),
        "funds:batches": _("Export to finance"),
        "funds:batch": _("Batch for finance"),
        "funds:batch-new": _("Export a month"),
        "funds:batch-answer": _("What finance booked"),
        "funds:batch-close": _("Close the batch"),
        "funds:batch-file": _("File for finance"),
        "funds.financeanswer": _("File of finance"),
        "funds:answer": _("What the file of finance says"),
        "funds.auditsample": _("Audit sample"),
        "funds.sampledpayment": _("Payment of an audit sample"),
        "funds:samples": _("Audit samples"),
        "funds:sample": _("Audit sample"),
        "funds:sample-new": _("Draw a sample"),
        "funds:sample-file": _("All papers of a sample"),
        "funds:boxes": _("Cash"),
        "funds:box": _("Cash box"),
        "funds:box-new": _("New cash box"),
        "funds:box-fill": _("Fill from the bank"),
        "funds:box-count": _("Count the cash"),
        "funds:box-keeper": _("Hand the box on"),
        "funds:box-bank": _("Bring cash back to the bank"),
        "funds:box-retire": _("Put the box out of use"),
        "funds:count": _("Count of cash"),
    }
    navigation = (
        NavigationItem(key="budget", label=_("Budget"), icon="landmark", url_name="funds:budget", action=SEE, order=60),
        NavigationItem(key="cash", label=_("Cash"), icon="inbox", url_name="funds:boxes", action=BOX_SEE, order=62),
    )
    document_kinds = (*DOCUMENT_KINDS, *CASH_PAPERS)
    subject_types = (
        SubjectType(
            key="funds.fundingsource",
            visible=lambda user: FundingSource.rows.all().looked_after_by(user),
            url=lambda source: reverse("funds:budget"),
            named=lambda source: source.donor,
        ),
        SubjectType(
            key="funds.cashcount",
            visible=lambda user: CashCount.objects.visible_to(user),
            url=lambda count: reverse("funds:count", args=[count.pk]),
            named=lambda count: str(count.box),
        ),
        SubjectType(
            key="funds.sampledpayment",
            visible=lambda user: SampledPayment.objects.visible_to(user),
            url=lambda payment: reverse("funds:sample", args=[payment.sample_id]),
            named=lambda payment: f"{payment.sample.number}/{payment.place}",
        ),
    )
    proposal_kinds = (*KINDS, *cash_proposals.KINDS, *advance_proposals.KINDS)
    events = (
        EventWords(action="funds.source.opened", words=_("A source of money was opened"), icon="hand-coins"),
        EventWords(action="funds.source.closed", words=_("A source of money was closed"), icon="hand-coins"),
        EventWords(action="funds.source.reopened", words=_("A source of money was opened again"), icon="hand-coins"),
        EventWords(action="funds.line.opened", words=_("A budget line was opened"), icon="hand-coins"),
        EventWords(action="funds.line.given", words=_("What a budget line has was changed"), icon="hand-coins"),
        EventWords(
            action="funds.line.taken-back", words=_("A wrong entry of a budget line was taken back"), icon="undo-2"
        ),
        EventWords(action="funds.box.opened", words=_("A cash box was opened"), icon="hand-coins"),
        EventWords(action="funds.box.handed-on", words=_("A cash box was handed on"), icon="users"),
        EventWords(action="funds.box.filled", words=_("A cash box was filled from the bank"), icon="landmark"),
        EventWords(action="funds.box.banked", words=_("Cash was brought back to the bank"), icon="landmark"),
        EventWords(action="funds.box.retired", words=_("A cash box was put out of use"), icon="archive"),
        EventWords(action="funds.box.used-again", words=_("A cash box is used again"), icon="undo-2"),
        EventWords(action="funds.box.counted", words=_("Cash was counted"), icon="list-checks"),
        EventWords(action="funds.count.confirmed", words=_("A count of cash was confirmed"), icon="list-checks"),
        EventWords(action="funds.advance.given", words=_("An advance was given"), icon="hand-coins"),
        EventWords(action="funds.advance.settled", words=_("An advance was settled"), icon="hand-coins"),
        EventWords(action="funds.batch.exported", words=_("A month was exported to finance"), icon="file-spreadsheet"),
        EventWords(action="funds.batch.taken", words=_("The file for finance was taken"), icon="download"),
        EventWords(action="funds.batch.answered", words=_("What finance booked was written down"), icon="pencil"),
        EventWords(action="funds.answer.read", words=_("A file of finance was read"), icon="upload"),
        EventWords(action="funds.batch.closed", words=_("A batch for finance was closed"), icon="lock"),
        EventWords(action="funds.sample.drawn", words=_("Payments were drawn for an audit"), icon="list-checks"),
        EventWords(action="funds.sample.taken", words=_("The papers of an audit were taken"), icon="download"),
    )
    reference_tables = (
        ReferenceTable(
            key="rates", label=_("Exchange rates"), model=ExchangeRate,
            fields=("currency", "valid_from", "baht", "source", "checked_on"),
            list_fields=("currency", "valid_from", "baht", "checked_on"), action="funds.rate.edit",
        ),
    )  # fmt: skip

    def api_routes(self) -> Iterable[tuple[str, Any]]:
        from .api.advances import Advances
        from .api.budget import BudgetEntries, BudgetLines, FundingSources
        from .api.cash import CashBoxes, CashCounts, CashMovements
        from .api.finance import FinanceBatches
        from .api.samples import AuditSamples

        return (
            ("funding-sources", FundingSources),
            ("budget-lines", BudgetLines),
            ("budget-entries", BudgetEntries),
            ("cash-boxes", CashBoxes),
            ("cash-movements", CashMovements),
            ("cash-counts", CashCounts),
            ("advances", Advances),
            ("finance-batches", FinanceBatches),
            ("audit-samples", AuditSamples),
        )

    def work_sources(self, user: Any, today: date) -> Iterable[WorkSource]:
        """Advances that the person holds."""
        yield from own_advances(user)
