"""P2: what the family has, what is missing, where, by when; in the family's language with Thai beside it."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from casework.documents.kinds import FamilyKind
from registration.words.checklist import WORDS

from .parts import NOTHING, Clinic, Names, Said


@dataclass(frozen=True, kw_only=True)
class ChecklistLine:
    """One paper: had, missing or not needed; where a missing one is had from, and by when."""

    name: Said
    note: Said = NOTHING
    source: Said = NOTHING
    by: str = ""


@dataclass(frozen=True, kw_only=True)
class FamilyChecklist:
    """The words of the checklist."""

    children: tuple[Names, ...]
    mother: Names
    office: Said
    """The registry office."""
    office_address: Said
    due: Said
    """The last day: weekday and both calendars. Empty when there is no time limit, and when it is over."""
    have: tuple[ChecklistLine, ...]
    missing: tuple[ChecklistLine, ...]
    clinic: Clinic
    excused: tuple[ChecklistLine, ...] = ()
    """Papers that a supervisor waived: nobody has them, and nobody needs to bring them."""
    is_late: bool = False
    """Whether the time limit is over while the birth still waits: then the paper says that late is possible."""
    next_on: Said = NOTHING
    """The next appointment of a family that is late; empty when none is agreed."""
    read_in: Said = NOTHING
    """The interpreter's language when the family does not read the paper's language."""


class FamilyChecklistKind(FamilyKind):
    """Goes home with the family."""

    key = "registration.family_checklist"
    title = _("Checklist for the family")
    titles = {
        "en": "Papers for registering the birth",
        "th": "เอกสารสำหรับแจ้งการเกิด",
        "my": "မွေးဖွားမှု မှတ်ပုံတင်ရန် စာရွက်စာတမ်းများ",
    }
    template = "registration/documents/checklist.html"
    wording = WORDS
    subject_type = "registration.birthrecord"
    action = "registration.birth.see"
