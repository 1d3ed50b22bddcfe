"""“My papers” from the stored record: what is registered, where the papers are, what remains. Nothing confidential."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from django.utils import translation
from django.utils.timezone import localdate

from casework.documents.said import said_of
from casework.documents.wording import words_in
from casework.kernel import dates
from casework.kernel.requests import moment_of_act
from casework.reference.models import Text
from casework.referrals.models import Service
from casework.referrals.states import ServiceKind
from registration.certificate_states import OPEN_CORRECTIONS
from registration.models import BirthRecord, Outcome, RegistryOffice
from registration.models.papers import FIRST_PROOFS
from registration.papers.folder import FolderLine, HeldPaper, Helper, MyPapers, MyPapersKind, Right, ToDo
from registration.papers.parts import NOTHING, Said
from registration.queries.visits import last_at_office
from registration.rules.checklist import in_place_of, stood_for
from registration.rules.deadlines import last_day_to_go
from registration.states import FirstProof, FollowUpAnswer, ItemState, ParentRole, Register, Track
from registration.words.codes import NEED, SEXES, SOURCES
from registration.words.folder import LABELS, REGISTRY_OF_BIRTH, RIGHTS, TO_DO, WHERE

from . import values
from .letter import NOT_PAPERS, PEOPLE
from .words import CERTIFICATE

RIGHTS_KEY = "folder.rights"
"""Key of the organisation's own words among the texts of the reference room."""
HELPING = (ServiceKind.LEGAL, ServiceKind.PROTECTION)
MOST_HELPERS = 4
MISSING = frozenset({ItemState.NEEDED, ItemState.REQUESTED})


class Folder(values.OfBirthRecord, MyPapersKind):
    """One paper the family can carry."""

    def context(self, subject: BirthRecord, *, language: str, facts: Mapping[str, Any]) -> MyPapers:
        mother = values.printed_person(subject, ParentRole.MOTHER)
        father = values.printed_person(subject, ParentRole.FATHER)
        outcome = getattr(subject, "outcome", None)
        rights, reviewed_by = _rights(subject, language)
        return MyPapers(
            child=values.names(subject.case.child),
            mother=values.names(mother) if mother else None,
            father=values.names(father) if father else None,
            facts=tuple(_facts(subject, language)),
            registered=tuple(_registered(outcome, language)) if outcome else (),
            papers=tuple(_papers(subject, outcome, language)),
            todo=tuple(_todo(subject, outcome, language)),
            rights=rights,
            reviewed_by=reviewed_by,
            helpers=tuple(_helpers(language)),
            tracking_code=subject.case.tracking_code,
            clinic=values.clinic(subject.office, language),
            read_in=values.read_in(subject, language),
        )


def _labelled(label: str, value: Said, language: str) -> FolderLine:
    return FolderLine(label=said_of(LABELS[label], language), value=value)


def _facts(birth: BirthRecord, language: str) -> Iterator[FolderLine]:
    said = {
        "sex": values.coded(SEXES, birth.case.child.sex, language),
        "born": values.said(values.birth_day(birth, language), values.birth_day(birth, "th"), language),
        "place": values.said(values.birth_place(birth, language), values.birth_place(birth, "th"), language),
        "order": values.said(values.order_words(birth, language), values.order_words(birth, "th"), language),
    }
    for label, value in said.items():
        if value.main:
            yield _labelled(label, value, language)


def _shown(row: Any, field: str, language: str) -> Said:
    """A code list's word in the paper's language and in Thai."""
    words = {}
    for wanted in ("en", "th", language):
        with translation.override(wanted):
            words[wanted] = str(getattr(row, f"get_{field}_display")())
    return said_of(words, language)


def _registered(outcome: Outcome, language: str) -> Iterator[FolderLine]:
    """What is registered and by which number."""
    said = {
        "registered_on": values.said_day(outcome.registered_on, language),
        "office": _office(outcome.registry_office, language),
        "certificate": _certificate(outcome, language),
        "child_number": Said(main=outcome.child_number),
    }
    if outcome.register not in ("", Register.NONE, Register.UNKNOWN):
        said["register"] = _shown(outcome, "register", language)
    for label, value in said.items():
        if value.main:
            yield _labelled(label, value, language)


def _certificate(outcome: Outcome, language: str) -> Said:
    """The form and the number of the certificate."""
    form, number = _shown(outcome, "form", language), outcome.certificate_no
    numbered = " · ".join(part for part in (form.main, number) if part)
    return Said(main=numbered, th=form.th)


def _office(office: RegistryOffice | None, language: str) -> Said:
    return values.said(office.name(language), office.name_th, language) if office else NOTHING


