"""Papers that go home with the family, from the stored record."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from casework.accounts.models import Office
from casework.audit.models import Event
from casework.kernel import dates
from casework.kernel.digits import to_ascii_digits
from casework.kernel.guards import YES, Verdict, no
from casework.kernel.refusals import Refusal
from casework.programmes.contributions import registry
from registration.certificate_states import CorrectionState
from registration.models import BirthRecord, ChecklistItem, Correction, RegistryOffice, Submission
from registration.papers.appointment import AppointmentSlip, AppointmentSlipKind
from registration.papers.checklist import ChecklistLine, FamilyChecklist, FamilyChecklistKind
from registration.papers.consent import NoticeAndConsent, NoticeAndConsentKind, Sharing
from registration.papers.parts import NOTHING, Names, Said
from registration.papers.parts import Person as Named
from registration.papers.receipt import HandedPaper, HandoverReceipt, HandoverReceiptKind
from registration.papers.spelling import SpelledChild, SpellingSheet, SpellingSheetKind
from registration.queries.notice import notice_text
from registration.queries.visits import coming_visit
from registration.rules.checklist import in_place_of, stood_for
from registration.rules.deadlines import last_day_to_go
from registration.rules.handover import barred, live_collectors
from registration.states import OPEN_STATUSES, ItemState, ParentRole, Status
from registration.words.codes import HELD, LANGUAGES, NEED, RELATIONS, SEXES, SOURCES

from . import values
from .letter import NOT_PAPERS, PEOPLE
from .words import CERTIFICATE, COPY_OF, PURPOSES, WHO_COMES

MISSING = frozenset({ItemState.NEEDED, ItemState.REQUESTED})
HANDED_OVER = ("registration.birth.handed_over", "registration.correction.handed_over")
TO_FILL_IN = "…………………………"
SET_THE_DAY = _("Set the day first: the next step of the case, or the office’s date.")
NOT_YET_SUBMITTED = frozenset({Status.DRAFT, Status.ASSESSING, Status.GATHERING, Status.READY})


def _labelled(item: ChecklistItem, language: str) -> Said:
    return values.labelled(item, language)


def _papers(birth: BirthRecord) -> list[ChecklistItem]:
    return [
        item
        for item in birth.items.select_related("requirement")
        if item.requirement.key not in NOT_PAPERS and item.state != ItemState.IMPOSSIBLE
    ]


def _office(office: RegistryOffice | None, language: str) -> Said:
    return values.said(values.registry_name(office, language), office.name_th, language) if office else NOTHING


def _own_office(office: Office, language: str) -> Said:
    return values.said(values.clinic_name(office, language), office.name_th, language)


def _address(office: RegistryOffice | None) -> Said:
    """The address as it stands in the directory, which is Thai; a driver reads it."""
    return Said(main=to_ascii_digits(office.address)) if office else NOTHING


class Checklist(values.OfBirthRecord, FamilyChecklistKind):
    """What the family has and what is missing."""

    def context(self, subject: BirthRecord, *, language: str, facts: Mapping[str, Any]) -> FamilyChecklist:
        mother = values.printed_person(subject, ParentRole.MOTHER)
        today = timezone.localdate()
        due = _last_day(subject, today)
        is_late = due is not None and due < today
        until = None if is_late else due
        papers = _papers(subject)
        spared, others = stood_for(papers), in_place_of(papers)
        return FamilyChecklist(
            children=tuple(values.names(row.case.child) for row in values.siblings(subject)),
            mother=values.names(mother) if mother else Names(),
            office=_office(subject.registry_office, language),
            office_address=_address(subject.registry_office),
            due=values.said_day(until, language),
            is_late=is_late,
            next_on=values.said_day(_next_day(subject, today) if is_late else None, language),
            have=tuple(
                ChecklistLine(name=_labelled(item, language), note=_how_held(item, language))
                for item in papers
                if item.state not in MISSING and item.state != ItemState.WAIVED
            ),
            excused=tuple(
                ChecklistLine(name=_labelled(item, language))
                for item in papers
                if item.state == ItemState.WAIVED or item.pk in spared
            ),
            missing=tuple(
                ChecklistLine(
                    name=_either([item, *others.get(item.pk, ())], language),
                    note=values.coded(NEED, "one_of" if others.get(item.pk) else item.level, language),
                    source=values.coded(SOURCES, item.responsible, language),
                    by=_by(values.paper_day(item, subject, until), today, language),
                )
                for item in _still_missing(papers)
            ),
            clinic=values.clinic(subject.office, language),
            read_in=values.read_in(subject, language),
        )


def _still_missing(papers: list[ChecklistItem]) -> list[ChecklistItem]:
    """What is still to be had: of papers that stand for one another the first, for all of them."""
    spared, others = stood_for(papers), in_place_of(papers)
    missing = [item for item in papers if item.state in MISSING and item.pk not in spared]
    order = {item.pk: place for place, item in enumerate(missing)}
    return [
        item for item in missing if all(order[item.pk] < order.get(o.pk, len(order)) for o in others.get(item.pk, ()))
    ]


def _either(items: list[ChecklistItem], language: str) -> Said:
    """The names of papers that stand for one another, on one line."""
    names = [_labelled(item, language) for item in items]
    return Said(main=" / ".join(name.main for name in names), th=" / ".join(filter(None, (n.th for n in names))))


def _how_held(item: ChecklistItem, language: str) -> Said:
    """How to bring what is there; a witness has no original."""
    return NOTHING if item.requirement.key in PEOPLE else values.coded(HELD, item.state, language)


def _last_day(birth: BirthRecord, today: date) -> date | None:
    """The last day on which the family can go to notify the birth; nothing when it is at the office already."""
    if birth.status not in NOT_YET_SUBMITTED or birth.notify_due_on is None:
        return None
    return last_day_to_go(birth.notify_due_on, birth.notify_effective_on, today)


def _by(on: date | None, today: date, language: str) -> str:
    """By when a paper is to be had; nothing once that day is over."""
    return dates.both(on, language) if on and on >= today else ""


def _next_day(birth: BirthRecord, today: date) -> date | None:
    """The next agreed day that is not over: the office's, else the next step of the case."""
    visit = coming_visit(birth, today)
    step = birth.case.next_step_on
    return visit.appointment_on if visit else step if step and step >= today else None


