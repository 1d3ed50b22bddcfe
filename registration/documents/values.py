"""Single values in ready words: names, dates, places, offices, parents."""

from __future__ import annotations

from datetime import date

from django.db.models import Prefetch, Q

from casework.accounts.models import Office
from casework.documents.kinds import DocumentKind
from casework.documents.said import (  # noqa: F401  read here as values.said, values.day …
    clinic,
    clinic_name,
    day,
    said,
    said_day,
    said_of,
    staff_name,
)
from casework.documents.wording import of_row, words_in
from casework.kernel.dates import BirthDate
from casework.people.models import Person
from casework.people.states import Script, SpokenLanguage
from casework.reference.models import Facility, Place
from registration.models import BirthRecord, ChecklistItem, ParentLink, RegistryOffice
from registration.papers.parts import NOTHING, Names, Said
from registration.queries.pack import spoken_by
from registration.queries.panel import is_child_mother
from registration.states import IN_HAND, Knowledge, OfficeKind, ParentRole
from registration.words.codes import LANGUAGES, Words, word
from registration.words.places import HOSPITAL_MY, HOSPITAL_TH, OFFICES_MY, PLACES_MY

WRITTEN = frozenset({"th", "my", "en"})
ORDER = {
    "th": "แฝดคนที่ {number} ใน {total}",
    "my": "အမြွှာ {total} ဦးအနက် {number}",
    "en": "number {number} of {total} born together",
}
_LEVELS_TH = {6: "ตำบล", 4: "อำเภอ", 2: "จังหวัด"}
_LEVELS_BANGKOK = {6: "แขวง", 4: "เขต", 2: ""}
_BANGKOK = "10"
_BETWEEN = {"th": " ", "my": "၊ "}
_DISTRICT = 4
"""Digits of a district's code."""
_TOLD = ("case__child", "case__lead", "case__family", "office", "registry_office")


def _beside() -> tuple[Prefetch, ...]:
    """The checklist of today with its requirements, and the places with what they lie in.

    One join of all is slow to plan.
    """
    listed = ChecklistItem.rows.filter(Q(is_wanted=True) | Q(state__in=IN_HAND))
    return (
        Prefetch("items", listed.select_related("requirement")),
        Prefetch("facility", Facility.objects.select_related("place__parent__parent")),
        Prefetch("place", Place.objects.select_related("parent__parent")),
    )


class OfBirthRecord(DocumentKind):
    """Base of the kinds whose subject is a birth record."""

    def case_id(self, subject: BirthRecord) -> int:
        return subject.case_id

    def reference(self, subject: BirthRecord) -> str:
        return subject.case.tracking_code

    def spoken(self, subject: BirthRecord) -> SpokenLanguage | None:
        spoken = spoken_by(subject)
        return SpokenLanguage(spoken) if spoken in SpokenLanguage.values else None

    def whole(self, subject: BirthRecord) -> BirthRecord:
        """The record with the case, child, parents, checklist, offices and places, in few reads."""
        parents = Prefetch("parents", ParentLink.rows.select_related("person"))
        rows = BirthRecord.rows.select_related(*_TOLD).prefetch_related(
            "case__child__names", *_beside(), parents, "parents__person__names", "parents__person__papers"
        )
        return rows.get(pk=subject.pk)


def coded(words: Words, code: str, language: str) -> Said:
    """A code in the paper's language with Thai beside it."""
    return said(word(words, code, language), word(words, code, "th"), language) if code else NOTHING


def labelled(item: ChecklistItem, language: str) -> Said:
    """What a paper of the checklist is called."""
    return said(of_row(item.label(language), language), item.label("th"), language)


def names(person: Person) -> Names:
    """A person's name in the scripts of papers; the main name stands in for none."""
    th, latin, my = (person.called_in(script) for script in (Script.THAI, Script.LATIN, Script.MYANMAR))
    further = person.called_in(Script.KHMER) or person.called_in(Script.LAO)
    if not (th or latin or my):
        return Names(latin=person.name, further=further)
    return Names(th=th, latin=latin, my=my, further=further, is_called=not person.own_names())


def one_name(person: Person) -> str:
    """The name a person goes by in Thailand: in Thai letters, else in English letters, else as it is."""
    return person.called_in(Script.THAI) or person.name_in(Script.LATIN) or person.name


def place_words(place: Place | None, language: str) -> str:
    """A place with what it lies in: sub-district, district, province; a name that repeats stands once."""
    parts: list[str] = []
    while place is not None:
        part = _place_name(place, language)
        if part not in parts[-1:]:
            parts.append(part)
        place = place.parent
    return _joined(parts, language)


def _place_name(place: Place, language: str) -> str:
    if language == "my":
        return PLACES_MY.get(place.code, place.name_en)
    if language != "th":
        return place.name_en
    levels = _LEVELS_BANGKOK if place.code.startswith(_BANGKOK) else _LEVELS_TH
    level = levels.get(len(place.code), "")
    return place.name_th if place.name_th.startswith(level) else level + place.name_th


