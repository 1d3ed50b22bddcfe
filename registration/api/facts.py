"""The facts of a birth and what is known of its parents, changed until the papers are at the office."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django.utils.translation import gettext as _
from rest_framework import serializers

from casework.people.models import Person
from casework.ui.api.resources import Resource, act
from casework.ui.api.serializers import BirthDateTold, Line, Partly, RowField
from registration.models import ParentLink
from registration.queries.facts import facts_of
from registration.queries.parents import who_may_be
from registration.rules.facts import BirthFacts, ParentFacts
from registration.services.editing import KEPT, change_facts
from registration.services.parents import change_parent
from registration.states import FACILITY_PLACES

from .base import EDIT, NUMBER
from .told import MOST_CODES, BirthTold, NamesTold, ParentTold, names_of

OF_THE_CHILD = ("names", "birth", "sex")
OF_THE_PLACE = ("facility", "place", "is_place_unknown", "registry_office")
COLUMNS = tuple(name for name in BirthTold.Meta.columns if name not in KEPT)


class FactsTold(Partly, BirthTold):
    """Facts of child, birth and papers; what is left out stays. `names` are all that the child has from now on."""

    example = {"names": NamesTold.example, "weight_g": 3050, "acknowledged": []}
    more_examples: dict[str, Any] = {}

    class Meta(BirthTold.Meta):
        fields = (*OF_THE_CHILD, *OF_THE_PLACE, *COLUMNS, "acknowledged")

    @staticmethod
    def over(stored: BirthFacts, told: Mapping[str, Any]) -> BirthFacts:
        """What is stored, with what was told written over it."""
        changed = {name: told[name] for name in ("sex", "is_place_unknown", *COLUMNS) if name in told}
        if "names" in told:
            changed["names"] = names_of(told["names"])
        if "birth" in told:
            changed["birth"] = BirthDateTold.value(told["birth"])
        if "place" in told:
            changed = {"is_place_unknown": stored.is_place_unknown and not told["place"], **changed}
            changed["place_code"] = told["place"]
        for name in ("facility", "registry_office"):
            if name in told:
                changed[f"{name}_id"] = told[name].pk if told[name] else None
        if told.get("facility"):
            changed["is_certifying"] = told["facility"].issues_first_proof
        facts = replace(stored, **changed)
        return facts if facts.place_kind in FACILITY_PLACES else replace(facts, facility_id=None)


OF_A_PERSON = ("person", "names", "birth", "papers", "has_paper")
"""What is asked of a parent who is nobody yet; of a person it stands on the person's own record."""
OF_THE_LINK = ("knowledge", "reason", "nationality_claimed", "status_group", "marriage", "surname_consent")


class ParentChange(Partly, ParentTold):
    """What is known of a parent by now; what is left out stays.

    Who is nobody yet becomes `person` of the family, or somebody new with `names`, `birth` and `papers`.
    """

    acknowledged = serializers.ListField(child=Line(max_length=20), max_length=MOST_CODES)
    person = RowField(lambda user: Person.objects.visible_to(user), allow_null=True)
    example = {"knowledge": "known", "names": {"Latn": "Saw Htoo"}, "marriage": "customary", "surname_consent": True}

    class Meta(ParentTold.Meta):
        fields = (*OF_THE_LINK, *OF_A_PERSON, "acknowledged")

    @staticmethod
    def over(link: ParentLink, told: Mapping[str, Any]) -> ParentFacts:
        """What is stored of the parent, with what was told written over it."""
        kept = {name: getattr(link, name) for name in OF_THE_LINK}
        return ParentTold.facts(link.role, kept | {"has_paper": link.has_paper} | dict(told))


def _refuse_mixed_up(link: ParentLink, told: Mapping[str, Any], user: Any) -> None:
    """A parent is a person already, somebody of the family, or somebody new."""
    if link.person_id is not None:
        for name in (name for name in OF_A_PERSON if name in told):
            sentence = _("This parent is a person already. Change it on the person’s own record.")
            raise serializers.ValidationError({name: sentence}, code="E-FIELD-2")
    person = told.get("person")
    if person is not None and names_of(told.get("names")):
        sentence = _("Choose somebody, or write a name: not both.")
        raise serializers.ValidationError({"person": sentence}, code="E-FIELD-2")
    if person is not None and person not in who_may_be(link, user):
        raise serializers.ValidationError({"person": _("There is no such record.")}, code="E-CHOICE-1")


class Facts(Resource):
    """Facts of a birth that is not yet at the office."""

    @act("change-facts", policy=EDIT, told=FactsTold)
    def change_facts(self, values: dict[str, Any]) -> None:
        """Change child, birth and papers, until these are at the office; a ready record goes back to gathering."""
        acknowledged, birth = values.pop("acknowledged", ()), self.row
        facts = FactsTold.over(facts_of(birth), values)
        change_facts(birth=birth, facts=facts, acknowledged=acknowledged, **self.at_once)

    @act(rf"parents/(?P<parent>{NUMBER})/change", policy=EDIT, told=ParentChange)
    def change_parent(self, values: dict[str, Any], parent: str) -> None:
        """Write down what is known of a parent now: who came, who is gone, who agrees to the surname."""
        link, acknowledged = self.get_part(self.row.parents, parent), values.pop("acknowledged", ())
        _refuse_mixed_up(link, values, self.request.user)
        change_parent(link=link, parent=ParentChange.over(link, values), acknowledged=acknowledged, **self.at_once)
