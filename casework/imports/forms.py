"""Text to values for the pages of an import."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
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
    """One choice per column of each sheet; an empty choice leaves the column out.

    A sheet with the headings of another one is read like that one, or left out.
    """

    def __init__(self, *args: Any, run: ImportRun, kind: ImportSpecification, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.sheets = [sheet for sheet in run.sheets if not sheet.get("is_left_out")]
        self.read_like = queries.alike(self.sheets)
        asked = [{question.key: question for question in queries.asked_of(sheet, run, kind)} for sheet in self.sheets]
        self.leading = sorted(set(self.read_like))
        self.asked: list[dict[str, Any]] = [{} for _sheet in self.sheets]
        for like, questions in zip(self.read_like, asked, strict=True):
            self.asked[like] |= questions
        choices = [("", _("Leave this column out")), *((spec.key, spec.label) for spec in kind.columns)]
        for number, (sheet, like) in enumerate(zip(self.sheets, self.read_like, strict=True)):
            if like == number:
                self._add_sheet(number, sheet, choices)
            else:
                self._add_like(number, sheet, self.sheets[like]["name"])

    def _add_sheet(self, number: int, sheet: Mapping[str, Any], choices: list[tuple[str, Any]]) -> None:
        for key, question in self.asked[number].items():
            self.fields[f"s{number}-{key}"] = forms.ChoiceField(
                label=question.label, choices=question.choices, required=False,
                initial=sheet.get("answers", {}).get(key, ""),
                help_text=_("Without an answer the rows concerned are refused."),
            )  # fmt: skip
        for column in queries.columns_for_page(sheet):
            self.fields[f"s{number}-{column.index}"] = forms.ChoiceField(
                choices=choices, required=False, initial=column.key, label=column.heading or column.letter
            )

    def _add_like(self, number: int, sheet: Mapping[str, Any], other: str) -> None:
        read = _("Read it like “%(sheet)s”") % {"sheet": other}
        self.fields[f"s{number}-like"] = forms.ChoiceField(
            choices=[("like", read), ("", _("Leave this sheet out"))], required=False, label=sheet["name"],
            initial="like" if sheet["columns"] else "",
        )  # fmt: skip

    def chosen(self) -> dict[str, dict[int, str]]:
        """What was chosen: {sheet name: {index: key}}."""
        return {sheet["name"]: self._columns_of(number) for number, sheet in enumerate(self.sheets)}

    def _columns_of(self, number: int) -> dict[int, str]:
        like = self.read_like[number]
        columns = queries.columns_for_page(self.sheets[like])
        is_read = like == number or self.cleaned_data[f"s{number}-like"]
        return {column.index: self.cleaned_data[f"s{like}-{column.index}"] if is_read else "" for column in columns}

    def answers(self) -> dict[str, dict[str, str]]:
        """What was answered: {sheet name: {key of the question: answer}}."""
        told = {
            like: {key: answer for key in self.asked[like] if (answer := self.cleaned_data[f"s{like}-{key}"])}
            for like in self.leading
        }
        return {sheet["name"]: told[like] for sheet, like in zip(self.sheets, self.read_like, strict=True)}


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
