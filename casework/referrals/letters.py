"""The letter that a service gets with a referral: what is asked, and of the child only what was chosen (core.md §3)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _

from casework.cases.calls_queries import case_phones
from casework.cases.letters import letter_frame, who_can_sign
from casework.cases.models import Case
from casework.documents.kinds import Choice
from casework.documents.letters import LetterKind, OfficialLetter
from casework.documents.said import day
from casework.documents.states import PaperKind
from casework.kernel import dates
from casework.kernel.guards import Verdict
from casework.people.models import FamilyMember, Person
from casework.people.states import CHILD_SEX, ContactRule, FamilyRole, PaperType, Script

from .models import Referral, Service
from .rules import can_tell, letter_language

_TO = {"th": "ผู้รับผิดชอบ{}", "en": "The head of {}"}
_LABELS = {
    "th": {
        "name": "ชื่อเด็ก", "birth": "วันเกิด", "sex": "เพศ", "mother": "ชื่อมารดา", "phone": "โทรศัพท์",
        "papers": "เอกสารที่เด็กมี",
    },
    "en": {
        "name": "Child", "birth": "Born", "sex": "Sex", "mother": "Mother", "phone": "Phone of the family",
        "papers": "Papers the child has",
    },
}  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class ToldLine:
    """One thing that the service is told of the child."""

    label: str
    value: str


@dataclass(frozen=True, kw_only=True)
class ServiceLetter(OfficialLetter):
    """The words of the letter. Of the child it holds what was ticked on the referral and is known, nothing else."""

    area: str
    our_number: str
    kind: str
    asked: str
    told: tuple[ToldLine, ...]
    answer_by: str
    is_agreed: bool
    """Whether the family agreed; else a supervisor wrote why it must be."""
    is_copy: bool


class LetterToService(LetterKind):
    """Written while the referral waits or runs and the family's consent holds; handed out as long (BR-CONS-1)."""

    key = "referrals.letter"
    title = _("Letter to the service")
    titles = {"th": "หนังสือส่งต่อเด็กเพื่อรับบริการ", "en": "Letter of referral"}
    template = "referrals/documents/letter.html"
    subject_type = "referrals.referral"
    action = "referrals.referral.send"
    comes_back_as = PaperKind.LETTER

    def letter_language(self, subject: Referral) -> str:
        return letter_language(subject.service)

    def can_make(self, subject: Referral) -> Verdict:
        return can_tell(subject, timezone.localdate())

    def can_hand_out(self, document: Any) -> Verdict:
        return self.can_make(Referral.rows.select_related("case").get(pk=document.subject_id))

    def signatories(self, subject: Referral) -> Sequence[Choice]:
        return who_can_sign(subject)

    def reference(self, subject: Referral) -> str:
        return subject.case.number

    def whole(self, subject: Referral) -> Referral:
        """The referral with its service and the case with child, family, lead and office, in few reads."""
        told = Referral.rows.select_related("service", "case__child", "case__family", "case__lead", "case__office")
        return told.prefetch_related("case__child__names", "case__child__papers").get(pk=subject.pk)

    def context(self, subject: Referral, *, language: str, facts: Mapping[str, Any]) -> ServiceLetter:
        self.can_make(subject).insist()
        case, service = subject.case, cast(Service, subject.service)
        with translation.override(language):
            return ServiceLetter(
                **letter_frame(subject, case, case.office, facts, language),
                recipient=_TO[language].format(service.name(language)),
                area=service.area,
                our_number=case.number,
                kind=str(subject.get_kind_display()),
                asked=subject.reason,
                told=tuple(_told(subject, language)),
                answer_by=dates.long(timezone.localdate(subject.answer_due_at), language),
                is_agreed=not subject.override_reason,
                is_copy=language != self.letter_language(subject),
            )


def _told(referral: Referral, language: str) -> Iterator[ToldLine]:
    """What was ticked, in one order; what is not known has no line."""
    for field, read in _READ.items():
        value = read(referral.case, language) if field in referral.shared_fields else ""
        if value:
            yield ToldLine(label=_LABELS[language][field], value=value)


def _name(person: Person) -> str:
    """The name in Thai letters with the one in English letters beside it; else as it is written."""
    written = [name for script in (Script.THAI, Script.LATIN) if (name := person.called_in(script))]
    if not written:
        return person.name
    return written[0] if written[1:] in ([], written[:1]) else f"{written[0]} ({written[1]})"


def _birth(case: Case, language: str) -> str:
    born = case.child.birth
    return day(born.on, language) if born.is_exact and born.on else born.in_both(language)


def _mother(case: Case, language: str) -> str:
    mothers = FamilyMember.rows.filter(family=case.family_id, role=FamilyRole.MOTHER, until_on=None)
    mother = mothers.select_related("person").first()
    return _name(mother.person) if mother else ""


def _phone(case: Case, language: str) -> str:
    """The numbers of which the family said that they are safe to call."""
    phones = case_phones(case, timezone.localdate())
    return ", ".join(phone.shown for phone in phones if phone.rule == ContactRule.SAFE)


def _papers(case: Case, language: str) -> str:
    types = {paper.type: str(PaperType(paper.type).label) for paper in case.child.papers.all() if paper.is_current}
    return ", ".join(types.values())


_READ: Mapping[str, Callable[[Case, str], str]] = {
    "name": lambda case, language: _name(case.child),
    "birth": _birth,
    "sex": lambda case, language: str(CHILD_SEX[case.child.sex]),
    "mother": _mother,
    "phone": _phone,
    "papers": _papers,
}
