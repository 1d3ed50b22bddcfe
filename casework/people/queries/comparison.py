"""Two records side by side, field by field."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from casework.kernel.dates import short
from casework.people import identifiers, phones
from casework.people.models import DuplicateHit, IdentityDocument, MatchKey, Person, Phone
from casework.people.states import CHILD_SEX, FamilyRole, PaperType, Sex, SpokenLanguage
from casework.ui.templatetags.words import grams

from .records import RecordLine, own_records_of

# What a merge lets one choose; the keys are those of services.merging.FIELDS.
CHOOSABLE = ("name", "sex", "birth", "death", "languages")


@dataclass(frozen=True)
class ComparedRow:
    """One field of both records. With a key the better value can be chosen."""

    label: str
    first: tuple[str, ...]
    second: tuple[str, ...]
    key: str = ""
    ids: tuple[int, int] = (0, 0)

    @property
    def cells(self) -> tuple[tuple[int, tuple[str, ...]], ...]:
        """Per record its number and its values."""
        return ((self.ids[0], self.first), (self.ids[1], self.second))

    @property
    def is_same(self) -> bool:
        return set(self.first) == set(self.second)

    @property
    def differs(self) -> bool:
        """Whether both tell something else; what only one record tells is no difference."""
        return bool(self.first and self.second) and not self.is_same


@dataclass(frozen=True)
class Side:
    """One of the two records."""

    person_id: int
    name: str
    records: tuple[RecordLine, ...]
    is_older: bool


@dataclass(frozen=True)
class Comparison:
    """Both records with their fields."""

    first: Side
    second: Side
    rows: tuple[ComparedRow, ...]

    @property
    def sides(self) -> tuple[Side, Side]:
        """Both records, the lower number first."""
        return self.first, self.second


def comparison(hit: DuplicateHit, user: Any) -> Comparison:
    """Both records of a pair in words, in a fixed number of queries. Raises KeyError for who does not see both."""
    ids = [hit.first_id, hit.second_id]
    loaded = {
        person.pk: person
        for person in Person.objects.visible_to(user)
        .filter(pk__in=ids)
        .prefetch_related(
            "names", "papers", "memberships__family__members__person__names", "memberships__family__phones"
        )
    }
    keys = MatchKey.objects.in_bulk(ids, field_name="child_id")
    records = own_records_of(ids, user)
    pair = [loaded[number] for number in ids]
    facts = [_facts(person, keys.get(person.pk)) for person in pair]
    older = min(pair, key=lambda person: (person.created_at, person.pk))
    sides = [Side(person.pk, person.name, tuple(records.get(person.pk, [])), person.pk == older.pk) for person in pair]
    rows = [
        ComparedRow(label, facts[0][key], facts[1][key], key if key in CHOOSABLE else "", (hit.first_id, hit.second_id))
        for key, label in _labels()
        if facts[0][key] or facts[1][key]
    ]
    return Comparison(sides[0], sides[1], tuple(rows))


def _labels() -> list[tuple[str, str]]:
    return [
        ("name", _("Main name")),
        ("other_names", _("Other names")),
        ("sex", _("Sex")),
        ("birth", _("Born")),
        ("death", _("Died")),
        ("mother", _("Mother")),
        ("father", _("Father")),
        ("languages", _("Languages")),
        ("papers", _("Papers")),
        ("hospital", _("Hospital number")),
        ("certificate", _("Delivery certificate")),
        ("weight", _("Weight at birth")),
        ("twins", _("Babies born together")),
        ("phones", _("Phones")),
        ("address", _("Address")),
    ]


def _facts(person: Person, key: MatchKey | None) -> dict[str, tuple[str, ...]]:
    language = (get_language() or "en")[:2]
    homes = [membership.family for membership in person.memberships.all()]
    return {
        "name": (person.name,),
        "other_names": tuple(name.full for name in person.other_names),
        "sex": (str(CHILD_SEX[Sex(person.sex)]),),
        "birth": (person.birth.text(language),),
        "death": (short(person.died_on, language),) if person.died_on else (),
        "mother": _relatives(homes, FamilyRole.MOTHER),
        "father": _relatives(homes, FamilyRole.FATHER),
        "languages": tuple(str(SpokenLanguage(code).label) for code in person.languages),
        "papers": _papers(person.papers.all()),
        "hospital": (key.hospital_no,) if key and key.hospital_no else (),
        "certificate": (key.certificate_no,) if key and key.certificate_no else (),
        "weight": (grams(key.weight_g),) if key and key.weight_g else (),
        "twins": (str(key.plurality),) if key and key.plurality > 1 else (),
        "phones": _phones(phone for home in homes for phone in home.phones.all()),
        "address": tuple(dict.fromkeys(home.address_text for home in homes if home.address_text)),
    }


def _relatives(homes: Iterable[Any], role: str) -> tuple[str, ...]:
    people = [member.person for home in homes for member in home.members.all() if member.role == role]
    return tuple(dict.fromkeys(name.full for person in people for name in person.name_list()))


def _papers(papers: Iterable[IdentityDocument]) -> tuple[str, ...]:
    lines = (f"{PaperType(p.type).label} {identifiers.mask(p.number)}".strip() for p in papers if p.is_current)
    return tuple(dict.fromkeys(lines))


def _phones(numbers: Iterable[Phone]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(phones.mask(phone.number) for phone in numbers))
