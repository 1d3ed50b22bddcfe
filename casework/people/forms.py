"""Text to values for persons, names, papers and families; the services refuse, the forms only ask."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy as _

from casework.people.fields import PhoneField
from casework.people.states import (
    SEEN_VERIFICATIONS,
    ContactRule,
    Decision,
    FamilyRole,
    NameKind,
    OfficeAnswer,
    PaperType,
    Sex,
    SpokenLanguage,
    Verification,
)
from casework.ui.fields import BirthDateField, NameField, PartsDateField, needed

SEX_CHOICES = [(Sex.FEMALE, _("Female")), (Sex.MALE, _("Male")), (Sex.UNKNOWN, _("Not known yet"))]


class AcknowledgingForm(forms.Form):
    """A form whose service may warn: the warning comes back with a tick box, and a ticked code lets it pass."""

    acknowledged = forms.CharField(widget=forms.HiddenInput, required=False)
    is_checked = forms.BooleanField(label=_("I have compared this with the paper. It is right."), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        asked = self.data.get(self.add_prefix("acknowledged"), "") if self.is_bound else ""
        if not asked:
            self.fields["is_checked"].widget = forms.HiddenInput()

    def acknowledged_codes(self) -> list[str]:
        """The codes of the warnings the person has ticked off."""
        if not self.cleaned_data.get("is_checked"):
            return []
        return self.cleaned_data.get("acknowledged", "").split()

    def ask(self, codes: list[str]) -> None:
        """Show the tick box for these warnings on the page that comes back."""
        data: MultiValueDict[str, Any] = MultiValueDict()
        data.update(self.data)
        data[self.add_prefix("acknowledged")] = " ".join(codes)
        data[self.add_prefix("is_checked")] = ""
        self.data = data
        self.fields["is_checked"].widget = forms.CheckboxInput()


class NameForm(AcknowledgingForm):
    """A name in any script."""

    name = NameField(
        label=_("Full name"),
        help_text=_("Write it as the family or the paper writes it, with its title. One script per name."),
    )
    kind = forms.ChoiceField(label=_("What kind of name"), choices=NameKind.choices, initial=NameKind.AS_SPOKEN)
    is_primary = forms.BooleanField(label=_("Use as the main name"), required=False)
    keep_former = forms.BooleanField(label=_("Keep the former spelling as an earlier name"), required=False)

    def __init__(self, *args: Any, is_new: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["keep_former" if is_new else "is_primary"]
        self.fields["is_checked"].label = _("I have looked at this warning. The name is right.")


class FactsForm(forms.Form):
    """Sex, birth date and languages of a person."""

    sex = forms.ChoiceField(label=_("Sex"), choices=SEX_CHOICES, widget=forms.RadioSelect)
    birth = BirthDateField(label=_("Date of birth"))
    born_as_told = forms.CharField(
        label=_("As told or written"),
        required=False,
        max_length=80,
        help_text=_("The words of the family or the paper, for example “cool season, year of the goat”."),
    )
    languages = forms.MultipleChoiceField(
        label=_("Languages spoken"),
        choices=SpokenLanguage.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    needs_interpreter = forms.BooleanField(label=_("Needs an interpreter"), required=False)
    reason = forms.CharField(
        label=_("Why it is changed"),
        required=False,
        max_length=200,
        help_text=_("For example: seen on the delivery paper."),
    )


class PaperForm(AcknowledgingForm):
    """An identity paper."""

    type = forms.ChoiceField(label=_("Which paper"), choices=[("", _("Choose")), *PaperType.choices])
    number = forms.CharField(
        label=_("Number"),
        required=False,
        max_length=60,
        help_text=_("As on the paper, with all zeros. Leave it empty if you saw the paper but not the number."),
    )
    country = forms.ChoiceField(
        label=_("Country"),
        required=False,
        choices=[
            ("", _("Not known")),
            ("TH", _("Thailand")),
            ("MM", _("Myanmar")),
            ("KH", _("Cambodia")),
            ("LA", _("Laos")),
        ],
    )
    issued_on = PartsDateField(label=_("Issued on"), required=False)
    expires_on = PartsDateField(label=_("Valid until"), required=False)
    issuer = forms.CharField(label=_("Issued by"), required=False, max_length=120)
    name_as_written = NameField(label=_("Name as written on it"), required=False)
    born_as_written = forms.CharField(label=_("Birth date as written on it"), required=False, max_length=40)
    verification = forms.ChoiceField(label=_("How it was checked"), choices=Verification.choices)

    def paper_values(self) -> dict[str, Any]:
        """The answers under the names of the service."""
        names = ("type", "number", "country", "issued_on", "expires_on", "issuer", "name_as_written", "born_as_written")
        seen = self.cleaned_data["verification"] in SEEN_VERIFICATIONS
        told = {name: self.cleaned_data[name] for name in names}
        return told | {"verification": self.cleaned_data["verification"], "original_seen": seen}


class MemberForm(AcknowledgingForm):
    """A new person in a family."""

    name = NameField(label=_("Full name"), help_text=_("In any script, as the family writes it."))
    name_2 = NameField(label=_("Name in another script"), required=False)
    role = forms.ChoiceField(label=_("Who is it to the child?"), choices=[("", _("Choose")), *FamilyRole.choices])
    sex = forms.ChoiceField(label=_("Sex"), choices=SEX_CHOICES, widget=forms.RadioSelect, initial=Sex.UNKNOWN)
    birth = BirthDateField(label=_("Date of birth"), required=False)
    is_main_carer = forms.BooleanField(label=_("Looks after the child"), required=False)
    phone = PhoneField(label=_("Phone"), required=False)
    rule = forms.ChoiceField(label=_("May we call?"), choices=ContactRule.choices, initial=ContactRule.NOT_ASKED)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["is_checked"].label = _("I have looked at this warning. It is right.")


class MembershipForm(forms.Form):
    """A person's place in a family."""

    role = forms.ChoiceField(label=_("Who is it to the child?"), choices=FamilyRole.choices)
    is_main_carer = forms.BooleanField(label=_("Looks after the child"), required=False)
    until_on = PartsDateField(
        label=_("Moved out on"), required=False, help_text=_("Leave it empty while the person lives in the family.")
    )


