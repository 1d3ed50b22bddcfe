"""The form of the check at the counter: one pair of fields for each agreed line, nothing chosen beforehand."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from casework.ui.fields import NameField
from registration.certificate_states import CounterAnswer
from registration.queries.agreed import AgreedLine
from registration.rules.counter import LONGEST_ON_DRAFT


class CounterForm(forms.Form):
    """Same or different, and what stands on the draft when it is different. The service says what is missing."""

    def __init__(self, *args: Any, lines: Iterable[AgreedLine], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.agreed = list(lines)
        for line in self.agreed:
            self.fields[f"answer_{line.key}"] = forms.ChoiceField(
                label=line.label, choices=CounterAnswer.choices, widget=forms.RadioSelect, required=False
            )
            self.fields[f"draft_{line.key}"] = NameField(
                label=_("What does the draft say?"), required=False, max_length=LONGEST_ON_DRAFT
            )

    def lines(self) -> Iterator[dict[str, Any]]:
        """Each agreed line with its two fields, for the page."""
        for line in self.agreed:
            answer, on_draft = self[f"answer_{line.key}"], self[f"draft_{line.key}"]
            yield {"line": line, "answer": answer, "draft": on_draft, "shown_by": f"answer_{line.key}=different"}

    def answers(self) -> dict[str, tuple[str, str]]:
        """Line → answer and words, as the service takes them."""
        told = self.cleaned_data
        return {line.key: (told[f"answer_{line.key}"], told[f"draft_{line.key}"]) for line in self.agreed}
