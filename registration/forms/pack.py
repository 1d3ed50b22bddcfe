"""The form of the papers of today."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from casework.documents.kinds import FamilyKind, kind_named
from casework.documents.services.packs import Wanted
from casework.documents.wording import NAMES, family_language
from casework.ui.fields import needed
from registration.rules.pack import FOR_THE_OFFICE, PackLine

OFFICE_LANGUAGE = "th"


class PackForm(forms.Form):
    """Which of the papers of today are printed, and in which language the family reads them."""

    papers = needed(
        forms.MultipleChoiceField(
            label=_("Papers of today"),
            required=False,
            widget=forms.CheckboxSelectMultiple,
        )
    )
    language = forms.ChoiceField(label=_("Language of the family’s papers"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, lines: Sequence[PackLine], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.lines = lines
        self.fields["papers"].choices = [(line.kind, _words(line)) for line in lines]  # type: ignore[attr-defined]
        self.fields["papers"].initial = [line.kind for line in lines]
        self.fields["language"].choices = [(code, NAMES[code]) for code in FamilyKind.languages]  # type: ignore[attr-defined]

    def wanted(self) -> list[Wanted]:
        """The papers that were chosen, in their order: for the office in Thai, for the family in its language."""
        chosen, language = self.cleaned_data["papers"], self.cleaned_data["language"]
        return [
            Wanted(kind=line.kind, language=_language(line.kind, language), copies=line.copies)
            for line in self.lines
            if line.kind in chosen
        ]


def _language(kind: str, family: str) -> str:
    wished = OFFICE_LANGUAGE if kind in FOR_THE_OFFICE else family
    return family_language(wished, kind_named(kind).languages)


def _words(line: PackLine) -> str:
    title = kind_named(line.kind).title
    if line.copies == 1:
        return str(title)
    return ngettext("%(paper)s, %(n)d copy", "%(paper)s, %(n)d copies", line.copies) % {
        "paper": title,
        "n": line.copies,
    }