class FamilyForm(forms.Form):
    """Where a family lives and what to mind when calling."""

    address_text = forms.CharField(
        label=_("Address"), required=False, max_length=300, widget=forms.Textarea(attrs={"rows": 3})
    )
    contact_note = forms.CharField(
        label=_("Note on contact"),
        required=False,
        max_length=300,
        help_text=_("For example: only through the aunt, after 5 in the afternoon."),
    )


class PhoneForm(AcknowledgingForm):
    """A phone of a family."""

    number = PhoneField(label=_("Phone"))
    person = forms.TypedChoiceField(label=_("Whose is it?"), coerce=int, empty_value=None, required=False)
    whose = forms.CharField(
        label=_("Or somebody else’s"), required=False, max_length=120, help_text=_("For example: the village shop.")
    )
    rule = forms.ChoiceField(
        label=_("May we call?"), choices=ContactRule.choices, widget=forms.RadioSelect, initial=ContactRule.NOT_ASKED
    )
    best_hour = forms.CharField(label=_("Best hour"), required=False, max_length=60)
    may_say = forms.CharField(
        label=_("What may be said?"),
        required=False,
        max_length=200,
        help_text=_("When somebody else answers. For example: “the clinic asks her to call back”."),
    )

    def __init__(self, *args: Any, people: list[tuple[int, str]] = (), **kwargs: Any) -> None:  # type: ignore[assignment]
        super().__init__(*args, **kwargs)
        self.fields["person"].choices = [("", _("Not in the family")), *people]  # type: ignore[attr-defined]
        self.fields["is_checked"].label = _("I have looked at this warning. The number is right.")


class ReasonForm(forms.Form):
    """Why something is taken back."""

    reason = forms.CharField(label=_("Reason"), max_length=300, widget=forms.Textarea(attrs={"rows": 2}))


class QuestionForm(forms.Form):
    """What the other office should look at."""

    question = forms.CharField(
        label=_("Your question"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Do not write names here. The other office sees its own record and this question."),
    )


class AnswerForm(forms.Form):
    """What one’s own record is, said to the office that asks."""

    answer = forms.ChoiceField(
        label=_("Your answer"),
        choices=OfficeAnswer.choices,
        widget=forms.RadioSelect,
        help_text=_(
            "“Another child” ends the question for both offices. After “Same child” somebody who sees both records "
            "merges them. “We will call you” stays on your list until you answer."
        ),
    )
    text = forms.CharField(
        label=_("How do you know, or when do you call?"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Do not write names of the family here. The other office reads this sentence and your name."),
    )


class DecideForm(forms.Form):
    """Same child, twin or sibling, or another child."""

    decision = forms.ChoiceField(choices=Decision.choices)
    reason = needed(
        forms.CharField(
            label=_("How do you know?"), required=False, max_length=300, widget=forms.Textarea(attrs={"rows": 2})
        ),
        Decision.DIFFERENT.label,
    )
    keep = forms.TypedChoiceField(label=_("Record to keep"), coerce=int, empty_value=None, required=False)

    def __init__(self, *args: Any, sides: tuple[int, int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["keep"].choices = [(number, str(number)) for number in sides]  # type: ignore[attr-defined]
