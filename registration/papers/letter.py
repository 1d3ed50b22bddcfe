"""P1: the letter to the registry office, laid out as Thai official letters are; twins go in one letter."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from casework.documents.states import PaperKind

from .office_letter import OfficeLetter, OfficeLetterKind


@dataclass(frozen=True, kw_only=True)
class LetterChild:
    """A child whose birth is to be notified."""

    name: str
    name_latin: str
    sex: str
    born: str
    """Date in words, both eras."""
    time: str
    place: str
    order: str
    """As "first of two"; empty for a single birth."""
    weight: str = ""


@dataclass(frozen=True, kw_only=True)
class LetterParent:
    """A parent as far as known: the name with a paper or why there is none, or why no parent is named."""

    name: str
    name_latin: str = ""
    paper: str = ""
    no_paper: str = ""
    """A phrase saying that there is none, with the reason when it is known."""
    not_named_reason: str = ""
    address: str = ""


@dataclass(frozen=True, kw_only=True)
class ReferralLetter(OfficeLetter):
    """The words of the letter. Holds no case notes and nothing on immigration but what the papers show."""

    children: tuple[LetterChild, ...]
    mother: LetterParent
    father: LetterParent
    notifier: str
    """Who notifies and by what right, in one phrase."""
    due: str
    """The last day of the time limit in words; empty when the birth date is not exact."""
    late_reason: str
    """Empty when in time."""
    is_late: bool
    """Said only of what is certain."""
    children_count: str
    """As "1 ราย" or "2 children"."""
    is_unsure: bool = False
    """The day of birth is not known, so the period may or may not be over."""
    nothing_enclosed: str = ""
    """What stands in the place of the enclosures when there are none: who has the papers."""


class ReferralLetterKind(OfficeLetterKind):
    """Asks the registry office to take the notification of birth."""

    key = "registration.referral_letter"
    title = _("Letter to the registry office")
    titles = {"th": "หนังสือขอความอนุเคราะห์รับแจ้งการเกิด", "en": "Request to register a birth"}
    template = "registration/documents/letter.html"
    comes_back_as = PaperKind.LETTER
