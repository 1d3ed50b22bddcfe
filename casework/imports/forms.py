"""Text to values for the pages of an import."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from casework.accounts.models import Office
from casework.imports import queries
from casework.imports.models import ImportRun
from casework.imports.specification import ImportSpecification
from casework.imports.states import RowDecision


class TableFileField(forms.FileField):
    """A table that people filled in, as this room reads it: Excel or CSV."""

    widget = forms.FileInput(attrs={"accept": ".xlsx,.csv,.txt"})


class UploadForm(forms.Form):
    """The file, the kind of register, and the office it belongs to."""

    specification = forms.ChoiceField(label=_("What kind of register is it?"))
    office = forms.ModelChoiceField(label=_("Whose register is it?"), queryset=Office.objects.none())
    file = TableFileField(
        label=_("File"),
        help_text=_("Excel (.xlsx) or CSV, up to 10 MB. Nothing is imported before a supervisor has confirmed it."),
    )

    def __init__(self, *args: Any, kinds: Iterable[ImportSpecification], offices: Iterable[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(kind.key, kind.label) for kind in kinds]
        self.fields["specification"].choices = choices  # type: ignore[attr-defined]
        found = Office.objects.filter(pk__in=offices, is_active=True)
        self.fields["office"].queryset = found  # type: ignore[attr-defined]
        if len(choices) == 1:
            self.fields["specification"].initial = choices[0][0]
        if len(found) == 1:
            self.fields["office"].initial = found[0]


class ColumnsForm(forms.Form):
    """One choice per column of each sheet; an empty choice leaves the column out."""

    def __init__(self, *args: Any, run: ImportRun, kind: ImportSpecification, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.sheets = [sheet for sheet in run.sheets if not sheet.get("is_left_out")]
        self.asked = [[question.key for question in queries.asked_of(sheet, run, kind)] for sheet in self.sheets]
        choices = [("", _("Leave this column out")), *((spec.key, spec.label) for spec in kind.columns)]
        for number, sheet in enumerate(self.sheets):
            for question in queries.asked_of(sheet, run, kind):
                self.fields[f"s{number}-{question.key}"] = forms.ChoiceField(
                    label=question.label, choices=question.choices, required=False,
                    initial=sheet.get("answers", {}).get(question.key, ""),
                )  # fmt: skip
            for column in queries.columns_for_page(sheet):
                self.fields[f"s{number}-{column.index}"] = forms.ChoiceField(
                    choices=choices, required=False, initial=column.key, label=column.heading or column.letter
                )

    def chosen(self) -> dict[str, dict[int, str]]:
        """What was chosen: {sheet name: {index: key}}."""
        return {
            sheet["name"]: {
                column.index: self.cleaned_data[f"s{number}-{column.index}"]
                for column in queries.columns_for_page(sheet)
            }
            for number, sheet in enumerate(self.sheets)
        }

    def answers(self) -> dict[str, dict[str, str]]:
        """What was answered: {sheet name: {key of the question: answer}}."""
        return {
            sheet["name"]: {
                key: answer for key in self.asked[number] if (answer := self.cleaned_data[f"s{number}-{key}"])
            }
            for number, sheet in enumerate(self.sheets)
        }


class ReasonForm(forms.Form):
    """Why an import goes back or is undone."""

    reason = forms.CharField(label=_("Why?"), max_length=300, widget=forms.Textarea(attrs={"rows": 2}))


class DecisionForm(forms.Form):
    """What a suspected duplicate is. Nothing is chosen beforehand."""

    decision = forms.ChoiceField(
        label=_("What is it?"),
        choices=[choice for choice in RowDecision.choices if choice[0]],
        widget=forms.RadioSelect,
    )
