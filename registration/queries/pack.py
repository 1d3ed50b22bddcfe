"""What a stored record needs on paper today."""

from __future__ import annotations

from django.utils import timezone

from casework.documents.kinds import FamilyKind
from casework.documents.models import Document
from casework.documents.states import DocumentState, PaperTrail
from casework.documents.wording import family_language
from registration.models import BirthRecord
from registration.rules.pack import CONSENT, RECEIPT, PackFacts, PackLine, papers_today

from .visits import coming_visit

SIGNED = (PaperTrail.SIGNED, PaperTrail.SCANNED, PaperTrail.CHECKED)


def pack_facts(birth: BirthRecord) -> PackFacts:
    """The facts of a record that decide about its papers of today."""
    outcome = getattr(birth, "outcome", None)
    visit = coming_visit(birth, timezone.localdate())
    return PackFacts(
        status=birth.status,
        has_signed_consent=_has_signed(birth, CONSENT),
        has_registry_office=birth.registry_office_id is not None,
        has_day=visit is not None or birth.case.next_step_on is not None,
        is_certificate_compared=outcome is not None and outcome.checked_on is not None,
        has_signed_receipt=_has_signed(birth, RECEIPT),
    )


def pack_lines(birth: BirthRecord) -> tuple[PackLine, ...]:
    """The papers of today."""
    return papers_today(pack_facts(birth))


def spoken_by(birth: BirthRecord) -> str:
    """What the family speaks: the language of its interpreter, else of its notice; nothing while none is known."""
    notice = birth.case.notices_given.order_by("-given_on", "-pk").first()
    return birth.interpreter_language or (notice.language if notice else "")


def spoken_language(birth: BirthRecord) -> str:
    """The language in which the family is given its papers at first."""
    return family_language(spoken_by(birth), FamilyKind.languages)


def _has_signed(birth: BirthRecord, kind: str) -> bool:
    made = Document.rows.all().about(birth).filter(kind=kind, state=DocumentState.READY)
    return made.filter(trail__in=SIGNED).exists()
