"""A correction on its page: its differences, its steps, and the places the wrong name already went."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Case, CharField, Exists, OuterRef, Q, QuerySet, Value, When
from django.db.models.functions import Cast, Concat
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import get_language

from casework.documents.models import Attachment, Document, PrintLog
from casework.documents.states import PaperKind
from casework.documents.templatetags.documents import kind_title
from casework.referrals.models import Referral
from registration.certificate_states import CorrectionState
from registration.models import BirthRecord, Correction, FollowUp, WrongNameTold
from registration.rules import corrections as rules
from registration.states import FollowUpAnswer

LETTER = "registration.correction_letter"
MOST_PAPERS = 60


@dataclass(frozen=True, kw_only=True)
class WrongPlace:
    """Somewhere the wrong name went: which row, in words, since when, and when it was told the right one."""

    key: str
    kind: str
    name: str | Promise
    since: date
    told_on: date | None


def shown_correction(birth: BirthRecord) -> Correction | None:
    """The newest correction, for the birth's page."""
    return birth.corrections.select_related("registry_office").first()


def wrong_places(correction: Correction) -> list[WrongPlace]:
    """Referrals sent, papers printed and services told between the wrong certificate and the corrected one."""
    told = dict(correction.told.values_list("place", "told_on"))
    outcome, until = correction.birth.outcome, correction.result_on
    found = [
        WrongPlace(key=key, kind=kind, name=name, since=since, told_on=told.get(key))
        for key, kind, name, since in _places(correction.birth, outcome.registered_on, until)
    ]
    return sorted(found, key=lambda place: (place.since, place.key))


Place = tuple[str, str, str | Promise, date]


def _places(birth: BirthRecord, first: date, until: date | None) -> Iterator[Place]:
    language = (get_language() or "en")[:2]
    for referral in birth.case.referrals.select_related("service"):
        since = timezone.localdate(referral.sent_at)
        if _is_within(since, first, until):
            name = referral.service.name(language) if referral.service else str(referral.get_kind_display())
            yield f"referral-{referral.pk}", "referral", name, since
    for document, since in _printed(birth, first, until):
        yield f"document-{document.pk}", "document", kind_title(document.kind) or document.title, since
    for row in birth.follow_ups.filter(answer=FollowUpAnswer.OFFERED, answered_on__isnull=False):
        if row.answered_on and _is_within(row.answered_on, first, until):
            yield f"follow-up-{row.pk}", "follow-up", row.get_kind_display(), row.answered_on


def _is_within(on: date, first: date, until: date | None) -> bool:
    return on >= first and (until is None or on <= until)


def _printed(birth: BirthRecord, first: date, until: date | None) -> Iterator[tuple[Document, date]]:
    papers = Document.rows.filter(case_id_of=birth.case_id).exclude(kind=LETTER)
    prints = PrintLog.objects.filter(document__in=papers, at__date__gte=first).select_related("document")
    seen: set[int] = set()
    for entry in prints.order_by("at")[:MOST_PAPERS]:
        since = timezone.localdate(entry.at)
        if entry.document_id not in seen and _is_within(since, first, until):
            seen.add(entry.document_id)
            yield entry.document, since


def has_places_to_tell() -> Q:
    """The condition under which a corrected certificate still has a wrong place (wrong_places) that was not told."""
    case = OuterRef("birth__case")
    printed = PrintLog.objects.filter(document__case_id_of=case).exclude(document__kind=LETTER)
    offered = FollowUp.rows.filter(birth=OuterRef("birth"), answer=FollowUpAnswer.OFFERED)
    return (
        Q(_not_told(Referral.rows.filter(case=case), "referral", at="sent_at__date"))
        | Q(_not_told(printed, "document", at="at__date", number="document"))
        | Q(_not_told(offered, "follow-up", at="answered_on"))
    )


def _not_told(rows: QuerySet[Any], kind: str, *, at: str, number: str = "pk") -> Exists:
    place = Concat(Value(f"{kind}-"), Cast(OuterRef(number), CharField()))
    told = WrongNameTold.rows.filter(correction=OuterRef(OuterRef("pk")), place=place)
    between = {f"{at}__gte": OuterRef("birth__outcome__registered_on"), f"{at}__lte": OuterRef("result_on")}
    return Exists(rows.filter(**between).exclude(Exists(told)))


def old_scans(birth: BirthRecord, user: Any) -> QuerySet[Attachment]:
    """Photos and scans of the case that are not marked as replaced, certificates first."""
    rows = Attachment.objects.lookup_for(user).filter(case_id_of=birth.case_id, removed_at=None, superseded_on=None)
    return rows.order_by(Case(When(paper_kind=PaperKind.CERTIFICATE, then=0), default=1), "-pk")


def replaced_scans(birth: BirthRecord, user: Any) -> list[Attachment]:
    """Photos and scans of papers that were replaced."""
    rows = Attachment.objects.lookup_for(user).filter(case_id_of=birth.case_id, removed_at=None)
    return list(rows.exclude(superseded_on=None).order_by("superseded_on", "pk"))


def possible_steps(correction: Correction) -> dict[str, bool]:
    """Which acts the page offers now."""
    steps = {state.value: bool(rules.can_take_step(correction, state)) for state in CorrectionState}
    return {**steps, "hand_over": bool(rules.can_hand_over_again(correction))}
