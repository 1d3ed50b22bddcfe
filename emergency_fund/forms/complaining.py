"""Forms of complaints: what the family says, what it is answered, when it was told."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from casework.accounts.models import User
from casework.people.models import FamilyMember, Person
from casework.ui.fields import PartsDateField
from emergency_fund.after_states import ComplaintKind
from emergency_fund.queries.family import choices_of
from emergency_fund.states import Channel

BLANK = ("", "")


class ComplaintForm(forms.Form):
    """What the family says."""

    kind = forms.ChoiceField(
        label=_("What is it about?"), choices=ComplaintKind.choices, widget=forms.RadioSelect,
        help_text=_("What is said of us goes to the programme manager only. You do not see it again."),
    )  # fmt: skip
    about = forms.ModelChoiceField(
        label=_("About whom?"), queryset=User.objects.none(), required=False,
        help_text=_("If it is about one of us. That person will not see it."),
    )  # fmt: skip
    what = forms.CharField(
        label=_("What happened?"), max_length=4000, widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("Who answers reads this. No names of the family."),
    )  # fmt: skip
    told_by = forms.ChoiceField(label=_("Who complains"))
    channel = forms.ChoiceField(label=_("How they told us"), choices=[BLANK, *Channel.choices])
    told_on = PartsDateField(label=_("Told on"))

    def __init__(self, *args: Any, members: Sequence[FamilyMember], is_named: bool, staff: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.members = {str(member.person_id): member for member in members}
        named = choices_of(members, is_named=is_named)
        self.fields["told_by"].choices = [BLANK, *named]  # type: ignore[attr-defined]
        self.fields["about"].queryset = staff  # type: ignore[attr-defined]

    @property
    def teller(self) -> Person:
        """Who complains."""
        return self.members[self.cleaned_data["told_by"]].person

    @property
    def relation(self) -> str:
        """How they belong to the child: the code of their role in the family."""
        return self.members[self.cleaned_data["told_by"]].role


class AnswerForm(forms.Form):
    """What came of it."""

    answer = forms.CharField(
        label=_("What is the family told?"), max_length=4000, widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("In plain words: what was found, and what changes."),
    )  # fmt: skip


class ToldForm(forms.Form):
    """When the family was told."""

    told_on = PartsDateField(label=_("The family was told on"))
