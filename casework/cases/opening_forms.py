"""The page on which a case is opened: the child, the family, what it is about, what is next, the notice."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from casework.accounts.models import Office
from casework.people.fields import PhoneField, name_fields, names_from
from casework.people.match_features import Features
from casework.people.phones import national_digits
from casework.people.services.persons import UNKNOWN_BIRTH, NewPerson
from casework.people.states import ContactRule, FamilyRole, Sex, SpokenLanguage
from casework.programmes.contributions import Words
from casework.ui.fields import BirthDateField, NameField, PartsDateField

from .forms import LONGEST
from .opening_rules import Beginning, NewHome
from .states import CameBy

BLANK = ("", "")
CARERS = [(role, label) for role, label in FamilyRole.choices if role != FamilyRole.CHILD]


class FindForm(forms.Form):
    """Who it is about: the search that comes first."""

    words = NameField(
        label=_("Name of the child or of who looks after it, phone, paper or case number"),
        max_length=120,
        help_text=_("In any script and spelling. Add a birth year or the mother’s name after a comma to find faster."),
        widget=forms.TextInput(attrs={"autofocus": True}),
    )


class OpeningForm(forms.Form):
    """What is asked when a case is opened. A child or a family that we know is not asked again."""

    marks_required = True

    def __init__(
        self,
        *args: Any,
        programmes: Sequence[tuple[str, Words]],
        offices: Sequence[Office],
        is_child_known: bool = False,
        is_home_known: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields = {
            **({} if is_child_known else _child_fields()),
            **({} if is_home_known else _home_fields()),
            **_work_fields(programmes, offices),
            **_notice_fields(),
        }
        for name, choices in (("office", offices), ("programme", programmes)):
            if len(choices) == 1:
                self.fields[name].widget = forms.HiddenInput()

    def lines(self, *names: str) -> list[forms.BoundField]:
        """Those of these fields that are asked."""
        return [self[name] for name in names if name in self.fields]

    @property
    def child_names(self) -> list[forms.BoundField]:
        return self.lines(*name_fields("child"))

    @property
    def carer_names(self) -> list[forms.BoundField]:
        return self.lines(*name_fields("carer"))

    @property
    def places(self) -> list[forms.BoundField]:
        """Office and programme, hidden where there is only one."""
        return self.lines("office", "programme")

    def clean(self) -> dict[str, Any]:
        """A child that is written down has a name in one script at least."""
        told: dict[str, Any] = super().clean() or self.cleaned_data
        boxes = [name for name in name_fields("child") if name in self.fields]
        if boxes and not any(told.get(name) for name in boxes):
            self.add_error(boxes[0], _("Write the name as the family says it. One script is enough."))
        return told

    def new_child(self) -> NewPerson:
        """The child as it is written down; it speaks what the family speaks."""
        told = self.cleaned_data
        return NewPerson(
            names=names_from(told, "child"), sex=told["sex"], birth=told["birth"], languages=told.get("languages", ())
        )

    def new_home(self) -> NewHome:
        """The family as it is written down."""
        told = self.cleaned_data
        plain = {name: told[name] for name in ("carer_role", "phone", "phone_rule", "address_text")}
        return NewHome(carer_names=names_from(told, "carer"), languages=tuple(told["languages"]), **plain)

    def beginning(self) -> Beginning:
        """What the case begins with."""
        names = Beginning.__dataclass_fields__
        return Beginning(**{name: value for name, value in self.cleaned_data.items() if name in names})


def features_of(told: Mapping[str, Any]) -> Features:
    """What can be compared of a child that is still being typed."""
    birth = told.get("birth") or UNKNOWN_BIRTH
    mother = names_from(told, "carer").values() if told.get("carer_role") == FamilyRole.MOTHER else ()
    return Features.of_names(
        child=names_from(told, "child").values(),
        mother=mother,
        born_on=birth.on,
        precision=birth.precision,
        sex=told.get("sex") or Sex.UNKNOWN,
        phones=frozenset(filter(None, [national_digits(told.get("phone") or "")])),
    )


def _in_script(fields: dict[str, forms.Field]) -> dict[str, forms.Field]:
    for name, field in fields.items():
        field.widget.attrs["lang"] = {"Mymr": "my", "Thai": "th", "Latn": "en"}[name.rpartition("_")[2]]
    return fields


def _child_fields() -> dict[str, forms.Field]:
    sexes = [(Sex.FEMALE, _("Girl")), (Sex.MALE, _("Boy")), (Sex.UNKNOWN, _("Not known yet"))]
    return {
        **_in_script(name_fields("child")),
        "sex": forms.ChoiceField(label=_("Sex"), widget=forms.RadioSelect, choices=sexes, initial=Sex.UNKNOWN),
        "birth": BirthDateField(
            label=_("Date of birth"),
            help_text=_("In either calendar; a year from 2400 on is a Thai year."),
            error_messages={
                "required": _(
                    "Give the date of birth. If it is not known, give the month, the year or an estimated age."
                )
            },
        ),
    }


def _home_fields() -> dict[str, forms.Field]:
    return {
        **_in_script(name_fields("carer")),
        "carer_role": forms.ChoiceField(label=_("Who is it to the child?"), choices=[BLANK, *CARERS], required=False),
        "phone": PhoneField(label=_("Phone"), required=False),
        "phone_rule": forms.TypedChoiceField(
            label=_("May we call?"),
            choices=ContactRule.choices,
            initial=ContactRule.NOT_ASKED,
            required=False,
            empty_value=ContactRule.NOT_ASKED,
        ),
        "languages": forms.MultipleChoiceField(
            label=_("Languages spoken"),
            choices=SpokenLanguage.choices,
            required=False,
            widget=forms.CheckboxSelectMultiple,
        ),
        "address_text": NameField(label=_("Where the family lives"), required=False, max_length=300),
    }


def _work_fields(programmes: Sequence[tuple[str, Words]], offices: Sequence[Office]) -> dict[str, forms.Field]:
    return {
        "about": forms.CharField(
            label=_("What is it about?"),
            max_length=LONGEST,
            widget=forms.Textarea(attrs={"rows": 3}),
            help_text=_("As the family says it. It becomes the first note of the case."),
            error_messages={"required": _("Write in a few words what it is about.")},
        ),
        "came_by": forms.ChoiceField(
            label=_("How did the family come?"),
            choices=[BLANK, *CameBy.choices],
            error_messages={"required": _("Choose how the family came.")},
        ),
        "office": forms.TypedChoiceField(
            label=_("Office"), choices=[(office.pk, office.name_now) for office in offices], coerce=int
        ),
        "programme": forms.ChoiceField(label=_("Which programme works on it?"), choices=list(programmes)),
        "next_step": NameField(
            label=_("What happens next?"), max_length=200, error_messages={"required": _("Write what happens next.")}
        ),
        "next_step_on": PartsDateField(label=_("Until when?")),
    }


def _notice_fields() -> dict[str, forms.Field]:
    return {
        "notice_language": forms.ChoiceField(
            label=_("Language of the notice"),
            choices=[BLANK, *SpokenLanguage.choices],
            error_messages={"required": _("Choose the language in which the family was informed.")},
        ),
        "interpreter": NameField(label=_("Interpreter, if any"), required=False, max_length=120),
        "notice_on": PartsDateField(
            label=_("Date the family was informed"),
            error_messages={"required": _("Give the day on which the family was informed.")},
        ),
        "received_on": PartsDateField(
            label=_("From paper: received on"),
            required=False,
            help_text=_("Only when you type in a paper form. Time limits run from the real dates."),
        ),
    }
