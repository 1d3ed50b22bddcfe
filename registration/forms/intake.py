"""The steps of the birth intake. Field names are flat, so a draft is plain JSON and the fast lane shows all at once."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from casework.people.fields import PhoneField
from casework.people.states import PaperType, Script, Sex, SpokenLanguage
from casework.reference.fields import PlaceField
from casework.reference.models import Facility
from casework.ui.fields import BirthDateField, NameField, PartsDateField, WeightField
from registration import states as s
from registration.models import RegistryOffice

BLANK = ("", "")
YES_NO = (("yes", _("Yes")), ("no", _("No")))
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
NAME_SCRIPTS = (
    (Script.MYANMAR, _("Burmese or Karen script")),
    (Script.LATIN, _("English letters")),
    (Script.THAI, _("Thai letters")),
)
PARENT_PAPERS = (
    ("", _("None, or not asked")),
    *(
        (kind.value, kind.label)
        for kind in (
            PaperType.PINK_CARD,
            PaperType.PASSPORT,
            PaperType.CERTIFICATE_OF_IDENTITY,
            PaperType.TEMP_PASSPORT,
            PaperType.THAI_ID,
            PaperType.NO_STATUS_CARD,
            PaperType.WORK_PERMIT,
            PaperType.MM_CSC,
            PaperType.MM_HOUSEHOLD_LIST,
            PaperType.PROFILE_38_1,
            PaperType.PROFILE_38K,
            PaperType.CAMP_HOUSEHOLD,
            PaperType.BORDER_PASS,
            PaperType.UNHCR,
            PaperType.HOUSE_13,
            PaperType.HOUSE_14,
            PaperType.OTHER,
        )
    ),
)


class Step(forms.Form):
    """One topic of the intake."""

    key = ""
    title: Any = ""
    lead: Any = ""
    groups: tuple[tuple[str, ...], ...] = ()
    """Fields that stand side by side."""

    def rows(self) -> list[list[forms.BoundField]]:
        """The fields in the order of the page; fields of a group share a line."""
        grouped = {names[0]: names for names in self.groups}
        inside = {name for names in self.groups for name in names[1:]}
        return [[self[n] for n in grouped.get(name, (name,))] for name in self.fields if name not in inside]


def name_fields(prefix: str) -> dict[str, forms.Field]:
    """One name box per script; none is required by itself."""
    return {f"{prefix}_name_{script}": NameField(label=label, required=False) for script, label in NAME_SCRIPTS}


class ParentStep(Step):
    """What is known of one parent. Nothing is mandatory but saying so."""

    role = ""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        role = self.role
        own = self.parent_fields(role)
        self.fields = {**self.leading_fields(), **own, **self.trailing_fields()}
        for name, field in self.fields.items():
            if script := name.rpartition("_name_")[2] if "_name_" in name else "":
                field.widget.attrs["lang"] = {"Mymr": "my", "Thai": "th", "Latn": "en"}[script]

    def leading_fields(self) -> dict[str, forms.Field]:
        return {}

    def trailing_fields(self) -> dict[str, forms.Field]:
        return {}

    def parent_fields(self, role: str) -> dict[str, forms.Field]:
        """The same questions for mother and father."""
        return {
            f"{role}_knowledge": forms.ChoiceField(
                label=_("What do we know?"),
                choices=s.Knowledge.choices,
                widget=forms.RadioSelect,
                initial=s.Knowledge.KNOWN,
            ),
            **name_fields(role),
            f"{role}_birth": BirthDateField(label=_("Date of birth"), required=False),
            f"{role}_reason": NameField(
                label=_("If not known or not told: why?"),
                required=False,
                max_length=300,
                help_text=_("A few words, such as “left before the birth”."),
            ),
            f"{role}_paper_type": forms.ChoiceField(label=_("Identity paper"), choices=PARENT_PAPERS, required=False),
            f"{role}_paper_number": NameField(label=_("Number on the paper"), required=False, max_length=40),
            f"{role}_paper_expires": PartsDateField(label=_("Valid until"), required=False),
            f"{role}_paper_seen": forms.BooleanField(label=_("I have seen the original"), required=False),
        }


class MotherStep(ParentStep):
    """Plurality first, then the mother and how to reach the family."""

    key = "mother"
    title = _("The mother")
    lead = _("Write names as the family writes them. One script is enough.")
    role = "mother"
    groups = (
        ("mother_name_Mymr", "mother_name_Latn", "mother_name_Thai"),
        ("mother_paper_type", "mother_paper_number"),
        ("phone", "phone_rule"),
    )

    def leading_fields(self) -> dict[str, forms.Field]:
        return {
            "plurality": forms.ChoiceField(
                label=_("How many babies?"),
                choices=[("1", _("One")), ("2", _("Twins")), ("3", _("Three or more"))],
                widget=forms.RadioSelect,
                initial="1",
            ),
        }

    def trailing_fields(self) -> dict[str, forms.Field]:
        return {
            "phone": PhoneField(label=_("Phone"), required=False),
            "phone_rule": forms.ChoiceField(
                label=_("May we call?"),
                choices=[
                    ("safe", _("Safe to call")),
                    ("careful", _("Say only that the clinic called")),
                    ("do_not", _("Do not contact")),
                ],
                required=False,
            ),
            "address_text": NameField(label=_("Where the family lives"), required=False, max_length=300),
        }


class FatherStep(ParentStep):
    """The father."""

    key = "father"
    title = _("The father")
    lead = _("“Not known” is an answer. It never stops the registration.")
    role = "father"
    groups = (
        ("father_name_Mymr", "father_name_Latn", "father_name_Thai"),
        ("father_paper_type", "father_paper_number"),
    )

    def trailing_fields(self) -> dict[str, forms.Field]:
        return {
            "marriage": forms.ChoiceField(
                label=_("Are the parents married?"), choices=[BLANK, *s.Marriage.choices], required=False
            ),
            "surname_consent": forms.ChoiceField(
                label=_("Shall the child carry the father’s surname?"),
                choices=YES_NO,
                widget=forms.RadioSelect,
                required=False,
            ),
        }


class ChildStep(Step):
    """The child."""

    key = "child"
    title = _("The child")
    lead = _("Leave out what you do not know; you can add it later.")
    groups = (("child_name_Mymr", "child_name_Latn", "child_name_Thai"), ("birth_order", "time"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields = {
            "is_baby_of": forms.BooleanField(
                label=_("No name yet: use “baby of” and the mother’s name"), required=False
            ),
            **name_fields("child"),
            "sex": forms.ChoiceField(
                label=_("Sex at birth"),
                widget=forms.RadioSelect,
                choices=[(Sex.FEMALE, _("Girl")), (Sex.MALE, _("Boy")), (Sex.UNKNOWN, _("Not known yet"))],
            ),
            "birth": BirthDateField(
                label=_("Date of birth"), help_text=_("In either calendar; a year from 2400 on is a Thai year.")
            ),
            "weekday_told": forms.ChoiceField(label=_("Weekday, as the family says"), choices=WEEKDAYS, required=False),
            "birth_order": forms.ChoiceField(
                label=_("Which of the babies is this?"),
                required=False,
                choices=[BLANK, ("1", _("First")), ("2", _("Second")), ("3", _("Third")), ("4", _("Fourth"))],
            ),
            "time": forms.TimeField(label=_("Time of birth"), required=False, input_formats=["%H:%M", "%H.%M", "%H%M"]),
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

    channel = forms.ChoiceField(label=_("How did the family come to us?"), choices=s.Channel.choices)
    place_kind = forms.ChoiceField(
        label=_("Where was the child born?"), choices=s.PlaceKind.choices, widget=forms.RadioSelect
    )
    facility = forms.ModelChoiceField(
        label=_("Which hospital or centre?"), queryset=Facility.objects.none(), required=False
    )
    place = PlaceField(
        label=_("District or sub-district"),
        required=False,
        help_text=_("For a birth at home or on the way. Type a few letters."),
    )
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
    gestation_weeks = forms.IntegerField(label=_("Weeks of pregnancy"), required=False, min_value=0, max_value=60)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["facility"].queryset = Facility.objects.filter(is_active=True)  # type: ignore[attr-defined]


class PapersStep(Step):
    """The first proof of birth, and who will notify where."""

    key = "papers"
    title = _("The papers")
    lead = _("Missing papers never stop you here. The list of what is missing comes next.")
    groups = (("proof_number", "proof_held_by"), ("informant_relation", "informant_name"))

    proof = forms.ChoiceField(label=_("First proof of birth"), choices=s.FirstProof.choices, widget=forms.RadioSelect)
    proof_number = NameField(label=_("Its number"), required=False, max_length=60)
    proof_held_by = forms.ChoiceField(label=_("Where is it?"), choices=[BLANK, *s.HeldBy.choices], required=False)
    proof_issued_on = PartsDateField(label=_("Issued on"), required=False)
    proof_seen = forms.BooleanField(label=_("I have seen the original"), required=False)
    registry_office = forms.ModelChoiceField(
        label=_("Registry office"), queryset=RegistryOffice.objects.none(), required=False
    )
    informant_relation = forms.ChoiceField(
        label=_("Who will notify the birth?"), choices=[BLANK, *s.InformantRelation.choices], required=False
    )
    informant_name = NameField(label=_("Name, if another person"), required=False, max_length=120)
    late_reason = forms.ChoiceField(label=_("If late: why?"), choices=[BLANK, *s.LateReason.choices], required=False)
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

    notice_language = forms.ChoiceField(label=_("Informed in"), choices=[BLANK, *SpokenLanguage.choices])
    interpreter = NameField(label=_("Interpreter, if any"), required=False, max_length=120)
    notice_on = PartsDateField(label=_("On"))
    received_on = PartsDateField(
        label=_("From paper: received on"),
        required=False,
        help_text=_("Only when you type in a paper form. Time limits run from the real dates."),
    )


STEPS: tuple[type[Step], ...] = (MotherStep, FatherStep, ChildStep, BirthStep, PapersStep, NoticeStep)
STEP_BY_KEY = {step.key: step for step in STEPS}
