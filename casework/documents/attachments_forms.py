"""The form that takes photos and scans."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from casework.ui.fields import needed

from .attachments import MOST_BYTES
from .states import PaperKind

MOST_FILES = 20
MOST_TOGETHER = MOST_BYTES["pdf"]


class ManyFilesInput(forms.FileInput):
    """A file button that takes several files."""

    allow_multiple_selected = True

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> list[Any]:
        return files.getlist(name) if hasattr(files, "getlist") else []


class ManyFilesField(forms.FileField):
    """One or several files."""

    widget = ManyFilesInput

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        if len(data) > MOST_FILES:
            raise forms.ValidationError(_("Choose at most %(n)d files at a time.") % {"n": MOST_FILES})
        return [super(ManyFilesField, self).clean(one, initial) for one in data or [None] if one or self.required]


class AttachForm(forms.Form):
    """What it is, and the files, from the device or the camera."""

    title = forms.CharField(
        label=_("What is it?"), max_length=120, required=False,
        help_text=_("In a few words, such as: birth notice, page 1. Left empty, it is called by its kind."),
    )  # fmt: skip
    paper_kind = forms.ChoiceField(label=_("Kind"), choices=PaperKind.choices)
    files = needed(
        ManyFilesField(  # type: ignore[assignment]  # the form class takes fields out of its names
            label=_("Files"),
            required=False,
            help_text=_(
                "Photos (JPEG, PNG, HEIC) up to 10 MB, scanned PDFs up to 25 MB. Several together up to 25 MB."
            ),
            widget=ManyFilesInput(
                attrs={
                    "accept": "image/jpeg,image/png,image/heic,image/heif,application/pdf",
                    "data-drop": _("Or drop the files here, or paste them."),
                }
            ),
        )
    )
    camera = needed(
        ManyFilesField(
            label=_("Or take a photo"),
            required=False,
            help_text=_("Opens the camera of a phone. Where the photo was taken is removed from it."),
            widget=ManyFilesInput(attrs={"accept": "image/*", "capture": "environment", "data-camera": ""}),
        )
    )

    def clean(self) -> dict[str, Any]:
        """Ask for at least one file, and for no more than a slow connection carries; name it by its kind."""
        cleaned = super().clean() or {}
        kind = dict(PaperKind.choices).get(cleaned.get("paper_kind", ""), "")
        cleaned["title"] = cleaned.get("title") or str(kind)
        if not ({"files", "camera"} & set(self.errors)) and not self.chosen():
            self.add_error("files", _("Choose a file or take a photo."))
        if len(self.chosen()) > 1 and sum(file.size for file in self.chosen()) > MOST_TOGETHER:
            self.add_error("files", _("These files together have more than 25 MB. Send them in several goes."))
        return cleaned

    def chosen(self) -> list[Any]:
        """All files that were sent."""
        return [*self.cleaned_data.get("files", []), *self.cleaned_data.get("camera", [])]


class RemoveForm(forms.Form):
    """Why a photo or scan is taken off; on a form that is not finished nobody asks."""

    reason = forms.CharField(
        label=_("Why is it taken off?"),
        max_length=300,
        help_text=_("The file is deleted for good. That it was here, and this reason, stay in the history."),
    )

    def __init__(self, *args: Any, needs_reason: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not needs_reason:
            del self.fields["reason"]
