"""The page of a paper, its pictures and bytes, and the public page that verifies a code."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache

from casework.access.policies import Policy, Public
from casework.access.scopes import may, offices_of
from casework.accounts.models import Office
from casework.ui.sends import where_once
from casework.ui.views import PageView, RowAct, RowForm, RowMixin, RowPage

from . import queries, rules, services
from .attachments_queries import may_about, subject_of
from .kinds import DocumentKind, UnknownKind, blank_forms, kind_named
from .models import Document
from .pages import NoSuchPage, page_picture
from .papers_forms import TakeBackForm
from .states import DocumentState, PaperTrail


class PaperPolicy(Policy):
    """A paper is seen where its subject is seen, by roles that may make papers of its kind."""

    def admit_row(self, request: HttpRequest, row: Document) -> None:
        try:
            action = kind_named(row.kind).action
        except UnknownKind as gone:
            raise Http404 from gone
        subject = subject_of(row, request.user)
        if not all(may_about(request.user, needed, subject) for needed in (self.action, action) if needed):
            raise Http404


SEE = PaperPolicy(action="documents.document.see")
PRINT = PaperPolicy(action="documents.document.print")
TAKE_BACK = PaperPolicy(action="documents.document.take_back")


class DocumentMixin(RowMixin):
    """A paper loaded through its subject."""

    model = Document
    row_name = "document"
    policy: ClassVar[Any] = SEE
    row: Document

    def rows(self) -> Any:
        return super().rows().select_related("requested_by")

    def page(self) -> str:
        """The address of the paper's page."""
        return reverse("documents:document", args=[self.row.pk])


class DocumentPage(DocumentMixin, RowPage):
    """The paper on the screen: pictures of its pages, printing, its way on paper. Asks again until it is ready."""

    template_name = "documents/document.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        kind = kind_named(self.row.kind)
        return {
            **context,
            "kind": kind,
            "other_title": self.row.title if self.row.title != kind.title else "",
            "is_waiting": self.row.state in (DocumentState.REQUESTED, DocumentState.RENDERING),
            "page_numbers": range(1, self.row.pages + 1),
            "prints": self.row.prints.select_related("by").order_by("-pk")[:20],
            "back_url": self._back_url(),
            "next_trail": self._next_trail(kind.is_signed),
            "can_print": self._may(PRINT),
            "hand_out": kind.can_hand_out(self.row),
            "can_stop": bool(rules.can_stop(self.row, kind)) and self._may(PRINT),
            "can_take_back": self._can_take_back(),
            "taken_back": queries.taken_back(self.row),
        }

    def _can_take_back(self) -> bool:
        return bool(rules.can_take_back(self.row)) and self._may(TAKE_BACK)

    def _may(self, policy: PaperPolicy) -> bool:
        return may_about(self.request.user, policy.action, subject_of(self.row, self.request.user))

    def _back_url(self) -> str:
        from casework.access.subjects import subject_types

        subject_type = subject_types().get(self.row.subject_type)
        subject = subject_type and subject_type.visible(self.request.user).filter(pk=self.row.subject_id).first()
        return subject_type.url(subject) if subject_type and subject else ""

    def _next_trail(self, is_signed: bool) -> str:
        steps = {PaperTrail.PRINTED: PaperTrail.SIGNED, PaperTrail.SCANNED: PaperTrail.CHECKED}
        return steps.get(PaperTrail(self.row.trail), "") if is_signed else ""


class DocumentStatePage(DocumentPage):
    """The part of the page that asks again until the paper is ready."""

    template_name = "documents/document_state.html"
    extra_context = {"is_asked_again": True}


@method_decorator(never_cache, name="dispatch")
class PagePicture(DocumentMixin):
    """One page as a small picture."""

    def get(self, request: HttpRequest, pk: int, page: int) -> HttpResponse:
        if not rules.can_open(self.row):
            raise Http404
        try:
            picture = page_picture(queries.content(self.row), page)
        except NoSuchPage as none:
            raise Http404 from none
        return HttpResponse(picture, content_type="image/webp")