class Appointment(values.OfBirthRecord, AppointmentSlipKind):
    """When and where to come next: to the registry office, or to the clinic."""

    def can_make(self, subject: BirthRecord) -> Verdict:
        if subject.case.next_step_on is None and _visit(subject) is None:
            return no("E-PRT-4", SET_THE_DAY)
        return YES

    def context(self, subject: BirthRecord, *, language: str, facts: Mapping[str, Any]) -> AppointmentSlip:
        visit = _visit(subject)
        correction = visit if isinstance(visit, Correction) else None
        on = _chosen_day(facts) or (visit.appointment_on if visit else None) or subject.case.next_step_on
        if on is None:
            raise Refusal("E-PRT-4", "day", SET_THE_DAY)
        at_office = visit is not None and visit.appointment_on == on
        office = visit.registry_office if visit is not None and at_office else None
        own = subject.office
        return AppointmentSlip(
            children=tuple(values.names(row.case.child) for row in values.siblings(subject)),
            day=values.said_day(on, language),
            time=str(facts.get("time", "") or (correction.appointment_time if correction and at_office else "")),
            office=_office(office, language) if office else _own_office(own, language),
            address=_address(office) if office else Said(main=to_ascii_digits(own.address_th or own.address_en)),
            way=Said(main=office.way_there) if office and office.way_there else NOTHING,
            who=tuple(values.said_of(who, language) for who in WHO_COMES),
            bring=_to_bring(subject, language, is_correction=correction is not None),
            clinic=values.clinic(own, language),
            read_in=values.read_in(subject, language),
        )


def _visit(birth: BirthRecord) -> Correction | Submission | None:
    """The visit with a day to come: for a correction, else for the registration."""
    correction = birth.corrections.filter(state=CorrectionState.APPOINTED).select_related("registry_office").first()
    return correction or coming_visit(birth, timezone.localdate())


def _to_bring(birth: BirthRecord, language: str, *, is_correction: bool) -> tuple[Said, ...]:
    """The papers that are not handed in yet; to a correction, the certificate."""
    if is_correction:
        return (values.said_of(CERTIFICATE, language),)
    return tuple(_labelled(item, language) for item in _papers(birth) if item.state != ItemState.SUBMITTED)


def _chosen_day(facts: Mapping[str, Any]) -> date | None:
    return date.fromisoformat(facts["day"]) if facts.get("day") else None


