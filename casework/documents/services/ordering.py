"""Order a paper: its words are taken now, its bytes are made by a worker."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import models, transaction
from django.utils import timezone

from casework.accounts.models import Office, User
from casework.accounts.states import OfficeKind
from casework.audit.services import record_event
from casework.documents import codes, rules
from casework.documents.compose import WATERMARKS, Stamp, as_facts
from casework.documents.kinds import DocumentKind, UnknownKind, kind_named
from casework.documents.letters import SIGNING
from casework.documents.models import Document, Letter, LetterSeries
from casework.documents.wording import words_in
from casework.kernel.dates import BUDDHIST_OFFSET, short
from casework.kernel.refusals import Refusal
from casework.kernel.subjects import subject_type
from casework.notifications.services import enqueue

TASK = "documents.render"


@transaction.atomic
def request_document(
    *,
    kind: str,
    subject: models.Model,
    language: str,
    requested_by: User,
    now: datetime,
    options: Mapping[str, Any] | None = None,
) -> Document:
    """Order a paper about a record in a language and return its row, which is also its place in the queue.

    The paper's words are read from the record in this transaction and kept, so what is printed is what stood here now.
    Raises UnknownKind, also for a paper about other records; Refusal E-DOC-1 for a language the paper is not made in,
    E-DOC-5 for a copy of a letter that was not written yet, and whatever the kind refuses.
    """
    paper_kind = kind_named(kind)
    if paper_kind.subject_type not in ("", subject_type(subject)):
        raise UnknownKind(kind)
    verdict = rules.can_request(paper_kind, language)
    if not verdict:
        raise Refusal(verdict.code, "language", verdict.reason)
    subject = paper_kind.whole(subject)
    office = _office_of(subject)
    chosen = dict(options or {})
    letter = _letter_number(paper_kind, subject, office, language, now)
    if letter is not None:
        chosen |= _signing(paper_kind, subject, letter, chosen)
        chosen |= {"letter_number": letter.text, "letter_date": letter.on.isoformat()}
    paper = paper_kind.context(subject, language=language, facts=chosen)
    code = codes.new_code()
    document = Document.rows.create(
        kind=kind,
        subject_type=subject_type(subject),
        subject_id=subject.pk,
        office_id_of=office.pk,
        level=paper_kind.level,
        language=language,
        title=paper_kind.title_in(language),
        case_id_of=paper_kind.case_id(subject),
        options=chosen,
        facts={
            "paper": as_facts(paper),
            "stamp": asdict(_stamp(paper_kind, subject, office, language, requested_by, now, code)),
            "watermark": _watermark(office, language),
            "digits": "thai" if language == "th" and kind in office.thai_digits else "",
        },
        verification_code=code,
        requested_by=requested_by,
        requested_at=now,
    )
    if letter is not None and letter.series is not None:
        Letter.objects.create(
            series=letter.series,
            number=letter.number,
            document=document,
            addressee=paper_kind.addressee(paper)[:200],
            dated_on=letter.on,
        )
    enqueue(TASK, document.pk)
    record_event(
        "documents.document.requested",
        actor=requested_by,
        subject=subject,
        case_id=document.case_id_of,
        office_id=office.pk,
        level=document.level,
        at=now,
    )
    return document


def _office_of(subject: models.Model) -> Office:
    if isinstance(subject, Office):
        return subject
    office_id, _programmes = subject.access_place()  # type: ignore[attr-defined]
    return Office.objects.get(pk=office_id)


def _stamp(
    kind: DocumentKind,
    subject: models.Model,
    office: Office,
    language: str,
    requested_by: User,
    now: datetime,
    code: str,
) -> Stamp:
    local = timezone.localtime(now)
    return Stamp(
        code=codes.spaced(code),
        url=f"{settings.SITE_URL}/verify/{code}/",
        made_at=f"{short(local.date(), language)} {local:%H:%M}",
        made_by=(requested_by.name_th if language == "th" else "") or requested_by.full_name,
        office=office.name(language),
        reference=kind.reference(subject),
    )


def _watermark(office: Office, language: str) -> str:
    """Invented people are marked as such on every page: the demo, and offices for practice."""
    is_practice = settings.MODE == "demo" or office.kind == OfficeKind.PRACTICE
    return words_in(WATERMARKS, language) if is_practice else ""


class _Number:
    """An outgoing number: taken now from the register (with `series`), or carried over from the Thai letter."""

    def __init__(
        self, office: Office, number: int, on: Any, series: LetterSeries | None, letter: Document | None = None
    ) -> None:
        self.number, self.on, self.series, self.letter = number, on, series, letter
        self.text = f"{office.letter_prefix} {number}/{on.year + BUDDHIST_OFFSET}".strip()


def _letter_number(
    kind: DocumentKind, subject: models.Model, office: Office, language: str, now: datetime
) -> _Number | None:
    """Take the next number of the office's year; a copy in another language carries the number of the last letter."""
    if not kind.is_letter:
        return None
    if language != kind.letter_language(subject):
        letter = (
            Letter.objects.filter(
                document__kind=kind.key,
                document__subject_type=subject_type(subject),
                document__subject_id=subject.pk,
            )
            .select_related("document")
            .order_by("-pk")
            .first()
        )
        if letter is None:
            raise Refusal("E-DOC-5", "language", rules.LETTER_FIRST)
        return _Number(office, letter.number, letter.dated_on, None, letter.document)
    today = timezone.localdate(now)
    locked = LetterSeries.objects.select_for_update()
    series, _is_new = locked.get_or_create(office=office, year_be=today.year + BUDDHIST_OFFSET)
    series.last += 1
    series.save(update_fields=["last"])
    return _Number(office, series.last, today, series)


def _signing(
    kind: DocumentKind, subject: models.Model, number: _Number, chosen: Mapping[str, Any]
) -> Mapping[str, Any]:
    """Who signs: as on the letter for its copies, else who was chosen, else who usually does."""
    usual = next((choice.options for choice in kind.signatories(subject)), {}) if "signatory" not in chosen else chosen
    kept = number.letter.options if number.letter is not None else usual
    return {key: kept[key] for key in SIGNING if key in kept}
