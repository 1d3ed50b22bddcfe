"""Pages of photos and scans: put them on a record, look at them, download them, take them off."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.cache import never_cache

from casework.access.policies import Policy
from casework.access.subjects import subject_types
from casework.kernel.acts import saved_whole
from casework.kernel.refusals import Finding, Refusal, error
from casework.ui.views import RowForm, RowMixin, RowPage

from . import attachments_queries as queries
from . import rules, services
from .attachments_forms import AttachForm, RemoveForm
from .draft_queries import papers_words
from .models import Attachment
from .pages import NoSuchPage
from .pages_apart import TooHard

EXTENSIONS = {"image/jpeg": "jpg", "application/pdf": "pdf"}


class AsParent(Policy):
    """An attachment is seen by whoever sees its record, where their role there opens attachments."""

    def admit_row(self, request: HttpRequest, row: Attachment) -> None:
        if not queries.may_about(request.user, self.action, queries.subject_of(row, request.user)):
            raise Http404


class ForEditors(Policy):
    """An attachment is changed by whoever may put one on its record."""

    def admit_row(self, request: HttpRequest, row: Attachment) -> None:
        subject = queries.subject_of(row, request.user)
        super().admit_row(request, subject)
        subject_types()[row.subject_type].can_change(subject, request.user).insist()


class RecordForm(RowForm):
    """Base of the forms that put something on a record, of whatever room it is."""

    policy: ClassVar[Any] = Policy(action=queries.ADD)
    row_name = "subject"
    takes_papers: ClassVar[bool] = True
    """Whether it puts photos and scans on the record, which unfinished ones take as well."""

    def rows(self) -> Any:
        found = queries.records_of(self.kwargs["kind"], self.request.user, takes_papers=self.takes_papers)
        if found is None:
            raise Http404
        return found

    def admit_loaded(self) -> None:
        super().admit_loaded()
        subject_types()[self.kwargs["kind"]].can_change(self.row, self.user).insist()

    def get_form(self, *args: Any) -> Any:
        """Only kinds that the person may put there are offered."""
        form = super().get_form(*args)
        if "paper_kind" in form.fields:
            form.fields["paper_kind"].choices = queries.kinds_for(self.user, self.row)
        return form

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        named = subject_types()[self.kwargs["kind"]].named(self.row)
        return super().get_context_data(
            back_url=queries.papers_url(self.row), papers=papers_words(self.row), named=named, **kwargs
        )


class Attach(RecordForm):
    """The form that puts files on a record. Good files are kept even where others are refused."""

    template_name = "documents/attachments_form.html"
    form_class = AttachForm

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The script that shows how much is sent is told where to go, so that it does not fetch that page itself."""
        response = super().post(request, *args, **kwargs)
        if response.status_code == 302 and "X-Progress" in request.headers:
            return JsonResponse({"to": response["Location"]})
        return response

    def save(self, form: AttachForm) -> int:
        files, refused = form.chosen(), []
        for number, file in enumerate(files, start=1):
            title = form.cleaned_data["title"] if len(files) == 1 else f"{form.cleaned_data['title'][:110]} ({number})"
            try:
                self._add(file, title, form.cleaned_data["paper_kind"])
            except Refusal as refusal:
                refused.append(_named(file.name, refusal))
        if len(refused) == len(files):
            raise Refusal.of(refused)
        for finding in refused:
            messages.error(self.request, str(finding.sentence))
        return len(files) - len(refused)

    def _add(self, file: Any, title: str, paper_kind: str) -> None:
        with saved_whole():
            services.add_attachment(
                subject=self.row,
                file=file,
                title=title,
                paper_kind=paper_kind,
                by=self.request.user,
                now=timezone.now(),
            )

    def after(self, result: int) -> str:
        messages.success(self.request, ngettext("%(n)d file added.", "%(n)d files added.", result) % {"n": result})
        return queries.papers_url(self.row)


def _named(name: str, refusal: Refusal) -> Finding:
    sentence = _("%(file)s: %(sentence)s") % {"file": name, "sentence": refusal.sentence}
    return error(refusal.code, refusal.field, sentence if refusal.field == "files" else refusal.sentence)


class AttachmentMixin(RowMixin):
    """A photo or scan loaded through its record."""

    model = Attachment
    row_name = "attachment"
    policy: ClassVar[Any] = AsParent(action="documents.attachment.see")
    row: Attachment

    def rows(self) -> Any:
        return super().rows().filter(removed_at=None).select_related("added_by")

    def back_url(self) -> str:
        """Where the papers of the record are listed."""
        subject = queries.subject_of(self.row, self.request.user)
        return queries.papers_url(subject) if subject else "/"


class AttachmentPage(AttachmentMixin, RowPage):
    """The pictures of an attachment and what is known of it. Looking at it is logged."""

    template_name = "documents/attachments_page.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        verdict = rules.can_show(self.row)
        pages = queries.pages_of(self.row) if verdict else 0
        if verdict:
            services.note_seen(attachment=self.row, by=self.request.user, now=timezone.now())
        subject = queries.subject_of(self.row, self.request.user)
        return super().get_context_data(
            verdict=verdict,
            page_numbers=range(1, pages + 1),
            back_url=self.back_url(),
            papers=papers_words(subject),
            can_remove=queries.can_add(self.request.user, subject),
            **kwargs,
        )


@method_decorator(never_cache, name="dispatch")
class AttachmentPicture(AttachmentMixin):
    """One page as a small picture, drawn here: the file itself is never shown inside a page."""

    def get(self, request: HttpRequest, pk: int, page: int) -> HttpResponse:
        if not rules.can_show(self.row):
            raise Http404
        try:
            picture = queries.picture_of(self.row, page)
        except (NoSuchPage, TooHard) as none:
            raise Http404 from none
        return HttpResponse(picture, content_type="image/webp")


@method_decorator(never_cache, name="dispatch")
class AttachmentFile(AttachmentMixin):
    """The file itself, to be saved: sandboxed, never shown by the browser. Every download is logged."""

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        content = queries.attachment_bytes(self.row)
        services.note_seen(attachment=self.row, by=self.request.user, now=timezone.now(), is_download=True)
        name = f"{self.row.title}.{EXTENSIONS[self.row.mime]}"
        return HttpResponse(
            content,
            content_type=self.row.mime,
            headers={
                "Content-Disposition": content_disposition_header(True, name) or "attachment",
                "Content-Security-Policy": "sandbox",
                "X-Content-Type-Options": "nosniff",
            },
        )


class RemoveAttachment(AttachmentMixin, RowForm):
    """Take it off, with a reason."""

    policy = ForEditors(action=queries.ADD)
    template_name = "documents/attachments_remove.html"
    form_class = RemoveForm
    success_message = gettext_lazy("The file is deleted.")

    def save(self, form: RemoveForm) -> Attachment:
        return services.remove_attachment(
            attachment=self.row, by=self.request.user, reason=form.cleaned_data.get("reason", ""), now=timezone.now()
        )

    def after(self, result: Attachment) -> str:
        return self.back_url()

    def get_form_kwargs(self) -> dict[str, Any]:
        is_unfinished = subject_types()[self.row.subject_type].is_unfinished
        return super().get_form_kwargs() | {"needs_reason": not is_unfinished}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(back_url=reverse("documents:attachment", args=[self.row.pk]), **kwargs)
