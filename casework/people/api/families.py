"""Families over the API: who lives with a person, where, and whom one may call."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from rest_framework import serializers

from casework.people import phones
from casework.people.models import Family, FamilyMember, Person, Phone
from casework.people.queries.families import with_members
from casework.people.services import families
from casework.people.services.joining import join_family
from casework.people.states import ContactRule, FamilyRole
from casework.ui.api.resources import Resource, act, part
from casework.ui.api.serializers import MOST_ID, BirthDateTold, Day, Line, Partly, Shown, Told, ToldOf, optional_line

from .base import EDIT, NUMBER, SEE, Acknowledging


class PhoneShown(Shown):
    """A phone of a family, and what may be said on it; of one that must not be called the last digits only."""

    number = serializers.SerializerMethodField()
    example = {
        "id": 8, "number": "0812345678", "person": 42, "whose": "", "rule": "careful", "best_hour": "after 5",
        "may_say": "Only that the clinic called",
    }  # fmt: skip

    class Meta:
        model = Phone
        fields = ("id", "number", "person", "whose", "rule", "best_hour", "may_say")

    def get_number(self, phone: Phone) -> str:
        return phones.mask(phone.number) if phone.rule == ContactRule.DO_NOT else phone.number


class PhoneTold(Acknowledging, ToldOf):
    """A phone: of `person`, who lives in the family, or of somebody else in words."""

    number = Line(max_length=40)
    person = serializers.IntegerField(min_value=1, max_value=MOST_ID, required=False, allow_null=True, default=None)
    example = {"number": "081 234 5678", "whose": "The village shop", "rule": "careful"}

    class Meta:
        model = Phone
        fields = ("number", "person", "whose", "rule", "best_hour", "may_say", "acknowledged")


class PhoneChange(Partly, PhoneTold):
    """What is otherwise of a phone; what is left out stays."""

    example = {"rule": "do_not"}


class MemberShown(Shown):
    """Somebody’s place in a family; `person` and `name` are empty where the reader does not see the person."""

    person = serializers.SerializerMethodField()
    name = serializers.SerializerMethodField()
    example = {
        "id": 12, "person": 42, "name": "Naw Paw", "role": "mother", "is_main_carer": True, "since_on": None,
        "until_on": None,
    }  # fmt: skip

    class Meta:
        model = FamilyMember
        fields = ("id", "person", "name", "role", "is_main_carer", "since_on", "until_on")

    def get_person(self, member: Any) -> int | None:
        return member.person_id if member.is_visible else None

    def get_name(self, member: Any) -> str:
        return str(member.person.name) if member.is_visible else ""


class FamilyShown(Shown):
    """Who lives, or lived, together."""

    members = MemberShown(many=True)
    phones = PhoneShown(many=True)
    example = {
        "id": 6, "address_text": "Behind the market", "contact_note": "", "members": [MemberShown.example],
        "phones": [PhoneShown.example],
    }  # fmt: skip

    class Meta:
        model = Family
        fields = ("id", "address_text", "contact_note", "members", "phones")


class HomeTold(Partly, ToldOf):
    """Where a family lives and what to mind when calling; what is left out stays."""

    example = {"address_text": "Behind the market", "contact_note": "Only through the aunt"}

    class Meta:
        model = Family
        fields = ("address_text", "contact_note")


class MemberTold(Acknowledging):
    """Somebody new in the family: names, one in each script, who it is to the child, and a phone."""

    names = serializers.ListField(child=Line(max_length=200), min_length=1, max_length=3)
    role = serializers.ChoiceField(choices=FamilyRole.choices)
    sex = serializers.ChoiceField(choices=Person._meta.get_field("sex").choices or (), required=False)
    birth = BirthDateTold(required=False, allow_null=True, default=None)
    is_main_carer = serializers.BooleanField(default=False)
    phone = optional_line(40)
    rule = serializers.ChoiceField(choices=ContactRule.choices, default=ContactRule.NOT_ASKED)
    example = {"names": ["Naw Htoo"], "role": "grandparent", "is_main_carer": True, "phone": "081 234 4471"}


class MemberChange(Told):
    """Another place in the family, or the day somebody moved out; what is left out stays."""

    role = serializers.ChoiceField(choices=FamilyRole.choices, required=False)
    is_main_carer = serializers.BooleanField(required=False)
    until_on = Day(required=False)
    example = {"until_on": "2026-11-20"}


class Families(Resource):
    """The families of a person."""

    @property
    def homes(self) -> QuerySet[Family]:
        """The families of the person, now or earlier, as far as the reader sees them."""
        return Family.objects.visible_to(self.request.user).filter(members__person=self.row).distinct().order_by("pk")

    @part("families", policy=SEE, shown=FamilyShown)
    def families(self) -> Any:
        """The families of the person, now or earlier."""
        return with_members(self.homes, self.request.user)

    @act("add-member", policy=EDIT, told=MemberTold)
    def add_member(self, told: dict[str, Any]) -> None:
        """Put somebody new into the person’s family; it is started when there is none."""
        birth = told.pop("birth")
        join_family(of=self.row, birth=BirthDateTold.value(birth) if birth else None, **told, **self.by)

    @act(rf"members/(?P<member>{NUMBER})/change", policy=EDIT, told=MemberChange)
    def change_member(self, told: dict[str, Any], member: str) -> None:
        """Put somebody’s place in the family right, or say since when they no longer live there."""
        members = FamilyMember.objects.visible_to(self.request.user).filter(family__in=self.homes)
        row, until_on = self.get_part(members, member), told.pop("until_on", None)
        families.change_member(member=row, by=self.request.user, **told)
        if until_on:
            families.end_member(member=row, until_on=until_on, **self.by)

    @act(rf"families/(?P<family>{NUMBER})/change", policy=EDIT, told=HomeTold)
    def change_family(self, told: dict[str, Any], family: str) -> None:
        """Put the address and the note on contact right."""
        families.change_family(family=self.get_part(self.homes, family), by=self.request.user, **told)

    @act(rf"families/(?P<family>{NUMBER})/add-phone", policy=EDIT, told=PhoneTold)
    def add_phone(self, told: dict[str, Any], family: str) -> None:
        """Add a phone of the family."""
        home = self.get_part(self.homes, family)
        families.add_phone(family=home, by=self.request.user, **of_member(told, home, self.request.user))

    @act(rf"phones/(?P<phone>{NUMBER})/change", policy=EDIT, told=PhoneChange)
    def change_phone(self, told: dict[str, Any], phone: str) -> None:
        """Put a phone right, or say that it must not be called."""
        row = self.get_part(self._phones, phone)
        families.change_phone(phone=row, by=self.request.user, **of_member(told, row.family, self.request.user))

    @act(rf"phones/(?P<phone>{NUMBER})/remove", policy=EDIT)
    def remove_phone(self, told: dict[str, Any], phone: str) -> None:
        """Take a phone away."""
        families.remove_phone(phone=self.get_part(self._phones, phone), by=self.request.user)

    @property
    def _phones(self) -> QuerySet[Phone]:
        seen = Phone.objects.visible_to(self.request.user)
        return seen.filter(family__in=self.homes).select_related("family")


def of_member(told: dict[str, Any], family: Family, user: Any) -> dict[str, Any]:
    """The values of a phone with the person it belongs to; raises ValidationError for who does not live there."""
    if not told.get("person"):
        return told
    living = {"memberships__family": family, "memberships__until_on__isnull": True}
    person = Person.objects.visible_to(user).filter(pk=told["person"], **living).first()
    if person is None:
        raise serializers.ValidationError({"person": _("There is no such record.")}, code="E-CHOICE-1")
    return told | {"person": person}
