"""One box that finds a person: by name in any script and spelling, by paper, phone or hospital number."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.search import TrigramSimilarity
from django.db.models import Exists, F, FloatField, Max, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Right
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from casework.kernel.dates import BUDDHIST_OFFSET, BirthDate, Precision
from casework.kernel.digits import clean_line, to_ascii_digits
from casework.kernel.planning import by_index
from casework.people import identifiers, names, phones
from casework.people.match_features import Features
from casework.people.models import FamilyMember, IdentityDocument, MatchKey, Person, PersonName, Phone
from casework.people.states import FamilyRole, Sex

from .match_keys import certificate_block, hospital_block, near_blocks

LONGEST_QUERY = 120
SHORTEST_TAIL = 4  # digits of a phone
SHORTEST_BEGINNING = 4  # signs of a sound that finds longer names too
ENOUGH = 3  # persons found by sound, from which on names that are only like it are not asked for
MOST_BY_NUMBER = 200

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
    age: str = ""
    mother: str = ""


@dataclass(frozen=True)
class Asked:
    """What somebody typed, taken apart: a number, or a name with perhaps a birth year and a relative's name."""

    number: str = ""
    name: str = ""
    year: int | None = None
    relative: str = ""

    @property
    def is_narrowed(self) -> bool:
        """Whether a second fact was given."""
        return self.year is not None or bool(self.relative)


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
    """Persons the user may see that fit the words, the likeliest first. Three queries at most."""
    asked = read_query(text)
    if asked.number:
        return _by_number(asked.number, user, limit)
    if not names.search_key(asked.name):
        return []
    return _by_name(asked, user, limit)


def visible_people(user: Any) -> QuerySet[Person]:
    """Current persons of the user with all their names in one row."""
    listed = PersonName.rows.filter(person=OuterRef("pk")).order_by("-is_primary", "pk")
    people = Person.objects.visible_to(user).current()
    return people.annotate(listed=ArraySubquery(listed.values("full")), mother=Subquery(_mother_of(user)))


def _mother_of(user: Any) -> QuerySet[Any]:
    """The name of a child's mother, where the reader may see her: it tells children of one name apart."""
    as_child = Q(family__members__person=OuterRef("pk"), family__members__role=FamilyRole.CHILD)
    living = Q(until_on__isnull=True, family__members__until_on__isnull=True)
    mothers = FamilyMember.rows.filter(as_child & living, role=FamilyRole.MOTHER)
    seen = mothers.filter(person__in=Person.objects.visible_to(user)).order_by("pk", "-person__names__is_primary")
    return seen.values("person__names__full")[:1]


def _by_number(number: str, user: Any, limit: int) -> list[FoundPerson]:
    """Who has the number, through indexes alone; then those of them the user may see."""
    national = phones.national_digits(number)
    written = {number, identifiers.normalise_g_code(number)}
    paper = IdentityDocument.rows.filter(number__in=written, is_current=True)
    certificate = MatchKey.objects.filter(blocks__overlap=[certificate_block(number)])
    hospital = MatchKey.objects.filter(blocks__overlap=[hospital_block(number)])
    phone = Phone.rows.annotate(tail=Right("number", SHORTEST_TAIL)).filter(tail=number[-SHORTEST_TAIL:])
    phone = phone.filter(Q(number__endswith=number) | Q(number=national))
    living = FamilyMember.rows.filter(family__in=phone.values("family_id"), until_on__isnull=True)
    found = _why_found(paper, "person_id", "1 paper").union(
        _why_found(hospital, "child_id", "2 hospital"),
        _why_found(certificate, "child_id", "2 certificate"),
        _why_found(phone.filter(person__isnull=False), "person_id", "3 phone"),
        _why_found(living, "person_id", "4 family_phone"),
    )
    whys: dict[int, str] = {}
    for why, person_id in sorted((why, person_id) for person_id, why in found[:MOST_BY_NUMBER]):
        whys.setdefault(person_id, why[2:])
    people = {person.pk: person for person in visible_people(user).filter(pk__in=whys)} if whys else {}
    rows = [_row(people[i], why, is_exact=why != "family_phone") for i, why in whys.items() if i in people]
    return rows[:limit]


