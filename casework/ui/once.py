"""A form that makes something new: pressed twice, sent twice by a bad line, it makes one."""

from __future__ import annotations

import uuid
from typing import Any

from django.forms import BaseForm

from casework.kernel.idempotency import Answer, fingerprint, once

from .views import FormPage

FIELD = "idempotency_key"
NOT_ANSWERS = {FIELD, "csrfmiddlewaretoken"}


class CreatePage(FormPage):
    """`create(form)` makes one service call, `address(row)` says where the new row is.

    The template puts `{% include "ui/once.html" %}` into the form.
    """

    def create(self, form: BaseForm) -> Any:
        """Call the one service this form is for; returns the new row."""
        raise NotImplementedError

    def address(self, row: Any) -> str:
        """Where the new row is."""
        raise NotImplementedError

    def save(self, form: BaseForm) -> Answer:
        return once(
            user=self.request.user,
            key=self.request.POST.get(FIELD) or uuid.uuid4().hex,
            fingerprint=fingerprint("POST", self.request.path, self._answers()),
            act=lambda: Answer(status=302, location=self.address(self.create(form))),
        )

    def after(self, result: Answer) -> str:
        return result.location

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        key = self.request.POST.get(FIELD) or uuid.uuid4().hex
        return super().get_context_data(**kwargs) | {FIELD: key}

    def _answers(self) -> dict[str, list[str]]:
        typed = {name: values for name, values in self.request.POST.lists() if name not in NOT_ANSWERS}
        files = {name: [f"{f.name} {f.size}" for f in held] for name, held in self.request.FILES.lists()}
        return typed | files
