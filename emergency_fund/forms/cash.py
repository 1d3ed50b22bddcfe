"""The box that a payment in cash comes from, in the forms of the cashier."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms

from emergency_fund.rules.cash import FIELD


def ask_where_from(form: forms.Form, sources: Mapping[str, str], *, label: Any, after: str) -> None:
    """Put the question into a form behind another one; the only box is chosen already, none is not asked for.

    `sources` gives the key of each box its words.
    """
    if not sources:
        return
    only = next(iter(sources)) if len(sources) == 1 else ""
    blank = [] if only else [("", "")]
    form.fields[FIELD] = forms.ChoiceField(label=label, choices=[*blank, *sources.items()], initial=only)
    order = [name for name in form.fields if name != FIELD]
    order.insert(order.index(after) + 1, FIELD)
    form.order_fields(order)
