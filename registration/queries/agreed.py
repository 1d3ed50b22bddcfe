"""The agreed spelling line by line, as it is compared with a draft certificate at the counter."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from casework.people.models import Person
from casework.people.states import CHILD_SEX, Script, Sex
from registration.certificate_states import CounterLineKey
from registration.documents import values
from registration.models import BirthRecord, CounterCheck
from registration.states import ParentRole
from registration.words.codes import SEXES, word
from registration.words.counter import LEAVE_OUT, NOT_KNOWN, TELL

PARENTS = ((CounterLineKey.MOTHER, ParentRole.MOTHER), (CounterLineKey.FATHER, ParentRole.FATHER))


@dataclass(frozen=True, kw_only=True)
class AgreedLine:
    """One line: what must stand on the certificate, and the same in the other scripts or in the reader's words."""

    key: str
    agreed: str
    also: tuple[str, ...] = ()
    is_thai: bool = True
    is_left_out: bool = False
    """Nothing is to stand there, as agreed; an empty line that was not left out is not known."""

    @property
    def label(self) -> str:
        """What the line is about."""
        return str(CounterLineKey(self.key).label)

    @property
    def tell(self) -> str:
        """The sentence for the clerk, in Thai."""
        return told_in_thai(self.key, self.agreed, is_left_out=self.is_left_out)


def told_in_thai(key: str, agreed: str, *, is_left_out: bool) -> str:
    """What to say to the clerk when a line is different: what is right follows in large type, if it is to be there."""
    line = CounterLineKey(key)
    if agreed:
        return TELL[line]
    return LEAVE_OUT[line] if is_left_out else NOT_KNOWN.get(line, LEAVE_OUT[line])


def left_out(birth: BirthRecord) -> frozenset[str]:
    """The lines on which nothing is to stand, as agreed: a parent who is known and is not named on paper."""
    return frozenset(key for key, role in PARENTS if values.is_left_out(birth, role))


def agreed_lines(birth: BirthRecord, language: str) -> list[AgreedLine]:
    """Child, sex, birth date, place, mother, father; the father of a child mother's child is left out (day.md 7)."""
    return list(_lines(birth, language))


def _lines(birth: BirthRecord, language: str) -> Iterator[AgreedLine]:
    child = birth.case.child
    yield _person(CounterLineKey.CHILD, child)
    sex = word(SEXES, child.sex, "th") if child.sex != "U" else ""
    yield _words(CounterLineKey.SEX, sex, str(CHILD_SEX[Sex(child.sex)]))
    born = values.birth_day(birth, "th") if child.birth.earliest else ""
    yield _words(CounterLineKey.BORN, born, values.birth_day(birth, language))
    yield _words(CounterLineKey.PLACE, values.birth_place(birth, "th"), values.birth_place(birth, language))
    for key, role in PARENTS:
        yield _person(key, values.printed_person(birth, role), is_left_out=values.is_left_out(birth, role))


def _person(key: CounterLineKey, person: Person | None, *, is_left_out: bool = False) -> AgreedLine:
    if person is None:
        return AgreedLine(key=key, agreed="", is_left_out=is_left_out)
    agreed = values.one_name(person)
    others = [person.name_in(script) for script in (Script.LATIN, Script.MYANMAR)]
    return AgreedLine(
        key=key,
        agreed=agreed,
        also=tuple(name for name in others if name and name != agreed),
        is_thai=bool(person.name_in(Script.THAI)),
    )


def _words(key: CounterLineKey, thai: str, words: str) -> AgreedLine:
    return AgreedLine(key=key, agreed=thai, also=(words,) if words and words != thai else ())


def last_check(birth: BirthRecord) -> CounterCheck | None:
    """The newest check at the counter, with its lines."""
    return birth.counter_checks.select_related("checked_by").prefetch_related("lines").first()
