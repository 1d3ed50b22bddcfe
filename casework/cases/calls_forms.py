"""Forms of calls with families."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from casework.kernel.digits import to_ascii_digits
from casework.ui.fields import NameField, PartsDateField

from .calls_queries import CallPhone
from .calls_rules import Answers
from .states import ContactDirection, ContactResult


class ContactForm(forms.Form):
    """What came of a call, in two clicks and a few words."""

    phone = forms.TypedChoiceField(
        label=_("Which phone?"), coerce=int, empty_value=None, required=False, widget=forms.RadioSelect
    )
    result = forms.ChoiceField(
        label=_("What came of it?"), choices=ContactResult.choices, required=False, widget=forms.RadioSelect
    )
    said = NameField(
        label=_("What was said?"),
        required=False,
        max_length=300,
        help_text=_("Needed when somebody else answered."),
    )
    call_again_on = PartsDateField(label=_("Call again on"), required=False)

    def __init__(self, *args: Any, phones: Iterable[CallPhone], direction: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        listed = list(phones)
        if direction == ContactDirection.IN:
            self.fields["result"].choices = [  # type: ignore[attr-defined]
                (ContactResult.REACHED, _("The family spoke")),
                (ContactResult.SOMEONE_ELSE, _("Somebody else spoke")),
            ]
        if not listed:
            del self.fields["phone"]
            return
        self.fields["phone"].choices = [  # type: ignore[attr-defined]
            (phone.id, f"{phone.shown}, {phone.whose}" if phone.whose else phone.shown) for phone in listed
        ]
        if len(listed) == 1:
            self.fields["phone"].initial = listed[0].id


class CallerForm(forms.Form):
    """The questions to a caller. The answers are compared; what is written of a child is not shown."""

    number = NameField(
        label=_("Number that calls"), required=False, max_length=30, help_text=_("As the phone shows it, if it does.")
    )
    child = NameField(label=_("“What is the child’s name?”"), required=False, max_length=120)
    mother = NameField(label=_("“What is the mother’s name?”"), required=False, max_length=120)
    born_on = PartsDateField(label=_("“When was the child born?”"), required=False)
    code = NameField(
        label=_("“What is the code on your slip?”"),
        required=False,
        max_length=20,
        help_text=_("Six letters and digits: the tracking code."),
    )

    def answers(self) -> Answers:
        """What the caller said."""
        told = self.cleaned_data
        code = "".join(to_ascii_digits(told["code"]).split()).upper()
        return Answers(child=told["child"], mother=told["mother"], born_on=told["born_on"], code=code)
