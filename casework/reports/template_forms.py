"""The form of a template for a donor: each figure of the board as a row, and boxes for words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from casework.kernel.dates import month_name
from casework.ui.fields import NameField, WholeNumberField, needed

from .figures import Offered
from .forms import LANGUAGES
from .models import Readers, ReportTemplate
from .rules import LONGEST, MOST_BOXES

FREE_BOXES = 2
"""So many empty boxes follow those that are there."""
LAST = 1_000


@dataclass(frozen=True, kw_only=True)
class FigureRow:
    """A figure with its three boxes."""

    name: str
    chosen: forms.BoundField
    place: forms.BoundField
    label: forms.BoundField


class TemplateForm(forms.Form):
    """What a donor wants a report to hold."""

    name = needed(NameField(
        label=gettext_lazy("Name"), max_length=LONGEST["name"], required=False,
        help_text=gettext_lazy("The title of the report, as the donor calls it."),
    ))  # fmt: skip
    donor = needed(NameField(label=gettext_lazy("Donor"), max_length=LONGEST["donor"], required=False))
    language = forms.ChoiceField(label=gettext_lazy("Language of the report"), widget=forms.RadioSelect)
    readers = forms.ChoiceField(
        label=gettext_lazy("For whom"), choices=Readers.choices, widget=forms.RadioSelect, initial=Readers.OUTSIDE,
        help_text=gettext_lazy("Nobody can order the report for readers who are told more."),
    )  # fmt: skip
    year_begins = forms.TypedChoiceField(
        label=gettext_lazy("The donor’s year begins in"), coerce=int, empty_value=None, required=False,
        help_text=gettext_lazy("Its years are then offered as periods."),
    )  # fmt: skip
    plain = ("name", "donor", "language", "readers", "year_begins")

    def __init__(self, *args: Any, offered: Sequence[Offered], languages: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offered, here = offered, (get_language() or "en")[:2]
        months = [(number, month_name(number, here)) for number in range(1, 13)]
        self.fields["language"].choices = [pair for pair in LANGUAGES if pair[0] in languages]  # type: ignore[attr-defined]
        self.fields["year_begins"].choices = [("", "–"), *months]  # type: ignore[attr-defined]
        for one in offered:
            self.fields |= _fields_of(one)
        for number in range(self._boxes()):
            self.fields |= _box(number)

    def _boxes(self) -> int:
        """How many boxes the page has: those that were sent, or some more than are there."""
        if self.is_bound:
            return next((n for n in range(MOST_BOXES) if f"heading_{n}" not in self.data), MOST_BOXES)
        filled = sum(1 for name in self.initial if name.startswith("heading_"))
        return min(filled + FREE_BOXES, MOST_BOXES)

    @property
    def plain_fields(self) -> list[forms.BoundField]:
        """What is no row."""
        return [self[name] for name in self.plain]

    @property
    def groups(self) -> list[tuple[str, list[FigureRow]]]:
        """The rows of large numbers, and of tables and charts."""
        named = ((_("Large numbers"), True), (_("Tables and charts"), False))
        return [(words, [self._row(one) for one in self.offered if one.is_large == large]) for words, large in named]

    def _row(self, one: Offered) -> FigureRow:
        boxes = {name: self[f"{name}_{one.key}"] for name in ("chosen", "place", "label")}
        return FigureRow(name=one.name, **boxes)

    @property
    def box_rows(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        """Heading and hint of each box."""
        numbers = [name.removeprefix("heading_") for name in self.fields if name.startswith("heading_")]
        return [(self[f"heading_{number}"], self[f"hint_{number}"]) for number in numbers]

    @property
    def told(self) -> dict[str, Any]:
        """What was written, as the service takes it: figures by their places, those without one behind them."""
        values = self.cleaned_data
        chosen = [one.key for one in self.offered if values[f"chosen_{one.key}"]]
        ordered = sorted(chosen, key=lambda key: values[f"place_{key}"] or LAST)
        return {
            **{name: values[name] for name in self.plain},
            "figures": [{"key": key, "label": values[f"label_{key}"]} for key in ordered],
            "boxes": [
                {name: values[f"{name}_{number}"] for name in ("heading", "hint")}
                for number in range(len(self.box_rows))
            ],
        }


def _fields_of(one: Offered) -> dict[str, forms.Field]:
    named = {"figure": one.name}
    return {
        f"chosen_{one.key}": forms.BooleanField(label=one.name, required=False),
        f"place_{one.key}": WholeNumberField(
            label=_("Place of “%(figure)s”") % named, min_value=1, max_value=99, required=False
        ),
        f"label_{one.key}": NameField(
            label=_("Donor’s words for “%(figure)s”") % named, max_length=LONGEST["label"], required=False
        ),
    }


def _box(number: int) -> dict[str, forms.Field]:
    named = {"n": number + 1}
    return {
        f"heading_{number}": NameField(
            label=_("Heading of box %(n)s") % named, max_length=LONGEST["heading"], required=False
        ),
        f"hint_{number}": NameField(label=_("Hint in box %(n)s") % named, max_length=LONGEST["hint"], required=False),
    }


def stored(template: ReportTemplate, offered: Sequence[Offered]) -> dict[str, Any]:
    """What the form of a template begins with; places count large numbers, and tables and charts, each from one."""
    large = {one.key for one in offered if one.is_large}
    return {
        **{name: getattr(template, name) for name in TemplateForm.plain},
        **dict(_rows_of([one for one in template.figures if one["key"] in large])),
        **dict(_rows_of([one for one in template.figures if one["key"] not in large])),
        **dict(_boxes_of(template)),
    }


def _rows_of(figures: Sequence[Any]) -> Iterator[tuple[str, Any]]:
    for place, one in enumerate(figures, start=1):
        yield from (
            (f"chosen_{one['key']}", True),
            (f"place_{one['key']}", place),
            (f"label_{one['key']}", one["label"]),
        )


def _boxes_of(template: ReportTemplate) -> Iterator[tuple[str, Any]]:
    for number, box in enumerate(template.boxes):
        yield from ((f"heading_{number}", box["heading"]), (f"hint_{number}", box["hint"]))
