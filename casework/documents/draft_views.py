"""Photos and scans on a form that is not finished: the page that shows them, and the panel beside the form."""

from __future__ import annotations

from typing import Any, ClassVar

from django.http import Http404
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache

from casework.access.policies import Policy
from casework.access.subjects import subject_types
from casework.ui.views import RowPage

from . import attachments_queries as queries
from .draft_queries import form_url, kept_papers, papers_on


class DraftPage(RowPage):
    """A page of one unfinished form, for whoever sees the form."""

    policy: ClassVar[Any] = Policy(action="documents.attachment.see")
    row_name = "subject"

    def rows(self) -> Any:
        kind = subject_types().get(self.kwargs["kind"])
        if kind is None or not kind.is_unfinished:
            raise Http404
        return queries.records_of(kind.key, self.user, takes_papers=True)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        papers = kept_papers(self.row, self.user, timezone.now())
        return super().get_context_data(papers=papers, **kwargs)


@method_decorator(never_cache, name="dispatch")
class DraftPapers(DraftPage):
    """Small pictures of what lies with the form, each with its way off; more is added from here."""

    template_name = "documents/draft_papers.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        kind = subject_types()[self.kwargs["kind"]]
        return super().get_context_data(
            attachments=papers_on(self.row), named=kind.named(self.row), form_url=form_url(self.row), **kwargs
        )


@method_decorator(never_cache, name="dispatch")
class DraftPanel(DraftPage):
    """The panel beside the form, asked again while a phone sends."""

    template_name = "documents/draft_panel.html"
