"""Which papers a family needs today, in the order in which they are handed over, and how often each (day.md 12)."""

from __future__ import annotations

from dataclasses import dataclass

from registration.states import Status

CONSENT = "registration.notice_consent"
SPELLING = "registration.spelling_sheet"
LETTER = "registration.referral_letter"
CHECKLIST = "registration.family_checklist"
SLIP = "registration.appointment_slip"
RECEIPT = "registration.handover_receipt"

FOR_THE_OFFICE = frozenset({LETTER})
"""Papers that the registry office reads, in Thai; all others are read by the family."""
WHILE_GATHERING = frozenset({Status.DRAFT, Status.ASSESSING, Status.GATHERING})
AT_THE_OFFICE = frozenset({Status.SUBMITTED, Status.INQUIRY})


@dataclass(frozen=True, kw_only=True)
class PackFacts:
    """What decides about the papers of today."""

    status: str
    has_signed_consent: bool = False
    has_registry_office: bool = False
    has_day: bool = False
    """Whether it is known when the family comes next, and where."""
    is_certificate_compared: bool = False
    has_signed_receipt: bool = False


@dataclass(frozen=True)
class PackLine:
    """A kind of paper and how many copies of it."""

    kind: str
    copies: int = 1


def papers_today(facts: PackFacts) -> tuple[PackLine, ...]:
    """The papers of today. While gathering: what the family is told and brings; before the visit also what the office
    gets; at the handover the receipt; nothing once the record is closed."""
    lines: list[PackLine] = []
    is_before = facts.status in WHILE_GATHERING | {Status.READY}
    if is_before and not facts.has_signed_consent:
        lines.append(PackLine(CONSENT))
    if facts.status == Status.READY or (facts.status == Status.REGISTERED and not facts.is_certificate_compared):
        lines.append(PackLine(SPELLING))
    if facts.status == Status.READY and facts.has_registry_office:
        lines.append(PackLine(LETTER, 2))
    if is_before:
        lines.append(PackLine(CHECKLIST))
    if facts.has_day and (is_before or facts.status in AT_THE_OFFICE | {Status.REGISTERED}):
        lines.append(PackLine(SLIP))
    if facts.is_certificate_compared and facts.status in (Status.REGISTERED, Status.HANDED_OVER):
        lines += [] if facts.has_signed_receipt else [PackLine(RECEIPT)]
    return tuple(lines)
