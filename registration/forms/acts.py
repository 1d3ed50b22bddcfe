"""Forms of the acts on a birth record. They turn text into values; the services decide."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from casework.kernel.refusals import Refusal
from casework.people.states import Sex, SpokenLanguage
from casework.reference.fields import CodeField, NearField
from casework.referrals.models import Referral
from casework.ui.fields import DigitsField, MoneyField, NameField, PartsDateField, needed
from registration import states as s
from registration.certificate_states import CounterLineKey, DifferenceOn
from registration.forms.intake import NoticeStep
from registration.models import RegistryOffice
from registration.open_lists import BLOCKS, LATE_REASONS, RETURN_REASONS

BLANK = ("", "")
MOST_BAHT = Decimal("999999.99")


class TrackForm(forms.Form):
    """Confirm the way of registration."""

    track = forms.ChoiceField(
        label=_("Way of registration"),
        widget=forms.RadioSelect,
        choices=[(value, label) for value, label in s.Track.choices if value != s.Track.UNCLEAR],
    )
    reason = needed(
        NameField(label=_("Why another way than the proposed one?"), required=False, max_length=300), _("another way")
    )


class InformedTrackForm(TrackForm):
    """The same of a family that nobody has informed yet, such as one from an old register."""

    notice_language = NoticeStep.base_fields["notice_language"]
    interpreter = NoticeStep.base_fields["interpreter"]
    notice_on = NoticeStep.base_fields["notice_on"]
    field_order = ("notice_language", "interpreter", "notice_on")


class ItemForm(forms.Form):
    """Where one paper stands."""

    state = forms.ChoiceField(
        label=_("State"),
        choices=[
            (v, label) for v, label in s.ItemState.choices if v not in (s.ItemState.WAIVED, s.ItemState.SUBMITTED)
        ],
    )
    block = needed(
        CodeField(BLOCKS, label=_("What stops it?"), required=False),
        s.ItemState.IMPOSSIBLE.label,
    )
    responsible = forms.ChoiceField(label=_("Who gets it?"), choices=s.Responsible.choices)
    due_on = PartsDateField(
        label=_("Until when?"), required=False, help_text=_("Left empty, until the day of the time limit.")
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, present: str = "", must_be_there: bool = False, **kwargs: Any) -> None:
        """`present` is where the paper stands now: it can stay there. One that must be there cannot be missing."""
        super().__init__(*args, **kwargs)
        offered = self.fields["state"].choices  # type: ignore[attr-defined]
        if must_be_there:
            offered = [choice for choice in offered if choice[0] != s.ItemState.IMPOSSIBLE]
            self.fields["state"].choices = offered  # type: ignore[attr-defined]
            del self.fields["block"].needed_for  # type: ignore[attr-defined]
        if present and present not in dict(offered):
            self.fields["state"].choices = [(present, s.ItemState(present).label), *offered]  # type: ignore[attr-defined]


class WaiveForm(forms.Form):
    """A supervisor lets the registration go on without a paper."""

    reason = NameField(label=_("Why can it go on without this paper?"), max_length=300, required=False)


class AskWaiverForm(forms.Form):
    """A caseworker asks to go on without a paper."""

    why = needed(NameField(label=_("Why can it not be had?"), max_length=300, required=False))


class DeclineWaiverForm(forms.Form):
    """A supervisor needs the paper all the same."""

    why = needed(NameField(label=_("Why is the paper needed all the same?"), max_length=300, required=False))


class OfficeForm(forms.Form):
    """Which office, and why late."""

    registry_office = NearField(label=_("Registry office"), queryset=RegistryOffice.objects.none())

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["registry_office"].queryset = RegistryOffice.objects.filter(is_active=True)  # type: ignore[attr-defined]


class LateForm(forms.Form):
    """Why the registration is late."""

    late_reason = CodeField(LATE_REASONS, label=_("Why late?"))
    late_text = NameField(label=_("In a few words"), required=False, max_length=300)


class CostField(MoneyField):
    """What an office takes for an act; never millions."""

    def read(self, text: str) -> Decimal:
        amount = super().read(text)
        if amount > MOST_BAHT:
            raise Refusal("E-MONEY-4", "", _("The amount is too large. Check the number."))
        return amount


class DayAndCostsForm(forms.Form):
    """When the family comes to the office again, and what it has to pay."""

    appointment_on = PartsDateField(label=_("Come back on"), required=False)
    fine_baht = CostField(label=_("Fine"), required=False)
    other_cost_baht = CostField(label=_("Other costs"), required=False)

    def asked(self) -> dict[str, Any]:
        """The day and the amounts as the services take them."""
        return {name: self.cleaned_data[name] for name in DayAndCostsForm.base_fields}


class VisitForm(DayAndCostsForm, OfficeForm):
    """A visit to the registry office with the papers."""

    submitted_on = PartsDateField(label=_("Submitted on"))
    by = forms.ChoiceField(label=_("Who went?"), choices=s.SubmittedBy.choices, widget=forms.RadioSelect)
    receipt_no = NameField(label=_("Receipt number"), required=False, max_length=60)
    officer = NameField(label=_("Officer"), required=False, max_length=120)
    accompanied = forms.BooleanField(label=_("I went along"), required=False)
    field_order = ["registry_office", "submitted_on", "by", "receipt_no", "officer", "accompanied"]


class ResultForm(DayAndCostsForm):
    """What the office said."""

    result = forms.ChoiceField(
        label=_("What did the office say?"), widget=forms.RadioSelect,
        choices=[
            (s.Result.PENDING, _("No answer yet")),
            *((v, v.label) for v in (s.Result.INQUIRY, s.Result.RETURNED, s.Result.REFUSED)),
            (s.Result.WITHDRAWN, _("The family took its papers back")),
        ],
    )  # fmt: skip
    result_on = PartsDateField(label=_("On"))
    return_reason = needed(
        CodeField(RETURN_REASONS, label=_("Why returned or refused?"), required=False),
        s.Result.RETURNED.label,
        s.Result.REFUSED.label,
    )
    result_text = needed(
        NameField(label=_("In the office’s words"), required=False, max_length=300), s.Result.REFUSED.label
    )
    field_order = ["result", "result_on", "return_reason", "result_text"]


class InquiryForm(forms.Form):
    """A step of the inquiry."""

    kind = forms.ChoiceField(label=_("What?"), choices=s.InquiryKind.choices)
    planned_on = PartsDateField(label=_("Planned on"), required=False)
    cost_baht = CostField(label=_("Cost"), required=False)
    paid_by = NameField(label=_("Paid by"), required=False, max_length=60)


class InquiryDoneForm(forms.Form):
    """How a step went."""

    done_on = PartsDateField(label=_("Done on"))
    outcome = NameField(label=_("Outcome"), required=False, max_length=300)


class OutcomeForm(forms.Form):
    """The certificate as it is written."""

    registered_on = PartsDateField(label=_("Registered on"))
    form = forms.ChoiceField(label=_("Form of the certificate"), choices=[BLANK, *s.CertificateForm.choices])
    certificate_no = NameField(label=_("Certificate number"), required=False, max_length=60)
    child_number = DigitsField(label=_("13-digit number"), required=False, help_text=_("With its leading zeros."))
    name_th = NameField(label=_("Child’s name on the certificate"), required=False)
    born_on = PartsDateField(label=_("Birth date on the certificate"), required=False)
    sex = forms.ChoiceField(
        label=_("Sex on the certificate"),
        choices=[BLANK, (Sex.FEMALE, _("Girl")), (Sex.MALE, _("Boy"))],
        required=False,
    )
    mother = NameField(label=_("Mother on the certificate"), required=False)
    father = NameField(label=_("Father on the certificate"), required=False)
    nationality = NameField(label=_("Nationality on the certificate"), required=False, max_length=60)
    register = forms.ChoiceField(label=_("Entered in"), choices=[BLANK, *s.Register.choices], required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name_th"].widget.attrs["lang"] = "th"


class DifferenceForm(forms.Form):
    """Two papers disagree, seen by somebody."""

    field = needed(
        forms.ChoiceField(label=_("What differs?"), choices=[BLANK, *CounterLineKey.choices], required=False)
    )
    right = needed(NameField(label=_("What is right"), required=False, max_length=200))
    on = needed(forms.ChoiceField(label=_("On which paper?"), choices=[BLANK, *DifferenceOn.choices], required=False))
    written = needed(NameField(label=_("What is written there"), required=False, max_length=200))


class SettleForm(forms.Form):
    """What happens with a difference."""

    state = forms.ChoiceField(
        label=_("What happens?"), widget=forms.RadioSelect,
        choices=[(v, label) for v, label in s.DiscrepancyState.choices if v != s.DiscrepancyState.OPEN],
    )  # fmt: skip
    text = needed(
        NameField(label=_("In a few words"), required=False, max_length=300), s.DiscrepancyState.ACCEPTED.label
    )


class HandoverForm(forms.Form):
    """Who received the certificate."""

    handed_over_relation = needed(
        forms.ChoiceField(label=_("Who receives it?"), choices=[BLANK, *s.InformantRelation.choices], required=False)
    )
    handed_over_to = needed(NameField(label=_("Name"), required=False, max_length=120))
    handed_over_sign = needed(
        forms.ChoiceField(
            label=_("Signed with"),
            widget=forms.RadioSelect,
            required=False,
            choices=[("signature", _("Signature")), ("thumb", _("Thumb print"))],
        )
    )
    handed_over_on = PartsDateField(label=_("On"))
    told = needed(
        NameField(label=_("What you told the family about it, or why it stays"), required=False, max_length=300)
    )

    def __init__(self, *args: Any, known: Mapping[str, str], is_wrong: bool = False, **kwargs: Any) -> None:
        """`known` has the names of the parents by their role: left empty, the name is the one of who receives it."""
        super().__init__(*args, **kwargs)
        self.known = known
        if known:
            names = ", ".join(known.values())
            name = needed(self.fields["handed_over_to"], _("somebody else"))
            name.help_text = _("Leave it empty for %(names)s.") % {"names": names}
        if not is_wrong:
            del self.fields["told"]

    def clean_handed_over_to(self) -> str:
        return self.cleaned_data["handed_over_to"] or self.known.get(
            self.cleaned_data.get("handed_over_relation", ""), ""
        )

    def handed(self) -> dict[str, Any]:
        """To whom, how and when they signed, and what was told, as the services of a handover take it."""
        handed = {name: self.cleaned_data[f"handed_over_{name}"] for name in ("to", "relation", "sign", "on")}
        return {**handed, "told": self.cleaned_data.get("told", "")}


class ReferralField(forms.ModelChoiceField):
    """A referral by its service and where it stands."""

    def label_from_instance(self, obj: Referral) -> str:
        return f"{obj.service or obj.get_kind_display()} · {obj.get_state_display()}"


class FollowUpForm(forms.Form):
    """The family's answer about a public service."""

    answer = forms.ChoiceField(
        label=_("Answer"), widget=forms.RadioSelect,
        choices=[(v, label) for v, label in s.FollowUpAnswer.choices if v != s.FollowUpAnswer.OPEN],
    )  # fmt: skip
    referral = ReferralField(label=_("With which referral?"), queryset=Referral.objects.none(), required=False)
    note_text = NameField(label=_("Note"), required=False, max_length=200)

    def __init__(self, *args: Any, referrals: QuerySet[Referral], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["referral"].queryset = referrals  # type: ignore[attr-defined]
        if not referrals:
            self.fields["referral"].help_text = _("No service was asked yet. Use “Refer to a service” on the record.")


class ConsularForm(forms.Form):
    """The talk about registration with the family's own state, and what came of it."""

    offered_on = PartsDateField(label=_("Talked about on"))
    risk_discussed = forms.BooleanField(label=_("The risk was talked about"), required=False)
    decision = forms.ChoiceField(
        label=_("What does the family want?"), widget=forms.RadioSelect, choices=s.ConsularDecision.choices
    )
    applied_on = PartsDateField(label=_("Applied on"), required=False, help_text=_("Once the family did, after a yes."))
    result = NameField(label=_("What came of it"), required=False, max_length=200)


class WitnessForm(forms.Form):
    """Somebody who can say something."""

    name = needed(NameField(label=_("Name"), max_length=120, required=False))
    kinds = needed(
        forms.MultipleChoiceField(
            label=_("What can they say?"),
            choices=s.WitnessKind.choices,
            widget=forms.CheckboxSelectMultiple,
            required=False,
        )
    )
    relation = NameField(label=_("Relation to the family"), required=False, max_length=60)
    contact = NameField(label=_("How to reach them"), required=False, max_length=120)
    is_willing = forms.BooleanField(label=_("Willing to say it"), required=False, initial=True)
    statement_on = PartsDateField(label=_("Statement given on"), required=False)


class LetterForm(forms.Form):
    """The family's letter of assignment."""

    giver = NameField(label=_("Given by"), max_length=120)
    receiver = NameField(label=_("Given to"), max_length=120)
    scope = NameField(label=_("For what"), max_length=300)
    language_explained = forms.ChoiceField(label=_("Explained in"), choices=SpokenLanguage.choices)
    signed_on = PartsDateField(label=_("Signed on"), required=False)
    valid_until = PartsDateField(label=_("Valid until"), required=False)
    giver_id_copy = forms.BooleanField(label=_("A copy of the giver’s paper is attached"), required=False)


class EndLetterForm(forms.Form):
    """The family took its letter back."""

    revoked_on = PartsDateField(label=_("Ended on"))


class ReasonForm(forms.Form):
    """A reason."""

    reason = NameField(label=_("Reason"), max_length=300, required=False)


class SuspendForm(forms.Form):
    """Reminders stop, deadlines go on."""

    suspension = forms.ChoiceField(label=_("Now"), choices=s.Suspension.choices, widget=forms.RadioSelect)
    reason = NameField(label=_("Reason"), max_length=300, required=False)
