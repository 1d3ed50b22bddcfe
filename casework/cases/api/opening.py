"""A new case over the API, for a child and a family that are new or known."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from casework.access.policies import Policy
from casework.access.scopes import own_offices
from casework.accounts.models import Office
from casework.cases.models import Case
from casework.cases.opening_forms import CARERS
from casework.cases.opening_rules import OPEN, Beginning, NewHome
from casework.cases.services.opening import open_for_family
from casework.cases.states import CameBy
from casework.people.models import Family, Person
from casework.people.names import guess_script
from casework.people.services.persons import NewName, NewPerson
from casework.people.states import ContactRule, SpokenLanguage
from casework.ui.api.resources import Created
from casework.ui.api.serializers import BirthDateTold, Day, Line, RowField, Text, Told, optional_line

PLAIN = tuple(Beginning.__dataclass_fields__)


def _names() -> serializers.ListField:
    """Names of one person, one in each script."""
    return serializers.ListField(child=Line(max_length=200), max_length=3, required=False, default=list)


class CaseTold(Told):
    """A new case: of the known `child`, or of a new one with `names`; in its family or that of `family_of`, or new."""

    office = RowField(lambda user: Office.objects.filter(pk__in=[office.pk for office in own_offices(user)]))
    programme = Line(max_length=40)
    child = RowField(lambda user: Person.objects.lookup_for(user).current(), required=False)
    family_of = RowField(lambda user: Person.objects.lookup_for(user).current(), required=False)
    names = _names()
    sex = serializers.ChoiceField(choices=Person._meta.get_field("sex").choices or (), default="U")
    birth = BirthDateTold(required=False, allow_null=True, default=None)
    carer_names = _names()
    carer_role = serializers.ChoiceField(choices=CARERS, required=False, allow_blank=True, default="")
    languages = serializers.ListField(
        child=serializers.ChoiceField(choices=SpokenLanguage.choices), max_length=20, required=False, default=list
    )
    phone = optional_line(40)
    phone_rule = serializers.ChoiceField(choices=ContactRule.choices, default=ContactRule.NOT_ASKED)
    address_text = optional_line(300)
    about = Text(max_length=4000, allow_blank=True)
    came_by = serializers.ChoiceField(choices=CameBy.choices)
    next_step = optional_line(200)
    next_step_on = Day()
    notice_language = serializers.ChoiceField(choices=SpokenLanguage.choices)
    notice_on = Day()
    interpreter = optional_line(120)
    received_on = Day(required=False, allow_null=True, default=None)
    example = {
        "office": 1, "programme": "emergency_fund", "names": ["Moo Ler Paw", "မူလာဖော"], "sex": "F",
        "birth": {"on": "2019-05-02", "precision": "exact"}, "carer_names": ["Naw Ku Htoo"], "carer_role": "mother",
        "languages": ["ksw"], "phone": "089 555 1234", "phone_rule": "safe",
        "about": "The father fell at the building site.", "came_by": "walk_in",
        "next_step": "Write down what the family asks the fund for", "next_step_on": "2026-12-01",
        "notice_language": "ksw", "notice_on": "2026-11-30",
    }  # fmt: skip


class Opened(Created):
    """Offers opening a case for a family that comes."""

    create_policy = Policy(action=OPEN)
    create_told = CaseTold

    def made(self, told: dict[str, Any]) -> Case:
        child: Person | NewPerson = told.get("child") or NewPerson(
            names=[NewName(name) for name in told["names"]], sex=told["sex"], birth=BirthDateTold.value(told["birth"]),
            languages=told["languages"],
        )  # fmt: skip
        return open_for_family(
            child=child, home=self._home(told), told=Beginning(**{name: told[name] for name in PLAIN}),
            office=told["office"], **self.by_now,
        )  # fmt: skip

    def _home(self, told: dict[str, Any]) -> Family | NewHome:
        person = told.get("child") or told.get("family_of")
        if person is not None:
            seen = Family.objects.visible_to(self.request.user)
            home = seen.filter(members__person=person, members__until_on__isnull=True).order_by("-pk").first()
            if home is not None:
                return home
        return NewHome(
            carer_names={guess_script(name): name for name in told["carer_names"]},
            languages=tuple(told["languages"]),
            **{name: told[name] for name in ("carer_role", "phone", "phone_rule", "address_text")},
        )
