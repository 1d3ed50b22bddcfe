"""Counter mode: the agreed spelling beside the draft certificate on a phone, ticked before it is signed (day.md 9)."""

from __future__ import annotations

from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from django import forms
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy

from casework.drafts.models import Draft
from casework.drafts.services import finish_draft
from casework.ui.views import RowPage
from registration.forms.counter import CounterForm
from registration.models import BirthRecord, CounterCheck
from registration.queries.agreed import agreed_lines, last_check, left_out, told_in_thai
from registration.rules.counter import can_check_at_counter
from registration.services.counter import FORM, STEP, record_counter_check
from registration.words.counter import ON_DRAFT

from .records import OFFICE, SEE, BirthForm


def device_id(birth: BirthRecord, user: Any) -> UUID:
    """The id under which a person's unfinished check of a birth is kept: the same on every device."""
    return uuid5(NAMESPACE_URL, f"{FORM}:{birth.pk}:{user.pk}")


class AtTheCounter(BirthForm):
    """Line by line, same or different; one page and one save. What is typed is kept while it is typed."""

    policy = OFFICE
    form_class = CounterForm
    template_name = "registration/counter.html"
    title = gettext_lazy("At the counter")
    verb = gettext_lazy("Save the check")

    @property
    def draft(self) -> Draft | None:
        """What the person typed of this check before, on this or another device."""
        rows = Draft.objects.visible_to(self.user).filter(owner=self.user, form=FORM)
        return rows.filter(device_id=device_id(self.row, self.user)).first()

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"lines": agreed_lines(self.row, self.request.LANGUAGE_CODE[:2])}

    def get_initial(self) -> dict[str, Any]:
        draft = self.draft
        return dict(draft.data.get(STEP, {})) if draft else {}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            draft=self.draft,
            draft_form=FORM,
            device_id=device_id(self.row, self.user),
            verdict=can_check_at_counter(self.row),
            last=last_check(self.row),
            **kwargs,
        )

    def save(self, form: forms.Form) -> CounterCheck:
        answers = form.answers()  # type: ignore[attr-defined]
        check = record_counter_check(birth=self.row, answers=answers, by=self.user, now=timezone.now())
        draft = self.draft
        if draft is not None:
            finish_draft(draft=draft, by=self.user)
        return check

    def after(self, result: CounterCheck) -> str:
        return reverse("registration:counter-check", args=[result.pk])


class CounterCheckPage(RowPage):
    """What was compared, and in large Thai letters what the clerk is asked to mend before signing."""

    policy = SEE
    model = CounterCheck
    row_name = "check"
    template_name = "registration/counter_check.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        birth = self.row.birth
        not_named = left_out(birth)
        lines = [
            {"line": line, "tell": told_in_thai(line.key, line.agreed, is_left_out=line.key in not_named)}
            for line in self.row.lines.all()
            if line.answer == "different"
        ]
        return super().get_context_data(
            lines=lines, birth=birth, on_draft=ON_DRAFT, verdict=can_check_at_counter(birth), **kwargs
        )
