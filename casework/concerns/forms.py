"""Forms of concerns about staff."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from casework.accounts.models import Office, User
from casework.ui.fields import NameField


class ConcernForm(forms.Form):
    """Who, what, when, about which office; and whether an answer is wanted."""

    office = forms.ModelChoiceField(label=_("Which office is it about?"), queryset=Office.objects.none())
    who = NameField(
        label=_("Who is it about?"),
        max_length=200,
        help_text=_("A name, or what you know: “the driver on Mondays”."),
    )
    what = forms.CharField(label=_("What happened?"), max_length=4000, widget=forms.Textarea(attrs={"rows": 6}))
    when = NameField(label=_("When and where?"), required=False, max_length=200)
    kept_from = forms.ModelMultipleChoiceField(
        label=_("These people read reports. Tick whom it is about; that person will not see it."),
        queryset=User.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    wants_answer = forms.ChoiceField(
        label=_("Do you want an answer?"),
        choices=[("no", _("No. My name is not kept.")), ("yes", _("Yes. The readers see my name."))],
        widget=forms.RadioSelect,
        initial="no",
    )

    def __init__(self, *args: Any, readers: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["office"].queryset = Office.objects.filter(is_active=True)  # type: ignore[attr-defined]
        self.fields["kept_from"].queryset = readers  # type: ignore[attr-defined]


class AnswerForm(forms.Form):
    """What came of it."""

    answer = forms.CharField(
        label=_("What came of it?"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("The reporter reads this, if an answer was wanted."),
    )


class ReaderForm(forms.Form):
    """A person who reads concerns about other offices."""

    user = forms.ModelChoiceField(label=_("Person"), queryset=User.objects.none())

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["user"].queryset = User.objects.filter(is_active=True)  # type: ignore[attr-defined]
