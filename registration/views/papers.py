"""The papers a family needs today: chosen, made, printed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from casework.access.policies import Policy
from casework.access.scopes import may_on
from casework.cases.rules import can_write
from casework.documents.kinds import Choice, DocumentKind, UnknownKind, all_kinds, spoken_in
from casework.documents.letters import chosen_to_sign
from casework.documents.models import Document
from casework.documents.queries import has_letter
from casework.documents.services.ordering import request_document
from casework.documents.services.packs import request_pack
from casework.documents.wording import unwritten
from casework.kernel.acts import saved_whole
from casework.kernel.guards import Verdict
from casework.kernel.refusals import Refusal
from casework.ui.sends import where_once
from casework.ui.views import RowForm, RowPage
from registration.forms.pack import PackForm
from registration.models import BirthRecord
from registration.queries.pack import pack_lines, spoken_language

SUBJECT = "registration.birthrecord"


@dataclass(frozen=True, kw_only=True)
class PaperOffer:
    """A paper on the page: in which languages it is made, or why it cannot be made yet."""

    kind: DocumentKind
    verdict: Verdict
    languages: Sequence[str]
    signatories: Sequence[Choice]


class Papers(RowPage):
    """Every paper of a birth with its languages, and those made before."""

    policy = Policy(action="registration.birth.see")
    model = BirthRecord
    row_name = "birth"
    template_name = "registration/papers.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        kinds = self.kinds()
        spoken = spoken_in(kinds, self.row)
        offered = [
            PaperOffer(
                kind=kind,
                verdict=kind.can_make(self.row),
                languages=self._languages(kind, spoken),
                signatories=kind.signatories(self.row),
            )
            for kind in kinds
        ]
        made = (
            Document.objects.lookup_for(self.user)
            .filter(subject_type=SUBJECT, subject_id=self.row.pk)
            .order_by("-pk")[:20]
        )
        form = kwargs.pop("form", None) or pack_form(self.row)
        return super().get_context_data(offered=offered, made=made, form=form, unwritten=unwritten(spoken), **kwargs)

    def kinds(self) -> list[DocumentKind]:
        """The papers of the birth that the person may make."""
        about = [kind for kind in all_kinds() if kind.subject_type == SUBJECT]
        return [kind for kind in about if may_on(self.user, kind.action, self.row)]

    def _languages(self, kind: DocumentKind, spoken: str | None) -> Sequence[str]:
        """The languages of a paper; the copy of a letter carries its number and comes after it."""
        return kind.languages_for(spoken) if not kind.is_letter or has_letter(kind, self.row) else kind.languages[:1]

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        can_write(self.row.case).insist()
        try:
            with saved_whole():
                return HttpResponseRedirect(where_once(request, self.order))
        except UnknownKind:
            messages.error(request, _("Choose a paper."))
        except Refusal as refusal:
            messages.error(request, str(refusal.sentence))
        return HttpResponseRedirect(request.path)

    def order(self) -> str:
        """Order the paper that was chosen of those offered; answers where it is."""
        wanted = self.request.POST.get("kind", "")
        chosen = next((kind for kind in self.kinds() if kind.key == wanted), None)
        if chosen is None:
            raise UnknownKind(wanted)
        chosen.can_make(self.row).insist()
        document = request_document(
            kind=chosen.key,
            subject=self.row,
            language=self.request.POST.get("language", ""),
            requested_by=self.user,
            now=timezone.now(),
            options=chosen_to_sign(chosen, self.row, self.request.POST.get("signatory", "")),
        )
        return reverse("documents:document", args=[document.pk])


def pack_form(birth: BirthRecord, data: Any = None) -> PackForm:
    """The form of the papers of today, with the family's language chosen."""
    return PackForm(data, lines=pack_lines(birth), initial={"language": spoken_language(birth)})


class PrintPack(RowForm):
    """One button: the papers this family needs today, in order and copies, printed together."""

    policy = Policy(action="registration.birth.see")
    model = BirthRecord
    row_name = "birth"
    template_name = "registration/pack.html"

    def get_form(self, form_class: Any = None) -> PackForm:
        return pack_form(self.row, self.request.POST or None)

    def save(self, form: PackForm) -> Any:
        can_write(self.row.case).insist()
        return request_pack(subject=self.row, papers=form.wanted(), requested_by=self.user, now=timezone.now())

    def after(self, result: Any) -> str:
        return reverse("documents:pack", args=[result.pk])
