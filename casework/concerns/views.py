"""Report a concern about staff; read and answer them."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.contrib import messages
from django.db import models
from django.http import Http404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casework.access.policies import Policy, SignedIn
from casework.access.scopes import may
from casework.kernel.idempotency import fingerprint
from casework.ui.paging import NewestFirst
from casework.ui.views import ActView, FormPage, PageView, RowForm

from . import queries, services
from .forms import AnswerForm, ConcernForm, ReaderForm
from .models import READ, ConcernReader, StaffConcern
from .states import ConcernState

ROWS_PER_PAGE = 25


class ReportConcern(FormPage):
    """For everybody who is signed in."""

    policy = SignedIn()
    form_class = ConcernForm
    template_name = "concerns/report.html"

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"readers": queries.readers(self.today)}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            own=queries.own_reports(self.user), is_reader=queries.is_reader(self.user), **kwargs
        )

    def save(self, form: forms.Form) -> StaffConcern:
        told = dict(form.cleaned_data)
        told["wants_answer"] = told["wants_answer"] == "yes"
        return services.report_concern(by=self.user, now=timezone.now(), sent_as=self.mark(), **told)

    def mark(self) -> str:
        """A mark of this sending. The key that other forms have is kept with who sent it, so this form has none."""
        key = self.request.POST.get("sent_as", "")
        answers = {name: values for name, values in self.request.POST.lists() if name != "csrfmiddlewaretoken"}
        return fingerprint("", key, answers) if key else ""

    def after(self, result: StaffConcern) -> str:
        messages.success(self.request, _("Thank you. Your report has the number %(n)s.") % {"n": result.number})
        return reverse("concerns:report")


class ConcernList(PageView):
    """Concerns, for their readers; nobody else learns that the page exists."""

    policy = SignedIn()
    template_name = "concerns/list.html"

    def prepare(self, **kwargs: Any) -> None:
        if not queries.is_reader(self.user):
            raise Http404

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        asked = self.request.GET
        chosen = ConcernState.HANDLED if asked.get("view") == ConcernState.HANDLED else ConcernState.NEW
        views = [
            {"label": state.label, "url": f"?view={state}", "count": None, "current": state == chosen}
            for state in ConcernState
        ]
        page = NewestFirst(queries.concerns_for(self.user, chosen), ROWS_PER_PAGE).get_marked_page(asked)
        return super().get_context_data(views=views, page=page, may_name=may(self.user, READ) is not None, **kwargs)


class ConcernPage(RowForm):
    """One concern; reading it is written down."""

    policy = SignedIn()
    model: ClassVar[type[models.Model]] = StaffConcern
    row_name = "concern"
    form_class = AnswerForm
    template_name = "concerns/concern.html"
    success_message = gettext_lazy("Noted.")

    def get_initial(self) -> dict[str, Any]:
        return {"answer": self.row.answer}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        services.note_reading(concern=self.row, by=self.user, now=timezone.now())
        return super().get_context_data(**kwargs)

    def save(self, form: forms.Form) -> StaffConcern:
        return services.handle_concern(concern=self.row, by=self.user, now=timezone.now(), **form.cleaned_data)

    def after(self, result: StaffConcern) -> str:
        return reverse("concerns:list")


class Readers(FormPage):
    """Name people of other offices who read concerns too."""

    policy = Policy(action=READ)
    form_class = ReaderForm
    template_name = "concerns/readers.html"
    success_message = gettext_lazy("The person reads concerns about other offices than their own.")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(readers=queries.named_readers(), **kwargs)

    def save(self, form: forms.Form) -> ConcernReader:
        return services.name_reader(user=form.cleaned_data["user"], by=self.user, now=timezone.now())

    def after(self, result: ConcernReader) -> str:
        return reverse("concerns:readers")


class EndReader(ActView):
    """A person reads concerns no longer."""

    policy = Policy(action=READ)

    def prepare(self, **kwargs: Any) -> None:
        reader = ConcernReader.objects.filter(pk=kwargs["pk"], ended_at__isnull=True).first()
        if reader is None or may(self.user, READ) is None:
            raise Http404
        self.reader = reader

    def act(self) -> None:
        services.end_reader(reader=self.reader, by=self.user, now=timezone.now())

    def back(self) -> str:
        return reverse("concerns:readers")
