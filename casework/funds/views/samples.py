"""Pages of an audit: the samples, a new draw, one sample with its evidence, all of it as one file."""

from __future__ import annotations

from typing import Any

from django import forms as django_forms
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from casework.access.policies import Policy
from casework.access.scopes import may
from casework.documents.store import DamagedFile
from casework.funds.forms import samples as forms
from casework.funds.models import SAMPLE_SEE, AuditSample
from casework.funds.queries import samples as queries
from casework.funds.queries.finance import Place, places_of
from casework.funds.services import samples
from casework.kernel.refusals import Conflict
from casework.ui.views import FormPage, PageView, RowMixin, RowPage

DRAW = "funds.sample.draw"
LOOK = Policy(action=SAMPLE_SEE)
DAMAGED = _("A paper of this sample is damaged. Tell the administrator, and draw the sample again by its seed.")


class Samples(PageView):
    """The samples that were drawn."""

    policy = LOOK
    template_name = "funds/samples.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rows = list(queries.samples_of(self.user))
        return super().get_context_data(samples=rows, may_draw=may(self.user, DRAW) is not None, **kwargs)


class NewSample(FormPage):
    """Draw payments of a time."""

    policy = Policy(action=DRAW)
    form_class = forms.SampleForm
    template_name = "funds/sample_new.html"
    success_message = _("Drawn. The papers are being made.")

    @cached_property
    def places(self) -> dict[str, Place]:
        """Where the person may draw."""
        return places_of(self.user, DRAW)

    def get_initial(self) -> dict[str, Any]:
        language = "th" if (get_language() or "en").startswith("th") else "en"
        return {"first_on": self.today.replace(month=1, day=1), "last_on": self.today, "language": language}

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "places": self.places}

    def save(self, form: django_forms.BaseForm) -> AuditSample:
        told = dict(form.cleaned_data)
        place = self.places[told.pop("place")]
        return samples.draw_sample(
            office=place.office, programme=place.programme, by=self.user, now=timezone.now(), **told
        )

    def after(self, result: AuditSample) -> str:
        return reverse("funds:sample", args=[result.pk])


class Sample(RowPage):
    """One sample: how it was drawn, what was drawn, and how far the papers are."""

    policy = LOOK
    model = AuditSample
    row_name = "sample"
    template_name = "funds/sample.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        evidence = queries.evidence_of(self.row)
        return super().get_context_data(
            evidence=evidence,
            is_repeatable=queries.is_repeatable(self.row, [one.payment for one in evidence]),
            is_ready=all(one.is_ready for one in evidence),
            made=sum(one.is_ready for one in evidence),
            **kwargs,
        )


def read_papers(sample: AuditSample, user: Any) -> bytes:
    """The evidence of a sample as one file. Raises Conflict (E-SMP-07) where a paper was changed."""
    try:
        return samples.take_sample(sample=sample, by=user, now=timezone.now())
    except DamagedFile:
        raise Conflict("E-SMP-07", "", DAMAGED) from None


class SampleFile(RowMixin):
    """The evidence of a sample as one file."""

    policy = LOOK
    model = AuditSample
    http_method_names = ["get"]

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = HttpResponse(read_papers(self.row, self.user), content_type="application/zip")
        response["Content-Disposition"] = f'attachment; filename="{self.row.number}.zip"'
        return response
