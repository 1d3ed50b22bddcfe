"""Families: who lives together, where, and whom one may call."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from casework.audit.services import Act, changed_fields
from casework.kernel.acts import act
from casework.kernel.digits import clean_line
from casework.kernel.refusals import Refusal, refuse_unacknowledged
from casework.people import phones
from casework.people.models import Family, FamilyMember, Person, Phone
from casework.people.querysets import PhoneQuerySet
from casework.people.states import ContactRule, FamilyRole

from .history import record_act, record_acts


@dataclass(frozen=True, kw_only=True)
class NewMember:
    """A person who joins a family: as what, since when, whether they are its main carer."""

    person: Person
    role: str
    since_on: date | None = None
    is_main_carer: bool = False


def create_family(*, by: Any, address_text: str = "", place_code: str = "", contact_note: str = "") -> Family:
    """Start a family; its members follow by add_member."""
    return Family.rows.create(
        address_text=clean_line(address_text)[:300],
        place_code=place_code,
        contact_note=clean_line(contact_note)[:300],
        created_by=by,
    )


@act
def family_of(*, person: Person, by: Any, role: str = FamilyRole.CHILD) -> Family:
    """The family a person lives in now; started with the person in it when there is none."""
    living = FamilyMember.rows.filter(person=person, until_on__isnull=True).select_related("family").order_by("-id")
    member = living.first()
    if member:
        return member.family
    family = create_family(by=by)
    add_member(family=family, person=person, role=role, by=by)
    return family


@act
def add_member(
    *,
    family: Family,
    person: Person,
    role: str,
    by: Any,
    since_on: date | None = None,
    is_main_carer: bool = False,
) -> FamilyMember:
    """Put a person into a family. Raises as add_members."""
    new = NewMember(person=person, role=role, since_on=since_on, is_main_carer=is_main_carer)
    return add_members([new], family=family, by=by)[0]


@act
def add_members(new: Sequence[NewMember], *, family: Family, by: Any) -> list[FamilyMember]:
    """Put several persons into a family at once.

    Raises Refusal when one lives there already (PPL-FAM-1) or there is a mother or father already (PPL-FAM-2).
    """
    Family.rows.select_for_update(of=("self",)).get(pk=family.pk)
    living = FamilyMember.rows.filter(family=family, until_on__isnull=True)
    here = list(living.values_list("person_id", "role"))
    for one in new:
        _refuse_second(one, here)
        here.append((one.person.pk, one.role))
    if any(one.is_main_carer for one in new):
        living.update(is_main_carer=False)
    members = FamilyMember.rows.bulk_create(
        FamilyMember(
            family=family, person=one.person, role=one.role, since_on=one.since_on, is_main_carer=one.is_main_carer
        )
        for one in new
    )
    acts = [(one.person, Act(subject=one.person, changes={"role": ("", one.role)})) for one in new]
    record_acts("people.member.added", acts=acts, by=by)
    return members


def _refuse_second(new: NewMember, here: Collection[tuple[int, str]]) -> None:
    """Nobody stands twice in a family, and it has one mother and one father."""
    if any(person_id == new.person.pk for person_id, _role in here):
        raise Refusal("PPL-FAM-1", "person", _("This person is in the family already."))
    if new.role in (FamilyRole.MOTHER, FamilyRole.FATHER) and any(role == new.role for _id, role in here):
        raise Refusal("PPL-FAM-2", "role", _("There is one already. Choose another relation, or end the former one."))


@act
def link_siblings(*, first: Person, second: Person, by: Any) -> Family:
    """Put two siblings into one family as children, unless they already live in one."""
    mine = FamilyMember.rows.filter(person=first, until_on__isnull=True, role=FamilyRole.CHILD).order_by("id")
    theirs = FamilyMember.rows.filter(person=second, until_on__isnull=True).values("family_id")
    shared = mine.filter(family__in=theirs).select_related("family").first()
    if shared:
        return shared.family
    home = mine.select_related("family").first()
    family = home.family if home else create_family(by=by)
    if home is None:
        add_member(family=family, person=first, role=FamilyRole.CHILD, by=by)
    add_member(family=family, person=second, role=FamilyRole.CHILD, by=by)
    return family


@act
def change_member(
    *, member: FamilyMember, by: Any, role: str | None = None, is_main_carer: bool | None = None
) -> FamilyMember:
    """Correct a role, or say who looks after the child; one person is the main carer."""
    told = {"role": role, "is_main_carer": is_main_carer}
    changes = changed_fields(member, {field: value for field, value in told.items() if value is not None})
    if "is_main_carer" in changes and is_main_carer:
        FamilyMember.rows.filter(family_id=member.family_id, is_main_carer=True).update(is_main_carer=False)
    if changes:
        member.save(update_fields=list(changes))
        record_act("people.member.changed", person=member.person, by=by, changes=changes)
    return member


@act
def end_member(*, member: FamilyMember, until_on: date, by: Any, today: date, reason: str = "") -> FamilyMember:
    """Say since when a person no longer lives in the family; the past is kept. Raises Refusal for impossible days."""
    if until_on > today or (member.since_on and until_on < member.since_on):
        raise Refusal("PPL-FAM-3", "until_on", _("This day lies between moving in and today. Check the date."))
    member.until_on = until_on
    member.is_main_carer = False
    member.save(update_fields=["until_on", "is_main_carer"])
    changes = {"until_on": (None, until_on)}
    record_act("people.member.ended", person=member.person, by=by, changes=changes, reason=reason)
    return member


@act
def change_family(
    *,
    family: Family,
    by: Any,
    address_text: str | None = None,
    place_code: str | None = None,
    contact_note: str | None = None,
) -> Family:
    """Correct the address or the note on contact; what is None stays."""
    told = {
        "address_text": None if address_text is None else clean_line(address_text)[:300],
        "place_code": place_code,
        "contact_note": None if contact_note is None else clean_line(contact_note)[:300],
    }
    changes = changed_fields(family, {field: value for field, value in told.items() if value is not None})
    if changes:
        family.version += 1
        family.save(update_fields=[*changes, "version"])
        _record(family, "people.family.changed", by=by, changes=changes)
    return family


@act
def add_phone(
    *,
    family: Family,
    number: object,
    by: Any,
    person: Person | None = None,
    whose: str = "",
    rule: str = ContactRule.NOT_ASKED,
    best_hour: str = "",
    may_say: str = "",
    acknowledged: Collection[str] | None = None,
) -> Phone:
    """Add a phone with what may be said on it. Raises Refusal when there is no number (PPL-PHONE-1) or it is there."""
    digits = _fit_number(number, Phone.rows.filter(family=family), acknowledged)
    phone = Phone.rows.create(
        family=family,
        person=person,
        number=digits,
        whose=clean_line(whose)[:120],
        rule=rule,
        best_hour=clean_line(best_hour)[:60],
        may_say=clean_line(may_say)[:200],
    )
    _record(family, "people.phone.added", by=by, changes={"phone": ("", digits), "rule": ("", rule)})
    return phone


def _fit_number(number: object, others: PhoneQuerySet, acknowledged: Collection[str] | None) -> str:
    """The national digits of a number that none of the family's other phones has."""
    digits = phones.national_digits(number)
    if not digits:
        raise Refusal("PPL-PHONE-1", "number", _("Write a phone number, for example 081 234 4471."))
    refuse_unacknowledged(phones.phone_findings(digits, field="number"), acknowledged)
    if others.filter(number=digits).exists():
        raise Refusal("PPL-PHONE-2", "number", _("This number is there already."))
    return digits


@act
def change_phone(*, phone: Phone, by: Any, acknowledged: Collection[str] | None = None, **values: Any) -> Phone:
    """Correct a phone: number, whose, rule (a ContactRule), best hour. Raises as add_phone."""
    if "number" in values:
        others = Phone.rows.filter(family=phone.family_id).exclude(pk=phone.pk)
        values["number"] = _fit_number(values["number"], others, acknowledged)
    changes = changed_fields(phone, values)
    if changes:
        phone.save(update_fields=list(changes))
        _record(phone.family, "people.phone.changed", by=by, changes=changes)
    return phone


@act
def remove_phone(*, phone: Phone, by: Any) -> None:
    """Take a phone away."""
    changes = {"phone": (phone.number, "")}
    family = phone.family
    phone.delete()
    _record(family, "people.phone.removed", by=by, changes=changes)


def _record(family: Family, action: str, *, by: Any, changes: dict[str, tuple[Any, Any]]) -> None:
    """Write an act on a family; it stands with its child, else with any member."""
    members = FamilyMember.rows.filter(family=family).select_related("person").order_by("id")
    member = members.filter(role=FamilyRole.CHILD).first() or members.first()
    if member:
        record_act(action, person=member.person, by=by, subject=family, changes=changes)
