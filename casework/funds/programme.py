"""What this room adds: its pages for those who look after a budget, and what a second person confirms."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from casework.programmes.contributions import (
    Contribution,
    EventWords,
    NavigationItem,
    ReferenceTable,
    SubjectType,
    registry,
)

from .documents import KINDS as DOCUMENT_KINDS
from .models import SEE, ExchangeRate, FundingSource
from .papers import PRINT
from .proposals import CONFIRM, KINDS


@registry.register
class Funds(Contribution):
    """Sources of money, budget lines and their ledger."""

    key = "funds"
    label = _("Budget")
    icon = "hand-coins"
    rights = {
        SEE: "FA:A PM:A AUD:A",
        "funds.budget.propose": "FA:propose",
        CONFIRM: "PM:A*",
        "funds.rate.edit": "PM:A",
        PRINT: "FA:A PM:A AUD:A",
    }
    history_words = {
        "funds.fundingsource": _("Source of money"),
        "funds.budgetline": _("Budget line"),
        "funds.budgetentry": _("Budget entry"),
        "funds:budget": _("Budget"),
        "funds:line": _("Budget line"),
        "funds:line-give": _("Change what the line has"),
        "funds:line-new": _("New budget line"),
        "funds:source-new": _("New source of money"),
        "funds:source-close": _("Close the source"),
    }
    navigation = (
        NavigationItem(
            key="budget", label=_("Budget"), icon="hand-coins", url_name="funds:budget", action=SEE, order=60
        ),
    )
    document_kinds = DOCUMENT_KINDS
    subject_types = (
        SubjectType(
            key="funds.fundingsource",
            visible=lambda user: FundingSource.rows.all().looked_after_by(user),
            url=lambda source: reverse("funds:budget"),
            named=lambda source: source.donor,
        ),
    )
    proposal_kinds = KINDS
    events = (
        EventWords(action="funds.source.opened", words=_("A source of money was opened"), icon="hand-coins"),
        EventWords(action="funds.source.closed", words=_("A source of money was closed"), icon="hand-coins"),
        EventWords(action="funds.line.opened", words=_("A budget line was opened"), icon="hand-coins"),
        EventWords(action="funds.line.given", words=_("What a budget line has was changed"), icon="hand-coins"),
    )
    reference_tables = (
        ReferenceTable(
            key="rates", label=_("Exchange rates"), model=ExchangeRate,
            fields=("currency", "valid_from", "baht", "source", "checked_on"),
            list_fields=("currency", "valid_from", "baht", "checked_on"), action="funds.rate.edit",
        ),
    )  # fmt: skip
