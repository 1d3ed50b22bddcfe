"""Forms of the export to finance: a month and what for, what finance booked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from casework.funds.models import BatchLine
from casework.funds.queries.finance import MonthToExport, month_words
from casework.funds.services.finance import Booked
from casework.ui.fields import MoneyField, NameField

MINUS = "-−–"


class MonthForm(forms.Form):
    """Which month of which office and programme, and what the file is for."""

    month = forms.ChoiceField(
        label=_("Month"),
        help_text=_(
            "What was paid in earlier months and finance does not have yet goes along. The month is closed by this: "
            "later entries of it go with the next month, as late."
        ),
    )
    reason = NameField(
        label=_("What is the file for?"), max_length=200,
        help_text=_("It appears in the history beside your name. Write no names of children here."),
    )  # fmt: skip

    def __init__(self, *args: Any, months: Mapping[str, MonthToExport], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        groups: dict[str, list[tuple[str, str]]] = {}
        are_many = len({month.place.words for month in months.values()}) > 1
        for key, month in months.items():  # what was chosen says its office: the name of a group is not seen any more
            words = f"{month_words(month.first)}, {month.place.words}" if are_many else month_words(month.first)
            groups.setdefault(month.place.words, []).append((key, words))
        blank = [("", "")] if len(months) > 1 else []  # it is not undone: which of several is chosen, not suggested
        self.fields["month"].choices = [*blank, *groups.items()]  # type: ignore[attr-defined]


class BookedField(MoneyField):
    """An amount that finance booked; below zero where more came back than was paid."""

    def read(self, text: str) -> Decimal:
        return -super().read(text[1:].strip()) if text[0] in MINUS else super().read(text)


class AnswerForm(forms.Form):
    """What finance booked on each line of a batch, and why it differs."""

    def __init__(self, *args: Any, lines: Sequence[BatchLine], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.lines = lines
        for line in lines:
            named = {"line": line.line}
            self.fields[f"booked_{line.pk}"] = BookedField(
                label=_("Booked by finance: %(line)s") % named, required=False
            )
            self.fields[f"explanation_{line.pk}"] = NameField(
                label=_("Why it differs: %(line)s") % named, max_length=300, required=False
            )

    def by_line(self) -> Iterator[tuple[BatchLine, forms.BoundField, forms.BoundField]]:
        """Each line with its two boxes."""
        for line in self.lines:
            yield line, self[f"booked_{line.pk}"], self[f"explanation_{line.pk}"]

    @property
    def answers(self) -> dict[int, Booked]:
        """What was typed, by the id of the line in the batch."""
        told = self.cleaned_data
        return {
            line.pk: Booked(amount=told[f"booked_{line.pk}"], explanation=told[f"explanation_{line.pk}"])
            for line in self.lines
        }