def _why_found(rows: QuerySet[Any], person: str, why: str) -> QuerySet[Any]:
    """Person and reason of rows that hold the number; reasons sort by how much they say."""
    return rows.order_by().annotate(why=Value(why)).values_list(person, "why")


def _by_name(asked: Asked, user: Any, limit: int) -> list[FoundPerson]:
    """First by sound, an equality on an index; then, when that finds few, by letters."""
    born = _born_in(visible_people(user), asked)
    people = born.filter(pk__in=_relatives_of(asked.relative)) if asked.relative else born
    sound = names.phonetic_key(asked.name)
    whole = PersonName.rows.filter(person=OuterRef("pk"), phonetic_key=sound)
    heard = people.filter(pk__in=_heard(sound).values("person_id")).annotate(is_whole=Exists(whole))
    first = list(heard.order_by("-is_whole", "-pk")[:limit]) if sound else []
    rows = [_row(person, "sound", is_exact=person.is_whole) for person in first]
    if asked.is_narrowed and len(rows) < min(ENOUGH, limit):
        with by_index():
            rows += _alike(_nearly_heard(born, asked), asked, rows, limit)
    if len(rows) >= (1 if asked.is_narrowed else ENOUGH):
        return rows
    key = names.search_key(asked.name)
    return rows + _alike(people.filter(names__search_key__trigram_word_similar=key), asked, rows, limit)


def _alike(people: QuerySet[Person], asked: Asked, rows: Sequence[FoundPerson], limit: int) -> list[FoundPerson]:
    """Rows beside those found already, the likest in letters first."""
    likeness = Max(TrigramSimilarity("names__search_key", names.search_key(asked.name)), output_field=FloatField())
    rest = people.exclude(pk__in=[row.person_id for row in rows]).annotate(likeness=likeness)
    ordered = rest.order_by(F("likeness").desc(), "-pk")[: limit - len(rows)]
    return [_row(person, "letters", is_exact=False) for person in ordered]


def _heard(sound: str) -> QuerySet[PersonName]:
    """Names of this sound; of a longer sound also names that begin with it."""
    if len(sound) < SHORTEST_BEGINNING:
        return PersonName.rows.filter(phonetic_key=sound)
    return PersonName.rows.filter(phonetic_key__gte=sound, phonetic_key__lt=sound + "\uffff")


def _nearly_heard(people: QuerySet[Person], asked: Asked) -> QuerySet[Person]:
    """Children whose own name and mother's name, as far as given, sound the same but for one syllable.

    Through the keys of the duplicate check, which hold each name also with one syllable left out.
    """
    year: dict[str, Any] = {"born_on": date(asked.year, 7, 1), "precision": Precision.YEAR} if asked.year else {}
    own = Features(child_sounds=(names.matching_sounds(asked.name),), **year)
    found = MatchKey.objects.filter(blocks__overlap=near_blocks(own))
    if asked.relative:
        mother = Features(mother_sounds=(names.matching_sounds(asked.relative),), **year)
        found = found.filter(blocks__overlap=near_blocks(mother))
    return people.filter(pk__in=found.values("child_id"))


def _born_in(people: QuerySet[Person], asked: Asked) -> QuerySet[Person]:
    """A second fact: the birth year."""
    return people.filter(Q(born_on__year=asked.year) | _about(asked.year)) if asked.year else people


def _relatives_of(name: str) -> QuerySet[Any]:
    """A second fact: somebody of this sound in the same family."""
    homes = FamilyMember.rows.filter(person__in=_heard(names.phonetic_key(name)).values("person_id"))
    return FamilyMember.rows.filter(family__in=homes.values("family_id")).values("person_id")


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
        age=_age(birth),
        mother=person.mother or "",
    )


def _age(birth: BirthDate) -> str:
    """The age in words; nothing while the birth is not known."""
    return birth.age_text(timezone.localdate(), (get_language() or "en")[:2]) if birth.on else ""


def _why(why: str) -> str:
    return {
        "paper": _("Paper number"),
        "hospital": _("Hospital number"),
        "certificate": _("Number of the delivery certificate"),
        "phone": _("Phone"),
        "family_phone": _("Phone of the family"),
        "sound": _("Name"),
        "letters": _("Name is similar"),
    }[why]
