"""Pages of those who look after a budget: sources with their lines, one line with its entries, what is proposed."""

from __future__ import annotations

from datetime import date
from itertools import groupby
from typing import Any

from django import forms as django_forms
from django.http import Http404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from casework.access.policies import Policy
from casework.access.scopes import may, offices_of
from casework.accounts.models import Office
from casework.accounts.queries import offices_with
from casework.approvals.models import Proposal
from casework.funds.forms import budget as forms
from casework.funds.models import FINANCE_SEE, SAMPLE_SEE, SEE, BudgetEntry, BudgetLine, FundingSource
from casework.funds.papers.budget import PRINT
from casework.funds.proposals import budget as proposals
from casework.funds.queries import budget as queries
from casework.funds.rules.budget import can_reopen, can_take_back
from casework.funds.states import EntryKind, SourceState
from casework.ui.paging import NewestFirst
from casework.ui.views import FormPage, PageView, RowForm, RowPage

from .links import links_of

LOOK = Policy(action=SEE)
PROPOSE = Policy(action=proposals.PROPOSE)
ROWS_PER_PAGE = 50
PROPOSED = _("Proposed. It holds as soon as a second person confirms it.")


def _source_of(line: BudgetLine) -> int:
    return line.source_id


class Budget(PageView):
    """Every source of money with the lines the person looks after."""

    policy = LOOK
    template_name = "funds/budget.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        lines = queries.lines_of(self.user)
        held = {source: [queries.Balance(line) for line in own] for source, own in groupby(lines, _source_of)}
        shown = [(source, held.get(source.pk, [])) for source in queries.sources_of(self.user)]
        return super().get_context_data(
            sources=shown, today=self.today, may_propose=may(self.user, PROPOSE.action) is not None,
            may_state=may(self.user, PRINT) is not None, may_see_finance=may(self.user, FINANCE_SEE) is not None,
            may_audit=may(self.user, SAMPLE_SEE) is not None,
            **kwargs,
        )  # fmt: skip


class Line(RowPage):
    """One budget line: its balance and its entries, the newest first."""

    policy = LOOK
    model = BudgetLine
    row_name = "line"
    template_name = "funds/line.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        entries = self.row.entries.select_related("by", "proposed_by", "reversed_by").order_by("-pk")
        page = NewestFirst(entries, ROWS_PER_PAGE).get_marked_page(self.request.GET)
        office_id, programmes = self.row.access_place()
        return super().get_context_data(
            balance=queries.Balance(self.row),
            page=page,
            entries=[(entry, queries.sign_of(entry)) for entry in page],
            links=links_of(self.row, self.user),
            may_propose=may(self.user, PROPOSE.action, office_id=office_id, programmes=programmes) is not None,
            **kwargs,
        )


class ProposalForm(FormPage):
    """A form whose answers a second person confirms."""

    policy = PROPOSE
    template_name = "funds/form.html"
    success_message = PROPOSED
    title: Any = ""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(title=self.title, **kwargs)

    @property
    def office(self) -> Office:
        """The first office of the person where they propose."""
        return offices_with(offices_of(self.user, PROPOSE.action))[0]

    def after(self, result: Proposal) -> str:
        return reverse("approvals:proposal", args=[result.pk])


class SourceMixin(ProposalForm):
    """A form about one source, which is open."""

    def prepare(self, **kwargs: Any) -> None:
        super().prepare(**kwargs)
        source = FundingSource.objects.visible_to(self.user).filter(pk=kwargs["pk"], state=SourceState.OPEN).first()
        if source is None:
            raise Http404
        self.source = source

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(source=self.source, **kwargs)


class NewSource(ProposalForm):
    """Propose a donor's money."""

    form_class = forms.SourceForm
    title = _("New source of money")

    def save(self, form: django_forms.BaseForm) -> Proposal:
        return proposals.propose_source(facts=form.cleaned_data, office=self.office, by=self.user, now=timezone.now())


class NewLine(SourceMixin):
    """Propose a budget line of a source."""

    form_class = forms.LineForm
    title = _("New budget line")

    def get_form_kwargs(self) -> dict[str, Any]:
        offices = Office.objects.filter(pk__in=offices_of(self.user, PROPOSE.action), is_active=True)
        return {**super().get_form_kwargs(), "offices": offices}

    def save(self, form: django_forms.BaseForm) -> Proposal:
        return proposals.propose_line(source=self.source, facts=form.cleaned_data, by=self.user, now=timezone.now())


class CloseSource(SourceMixin):
    """Propose that nothing more is paid from a source."""

    form_class = forms.ReasonForm
    title = _("Close the source")

    def save(self, form: django_forms.BaseForm) -> Proposal:
        return proposals.propose_closing(
            source=self.source, office=self.office, by=self.user, now=timezone.now(), **form.cleaned_data
        )


class ReopenSource(ProposalForm, RowForm):
    """Propose that a source is paid from again that was closed too early."""

    model = FundingSource
    row_name = "source"
    form_class = forms.ReasonForm
    title = _("Open the source again")

    def admit_loaded(self) -> None:
        can_reopen(self.row.state).insist()

    def save(self, form: django_forms.BaseForm) -> Proposal:
        return proposals.propose_reopening(
            source=self.row, office=self.office, by=self.user, now=timezone.now(), **form.cleaned_data
        )


class Gift(ProposalForm, RowForm):
    """Propose money for a line, or that it has more or less."""

    model = BudgetLine
    row_name = "line"
    form_class = forms.GiftForm
    title = _("Change what the line has")

    def get_initial(self) -> dict[str, Any]:
        today: date = self.today
        return {"on": today}

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "currency": self.row.source.currency}

    def save(self, form: django_forms.BaseForm) -> Proposal:
        values = dict(form.cleaned_data)
        kind, reason = EntryKind(values.pop("kind")), values.pop("reason")
        return proposals.propose_gift(
            line=self.row, kind=kind, facts=values, reason=reason, by=self.user, now=timezone.now()
        )


class TakeBack(ProposalForm, RowForm):
    """Propose that a wrong entry of what a line has is taken back."""

    model = BudgetEntry
    row_name = "entry"
    form_class = forms.ReasonForm
    title = _("Take back a wrong entry")

    def rows(self) -> Any:
        rows: Any = super().rows()
        return rows.select_related("line__source", "line__office", "reversed_by")

    def admit_loaded(self) -> None:
        super().admit_loaded()
        can_take_back(self.row.kind, is_reversed=self.row.is_reversed).insist()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(line=self.row.line, **kwargs)

    def save(self, form: django_forms.BaseForm) -> Proposal:
        return proposals.propose_taking_back(entry=self.row, by=self.user, now=timezone.now(), **form.cleaned_data)
