"""The forms of papers that came back."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from casework.ui.fields import needed

from .attachments_forms import MOST_TOGETHER, ManyFilesField, ManyFilesInput
from .models import ReturnedPage
from .states import PaperKind


class ReturnForm(forms.Form):
    """Photos of papers, or a scan of a whole pile."""

    files = ManyFilesField(  # type: ignore[assignment]  # the form class takes fields out of its names
        label=_("Photos or a scan"),
        required=False,
        help_text=_("One scan of many papers is fine. Photos up to 10 MB, scanned PDFs up to 25 MB and 200 pages."),
        widget=ManyFilesInput(attrs={"accept": "image/jpeg,image/png,image/heic,image/heif,application/pdf"}),
    )

    def clean_files(self) -> list[Any]:
        """Ask for at least one file, and for no more than a slow connection carries."""
        files: list[Any] = self.cleaned_data["files"]
        if not files:
            raise forms.ValidationError(_("Choose a file or take a photo."))
        if len(files) > 1 and sum(file.size for file in files) > MOST_TOGETHER:
            raise forms.ValidationError(_("These files together have more than 25 MB. Send them in several goes."))
        return files


class LeftPagesForm(forms.Form):
    """Pages that belong to no paper of ours: what they are, and which of them go onto the record."""

    pages = needed(
        forms.TypedMultipleChoiceField(
            label=_("Pages"),
            coerce=int,
            required=False,
            widget=forms.CheckboxSelectMultiple,
        )
    )
    title = forms.CharField(
        label=_("What is it?"),
        max_length=120,
        help_text=_("In a few words, such as: birth notice, page 1."),
    )
    paper_kind = forms.ChoiceField(label=_("Kind"), choices=PaperKind.choices)

    def __init__(self, *args: Any, pages: list[ReturnedPage], is_dropped: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["title"].required = not is_dropped
        self.left = pages
        self.fields["pages"].choices = [(page.pk, str(page.number)) for page in pages]  # type: ignore[attr-defined]
