"""Choosing one thing out of a long list by typing a part of its name: places, facilities, staff.

The list is loaded as it is needed, never whole. Without JavaScript the typed text itself is looked up when the form is
sent. A page is asked by POST, so that nothing typed lands in an address.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Protocol

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from casework.kernel.digits import clean_line
from casework.ui.views import GuardedView

MOST_SHOWN = 12


@dataclass(frozen=True, kw_only=True)
class Choice:
    """One thing to choose: its stored value, its name, and a note that tells it from others of that name."""

    value: str
    label: str
    note: str | Promise = ""


class Source(Protocol):
    """Where the choices come from."""

    def label(self, value: str) -> str:
        """The name of a stored value, or "" when there is none such."""

    def find(self, text: str, limit: int) -> Sequence[Choice]:
        """The choices whose names hold the text, best first."""


class PickerWidget(forms.Widget):
    """A text box with a list under it and the chosen value beside it."""

    template_name = "ui/forms/picker.html"

    def __init__(self, url_name: str, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs)
        self.url_name = url_name
        self.source: Source | None = None

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> dict[str, str]:
        return {"value": str(data.get(name) or ""), "text": clean_line(str(data.get(f"{name}_text") or ""))[:200]}

    def value_omitted_from_data(self, data: Mapping[str, Any], files: Any, name: str) -> bool:
        return name not in data and f"{name}_text" not in data

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(name, None, attrs)
        chosen = value if isinstance(value, Mapping) else {"value": str(value or ""), "text": ""}
        label = chosen["text"] or (self.source.label(chosen["value"]) if self.source and chosen["value"] else "")
        context["widget"].update(chosen=chosen["value"], text=label, url=reverse(self.url_name))
        return context


class PickerField(forms.Field):
    """One choice of a source; gives its stored value as text, or "" when left empty."""

    def __init__(self, *, source: Source, url_name: str, **options: Any) -> None:
        super().__init__(widget=PickerWidget(url_name), **options)
        self.source = source
        self.widget.source = source

    def clean(self, value: Any) -> str:
        typed = value if isinstance(value, Mapping) else {"value": "", "text": ""}
        if not typed["text"]:
            if self.required:
                raise ValidationError(self.error_messages["required"], code="required")
            return ""
        if typed["value"] and self.source.label(typed["value"]) == typed["text"]:
            return str(typed["value"])
        return self._looked_up(typed["text"])

    def _looked_up(self, text: str) -> str:
        found = self.source.find(text, MOST_SHOWN)
        same = [choice for choice in found if choice.label.casefold() == text.casefold()]
        if len(same) == 1 or (not same and len(found) == 1):
            return (same or list(found))[0].value
        sentence = (
            _("“%(text)s” can be several. Type on and choose one from the list.")
            if found
            else _("“%(text)s” is not in the list. Type a part of the name and choose from the list.")
        )
        raise ValidationError(sentence % {"text": text}, code="E-CHOICE-1")

    def has_changed(self, initial: Any, data: Any) -> bool:
        return str(initial or "") != (data or {}).get("value", "")


class PickerOptions(GuardedView):
    """The list for what was typed; a subclass names its policy and its source."""

    http_method_names = ["post"]
    source: ClassVar[Source]

    def post(self, request: HttpRequest) -> HttpResponse:
        """Answer with up to twelve choices."""
        name = request.POST.get("picker", "")
        text = clean_line(request.POST.get(f"{name}_text", ""))[:200]
        choices = self.source.find(text, MOST_SHOWN) if text else []
        context = {"choices": choices, "text": text, "name": name[:60]}
        return render(request, "ui/forms/picker_options.html", context)
