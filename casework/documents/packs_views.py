"""The page of a pack: it waits until every paper is made, then opens the print dialog once."""

from __future__ import annotations

from typing import Any, ClassVar

from csp.constants import SELF
from csp.decorators import csp_replace
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from django.views.decorators.clickjacking import xframe_options_sameorigin

from casework.access.policies import Policy
from casework.access.subjects import subject_types
from casework.ui.views import RowMixin, RowPage

from . import attachments_queries as queries
from . import services
from .kinds import UnknownKind, kind_named
from .models import PrintPack
from .states import DocumentState


class PrintersOfRecord(Policy):
    """A pack is printed by whoever may print the papers of its record."""

    def admit_row(self, request: HttpRequest, row: PrintPack) -> None:
        super().admit_row(request, queries.subject_of(row, request.user))


class PackMixin(RowMixin):
    """A pack of one's own."""

    model = PrintPack
    row_name = "pack"
    policy: ClassVar[Any] = PrintersOfRecord(action="documents.document.print")
    row: PrintPack


class PackPage(PackMixin, RowPage):
    """The papers of a pack with their copies. Asks again until all are ready."""

    template_name = "documents/pack.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        papers = list(self.row.papers.select_related("document"))
        states = {paper.document.state for paper in papers}
        subject = queries.subject_of(self.row, self.user)
        return super().get_context_data(
            papers=papers,
            is_waiting=bool(states & {DocumentState.REQUESTED, DocumentState.RENDERING}),
            is_ready=states == {DocumentState.READY},
            left_out=[(_title(line["kind"]), line["sentence"]) for line in self.row.left_out],
            back_url=subject_types()[self.row.subject_type].url(subject) if subject else "/",
            **kwargs,
        )


def _title(key: str) -> Any:
    try:
        return kind_named(key).title
    except UnknownKind:
        return key


@method_decorator(
    [never_cache, xframe_options_sameorigin, csp_replace({"frame-ancestors": [SELF]})],  # printed from a frame of ours
    name="dispatch",
)
class PackFile(PackMixin):
    """The papers as one PDF. Every opening is logged as a printing of each."""

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        content = services.print_pack(pack=self.row, by=self.user, now=timezone.now())
        response = HttpResponse(content, content_type="application/pdf")
        response["Content-Disposition"] = f'inline; filename="papers-{self.row.pk}.pdf"'
        return response
