"""The papers of one record, of whatever room it is: which can be made, in which languages, and those made before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from casework.access.policies import Policy
from casework.access.scopes import may
from casework.access.subjects import subject_types
from casework.kernel.acts import saved_whole
from casework.kernel.guards import Verdict
from casework.kernel.refusals import Refusal
from casework.ui.sends import where_once
from casework.ui.views import RowPage

from . import services
from .attachments_queries import records_of
from .kinds import Choice, DocumentKind, all_kinds, spoken_in
from .letters import chosen_to_sign
from .models import Document
from .queries import has_letter
from .wording import unwritten

MOST_MADE = 20


@dataclass(frozen=True, kw_only=True)
class PaperOffer:
    """A paper of a record: of which there are several, in which languages, or why it cannot be made yet."""

    kind: DocumentKind
    verdict: Verdict
    choices: Sequence[Choice]
    languages: Sequence[str]
    signatories: Sequence[Choice]


class PapersOf(RowPage):
    """Every paper of a record that the person may print, with its languages, and those made before."""

    policy: ClassVar[Any] = Policy(action="documents.document.print")
    row_name = "subject"
    template_name = "documents/papers.html"

    def rows(self) -> Any:
        found = records_of(self.kwargs["kind"], self.request.user)
        if found is None:
            raise Http404
        return found

    def kinds(self) -> list[DocumentKind]:
        """The papers of such records that the person may print here."""
        office_id, programmes = self.row.access_place()
        return [
            kind
            for kind in all_kinds()
            if kind.subject_type == self.kwargs["kind"]
            and not kind.is_blank
            and may(self.user, kind.action, office_id=office_id, programmes=programmes)
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        kinds = self.kinds()
        spoken = spoken_in(kinds, self.row)
        made = Document.objects.lookup_for(self.user).about(self.row).filter(kind__in=[kind.key for kind in kinds])
        subject = subject_types()[self.kwargs["kind"]]
        return super().get_context_data(
            offered=[self._offer(kind, spoken) for kind in kinds], unwritten=unwritten(spoken),
            made=made.order_by("-pk")[:MOST_MADE],
            back_url=subject.url(self.row), named=subject.named(self.row), **kwargs,
        )  # fmt: skip

    def _offer(self, kind: DocumentKind, spoken: str | None) -> PaperOffer:
        verdict = kind.can_make(self.row)
        has_copies = not kind.is_letter or has_letter(kind, self.row)
        return PaperOffer(
            kind=kind, verdict=verdict, choices=kind.choices(self.row) if verdict else (),
            languages=kind.languages_for(spoken) if has_copies else (kind.letter_language(self.row),),
            signatories=kind.signatories(self.row),
        )  # fmt: skip

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        kind = next((kind for kind in self.kinds() if kind.key == request.POST.get("kind")), None)
        if kind is None:
            messages.error(request, _("Choose a paper."))
            return HttpResponseRedirect(request.path)
        try:
            with saved_whole():
                following = where_once(request, lambda: reverse("documents:document", args=[self._order(kind).pk]))
        except Refusal as refusal:
            messages.error(request, str(refusal.sentence))
            return HttpResponseRedirect(request.path)
        return HttpResponseRedirect(following)

    def _order(self, kind: DocumentKind) -> Document:
        """Order the paper. Raises Refusal when it cannot be made, or the one of its kind is not there any more."""
        kind.can_make(self.row).insist()
        wanted = self.request.POST.get("choice", "")
        chosen = [choice for choice in kind.choices(self.row) if not wanted or choice.key == wanted]
        if not chosen:
            raise Refusal("E-DOC-20", "choice", _("Choose one of the list."))
        signing = chosen_to_sign(kind, self.row, self.request.POST.get("signatory", ""))
        return services.request_document(
            kind=kind.key, subject=self.row, language=self.request.POST.get("language", ""),
            requested_by=self.user, now=timezone.now(), options={**chosen[0].options, **signing},
        )  # fmt: skip
