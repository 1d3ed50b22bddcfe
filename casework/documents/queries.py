"""Reads over documents that services, the relay and pages share."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from casework.access.scopes import live_grants, offices_of
from casework.accounts.models import Office
from casework.accounts.states import OfficeKind
from casework.audit.models import Event
from casework.kernel.refusals import Conflict
from casework.kernel.subjects import subject_type

from . import rules, store
from .codes import bare
from .compose import as_facts
from .kinds import DocumentKind, all_kinds
from .models import CaptureLink, Document, Letter, PrintLog
from .states import CaptureState, DocumentState, PaperTrail

log = logging.getLogger(__name__)

"""How many papers that wait for a signature My work lists."""


@dataclass(frozen=True, kw_only=True)
class Verified:
    """What the public page says of a code: never a person."""

    title: str
    made_on: date
    office: Office | None
    is_valid: bool

    @property
    def is_invented(self) -> bool:
        """Whether it is of a practice office, where everybody is invented."""
        return self.office is not None and self.office.kind == OfficeKind.PRACTICE


def verified(code: str) -> Verified | None:
    """What is known of a verification code as typed, or None."""
    document = Document.rows.filter(verification_code=bare(code), made_at__isnull=False).first()
    if document is None or document.made_at is None:
        return None
    return Verified(
        title=document.title,
        made_on=timezone.localdate(document.made_at),
        office=Office.objects.filter(pk=document.office_id_of).first(),
        is_valid=document.state == DocumentState.READY,
    )


def taken_back(document: Document) -> Event | None:
    """Who took a paper back, when and why; None while it is valid."""
    if document.state != DocumentState.VOID:
        return None
    events = Event.objects.filter(
        action="documents.document.voided", subject_type=subject_type(document), subject_id=document.pk
    )
    return events.select_related("actor").last()


def content(document: Document) -> bytes:
    """The stored bytes of a ready document. Raises Conflict when it has none or when they are not what was written."""
    rules.can_open(document).insist()
    try:
        return store.read(document.file, document.sha256)
    except store.DamagedFile as damage:
        log.error("the bytes of document %s are missing or changed", document.pk)
        raise Conflict("E-DOC-6", "", rules.DAMAGED) from damage


def unclaimed(now: datetime) -> QuerySet[Document, int]:
    """Ids of documents that nobody has claimed within the desk's patience, oldest first; for the relay."""
    waiting = Document.rows.filter(state=DocumentState.REQUESTED, requested_at__lte=now - rules.DESK_PATIENCE)
    return waiting.order_by("requested_at", "pk").values_list("pk", flat=True)


def dropped(now: datetime) -> QuerySet[Document]:
    """Documents whose maker died: being made for longer than any worker is let run."""
    return Document.rows.filter(state=DocumentState.RENDERING, claimed_at__lte=now - rules.LONGEST_RENDERING)


def waiting_for_signature(user: Any) -> QuerySet[Document]:
    """The printed papers the person ordered that have not come back signed, with `printed_at`; the oldest first."""
    signed = [kind.key for kind in all_kinds() if kind.is_signed]
    printed = (
        Document.rows.all()
        .visible_to(user)
        .filter(kind__in=signed, requested_by=user, trail=PaperTrail.PRINTED, state=DocumentState.READY)
    )
    first = PrintLog.objects.filter(document=OuterRef("pk")).order_by("at").values("at")[:1]
    return printed.annotate(printed_at=Subquery(first)).order_by("printed_at")


def same_paper(kind: DocumentKind, subject: Any, language: str, today: date) -> Document | None:
    """A paper of this kind made today whose words still hold: it need not be made, or numbered, again."""
    made = Document.rows.all().about(subject).filter(kind=kind.key, language=language)
    found = made.exclude(state__in=(DocumentState.VOID, DocumentState.FAILED)).order_by("-pk").first()
    if found is None or timezone.localdate(found.requested_at) != today:
        return None
    words = as_facts(kind.context(subject, language=language, facts=found.options))
    return found if words == found.facts["paper"] else None


def has_letter(kind: DocumentKind, subject: Any) -> bool:
    """Whether the letter itself was written, so that a copy of it can carry its number."""
    about = Document.rows.all().about(subject).filter(kind=kind.key)
    return Letter.objects.filter(document__in=about).exists()


def live_links(subject: Any, user: Any) -> QuerySet[CaptureLink]:
    """The phone links a person made for a record that have not ended."""
    return CaptureLink.rows.all().about(subject).filter(made_by=user).exclude(state=CaptureState.ENDED)


def papers_of(subject: Any, user: Any) -> QuerySet[Document]:
    """The papers made about a record that the person may see, newest first."""
    return Document.objects.lookup_for(user).about(subject).order_by("-pk")


def of_rights(user: Any) -> Q:
    """The papers whose kind the person's grants make in the office of the record: they never merge across offices.

    About records of offices in which the person has no grant, any of their grants counts, as it does by an assignment.
    """
    mine = Q(kind__in=[kind.key for kind in all_kinds() if not kind.action])
    elsewhere = ~Q(office_id_of__in={grant.office_id for grant in live_grants(user)})
    for action in {kind.action for kind in all_kinds() if kind.action}:
        offices = offices_of(user, action)
        kinds = [kind.key for kind in all_kinds() if kind.action == action]
        if offices:
            mine |= Q(Q(office_id_of__in=offices) | elsewhere, kind__in=kinds)
    return mine
