"""The letter to the registry office, from the stored record."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, cast

from django.utils.translation import gettext_lazy as _

from casework.cases.letters import letter_frame
from casework.kernel.guards import YES, Verdict, no
from casework.people.models import Person
from registration.models import BirthRecord, ParentLink, RegistryOffice
from registration.papers.letter import LetterChild, LetterParent, ReferralLetter, ReferralLetterKind
from registration.papers.office_letter import Enclosure
from registration.rules.deadlines import is_over
from registration.rules.refusals import whose_paper
from registration.states import IN_HAND, Block, InformantRelation, ItemState, Knowledge, OfficeKind, ParentRole, Status
from registration.words.codes import PAPERS, REGISTRARS_TH, RELATIONS, SEXES, late_reason, word

from . import values

BEFORE_READY = frozenset({Status.DRAFT, Status.ASSESSING, Status.GATHERING})
TO_BE_REGISTERED = frozenset({Status.READY, Status.SUBMITTED, Status.INQUIRY})
NOT_PAPERS = frozenset({"consent", "notice", "thai-name", "thai_name", "spelling", "late-reason", "late_reason"})
"""Requirements that are met by an act, so nothing is enclosed."""
PEOPLE = frozenset({"witnesses", "witness_of_birth"})
"""Requirements that are met by people: they come along, nobody encloses or keeps them."""

_NOT_NAMED = {
    Knowledge.UNKNOWN: {"th": "ไม่ทราบ", "en": "Not known"},
    Knowledge.NOT_DISCLOSED: {"th": "ไม่ประสงค์ระบุ", "en": "Not told"},
    "left_out": {"th": "ไม่ระบุในหนังสือนี้", "en": "Not named in this letter"},
}
_NO_PAPER = {"th": "ไม่มีเอกสารแสดงตน", "en": "has no identity paper"}
_NOT_SHOWN = {"th": "ยังไม่ได้แสดงเอกสารแสดงตน", "en": "has shown no identity paper"}
_BECAUSE: dict[str, dict[str, str]] = {
    Block.FATHER_ABSENT: {"th": " เนื่องจากบิดาไม่อยู่ในพื้นที่", "en": ", because the father is away"},
    Block.MOTHER_ABSENT: {"th": " เนื่องจากมารดาไม่อยู่ในพื้นที่", "en": ", because the mother is away"},
    Block.NAME_MISMATCH: {"th": " เนื่องจากชื่อในเอกสารไม่ตรงกัน", "en": ", because the names on it do not agree"},
    Block.DOB_MISMATCH: {"th": " เนื่องจากวันเกิดในเอกสารไม่ตรงกัน", "en": ", because the birth dates on it do not agree"},
    Block.TRANSLATION_MISSING: {"th": " เนื่องจากยังไม่มีคำแปล", "en": ", because it is not translated yet"},
    Block.WAITING_OFFICE: {"th": " เนื่องจากรอเอกสารจากหน่วยงาน", "en": ", because an office has not issued it yet"},
}
"""Why there is none (C9), as far as it is for the registrar; fear, refusal or cost stay inside."""
_NOTHING_ENCLOSED = {
    "th": "ไม่มี (ผู้แจ้งการเกิดจะนำเอกสารมาแสดงต่อนายทะเบียนด้วยตนเอง)",
    "en": "Nothing (who notifies brings the papers in person)",
}
_HANDED_IN = {
    "th": "ไม่มี (เอกสารประกอบได้ยื่นต่อสำนักทะเบียนไว้แล้ว)",
    "en": "Nothing (the papers were handed in at the registry office before)",
}
_COPY = {"th": "สำเนา", "en": "copy: "}
_NUMBER = {"th": "เลขที่\u00a0", "en": "no.\u00a0"}


class Letter(values.OfBirthRecord, ReferralLetterKind):
    """Written when the papers are complete, until the birth is registered."""

    def can_make(self, subject: BirthRecord) -> Verdict:
        if subject.status in BEFORE_READY:
            return no("E-PRT-2", _("Declare the papers complete first; then the letter can be printed."))
        if subject.status not in TO_BE_REGISTERED:
            return no("E-PRT-8", _("The birth is registered or closed; nothing is left to notify with this letter."))
        if subject.registry_office_id is None:
            return no("E-PRT-1", _("Choose the registry office first."))
        return YES

    def context(self, subject: BirthRecord, *, language: str, facts: Mapping[str, Any]) -> ReferralLetter:
        self.can_make(subject).insist()
        on = date.fromisoformat(facts["letter_date"])
        children = [row for row in values.siblings(subject) if row.pk == subject.pk or row.status in TO_BE_REGISTERED]
        due = subject.notify_effective_on or subject.notify_due_on
        taken = subject.submissions.order_by("submitted_on").values_list("submitted_on", flat=True).first()
        is_late = _is_late(subject, taken or on)
        enclosures = tuple(_enclosures(children, language))
        return ReferralLetter(
            **office_frame(subject, cast(RegistryOffice, subject.registry_office), facts, language),
            enclosures=enclosures,
            nothing_enclosed="" if enclosures else _nothing_enclosed(children, language),
            children=tuple(_child(row, language) for row in children),
            mother=_parent(subject, ParentRole.MOTHER, language),
            father=_parent(subject, ParentRole.FATHER, language),
            notifier=_notifier(subject, language),
            due="" if due is None or on > due else values.day(due, language),
            is_late=is_late is True,
            is_unsure=is_late is None,
            late_reason="" if is_late is False else _late_reason(subject, language),
            children_count=_count(len(children), language),
        )


def _is_late(birth: BirthRecord, on: date) -> bool | None:
    """Whether the period is over; None while the day of birth is not known and nobody can say so."""
    due = birth.notify_effective_on or birth.notify_due_on
    born = birth.case.child.birth
    if due is not None or born.is_exact:
        return due is None or on > due
    return is_over(born, on)


def office_frame(birth: BirthRecord, office: RegistryOffice, facts: Mapping[str, Any], language: str) -> dict[str, Any]:
    """What every letter to a registry office has, as fields of `OfficeLetter`, but the enclosures."""
    frame = letter_frame(birth, birth.case, birth.office, facts, language)
    return {**frame, "recipient": recipient_of(office, language)}


def recipient_of(office: RegistryOffice, language: str) -> str:
    """The registrar of an office, as a letter is addressed."""
    if language != "th":
        return f"The Registrar, {office.name_en}"
    name = office.name_th
    for prefix in ("สำนักทะเบียนท้องถิ่น", "สำนักทะเบียน", "ที่ว่าการ", "อำเภอ"):
        name = name.removeprefix(prefix)
    return REGISTRARS_TH[OfficeKind(office.kind)] + name


def _count(number: int, language: str) -> str:
    if language == "th":
        return f"{number} ราย" + (" (แฝด)" if number > 1 else "")
    return "1 child" if number == 1 else f"{number} children born together"


def _child(birth: BirthRecord, language: str) -> LetterChild:
    person = birth.case.child
    unit = {"th": "กรัม", "en": "g"}[language]
    found = values.names(person)
    name = found.th or found.latin
    return LetterChild(
        name=name,
        name_latin=found.latin if found.latin != name and not found.is_called else "",
        sex=word(SEXES, person.sex, language),
        born=values.birth_day(birth, language),
        time="" if birth.time is None else f"{birth.time:%H.%M} น." if language == "th" else f"{birth.time:%H:%M}",
        place=values.birth_place(birth, language),
        order=values.order_words(birth, language),
        weight=f"{birth.weight_g:,}\u00a0{unit}" if birth.weight_g else "",
    )


def _parent(birth: BirthRecord, role: ParentRole, language: str) -> LetterParent:
    link = values.parent(birth, role)
    person = values.printed_person(birth, role)
    if person is None:
        return LetterParent(name="", not_named_reason=_why_not_named(birth, link, language))
    found = values.names(person)
    name = found.th or found.latin or person.name
    paper = _paper(person, language)
    return LetterParent(
        name=name,
        name_latin=found.latin if found.latin != name else "",
        paper=paper,
        no_paper="" if paper else _no_paper(birth, role, person, language),
        address=values.home_address(birth, language) if role == ParentRole.MOTHER else "",
    )


def _no_paper(birth: BirthRecord, role: ParentRole, person: Person, language: str) -> str:
    """That the parent has no paper, or has shown none, and why; nothing where it is in hand or nobody asked."""
    item = next((item for item in birth.items.all() if whose_paper(item.requirement) == role), None)
    if item is not None and item.state in IN_HAND - {ItemState.WAIVED}:
        return ""
    link = values.parent(birth, role)
    has_paper = any(paper.is_current for paper in person.papers.all())
    is_told = link is not None and link.has_paper is False and not has_paper
    if is_told or (item is not None and item.block == Block.PARENT_NO_ID):
        return _NO_PAPER[language]
    if item is None:
        return ""
    return _NOT_SHOWN[language] + _BECAUSE.get(item.block, {}).get(language, "")


def _why_not_named(birth: BirthRecord, link: ParentLink | None, language: str) -> str:
    if link is not None and link.person_id is not None:
        return _NOT_NAMED["left_out"][language]
    knowledge = link.knowledge if link else Knowledge.UNKNOWN
    return _NOT_NAMED.get(knowledge, _NOT_NAMED[Knowledge.UNKNOWN])[language]


def _paper(person: Person, language: str) -> str:
    """The first paper in use that has a number, as it is called and numbered."""
    papers = [paper for paper in person.papers.all() if paper.is_current and paper.number]
    if not papers:
        return ""
    return f"{word(PAPERS, papers[0].type, language)} {_NUMBER[language]}{papers[0].number}"


def _notifier(birth: BirthRecord, language: str) -> str:
    relation = word(RELATIONS, birth.informant_relation, language)
    joint = " " if language == "th" else ", "
    return joint.join(part for part in (_notifier_name(birth), relation) if part)


def _notifier_name(birth: BirthRecord) -> str:
    """The name of who notifies; a parent by the name that stands above, in Thai letters where it has one."""
    role = {InformantRelation.MOTHER: ParentRole.MOTHER, InformantRelation.FATHER: ParentRole.FATHER}
    parent = role.get(InformantRelation(birth.informant_relation)) if birth.informant_relation else None
    person = values.printed_person(birth, parent) if parent else None
    if person is None:
        return birth.informant_name
    is_the_parent = birth.informant_name in ("", *(name.full for name in person.names.all()))
    return values.one_name(person) if is_the_parent else birth.informant_name


def _late_reason(birth: BirthRecord, language: str) -> str:
    """The reason in the letter's language; what was typed beside it is in the clerk's own words and stays inside."""
    return late_reason(birth.late_reason, language)


def _enclosures(children: list[BirthRecord], language: str) -> list[Enclosure]:
    """The papers in hand, each once with how many for all children."""
    counts: dict[str, int] = {}
    for birth in children:
        for item in birth.items.all():
            if item.state not in (ItemState.ORIGINAL, ItemState.COPY) or item.requirement.key in NOT_PAPERS | PEOPLE:
                continue
            name = item.label(language)
            name = _COPY[language] + name if item.state == ItemState.COPY else name
            counts[name] = counts.get(name, 0) + 1
    return [Enclosure(name=name, count=_copies(count, language)) for name, count in counts.items()]


def _nothing_enclosed(children: list[BirthRecord], language: str) -> str:
    """Why nothing is enclosed: the papers lie at the office already, or the family brings them."""
    is_handed_in = any(item.state == ItemState.SUBMITTED for birth in children for item in birth.items.all())
    return _HANDED_IN[language] if is_handed_in else _NOTHING_ENCLOSED[language]


def _copies(count: int, language: str) -> str:
    return f"{count} ฉบับ" if language == "th" else str(count)
