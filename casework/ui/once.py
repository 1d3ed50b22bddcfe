"""A form that makes something new: pressed twice, sent twice by a bad line, it makes one."""

from __future__ import annotations

from typing import Any

from django.forms import BaseForm

from .views import FormPage


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

    def save(self, form: BaseForm) -> Any:
        return self.create(form)

    def after(self, result: Any) -> str:
        return self.address(result)
