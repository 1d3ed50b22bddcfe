"""A family as it is shown: who lives there, where, and whom one may call."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from itertools import groupby
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, OuterRef, Prefetch, QuerySet, prefetch_related_objects
from django.db.models.functions import JSONObject
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from casework.people import phones
from casework.people.models import Family, FamilyMember, Person, Phone
from casework.people.names import initials
from casework.people.states import ContactRule, FamilyRole, SpokenLanguage


@dataclass(frozen=True)
class PhoneLine:
    """A phone as it may be shown: one that must not be called is hidden but for its last digits."""

    id: int
    number: str
    call: str
    whose: str
    rule: ContactRule
    best_hour: str
    may_say: str = ""

    @property
    def is_forbidden(self) -> bool:
        return self.rule == ContactRule.DO_NOT


@dataclass(frozen=True)
class MemberLine:
    """A person of the family, in words; `person_id` is 0 where the reader may not see the person."""

    id: int
    person_id: int
    name: str
    other_names: tuple[str, ...]
    initials: str
    role: str
    age: str
    languages: str
    is_main_carer: bool
    until_on: date | None
    phones: tuple[PhoneLine, ...] = ()
    is_child: bool = False


@dataclass(frozen=True)
class FamilyCard:
    """One family with its members and phones."""

    id: int
    address: str
    contact_note: str
    members: tuple[MemberLine, ...]
    former: tuple[MemberLine, ...]
    phones: tuple[PhoneLine, ...] = field(default=())


PHONE_COLUMNS = ("id", "person_id", "number", "whose", "rule", "best_hour", "may_say")
ROLE_ORDER = {role: place for place, role in enumerate([FamilyRole.MOTHER, FamilyRole.FATHER, FamilyRole.CHILD])}


def family_cards(
    families: QuerySet[Family], *, of: Person, user: Any, today: date, do_not_contact: bool = False
) -> list[FamilyCard]:
    """Families `of` somebody in ready words; two queries, which read the person's own names too.

    With `do_not_contact` no phone can be called.
    """
    seen = Person.objects.visible_to(user).filter(pk=OuterRef("person"))
    rows = FamilyMember.rows.filter(family__in=families).select_related("family", "person")
    phones = Phone.rows.filter(family=OuterRef("family")).order_by("pk")
    phone_rows = ArraySubquery(phones.values(row=JSONObject(**{column: column for column in PHONE_COLUMNS})))
    members = list(rows.annotate(is_visible=Exists(seen), phone_rows=phone_rows).order_by("family", "pk"))
    prefetch_related_objects([of, *(member.person for member in members)], "names")
    homes = groupby(members, key=lambda member: member.family_id)
    return [_card(list(home), today, do_not_contact) for _family, home in homes]


def with_members(families: QuerySet[Family], user: Any) -> QuerySet[Family]:
    """Families with their phones and members; each says whether its person `is_visible` to the reader."""
    seen = Person.objects.visible_to(user).filter(pk=OuterRef("person"))
    members = FamilyMember.rows.annotate(is_visible=Exists(seen)).select_related("person").order_by("pk")
    return families.prefetch_related(
        Prefetch("members", queryset=members.prefetch_related("person__names")),
        Prefetch("phones", queryset=Phone.rows.order_by("pk")),
    )


def family_panel(child: Person, *, user: Any, today: date, do_not_contact: bool = False) -> dict[str, Any]:
    """The context of templates/people/_family.html for one child's page."""
    homes = FamilyMember.rows.filter(person=child, until_on__isnull=True).values("family")
    living = Family.rows.filter(pk__in=homes)
    cards = family_cards(living, of=child, user=user, today=today, do_not_contact=do_not_contact)
    return {"families": cards, "family_child": child}


def _card(members: list[FamilyMember], today: date, do_not_contact: bool) -> FamilyCard:
    family = members[0].family
    phones = [Phone(**row) for row in members[0].phone_rows]  # type: ignore[attr-defined]
    numbers = [_phone(phone, do_not_contact) for phone in phones]
    of_person: dict[int | None, list[PhoneLine]] = {}
    for phone, line in zip(phones, numbers, strict=True):
        of_person.setdefault(phone.person_id, []).append(line)
    rows = sorted(members, key=lambda m: (ROLE_ORDER.get(FamilyRole(m.role), 9), m.pk))
    lines = [_member(m, of_person.get(m.person_id, []), today) for m in rows]
    living = {m.person_id for m in rows if m.until_on is None}
    loose = [line for phone, line in zip(phones, numbers, strict=True) if phone.person_id not in living]
    return FamilyCard(
        id=family.pk,
        address=family.address_text,
        contact_note=family.contact_note,
        members=tuple(line for line in lines if line.until_on is None),
        former=tuple(line for line in lines if line.until_on is not None),
        phones=tuple(loose),
    )


def _phone(phone: Phone, do_not_contact: bool) -> PhoneLine:
    rule = ContactRule.DO_NOT if do_not_contact else ContactRule(phone.rule)
    forbidden = rule == ContactRule.DO_NOT
    return PhoneLine(
        id=phone.pk,
        number=phones.mask(phone.number) if forbidden else phones.group(phone.number),
        call="" if forbidden else phone.number,
        whose=phone.whose,
        rule=rule,
        best_hour=phone.best_hour,
        may_say=phone.may_say,
    )


def _member(member: FamilyMember, lines: list[PhoneLine], today: date) -> MemberLine:
    person, role = member.person, str(FamilyRole(member.role).label)
    if not member.is_visible:  # type: ignore[attr-defined]
        return MemberLine(
            member.pk, 0, _("Not shown to you"), (), "–", role, "", "", member.is_main_carer, member.until_on
        )
    names = person.name_list()
    language = (get_language() or "en")[:2]
    return MemberLine(
        id=member.pk,
        person_id=person.pk,
        name=person.name,
        other_names=tuple(name.full for name in names[1:]),
        initials=initials(person.name),
        role=role,
        age=person.birth.age_text(person.last_day(today), language) if person.born_on else "",
        languages=", ".join(str(SpokenLanguage(code).label) for code in person.languages),
        is_main_carer=member.is_main_carer,
        until_on=member.until_on,
        phones=tuple(lines),
        is_child=member.role == FamilyRole.CHILD,
    )