def _papers(birth: BirthRecord, outcome: Outcome | None, language: str) -> Iterator[HeldPaper]:
    """The certificate, the first proof, and every paper of the checklist that is there."""
    if outcome is not None:
        where = WHERE["family" if outcome.handed_over_on else "clinic"]
        yield HeldPaper(
            name=said_of(CERTIFICATE, language), number=outcome.certificate_no, where=said_of(where, language)
        )
    if birth.proof != FirstProof.NONE:
        held = birth.proof_held_by if birth.proof_held_by in WHERE else "ask"
        yield HeldPaper(
            name=_shown(birth, "proof", language), number=birth.proof_number, where=said_of(WHERE[held], language)
        )
    places = {ItemState.ORIGINAL: "family", ItemState.COPY: "clinic_copy_only", ItemState.SUBMITTED: "registry"}
    for item in birth.items.all():
        if item.state in places and item.requirement.key not in NOT_PAPERS | FIRST_PROOFS | PEOPLE:
            where = WHERE[places[ItemState(item.state)]]
            yield HeldPaper(name=values.labelled(item, language), number="", where=said_of(where, language))


def _todo(birth: BirthRecord, outcome: Outcome | None, language: str) -> Iterator[ToDo]:
    """What remains, from the facts of the record, whatever its state: it may be closed while much is left."""
    if outcome is None:
        yield from _until_registered(birth, language)
        return
    if outcome.handed_over_on is None:
        own = birth.office
        where = values.said(own.name(language), own.name_th, language)
        yield ToDo(what=said_of(TO_DO["collect"], language), where=where)
    correction = birth.corrections.filter(state__in=OPEN_CORRECTIONS).first()
    if correction:
        by, where = _until(correction.appointment_on, language), _office(correction.registry_office, language)
        yield ToDo(what=said_of(TO_DO["correct"], language), where=where, by=by)
    for row in birth.follow_ups.filter(answer__in=[FollowUpAnswer.OPEN, FollowUpAnswer.OFFERED]):
        service = row.referral.service if row.referral else None
        where = values.said(service.name(language), service.name_th, language) if service else _ask(language)
        yield ToDo(what=said_of(TO_DO[row.kind], language), where=where)


def _until_registered(birth: BirthRecord, language: str) -> Iterator[ToDo]:
    if birth.track in (Track.T8, Track.T9):
        return
    waiting = last_at_office(birth)
    if waiting is not None:
        where, until = _office(waiting.registry_office, language), _until(waiting.appointment_on, language)
        yield ToDo(what=said_of(TO_DO["result"], language), where=where, by=until)
        return
    to_go = _day_to_go(birth)
    items = list(birth.items.select_related("requirement"))
    spared, others = stood_for(items), in_place_of(items)
    for item in items:
        if item.state in MISSING and item.requirement.key not in NOT_PAPERS and item.pk not in spared:
            name, get = values.labelled(item, language), TO_DO["get"]
            what = values.said(words_in(get, language) % name.main, get["th"] % (name.th or name.main), language)
            by = values.paper_day(item, birth, to_go)
            need = "one_of" if others.get(item.pk) else item.level
            where, note = (values.coded(*told, language) for told in ((SOURCES, item.responsible), (NEED, need)))
            yield ToDo(what=what, where=where, by=_until(by, language), note=note)
    office = _office(birth.registry_office, language) if birth.registry_office else said_of(REGISTRY_OF_BIRTH, language)
    yield ToDo(what=said_of(TO_DO["notify"], language), where=office, by=_until(to_go, language))


def _day_to_go(birth: BirthRecord) -> date | None:
    """The last day on which the family can go to notify the birth; nothing when it is over."""
    if birth.notify_due_on is None:
        return None
    today = localdate(moment_of_act())
    on = last_day_to_go(birth.notify_due_on, birth.notify_effective_on, today)
    return on if on >= today else None


def _until(on: date | None, language: str) -> str:
    """A day that is still to come; one that is over helps nobody."""
    is_to_come = on is not None and on >= localdate(moment_of_act())
    return dates.both(on, language) if on and is_to_come else ""


def _ask(language: str) -> Said:
    return said_of(WHERE["ask"], language)


def _rights(birth: BirthRecord, language: str) -> tuple[tuple[Right, ...], str]:
    """The organisation's reviewed text in this language, else plain words with their sources; none for who died."""
    if birth.case.child.died_on:
        return (), ""
    rows = Text.objects.filter(key=RIGHTS_KEY).exclude(reviewed_by="").order_by("-version")
    reviewed = rows.filter(language=language).first()
    if reviewed is None:
        return tuple(Right(text=said_of(words, language), source=source) for words, source in RIGHTS), ""
    thai = rows.filter(language="th").first() if language != "th" else None
    beside = thai.body.splitlines() if thai else []
    lines = [line for line in reviewed.body.splitlines() if line.strip()]
    beside = [line for line in beside if line.strip()] + [""] * len(lines)
    rights = (Right(text=Said(main=m, th=t), source="") for m, t in zip(lines, beside, strict=False))
    return tuple(rights), f"{reviewed.reviewed_by} · {reviewed.source}" if reviewed.source else reviewed.reviewed_by


def _helpers(language: str) -> Iterator[Helper]:
    """Services for legal help and child protection from the directory, verified and with a number."""
    rows = Service.objects.filter(is_active=True, kind__in=HELPING, verified_on__isnull=False).exclude(contact="")
    for row in rows.order_by("kind", "-verified_on", "pk")[:MOST_HELPERS]:
        name = values.said(row.name(language), row.name_th, language)
        yield Helper(name=name, contact=row.contact, hours=row.hours)