@method_decorator(never_cache, name="dispatch")
class PaperFile(DocumentMixin):
    """The PDF itself. Every opening is logged as a printing."""

    policy = PRINT
    as_attachment: ClassVar[bool] = False

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        content = queries.content(self.row)
        services.log_print(document=self.row, by=request.user, now=timezone.now())  # type: ignore[arg-type]
        response = HttpResponse(content, content_type="application/pdf")
        how = "attachment" if self.as_attachment else "inline"
        response["Content-Disposition"] = f'{how}; filename="{self.row.kind.replace(".", "-")}-{self.row.pk}.pdf"'
        return response


class Retry(DocumentMixin, RowAct):
    """Try a parked paper again."""

    policy = PRINT
    success_message = _("Trying again.")

    def act(self) -> Document:
        return services.retry_document(document=self.row, by=self.request.user, now=timezone.now())

    def back(self) -> str:
        return self.page()


class Stop(DocumentMixin, RowAct):
    """Give up a report that is being made."""

    policy = PRINT

    def act(self) -> Document:
        return services.stop_document(document=self.row, by=self.request.user, now=timezone.now())

    def back(self) -> str:
        return self.page()


class TakeBack(DocumentMixin, RowForm):
    """Say that a paper is no longer valid, with a reason, wherever printed ones of it are."""

    policy = TAKE_BACK
    template_name = "documents/take_back.html"
    form_class = TakeBackForm
    success_message = _("The paper is no longer valid.")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(kind=kind_named(self.row.kind), back_url=self.page(), **kwargs)

    def save(self, form: TakeBackForm) -> Document:
        reason = form.cleaned_data["reason"]
        return services.void_document(document=self.row, by=self.request.user, reason=reason, now=timezone.now())

    def after(self, result: Document) -> str:
        return self.page()


class TrailStep(DocumentMixin, RowAct):
    """Note that the paper is signed, or that its scan was checked."""

    policy = PRINT
    success_message = _("Noted.")

    def act(self) -> Document:
        target = PaperTrail(self.kwargs["target"])
        return services.note_trail(document=self.row, target=target, by=self.request.user, now=timezone.now())

    def back(self) -> str:
        return self.page()


class BlankForms(PageView):
    """The forms kept in a drawer for days without internet or power."""

    policy: ClassVar[Any] = Policy(action="documents.blank_form.print")
    template_name = "documents/blank_forms.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(kinds=self._kinds(), **kwargs)

    def _kinds(self) -> list[DocumentKind]:
        return [kind for kind in blank_forms() if may(self.request.user, kind.action)]

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        kind = next((kind for kind in self._kinds() if kind.key == request.POST.get("kind")), None)
        if kind is None:
            messages.error(request, _("Choose a form."))
            return HttpResponseRedirect(request.path)
        return HttpResponseRedirect(where_once(request, lambda: self.order(kind)))

    def order(self, kind: DocumentKind) -> str:
        """Order a form for the first of the person's offices; answers where it is."""
        offices = offices_of(self.user, self.policy.action)
        document = services.request_document(
            kind=kind.key,
            subject=Office.objects.filter(pk__in=offices).earliest("pk"),
            language=kind.languages[0],
            requested_by=self.user,
            now=timezone.now(),
        )
        return reverse("documents:document", args=[document.pk])


@method_decorator([login_not_required, never_cache], name="dispatch")
class VerifyPage(PageView):
    """Public: whether a code is of a paper we made. Kind, day and office; never a person."""

    policy = Public()
    template_name = "documents/verify.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        code = (self.kwargs.get("code") or self.request.GET.get("code", ""))[:40]
        found = queries.verified(code) if code else None
        office = found.office.name(get_language() or "en") if found and found.office else ""
        return {**context, "code": code, "found": found, "office_name": office}