class Consent(values.OfBirthRecord, NoticeAndConsentKind):
    """What the family was told, and its answers for each sharing; open ones are filled in by hand."""

    def context(self, subject: BirthRecord, *, language: str, facts: Mapping[str, Any]) -> NoticeAndConsent:
        notice = subject.case.notices_given.order_by("-given_on", "-pk").first()
        mother = values.printed_person(subject, ParentRole.MOTHER)
        answers = {row.purpose: row.decision for row in subject.case.consents.filter(withdrawn_on__isnull=True)}
        return NoticeAndConsent(
            child=values.names(subject.case.child),
            giver=subject.informant_name or (values.one_name(mother) if mother else ""),
            relation=values.coded(RELATIONS, subject.informant_relation, language),
            notice=notice_text(language, subject.office.phone),
            sharings=tuple(_sharings(answers, language)),
            told_in=values.coded(LANGUAGES, notice.language if notice else "", language),
            interpreter=notice.interpreter if notice else "",
            staff=Named(name=values.staff_name(notice.given_by if notice else subject.case.lead, language)),
            on=values.said_day(notice.given_on if notice else None, language),
            clinic=values.clinic(subject.office, language),
            read_in=values.read_in(subject, language),
        )


def _sharings(answers: Mapping[str, str], language: str) -> list[Sharing]:
    """One line for each purpose that rooms and programmes share for and that has words on paper."""
    known = {purpose.key for purpose in registry.gather("consent_purposes")}
    lines = []
    for key, (purpose, recipient, shared) in PURPOSES.items():
        if key in known or key in answers:
            lines.append(
                Sharing(
                    purpose=values.said_of(purpose, language),
                    recipient=values.said_of(recipient, language),
                    shared=values.said_of(shared, language),
                    answer={"yes": "yes", "no": "no"}.get(answers.get(key, ""), ""),
                )
            )
    return lines


class Receipt(values.OfBirthRecord, HandoverReceiptKind):
    """Who received the certificate. Printed once it was compared."""

    def can_make(self, subject: BirthRecord) -> Verdict:
        outcome = getattr(subject, "outcome", None)
        if outcome is None or outcome.checked_on is None:
            return no("E-PRT-5", _("Compare the certificate with the record first."))
        return YES

    def context(self, subject: BirthRecord, *, language: str, facts: Mapping[str, Any]) -> HandoverReceipt:
        self.can_make(subject).insist()
        outcome = subject.outcome
        again = subject.corrections.filter(state__in=[CorrectionState.CORRECTED, CorrectionState.HANDED_OVER]).first()
        handed = again if again and again.checked_on else outcome
        receiver, relation = handed.handed_over_to, handed.handed_over_relation
        notifier = {"name": subject.informant_name, "relation": subject.informant_relation}
        if not receiver and not barred(live_collectors(subject), **notifier):
            receiver, relation = notifier.values()
        notice = subject.case.notices_given.order_by("-given_on", "-pk").first()
        return HandoverReceipt(
            child=values.names(subject.case.child),
            papers=(
                HandedPaper(
                    name=values.said_of(CERTIFICATE, language),
                    number=outcome.certificate_no,
                    count="1",
                ),
                HandedPaper(name=values.said_of(COPY_OF, language), count=""),
            ),
            receiver=receiver or TO_FILL_IN,
            relation=values.coded(RELATIONS, relation, language),
            seen=NOTHING,
            on=values.said_day(handed.handed_over_on, language),
            giver=Named(name=_giver(subject, language) if handed.handed_over_on else TO_FILL_IN),
            interpreter=notice.interpreter if notice else "",
            clinic=values.clinic(subject.office, language),
            read_in=values.read_in(subject, language),
        )


class Spelling(values.OfBirthRecord, SpellingSheetKind):
    """The agreed spellings, for the counter."""

    def context(self, subject: BirthRecord, *, language: str, facts: Mapping[str, Any]) -> SpellingSheet:
        mother = values.printed_person(subject, ParentRole.MOTHER)
        father = values.printed_person(subject, ParentRole.FATHER)
        return SpellingSheet(
            children=tuple(_spelled(row, language) for row in values.siblings(subject) if row.status in OPEN_STATUSES),
            mother=values.names(mother) if mother else None,
            father=values.names(father) if father else None,
            agreed_on=NOTHING,
            clinic=values.clinic(subject.office, language),
        )


def _giver(birth: BirthRecord, language: str) -> str:
    """Who handed the certificate over, as the history says."""
    given = Event.objects.filter(case_id_of=birth.case_id, action__in=HANDED_OVER).select_related("actor")
    last = given.order_by("-at", "-pk").first()
    return values.staff_name(last.actor, language) if last else TO_FILL_IN


def _spelled(birth: BirthRecord, language: str) -> SpelledChild:
    names = values.names(birth.case.child)
    return SpelledChild(
        names=Names(is_called=True) if names.is_called else names,
        sex=values.coded(SEXES, birth.case.child.sex, language),
        born=values.said(values.birth_day(birth, language), values.birth_day(birth, "th"), language),
        place=values.said(values.birth_place(birth, language), values.birth_place(birth, "th"), language),
        order=values.said(values.order_words(birth, language), values.order_words(birth, "th"), language),
    )