def facility_name(facility: Facility, language: str) -> str:
    """A hospital or clinic; in Burmese the hospital of a district by its district, where it has no name of its own."""
    if language == "my" and facility.name_my:
        return facility.name_my
    district = facility.place
    while district is not None and len(district.code) > _DISTRICT:
        district = district.parent
    known = PLACES_MY.get(district.code, "") if district else ""
    if language == "my" and known and district and facility.name_th == HOSPITAL_TH + district.name_th:
        return known + HOSPITAL_MY
    return facility.name(language)


def registry_name(office: RegistryOffice, language: str) -> str:
    """A registry office; in Burmese by its kind and place, where it has no Burmese name of its own."""
    if language == "my" and office.name_my:
        return office.name_my
    place = PLACES_MY.get((office.place_id or "")[:_DISTRICT], "")
    kind = OFFICES_MY.get(OfficeKind(office.kind), "")
    return f"{place} {kind}" if language == "my" and place and kind else office.name(language)


def home_address(birth: BirthRecord, language: str) -> str:
    """Where the family lives: what was written, with the place it names or lies in, in the paper's language."""
    family = birth.case.family
    if family is None:
        return ""
    typed = family.address_text
    if not family.place_code:
        return place_words(_only_place(birth.office, typed), language) or typed
    place = Place.objects.select_related("parent__parent").filter(code=family.place_code).first()
    is_only_its_name = place is not None and typed.casefold() in (place.name_en.casefold(), place.name_th)
    return _joined(["" if is_only_its_name else typed, place_words(place, language)], language)


def _only_place(office: Office, name: str) -> Place | None:
    """The only place of this name in the office's province; nothing when the text is more than a name."""
    if not name or not office.province_code:
        return None
    named = Place.objects.filter(Q(name_en__iexact=name) | Q(name_th=name), code__startswith=office.province_code)
    found = list(named.select_related("parent__parent")[:2])
    return found[0] if len(found) == 1 else None


def _joined(parts: list[str], language: str) -> str:
    return _BETWEEN.get(language, ", ").join(part for part in parts if part)


def birth_place(birth: BirthRecord, language: str) -> str:
    """Where the child was born, as far as known."""
    facility = facility_name(birth.facility, language) if birth.facility else ""
    area = place_words(birth.place or (birth.facility.place if birth.facility else None), language)
    return _joined([facility, birth.place_text, area], language)


def birth_day(birth: BirthRecord, language: str) -> str:
    """The child's birth day with weekday and both calendars when it is exact, else what is known of it in both."""
    return born_words(birth.case.child.birth, language)


def born_words(born: BirthDate, language: str) -> str:
    """A birth date with weekday and both calendars when it is exact, else what is known of it in both."""
    return day(born.on, language) if born.is_exact and born.on else born.in_both(language)


def order_words(birth: BirthRecord, language: str) -> str:
    """Which of the babies born together; nothing for one."""
    if birth.plurality < 2 or not birth.birth_order:
        return ""
    return words_in(ORDER, language).format(number=birth.birth_order, total=birth.plurality)


def parent(birth: BirthRecord, role: ParentRole) -> ParentLink | None:
    """What is known of one parent."""
    return next((link for link in birth.parents.all() if link.role == role), None)


def printed_person(birth: BirthRecord, role: ParentRole) -> Person | None:
    """A parent who may be named on paper.

    The father of a child mother's child stays off every print (day.md 7), and so does who does not acknowledge it.
    """
    if role == ParentRole.FATHER and is_child_mother(birth):
        return None
    link = parent(birth, role)
    return link.person if link and link.acknowledges_child is not False else None


def is_left_out(birth: BirthRecord, role: ParentRole) -> bool:
    """Whether it was agreed that a parent is not named: one who is known, but not told or not to be printed."""
    link = parent(birth, role)
    if link is None or printed_person(birth, role) is not None:
        return False
    return link.person_id is not None or link.knowledge == Knowledge.NOT_DISCLOSED


def paper_day(item: ChecklistItem, birth: BirthRecord, to_go: date | None) -> date | None:
    """By when a paper is to be had; on the last day of the period means on the day on which the family can go."""
    return to_go if item.due_on == birth.notify_due_on else item.due_on


def siblings(birth: BirthRecord) -> list[BirthRecord]:
    """The birth with those of its twins that are in the same office, in order of birth."""
    if birth.sibling_group is None:
        return [birth]
    rows = BirthRecord.rows.filter(sibling_group=birth.sibling_group, office_id=birth.office_id)
    rows = rows.exclude(case__state="void").select_related("case__child")
    found = rows.prefetch_related("case__child__names", *_beside())
    return sorted(found, key=lambda row: (row.birth_order or 0, row.pk)) or [birth]


def read_in(birth: BirthRecord, language: str) -> Said:
    """The interpreter's language, when the family does not read the paper's language."""
    spoken = birth.interpreter_language
    return NOTHING if spoken in ("", language) or spoken in WRITTEN else coded(LANGUAGES, spoken, language)
