"""Paper comes back: photos or a scan are sent, sorted by the codes on the pages, and what is left is decided."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.cache import never_cache

from casework.ui.views import RowAct, RowForm, RowMixin

from . import attachments_queries as queries
from . import returns_queries, services, store
from .attachments_views import ForEditors, RecordForm
from .models import PaperReturn, ReturnedPage
from .pages_apart import TooHard
from .returns_forms import LeftPagesForm, ReturnForm
from .states import ReturnState


class PaperBack(RecordForm):
    """The form that takes papers back."""

    template_name = "documents/return_form.html"
    form_class = ReturnForm
    takes_papers = False

    def save(self, form: ReturnForm) -> services.TakenBack:
        return services.take_back(subject=self.row, files=form.cleaned_data["files"], by=self.user, now=timezone.now())

    def after(self, result: services.TakenBack) -> str:
        for finding in result.refused:
            messages.error(self.request, str(finding.sentence))
        return reverse("documents:returned", args=[result.batch.pk])


class ReturnMixin(RowMixin):
    """A return of one's own."""

    model = PaperReturn
    row_name = "batch"
    policy: ClassVar[Any] = ForEditors(action=queries.ADD)
    row: PaperReturn

    def page(self) -> str:
        """The address of the return's page."""
        return reverse("documents:returned", args=[self.row.pk])


class Returned(ReturnMixin, RowForm):
    """Where the papers went; pages left over are put on the record, or thrown away, when the person says so."""

    template_name = "documents/returned.html"
    form_class = LeftPagesForm

    def get_form_kwargs(self) -> dict[str, Any]:
        pages = list(returns_queries.left_pages(self.row))
        return {**super().get_form_kwargs(), "pages": pages, "is_dropped": "drop" in self.request.POST}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        subject = queries.subject_of(self.row, self.user)
        return super().get_context_data(
            is_waiting=self.row.state in (ReturnState.WAITING, ReturnState.SORTING),
            parts=returns_queries.parts_of(self.row),
            refused=self.row.files.filter(is_refused=True).count(),
            back_url=queries.papers_url(subject) if subject else "/",
            **kwargs,
        )

    def save(self, form: LeftPagesForm) -> str:
        pages = form.cleaned_data["pages"]
        if "drop" in self.request.POST:
            count = services.drop_pages(batch=self.row, pages=pages, by=self.user, now=timezone.now())
            return ngettext("%(n)d page thrown away.", "%(n)d pages thrown away.", count) % {"n": count}
        services.keep_pages(
            batch=self.row,
            pages=pages,
            title=form.cleaned_data["title"],
            paper_kind=form.cleaned_data["paper_kind"],
            by=self.user,
            now=timezone.now(),
        )
        return _("The pages are on the record.")

    def after(self, result: str) -> str:
        messages.success(self.request, result)
        return self.page()


@method_decorator(never_cache, name="dispatch")
class ReturnedPicture(ReturnMixin):
    """One page that was left over, as a small picture."""

    def get(self, request: HttpRequest, pk: int, page: int) -> HttpResponse:
        left: ReturnedPage | None = returns_queries.left_pages(self.row).filter(pk=page).first()
        if left is None:
            raise Http404
        try:
            picture = returns_queries.page_image(left)
        except (store.DamagedFile, TooHard) as damage:
            raise Http404 from damage
        return HttpResponse(picture, content_type="image/webp")


class RetryReturn(ReturnMixin, RowAct):
    """Sort a parked return again."""

    success_message = gettext_lazy("Trying again.")

    def act(self) -> PaperReturn:
        return services.retry_return(batch=self.row, now=timezone.now())

    def back(self) -> str:
        return self.page()
