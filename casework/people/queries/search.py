"""One box that finds a person: by name in any script and spelling, by paper, phone or hospital number."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.search import TrigramSimilarity, TrigramWordSimilarity
from django.db.models import Case, F, FloatField, Max, OuterRef, Q, QuerySet, Value, When
from django.db.models.functions import Greatest, Right
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from casework.kernel.dates import BUDDHIST_OFFSET, BirthDate, Precision
from casework.kernel.digits import clean_line, to_ascii_digits
from casework.people import identifiers, names, phones
from casework.people.models import FamilyMember, IdentityDocument, MatchKey, Person, PersonName, Phone
from casework.people.states import Sex

from .match_keys import hospital_block

LONGEST_QUERY = 120
SHORTEST_TAIL = 4  # digits of a phone

_YEAR = re.compile(r"(?<!\d)((?:19|20|24|25)\d\d)(?!\d)")


@dataclass(frozen=True)
class FoundPerson:
    """One row of the results: ready words, and why it was found."""

    person_id: int
    name: str
    other_names: tuple[str, ...]
    birth: str
    sex: str
    why: str
    is_exact: bool


@dataclass(frozen=True)
class Asked:
    """What somebody typed, taken apart: a number, or a name with perhaps a birth year and a relative's name."""

    number: str = ""
    name: str = ""
    year: int | None = None
    relative: str = ""


def read_query(text: str) -> Asked:
    """Take the typed words apart. "Mu Say Wah 2567, Naw Paw Wah": a name, a birth year, a relative."""
    line = clean_line(to_ascii_digits(text[: LONGEST_QUERY * 2]))[:LONGEST_QUERY]
    bare = identifiers.normalise_number(line).lstrip("+")
    digits = sum(letter.isdigit() for letter in bare)
    if digits >= SHORTEST_TAIL and bare.isascii() and bare.isalnum() and digits * 2 > len(bare):
        return Asked(number=bare)
    year = _YEAR.search(line)
    words = _YEAR.sub(" ", line) if year else line
    name, _comma, relative = words.partition(",")
    return Asked(
        name=clean_line(name), year=_common_year(int(year[1])) if year else None, relative=clean_line(relative)
    )


def _common_year(year: int) -> int:
    return year - BUDDHIST_OFFSET if year >= 2400 else year


def find_people(text: str, user: Any, limit: int = 20) -> list[FoundPerson]:
    """Persons the user may see that fit the words, the likeliest first. One or two queries."""
    asked = read_query(text)
    if asked.number:
        return _by_number(asked.number, user, limit)
    if not names.search_key(asked.name):
        return []
    return _by_name(asked, user, limit)


def visible_people(user: Any) -> QuerySet[Person]:
    """Current persons of the user with all their names in one row."""
    listed = PersonName.rows.filter(person=OuterRef("pk")).order_by("-is_primary", "pk")
    return Person.objects.visible_to(user).current().annotate(listed=ArraySubquery(listed.values("full")))


def _by_number(number: str, user: Any, limit: int) -> list[FoundPerson]:
    national = phones.national_digits(number)
    tail = number[-SHORTEST_TAIL:]
    paper = IdentityDocument.rows.filter(number__in={number, identifiers.normalise_g_code(number)}, is_current=True)
    phone = Phone.rows.annotate(tail=Right("number", 4)).filter(tail=tail)
    phone = phone.filter(Q(number__endswith=number) | Q(number=national))
    living = FamilyMember.rows.filter(family__in=phone.values("family_id"), until_on__isnull=True)
    hospital = MatchKey.objects.filter(blocks__overlap=[hospital_block(number)])
    people = visible_people(user).annotate(
        why=Case(
            When(pk__in=paper.values("person_id"), then=Value("paper")),
            When(pk__in=hospital.values("child_id"), then=Value("hospital")),
            When(pk__in=phone.values("person_id"), then=Value("phone")),
            When(pk__in=living.values("person_id"), then=Value("family_phone")),
            default=Value(""),
        )
    )
    reached = (
        Q(pk__in=paper.values("person_id"))
        | Q(pk__in=hospital.values("child_id"))
        | Q(pk__in=phone.values("person_id"))
        | Q(pk__in=living.values("person_id"))
    )
    return [
        _row(person, person.why, is_exact=person.why != "family_phone") for person in people.filter(reached)[:limit]
    ]


def _by_name(asked: Asked, user: Any, limit: int) -> list[FoundPerson]:
    """First by sound, an equality on an index; then, if there is room, by letters within what the user may see."""
    sound = names.phonetic_key(asked.name)
    heard = (
        PersonName.rows.filter(phonetic_key__gte=sound, phonetic_key__lt=sound + "\uffff")
        if sound
        else PersonName.rows.none()
    )
    people = _narrowed(visible_people(user), asked)
    by_sound = people.filter(pk__in=heard.values("person_id")).annotate(
        is_whole=Max(Case(When(names__phonetic_key=sound, then=1), default=0))
    )
    first = list(by_sound.order_by("-is_whole", "-pk")[:limit])
    rows = [_row(person, "sound", is_exact=bool(person.is_whole)) for person in first]
    if len(rows) >= limit:
        return rows
    key = names.search_key(asked.name)
    alike = Q(names__search_key__trigram_word_similar=key) | Q(names__search_key__trigram_similar=key)
    likeness = Greatest(
        TrigramWordSimilarity(key, "names__search_key"),
        TrigramSimilarity("names__search_key", key),
        output_field=FloatField(),
    )
    rest = people.exclude(pk__in=[person.pk for person in first]).filter(alike)
    rest = rest.annotate(likeness=Max(likeness)).order_by(F("likeness").desc(), "-pk")
    return rows + [_row(person, "letters", is_exact=False) for person in rest[: limit - len(rows)]]


def _narrowed(people: QuerySet[Person], asked: Asked) -> QuerySet[Person]:
    """A second fact: the birth year, or the sound of the name of somebody in the same family."""
    if asked.year:
        people = people.filter(Q(born_on__year=asked.year) | _about(asked.year))
    if asked.relative:
        sound = names.phonetic_key(asked.relative)
        relatives = PersonName.rows.filter(phonetic_key__gte=sound, phonetic_key__lt=sound + "\uffff")
        homes = FamilyMember.rows.filter(person__in=relatives.values("person_id")).values("family_id")
        people = people.filter(memberships__family__in=homes)
    return people


def _about(year: int) -> Q:
    """Estimated births count one year to each side."""
    return Q(born_precision=Precision.ESTIMATED, born_on__year__range=(year - 1, year + 1))


def _row(person: Any, why: str, *, is_exact: bool) -> FoundPerson:
    listed: Sequence[str] = person.listed or [""]
    birth = BirthDate(person.born_on, Precision(person.born_precision))
    return FoundPerson(
        person_id=person.pk,
        name=listed[0],
        other_names=tuple(listed[1:]),
        birth=birth.text((get_language() or "en")[:2]),
        sex=str(Sex(person.sex).label),
        why=_why(why),
        is_exact=is_exact,
    )


def _why(why: str) -> str:
    return {
        "paper": _("Paper number"),
        "hospital": _("Hospital number"),
        "phone": _("Phone"),
        "family_phone": _("Phone of the family"),
        "sound": _("Name"),
        "letters": _("Name is similar"),
    }[why]
