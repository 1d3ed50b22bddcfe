"""Forms of the list for the way: what is taken along, and the file that comes back."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from casework.accounts.models import Office
from casework.cases.list_files.pages import ListFileForm
from casework.imports.forms import TableFileField
from emergency_fund.queries.filed import Taken

from .cash import ask_where_from, with_bank


class TakeAlongForm(ListFileForm):
    """What is taken along, and where to."""

    lines = forms.MultipleChoiceField(label=_("Take along"), widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, lines: Sequence[Taken], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offered = {str(one.line.pk): one for one in lines}
        self.fields["lines"].choices = [(key, str(one.line)) for key, one in self.offered.items()]  # type: ignore[attr-defined]
        self.fields["reason"].label = _("Where do you take it?")
        self.fields["reason"].help_text = _(
            "Such as: Ban Mae La, Thursday. It appears in the history beside your name."
        )

    @property
    def rows(self) -> Iterator[tuple[str, Taken, bool]]:
        """What can be taken: the value of its box, the line and whether it is ticked."""
        ticked = self["lines"].value() if self.is_bound else list(self.offered)
        return ((key, one, key in (ticked or ())) for key, one in self.offered.items())

    @property
    def chosen(self) -> list[Taken]:
        """What was ticked, in the order of the list."""
        return [one for key, one in self.offered.items() if key in self.cleaned_data["lines"]]


class BringBackForm(forms.Form):
    """The list that was filled in, and where its cash came from."""

    file = TableFileField(
        label=_("File"),
        help_text=_(
            "The list that you took along, filled in. Excel (.xlsx) or CSV, up to 10 MB. You see what each row says "
            "before anything is written down."
        ),
    )  # fmt: skip
    office = forms.ChoiceField(label=_("Office"))

    def __init__(self, *args: Any, offices: Sequence[Office], sources: Mapping[str, str], **kwargs: Any) -> None:
        """`sources` are where the cash came from, for all rows of the file; what others were paid, perhaps the bank."""
        super().__init__(*args, **kwargs)
        self.offices = {str(office.pk): office for office in offices}
        self.fields["office"].choices = [(key, one.name_now) for key, one in self.offices.items()]  # type: ignore[attr-defined]
        if len(self.offices) == 1:
            self.fields["office"].widget = forms.HiddenInput()
            self.fields["office"].initial = next(iter(self.offices))
        ask_where_from(self, with_bank(sources), label=_("Paid from"), after="office")
