"""The steps of the mother and the father."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from casework.people.fields import PhoneField, name_fields
from casework.people.models import Person
from casework.people.states import PaperType
from casework.ui.fields import BirthDateField, NameField, PartsDateField, needed
from registration import states as s
from registration.forms.lines import BLANK, YES_NO, Step, asked, those
from registration.rules.validations import SAY_WHAT_IS_KNOWN

NO_PAPER = "none"
PARENT_PAPERS = (
    ("", _("Not asked")),
    (NO_PAPER, _("Has none")),
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


class ParentStep(Step):
    """What is known of one parent. Nothing is mandatory but saying so."""

    role = ""
    name_legend: Any = ""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        role = self.role
        asked = f"{role}_knowledge"
        self.shown_by = {
            f"{role}_reason": those(asked, s.Knowledge, without=s.WITHOUT_REASON),
            **dict.fromkeys(
                (
                    f"{role}_person", f"{role}_name_Mymr", f"{role}_birth", f"{role}_nationality", f"{role}_status",
                    f"{role}_paper_type",
                ),
                those(asked, s.Knowledge, only=s.WITH_PERSON),
            ),
            **dict.fromkeys((f"{role}_paper_expires", f"{role}_paper_seen"), those(f"{role}_paper_type", PaperType)),
        }  # fmt: skip
        self.legends = {f"{role}_name_Mymr": self.name_legend}
        self.needs_one = dict.fromkeys(self.legends, f"{asked}={s.Knowledge.KNOWN.value}")
        own = self.parent_fields(role)
        self.fields = {**self.leading_fields(), **own, **self.trailing_fields()}
        for name, field in self.fields.items():
            if script := name.rpartition("_name_")[2] if "_name_" in name else "":
                field.widget.attrs["lang"] = {"Mymr": "my", "Thai": "th", "Latn": "en"}[script]

    def leading_fields(self) -> dict[str, forms.Field]:
        return {}

    def trailing_fields(self) -> dict[str, forms.Field]:
        return {}

    def clean(self) -> dict[str, Any]:
        """A number belongs to a paper."""
        told: dict[str, Any] = super().clean() or self.cleaned_data
        if told.get(f"{self.role}_paper_number") and told.get(f"{self.role}_paper_type") in ("", NO_PAPER):
            self.add_error(
                f"{self.role}_paper_type", _("Choose the paper that has this number, or take the number out.")
            )
        return told

    def parent_fields(self, role: str) -> dict[str, forms.Field]:
        """The same questions for mother and father."""
        return {
            f"{role}_knowledge": forms.ChoiceField(
                label=_("What do we know?"),
                choices=s.Knowledge.choices,
                widget=forms.RadioSelect,
                initial=s.Knowledge.KNOWN,
                error_messages=asked(SAY_WHAT_IS_KNOWN[s.ParentRole(role)]),
            ),
            **name_fields(role),
            f"{role}_birth": BirthDateField(label=_("Date of birth"), required=False),
            f"{role}_nationality": forms.ChoiceField(
                label=_("Nationality, as told"), choices=[("", _("Not asked")), *s.Nationality.choices], required=False
            ),
            f"{role}_status": forms.ChoiceField(
                label=_("Status in Thailand, as told"),
                choices=[("", _("Not asked")), *s.ParentStatus.choices],
                required=False,
                help_text=_("It stands on no paper and in no file."),
            ),
            f"{role}_reason": needed(
                NameField(
                    label=_("If not known or not told: why?"),
                    required=False,
                    max_length=300,
                    help_text=_("A few words, such as “left before the birth”."),
                )
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
    lead = _("Leave out what you do not know; you can add it later.")
    role = "mother"
    name_legend = _("Mother’s name")
    groups = (
        ("mother_name_Mymr", "mother_name_Latn", "mother_name_Thai"),
        ("mother_paper_type", "mother_paper_number"),
        ("phone", "phone_rule"),
    )
    rare = frozenset({"mother_knowledge", "mother_nationality", "mother_status", "address_text"})

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
                    ("", _("Not asked")),
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
    name_legend = _("Father’s name")
    groups = (
        ("father_name_Mymr", "father_name_Latn", "father_name_Thai"),
        ("father_paper_type", "father_paper_number"),
    )
    rare = frozenset({"father_knowledge", "father_nationality", "father_status", "marriage", "surname_consent"})

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        of_known = those("father_knowledge", s.Knowledge, only=s.WITH_PERSON)
        self.shown_by = {**self.shown_by, **dict.fromkeys(("marriage", "surname_consent"), of_known)}

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


class ParentOfRecord(ParentStep):
    """What is known by now of a parent of a record. Who is a person already is changed on the person's own page."""

    def __init__(self, *args: Any, is_person: bool, family: Sequence[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        role = self.role
        if is_person:
            of_person = (f"{role}_person", f"{role}_name_", f"{role}_birth", f"{role}_paper_")
            self.fields = {name: field for name, field in self.fields.items() if not name.startswith(of_person)}
            known = [(value, label) for value, label in s.Knowledge.choices if value in s.WITH_PERSON]
            self.fields[f"{role}_knowledge"].choices = known  # type: ignore[attr-defined]
        elif family:
            choices = [BLANK, *((person.pk, person.name) for person in family)]
            self.fields[f"{role}_person"].choices = choices  # type: ignore[attr-defined]
        else:
            del self.fields[f"{role}_person"]

    def parent_fields(self, role: str) -> dict[str, forms.Field]:
        """The questions of the intake, and before the name whether it is somebody whom we know already."""
        own = super().parent_fields(role)
        person = forms.TypedChoiceField(
            label=_("Somebody of the family"),
            coerce=int,
            empty_value=None,
            required=False,
            help_text=_("Or write the name of somebody new."),
        )
        return {f"{role}_knowledge": own.pop(f"{role}_knowledge"), f"{role}_person": person, **own}

    def clean(self) -> dict[str, Any]:
        """It is somebody of the family, or somebody new."""
        told = super().clean()
        is_named = any(told.get(name) for name in name_fields(self.role))
        if told.get(f"{self.role}_person") and is_named:
            self.add_error(f"{self.role}_person", _("Choose somebody, or write a name: not both."))
        return told


class MotherOfRecord(ParentOfRecord, MotherStep):
    """The mother, without what is asked once of the whole family."""

    def leading_fields(self) -> dict[str, forms.Field]:
        return {}

    def trailing_fields(self) -> dict[str, forms.Field]:
        return {}


class FatherOfRecord(ParentOfRecord, FatherStep):
    """The father."""


OF_RECORD: dict[s.ParentRole, type[ParentOfRecord]] = {
    s.ParentRole.MOTHER: MotherOfRecord,
    s.ParentRole.FATHER: FatherOfRecord,
}
