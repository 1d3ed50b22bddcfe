"""Validations of a birth with their stable codes (birth_registration.md C7)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from casework.kernel.dates import BirthDate
from casework.kernel.refusals import Finding, Level, error, warning
from casework.people.identifiers import thai_id_findings, validity_findings
from casework.people.names import name_findings, scripts_in
from casework.people.phones import IMPOSSIBLE, has_possible_length, national_digits
from casework.people.states import THIRTEEN_DIGITS, Script
from registration.states import (
    FACILITY_PLACES,
    HOME_PLACES,
    WITH_PERSON,
    WITHOUT_REASON,
    Knowledge,
    ParentRole,
    PlaceKind,
    Track,
)

from .facts import BirthFacts, ParentFacts

WEIGHT_LIMITS_G = (300, 7000)
WEIGHT_USUAL_G = (1500, 5500)
GESTATION_WEEKS = (20, 45)
MOTHER_USUAL_YEARS = (12, 55)
FATHER_YOUNGEST_YEARS = 13
LAST_TROUBLED_BE_YEAR = 2483  # before 1941 the Thai year began in April (B9)
PLACE_DISTRICT_DIGITS = 4
GROWN_YEARS = 18
VERY_OLD_YEARS = 60  # a century is more likely mistyped


SAY_WHAT_IS_KNOWN = {
    ParentRole.MOTHER: _("Say what is known of the mother; “not known” is an answer."),
    ParentRole.FATHER: _("Say what is known of the father; “not known” is an answer."),
}
WRITE_THE_NAME = {
    ParentRole.MOTHER: _("Write the mother’s name, in any script."),
    ParentRole.FATHER: _("Write the father’s name, in any script."),
}
SAY_WHY = {
    ParentRole.MOTHER: _("Write in a few words why nothing more is known or told of the mother."),
    ParentRole.FATHER: _("Write in a few words why nothing more is known or told of the father."),
}
"""What is missing of a parent, said of which one: on one page both may be missing."""


def birth_findings(facts: BirthFacts, *, today: date) -> list[Finding]:
    """Everything the rules say about a birth: errors refuse the save, warnings ask to be acknowledged."""
    return [
        *_name_findings(facts),
        *_date_findings(facts, today),
        *_birth_findings(facts),
        *_place_findings(facts),
        *_parents_findings(facts, today),
        *_proof_findings(facts, today),
        *_phone_findings(facts),
    ]


def _name_findings(facts: BirthFacts) -> Iterator[Finding]:
    named = {script: text for script, text in facts.names.items() if text.strip(" .-_,")}
    if not named:
        yield error("BR-NAME-1", "child_name", _("Write the child’s name, or choose “baby of” and the mother’s name."))
    for script, text in named.items():
        yield from name_findings(text, field=f"child_name_{script}")


def _date_findings(facts: BirthFacts, today: date) -> Iterator[Finding]:
    earliest = facts.birth.earliest
    if earliest is None:
        if not facts.is_already_registered:
            yield error(
                "BR-DOB-0",
                "birth",
                _("Give the date of birth. If it is not known, give the month, the year or an estimated age."),
            )
        return
    if earliest > today:
        yield error(
            "BR-DOB-1", "birth", _("The date of birth is in the future. Check the day, the month and the year.")
        )
    if _years(earliest, today) >= VERY_OLD_YEARS:
        told = {"age": _years(earliest, today), "common": earliest.year + 100, "buddhist": earliest.year + 643}
        sentence = gettext("The child would be %(age)s years old. Is the year %(buddhist)s (%(common)s)?")
        yield warning("BR-AGE-1", "birth", sentence % told)
    if earliest.year + 543 <= LAST_TROUBLED_BE_YEAR and earliest.month <= 3:
        yield warning(
            "BR-DOB-4", "birth", _("Before 1941 the Thai year began in April. Check whether the year is one later.")
        )
    if facts.birth.is_exact and facts.weekday_told is not None and facts.weekday_told != earliest.weekday():
        yield warning("BR-DOB-5", "weekday_told", _("The weekday the family told is another than that of this date."))


def _birth_findings(facts: BirthFacts) -> Iterator[Finding]:
    if facts.plurality > 1 and (not facts.birth_order or facts.birth_order > facts.plurality):
        yield error("BR-BIRTH-1", "birth_order", _("Say which of the babies this is: first, second …"))
    elif facts.birth_order and facts.birth_order > facts.plurality:
        yield error("BR-BIRTH-1", "birth_order", _("Only one baby was born. Leave this empty."))
    if facts.weight_g is not None:
        yield from weight_findings(facts.weight_g)
    low, high = GESTATION_WEEKS
    if facts.gestation_weeks is not None and not low <= facts.gestation_weeks <= high:
        yield error("BR-BIRTH-4", "gestation_weeks", _("Weeks of pregnancy are between 20 and 45."))


def weight_findings(grams: int, *, field: str = "weight_g") -> Iterator[Finding]:
    """BR-BIRTH-3: a weight outside 300–7000 g is refused, outside 1500–5500 g is questioned."""
    low, high = WEIGHT_LIMITS_G
    usual_low, usual_high = WEIGHT_USUAL_G
    if not low <= grams <= high:
        yield error(
            "BR-BIRTH-3", field, _("Weight at birth must be between 300 and 7000 grams. Did you mean kilograms?")
        )
    elif not usual_low <= grams <= usual_high:
        yield warning("BR-BIRTH-3", field, _("This weight is unusual. Check it on the delivery certificate."))


def _place_findings(facts: BirthFacts) -> Iterator[Finding]:
    if not facts.place_kind:
        yield error("BR-PLACE-0", "place_kind", _("Choose where the child was born, or “not known”."))
    if facts.place_kind in FACILITY_PLACES and facts.facility_id is None:
        yield error("BR-PLACE-1", "facility", _("Choose the hospital, health centre or clinic."))
    is_placed = len(facts.place_code) >= PLACE_DISTRICT_DIGITS or (facts.is_place_unknown and not facts.place_code)
    if facts.place_kind in HOME_PLACES and not is_placed:
        sentence = _("Choose the district of a birth at home or on the way, or “The district is not known”.")
        yield error("BR-PLACE-2", "place", sentence)
    if (facts.place_kind == PlaceKind.ABROAD) != (facts.country != "TH"):
        yield error(
            "BR-PLACE-3", "country", _("A birth outside Thailand needs its country; a birth in Thailand has Thailand.")
        )


def _proof_findings(facts: BirthFacts, today: date) -> Iterator[Finding]:
    if facts.proof_issued_on and facts.proof_issued_on > today:
        yield error("BR-PROOF-1", "proof_issued_on", _("This day is in the future. Check the date."))


def _phone_findings(facts: BirthFacts) -> Iterator[Finding]:
    if any(not has_possible_length(national_digits(number)) for number in facts.phones if number):
        yield error("BR-PHONE-2", "phone", IMPOSSIBLE)


def _parents_findings(facts: BirthFacts, today: date) -> Iterator[Finding]:
    for role in (ParentRole.MOTHER, ParentRole.FATHER):
        parent = facts.parent(role)
        if parent is None:
            yield error("BR-PAR-0", f"{role}_knowledge", SAY_WHAT_IS_KNOWN[role])
        else:
            yield from parent_findings(parent, facts.birth, today)
    yield from same_person_findings(facts)


def same_person_findings(facts: BirthFacts) -> Iterator[Finding]:
    """BR-PAR-3: nobody is both mother and father."""
    mother, father = facts.mother, facts.father
    if mother and father and mother.person_id is not None and mother.person_id == father.person_id:
        yield error(
            "BR-PAR-3",
            "father_name",
            _("Mother and father are the same person. Choose another person for one of them."),
        )


def parent_findings(parent: ParentFacts, child: BirthDate, today: date) -> Iterator[Finding]:
    """What the rules say of one parent of a child born on this date."""
    role = ParentRole(parent.role)
    if parent.knowledge == Knowledge.KNOWN and parent.person_id is None and not any(parent.names.values()):
        yield error("BR-PAR-1", f"{role}_name", WRITE_THE_NAME[role])
    if parent.knowledge not in WITHOUT_REASON and not parent.reason.strip():
        yield error("BR-PAR-2", f"{role}_reason", SAY_WHY[role])
    if parent.knowledge in WITH_PERSON:
        for script, text in parent.names.items():
            if text.strip():
                yield from name_findings(text, field=f"{role}_name_{script}")
        yield from _parent_age_findings(parent, child)
    for paper in parent.papers:
        if paper.type in THIRTEEN_DIGITS and paper.number:
            yield from thai_id_findings(paper.number, field=f"{role}_paper_number")
        yield from validity_findings(paper.issued_on, paper.expires_on, today=today, field=f"{role}_paper_expires")


def _parent_age_findings(parent: ParentFacts, child: BirthDate) -> Iterator[Finding]:
    born, child_born = parent.birth.earliest, child.latest
    if born is None or child_born is None:
        return
    is_mother = parent.role == ParentRole.MOTHER
    if born >= child_born:
        if is_mother:
            sentence = _("The mother’s date of birth is not before the child’s. Check both dates.")
            yield error("BR-MOM-1", "mother_birth", sentence)
        else:
            sentence = _("The father’s date of birth is not before the child’s. Check both dates.")
            yield error("BR-DAD-1", "father_birth", sentence)
        return
    years = _years(born, child_born)
    if is_mother:
        low, high = MOTHER_USUAL_YEARS
        if not low <= years <= high:
            yield warning(
                "BR-MOM-2", "mother_birth", _("The mother’s age at the birth is unusual. Check her date of birth.")
            )
    elif years < FATHER_YOUNGEST_YEARS:
        yield warning(
            "BR-DAD-1", "father_birth", _("The father’s age at the birth is unusual. Check his date of birth.")
        )


OTHER_SCRIPT = {
    Script.LATIN: _("This is not written in English letters. Put it into the box of its script."),
    Script.THAI: _("This is not written in Thai letters. Put it into the box of its script."),
    Script.MYANMAR: _("This is not written in Burmese or Karen script. Put it into the box of its script."),
}


def box_findings(facts: BirthFacts) -> Iterator[Finding]:
    """What looks odd in a name box and is said there, without asking for a tick: digits, another script."""
    named = [("child", facts.names), *((parent.role, parent.names) for parent in facts.parents)]
    for who, names in named:
        for script, text in names.items():
            field = f"{who}_name_{script}"
            if any(letter.isdigit() for letter in text):
                yield _note("BR-NAME-6", field, _("A name has no digits. Check it."))
            found = scripts_in(text)
            if found and script not in found and not (who == "child" and facts.is_baby_of):
                yield _note("BR-NAME-7", field, OTHER_SCRIPT[Script(script)])


def grown_findings(facts: BirthFacts, *, today: date) -> Iterator[Finding]:
    """A child of 18 or more, said at the date while it is typed; the way of registration asks again (BR-AGE-1)."""
    born = facts.birth.latest
    if born is not None and _years(born, today) >= GROWN_YEARS:
        yield _note("BR-AGE-1", "birth", _("Born more than 18 years ago. Check the year."))


def _note(code: str, field: str, sentence: str | Promise) -> Finding:
    return Finding(code=code, field=field, sentence=sentence, level=Level.NOTE)


def _years(born: date, on: date) -> int:
    return (on.year - born.year) - ((on.month, on.day) < (born.month, born.day))


def track_findings(facts: BirthFacts, track: str, *, age: int | None) -> Iterator[Finding]:
    """What a track demands of the facts (BR-DOB-7, BR-AGE-1, BR-AGE-2, BR-PLACE-3)."""
    if track in (Track.T1, Track.T2) and not facts.birth.is_exact:
        yield error("BR-DOB-7", "birth", _("A registration in time needs the exact day of birth."))
    if age is not None and age >= 18 and track not in (Track.T7, Track.T8, Track.T9, Track.UNCLEAR):
        if track == Track.T6:
            yield error("BR-AGE-1", "track", _("The route for children without known parents ends at 18."))
        else:
            yield warning(
                "BR-AGE-1", "track", _("This person is 18 or older. Check whether proof of birth is the right route.")
            )
    if track == Track.T6 and age is not None and age >= 7:
        yield warning("BR-AGE-2", "track", _("From the age of seven use the route for children in care."))
    yield from born_here_findings(facts, track, field="track")


def born_here_findings(facts: BirthFacts, track: str, *, field: str) -> Iterator[Finding]:
    """BR-PLACE-3: a way that registers a birth in Thailand is not for one abroad."""
    if facts.country != "TH" and track not in ("", Track.T8, Track.T9, Track.UNCLEAR):
        yield error("BR-PLACE-3", field, _("A child born outside Thailand cannot be registered as born here."))


def ready_name_findings(scripts: Iterable[str]) -> Iterator[Finding]:
    """BR-NAME-1, BR-NAME-5: before the office is asked, the child has a name of its own, in Thai letters too."""
    own = set(scripts)
    if not own:
        sentence = _("The child has no name of its own yet. Ask the family, then write it.")
        yield error("BR-NAME-1", "child_name_Thai", sentence)
    elif Script.THAI not in own:
        yield error("BR-NAME-5", "child_name_Thai", _("Agree the child’s name in Thai letters first (spelling sheet)."))
