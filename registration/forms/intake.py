"""The steps of the birth intake. Field names are flat, so a draft is plain JSON and the fast lane shows all at once."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from casework.people.fields import name_fields
from casework.people.states import Sex, SpokenLanguage
from casework.reference.fields import CodeField, NearField, PlaceField
from casework.reference.models import Facility
from casework.ui.fields import (
    BirthDateField,
    NameField,
    PartsDateField,
    TimeOfDayField,
    WeightField,
    WholeNumberField,
    needed,
)
from registration import states as s
from registration.forms.lines import BLANK, Step, asked, those
from registration.forms.parents import FatherStep, MotherStep
from registration.models import RegistryOffice
from registration.open_lists import CHANNELS, LATE_REASONS

WEEKDAYS = (
    BLANK,
    ("0", _("Monday")),
    ("1", _("Tuesday")),
    ("2", _("Wednesday")),
    ("3", _("Thursday")),
    ("4", _("Friday")),
    ("5", _("Saturday")),
    ("6", _("Sunday")),
)


class ChildStep(Step):
    """The child."""

    key = "child"
    title = _("The child")
    lead = _("Leave out what you do not know; you can add it later.")
    groups = (("child_name_Mymr", "child_name_Latn", "child_name_Thai"), ("time", "weight_g"))
    legends: Mapping[str, Any] = {"child_name_Mymr": _("Child’s name")}
    shown_by: Mapping[str, str] = {"birth_order": "plurality=2 3"}
    rare = frozenset({"is_baby_of", "weekday_told"})

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields = {
            "is_baby_of": forms.BooleanField(
                label=_("No name yet: use “baby of” and the mother’s name"), required=False
            ),
            **name_fields("child"),
            "sex": forms.ChoiceField(
                label=_("Sex at birth"),
                error_messages=asked(_("Choose the child’s sex, or “Not known yet”.")),
                widget=forms.RadioSelect,
                choices=[(Sex.FEMALE, _("Girl")), (Sex.MALE, _("Boy")), (Sex.UNKNOWN, _("Not known yet"))],
            ),
            "birth": BirthDateField(
                label=_("Date of birth"),
                help_text=_("In either calendar; a year from 2400 on is a Thai year."),
                error_messages=asked(
                    _("Give the date of birth. If it is not known, give the month, the year or an estimated age.")
                ),
            ),
            "weekday_told": forms.ChoiceField(label=_("Weekday, as the family says"), choices=WEEKDAYS, required=False),
            "birth_order": needed(
                forms.ChoiceField(
                    label=_("Which of the babies is this?"),
                    required=False,
                    choices=[BLANK, ("1", _("First")), ("2", _("Second")), ("3", _("Third")), ("4", _("Fourth"))],
                )
            ),
            "time": TimeOfDayField(label=_("Time of birth"), required=False),
            "weight_g": WeightField(label=_("Weight at birth"), required=False),
        }
        languages = {"Mymr": "my", "Thai": "th", "Latn": "en"}
        for script, code in languages.items():
            self.fields[f"child_name_{script}"].widget.attrs["lang"] = code


class BirthStep(Step):
    """Where and how the child was born."""

    key = "birth"
    title = _("The birth")
    lead = _("Where the child was born decides which office registers it.")
    groups = (("hospital_no_child", "hospital_no_mother"),)
    shown_by: Mapping[str, str] = {
        "facility": "place_kind=hospital health_centre ngo_clinic",
        "hospital_no_child": "place_kind=hospital health_centre ngo_clinic",
        "place": "place_kind=home on_the_way camp other_in_thailand",
        "place_text": "place_kind=home on_the_way camp other_in_thailand abroad unknown",
        "is_place_unknown": "place_kind=home on_the_way",
        "country": "place_kind=abroad unknown",
        "attendant": "place_kind=home on_the_way camp other_in_thailand abroad unknown",
    }
    rare = frozenset({"channel", "gestation_weeks"})

    channel = CodeField(
        CHANNELS,
        label=_("How did the family come to us?"),
        error_messages=asked(_("Choose how the family came to us.")),
    )
    place_kind = forms.ChoiceField(
        label=_("Where was the child born?"),
        choices=s.PlaceKind.choices,
        widget=forms.RadioSelect,
        error_messages=asked(_("Choose where the child was born, or “not known”.")),
    )
    facility = NearField(label=_("Which hospital, centre or clinic?"), queryset=Facility.objects.none(), required=False)
    place = PlaceField(
        label=_("District or sub-district"),
        required=False,
        help_text=_("For a birth at home or on the way. Type a few letters."),
    )
    is_place_unknown = forms.BooleanField(label=_("The district is not known"), required=False)
    place_text = NameField(label=_("Village or address"), required=False)
    country = forms.ChoiceField(
        label=_("Country"),
        choices=[
            ("TH", _("Thailand")),
            ("MM", _("Myanmar")),
            ("LA", _("Laos")),
            ("KH", _("Cambodia")),
            ("XX", _("Another country")),
        ],
        required=False,
    )
    attendant = forms.ChoiceField(
        label=_("Who helped at the birth?"), choices=[BLANK, *s.Attendant.choices], required=False
    )
    hospital_no_child = NameField(label=_("Hospital number, child"), required=False, max_length=20)
    hospital_no_mother = NameField(label=_("Hospital number, mother"), required=False, max_length=20)
    gestation_weeks = WholeNumberField(label=_("Weeks of pregnancy"), required=False, min_value=0, max_value=60)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["facility"].queryset = Facility.objects.filter(is_active=True)  # type: ignore[attr-defined]


class PapersStep(Step):
    """The first proof of birth, and who will notify where."""

    key = "papers"
    title = _("The papers")
    lead = _("Missing papers never stop you here. The list of what is missing comes next.")
    groups = (("proof_number", "proof_held_by"),)
    shown_by: Mapping[str, str] = {
        **dict.fromkeys(
            ("proof_number", "proof_issued_on", "proof_seen"), those("proof", s.FirstProof, without={s.FirstProof.NONE})
        ),
        "informant_name": those(
            "informant_relation", s.InformantRelation, without={s.InformantRelation.MOTHER, s.InformantRelation.FATHER}
        ),
        "wanted": "is_already_registered=on",
    }  # fmt: skip
    rare = frozenset({"proof_issued_on", "late_reason", "is_already_registered", "wanted", "is_in_care"})

    proof = forms.ChoiceField(
        label=_("First proof of birth"),
        choices=s.FirstProof.choices,
        widget=forms.RadioSelect,
        error_messages=asked(_("Choose the first proof of birth, or that there is none.")),
    )
    proof_number = NameField(label=_("Its number"), required=False, max_length=60)
    proof_held_by = forms.ChoiceField(label=_("Where is it?"), choices=[BLANK, *s.HeldBy.choices], required=False)
    proof_issued_on = PartsDateField(label=_("Issued on"), required=False)
    proof_seen = forms.BooleanField(label=_("I have seen the original"), required=False)
    registry_office = NearField(label=_("Registry office"), queryset=RegistryOffice.objects.none(), required=False)
    informant_relation = forms.ChoiceField(
        label=_("Who will notify the birth?"), choices=[BLANK, *s.InformantRelation.choices], required=False
    )
    informant_name = NameField(label=_("Name, if another person"), required=False, max_length=120)
    late_reason = CodeField(LATE_REASONS, label=_("If late: why?"), required=False)
    is_already_registered = forms.BooleanField(label=_("The family has, or had, a birth certificate"), required=False)
    wanted = NameField(label=_("What does the family want then?"), required=False, max_length=300)
    is_in_care = forms.BooleanField(label=_("The child is in the care of an agency"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["registry_office"].queryset = RegistryOffice.objects.filter(is_active=True)  # type: ignore[attr-defined]


class NoticeStep(Step):
    """The family is informed, before anything is kept as a case."""

    key = "notice"
    title = _("Inform the family")
    lead = _("Say who we are, what we write down, why, and that the help is free. They need not agree to sharing.")
    groups = (("notice_language", "interpreter"),)
    marks_required = True
    rare = frozenset({"received_on"})

    notice_language = forms.ChoiceField(
        label=_("Language of the notice"),
        choices=[BLANK, *SpokenLanguage.choices],
        error_messages=asked(_("Choose the language in which the family was informed.")),
    )
    interpreter = NameField(label=_("Interpreter, if any"), required=False, max_length=120)
    notice_on = PartsDateField(
        label=_("Date the family was informed"),
        error_messages=asked(_("Give the day on which the family was informed.")),
    )
    received_on = PartsDateField(
        label=_("From paper: received on"),
        required=False,
        help_text=_("Only when you type in a paper form. Time limits run from the real dates."),
    )


STEPS: tuple[type[Step], ...] = (MotherStep, FatherStep, ChildStep, BirthStep, PapersStep, NoticeStep)
STEP_BY_KEY = {step.key: step for step in STEPS}
