"""One box that finds a person: by name in any script and spelling, by paper, phone or hospital number."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.search import TrigramWordSimilarity
from django.db.models import (
    BooleanField,
    Case,
    ExpressionWrapper,
    FloatField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce, Greatest, Right
from django.db.models.lookups import GreaterThanOrEqual
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from casework.kernel.dates import BUDDHIST_OFFSET, BirthDate, Precision
from casework.kernel.digits import clean_line, to_ascii_digits
from casework.kernel.planning import by_index
from casework.people import identifiers, names, phones
from casework.people.match_features import Features
from casework.people.models import FamilyMember, IdentityDocument, MatchKey, Person, PersonName, Phone
from casework.people.states import FamilyRole, NameKind, Sex, sex_labels

from .match_keys import certificate_block, hospital_block, near_blocks

LONGEST_QUERY = 120
SHORTEST_TAIL = 4  # digits of a phone
SHORTEST_BEGINNING = 4  # signs of a sound that finds longer names too
SHORTEST_WORD = 3  # letters of a word that is looked for within names; fewer help no index
ALIKE = 0.4  # likeness in letters that is enough where the second fact fits
ENOUGH = 3  # persons found by sound, from which on names that are only like it are not asked for
MOST_BY_NUMBER = 200
MOST_WITHIN = 500  # names with a word in them that are ranked
WHOLE, HEARD = 3.0, 2.0  # how well a name fits that sounds so, wholly or in its beginning; likeness is 1 at most

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


def _visible_people(user: Any) -> QuerySet[Person]:
    """Current persons of the user with all their names in one row."""
    listed = PersonName.rows.filter(person=OuterRef("pk")).order_by("-is_primary", _earlier_last(), "pk")
    people = Person.objects.lookup_for(user).current()
    return people.annotate(listed=ArraySubquery(listed.values("full")))


def _earlier_last() -> Case:
    """Names a person no longer goes by come after the others."""
    return Case(When(kind=NameKind.PREVIOUS, then=1), default=0)


def _by_number(number: str, user: Any, limit: int) -> list[FoundPerson]:
    """Who has the number, through indexes alone; then those of them the user may see."""
    national = phones.national_digits(number)
    written = {number, identifiers.normalise_g_code(number)}
    paper = IdentityDocument.rows.filter(number__in=written, is_current=True)
    certificate = MatchKey.objects.sharing([certificate_block(number)])
    hospital = MatchKey.objects.sharing([hospital_block(number)])
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
    people = {person.pk: person for person in _visible_people(user).filter(pk__in=whys)} if whys else {}
    rows = [(people[i], why, why != "family_phone") for i, why in whys.items() if i in people]
    return _rows(rows[:limit], user)


def _why_found(rows: QuerySet[Any], person: str, why: str) -> QuerySet[Any]:
    """Person and reason of rows that hold the number; reasons sort by how much they say."""
    return rows.order_by().annotate(why=Value(why)).values_list(person, "why")


def _by_name(asked: Asked, user: Any, limit: int) -> list[FoundPerson]:
    """First by sound, an equality on an index; then, when that finds few, by letters."""
    people = _ranked(_born_in(_visible_people(user), asked), asked.name)
    people = people.annotate(is_hers=ExpressionWrapper(_of_mother(asked), BooleanField()))
    if asked.is_narrowed:
        with by_index():
            found: list[Any] = list(people.filter(pk__in=_with_second_fact(asked))[:limit])
    else:
        found = list(people.filter(pk__in=_ids(_heard(asked.name)))[:limit])
    if sum(not person.is_hers for person in found) < _enough(asked, limit):
        alike = _within(asked.name)
        if asked.relative:
            ids = _of_one_family(alike, _heard(asked.relative))
        else:
            ids = _ids(alike) if asked.year else _newest(alike, user)
        rest = people.filter(pk__in=ids).exclude(pk__in=[person.pk for person in found])
        found += rest[: limit - len(found)]
    return _rows([(one, _why_named(one), one.fit == WHOLE) for one in found], user)


def _why_named(person: Any) -> str:
    """Why somebody is found by a name."""
    if person.fit >= HEARD:
        return "sound"
    return "mother" if person.is_hers else "letters"


def _enough(asked: Asked, limit: int) -> int:
    """How many found by sound end the search; one word alone may also stand later in a name."""
    if asked.is_narrowed:
        return 1
    return ENOUGH if " " in asked.name else limit


def _ranked(people: QuerySet[Person], name: str) -> QuerySet[Person]:
    """The likeliest first, by how well their best name fits; of those that fit alike the newest first."""
    likeness = Greatest(_likeness(name), TrigramWordSimilarity(name, "full"))
    own = PersonName.rows.filter(person=OuterRef("pk")).annotate(likeness=likeness).order_by("-likeness")
    fit = Case(
        When(pk__in=_ids(_whole(name)), then=Value(WHOLE)),
        When(pk__in=_ids(_heard(name)), then=Value(HEARD)),
        default=Coalesce(Subquery(own.values("likeness")[:1]), 0.0),
        output_field=FloatField(),
    )
    return people.annotate(fit=fit).order_by("-fit", "-pk")


def _whole(name: str) -> Q:
    """Names that sound so."""
    sound = names.phonetic_key(name)
    return Q(phonetic_key=sound) if sound else Q(pk__in=())


def _heard(name: str) -> Q:
    """Names that sound so; where the sound is longer also names that begin with it."""
    sound = names.phonetic_key(name)
    if len(sound) < SHORTEST_BEGINNING:
        return _whole(name)
    return Q(phonetic_key__gte=sound, phonetic_key__lt=sound + "\uffff")


def _within(name: str) -> Q:
    """Names like it in letters, or with these letters in them: no word of a Burmese name is only a surname."""
    key = names.search_key(name)
    alike = Q(search_key__trigram_word_similar=key)
    return alike | Q(search_key__contains=key) if len(key) >= SHORTEST_WORD else alike


def _likeness(name: str) -> TrigramWordSimilarity:
    """How like in letters a name is."""
    return TrigramWordSimilarity(names.search_key(name), "search_key")


def _alike(name: str) -> Q:
    """Names that are like it in letters; tried one by one, since no index helps."""
    return Q(GreaterThanOrEqual(_likeness(name), ALIKE))


def _with_second_fact(asked: Asked) -> QuerySet[Any]:
    """Ids of persons whose name and second fact fit: one may only be alike, or both but for one syllable."""
    near, heard = _nearly_heard(asked).values_list("child_id"), _heard(asked.name)
    if not asked.relative:
        return near.union(_ids(heard), _born_to(asked.name))
    return near.union(
        _of_one_family(heard, _heard(asked.relative)),
        _of_one_family(_whole(asked.name), _alike(asked.relative)),
        _of_one_family(_alike(asked.name), _whole(asked.relative)),
    )


def _ids(called: Q) -> QuerySet[Any]:
    """Ids of persons with such a name."""
    return PersonName.rows.filter(called).values_list("person_id")


def _of_mother(asked: Asked) -> Q:
    """Of a name and a year: the child may be that of a mother of this name."""
    return Q(pk__in=_born_to(asked.name)) if asked.year and not asked.relative else Q(pk__in=())


def _born_to(mother: str) -> QuerySet[Any]:
    """Ids of children in whose family a mother has such a name."""
    homes = FamilyMember.rows.filter(person__in=_ids(_heard(mother)), role=FamilyRole.MOTHER).values("family_id")
    return FamilyMember.rows.filter(family__in=homes, role=FamilyRole.CHILD).values_list("person_id")


def persons_called(name: str) -> QuerySet[Any]:
    """Ids of all persons of such a name, for rows that their readers may see: by sound, likeness or a word of it."""
    return (
        _ids(_heard(name) | _within(name))
        if names.search_key(name)
        else PersonName.rows.none().values_list("person_id")
    )


def _newest(called: Q, user: Any) -> QuerySet[Any]:
    """Ids of the newest persons of the user with such a name: a short word stands in thousands, and all are ranked."""
    seen = PersonName.objects.visible_to(user).filter(called)
    return seen.order_by("-person_id").values("person_id")[:MOST_WITHIN]


def _of_one_family(own: Q, other: Q) -> QuerySet[Any]:
    """Ids of persons with such a name in whose family somebody has such another name."""
    homes = FamilyMember.rows.filter(person__in=_ids(other)).values("family_id")
    return FamilyMember.rows.filter(person__in=_ids(own), family__in=homes).values_list("person_id")


def _nearly_heard(asked: Asked) -> QuerySet[MatchKey]:
    """Children whose own name and mother's name, as far as given, sound the same but for one syllable.

    Through the keys of the duplicate check, which hold each name also with one syllable left out.
    """
    year: dict[str, Any] = {"born_on": date(asked.year, 7, 1), "precision": Precision.YEAR} if asked.year else {}
    own = Features(child_sounds=(names.matching_sounds(asked.name),), **year)
    found = MatchKey.objects.sharing(near_blocks(own))
    if asked.relative:
        mother = Features(mother_sounds=(names.matching_sounds(asked.relative),), **year)
        found = found.sharing(near_blocks(mother))
    return found


def _born_in(people: QuerySet[Person], asked: Asked) -> QuerySet[Person]:
    """A second fact: the birth year."""
    return people.filter(Q(born_on__year=asked.year) | _about(asked.year)) if asked.year else people


def _about(year: int) -> Q:
    """Estimated births count one year to each side."""
    return Q(born_precision=Precision.ESTIMATED, born_on__year__range=(year - 1, year + 1))


def _rows(found: Sequence[tuple[Any, str, bool]], user: Any) -> list[FoundPerson]:
    """Persons in words, each with why it was found and whether by its whole name or number."""
    mothers = _mothers_of([person.pk for person, _why, _exact in found], user) if found else {}
    return [_row(person, why, mothers.get(person.pk) or "", is_exact=exact) for person, why, exact in found]


def _mothers_of(ids: Sequence[int], user: Any) -> dict[int, str]:
    """Child → the name of its mother, where the reader may see her: it tells children of one name apart."""
    as_child = Q(family__members__person__in=ids, family__members__role=FamilyRole.CHILD)
    living = Q(until_on__isnull=True, family__members__until_on__isnull=True)
    mothers = FamilyMember.objects.lookup_for(user).filter(as_child & living, role=FamilyRole.MOTHER)
    listed = mothers.order_by("-pk", "person__names__is_primary")
    return dict(listed.values_list("family__members__person_id", "person__names__full"))


def _row(person: Any, why: str, mother: str, *, is_exact: bool) -> FoundPerson:
    listed: Sequence[str] = person.listed or [""]
    birth = BirthDate(person.born_on, Precision(person.born_precision))
    return FoundPerson(
        person_id=person.pk,
        name=names.as_called(listed[0]),
        other_names=tuple(listed[1:]),
        birth=birth.text((get_language() or "en")[:2]),
        sex=str(sex_labels(birth, timezone.localdate())[Sex(person.sex)]),
        why=_why(why),
        is_exact=is_exact,
        age=_age(birth),
        mother=mother,
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
        "mother": _("Mother’s name"),
    }[why]
