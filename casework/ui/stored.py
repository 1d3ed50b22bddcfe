"""What is saved by now, beside each answer that differs from it: the form was opened before somebody changed it."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.forms import BaseForm, Field
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from casework.kernel.dates import BirthDate, short

EMPTY: tuple[Any, ...] = (None, "", [], ())


def put_stored(form: BaseForm) -> None:
    """Tell at each field that showed what is saved where that is something else by now. What was typed stays."""
    for name, value in [(name, form.cleaned_data[name]) for name in form.cleaned_data if name in form.initial]:
        stored = form.get_initial_for_field(form.fields[name], name)
        if stored != value and not (stored in EMPTY and value in EMPTY):
            words = stored_words(form.fields[name], stored)
            form.add_error(name, _("Saved meanwhile: %(value)s") % {"value": words})


def stored_words(field: Field, value: Any) -> str:
    """A value as the field's reader knows it: the words of a choice, a day with its month."""
    language = (get_language() or "en")[:2]
    if value in EMPTY:
        return "–"
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, BirthDate):
        return value.text(language)
    if isinstance(value, dt.date):
        return short(value, language)
    labels = {
        str(key): str(label) for key, label in getattr(field, "choices", ()) if not isinstance(label, list | tuple)
    }
    told = value if isinstance(value, list | tuple) else [value]
    return ", ".join(labels.get(str(one), str(one)) for one in told)
