"""What every letter to a registry office has beside what all letters have: what is enclosed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from casework.cases.letters import who_can_sign
from casework.documents.kinds import Choice
from casework.documents.letters import LetterKind, OfficialLetter


@dataclass(frozen=True, kw_only=True)
class Enclosure:
    """One enclosed paper and how many."""

    name: str
    count: str


@dataclass(frozen=True, kw_only=True)
class OfficeLetter(OfficialLetter):
    """The frame of a letter to a registry office."""

    enclosures: tuple[Enclosure, ...]


class OfficeLetterKind(LetterKind):
    """Base of the letters to a registry office: Thai first, an English copy for information."""

    subject_type = "registration.birthrecord"
    action = "registration.birth.see"

    def signatories(self, subject: Any) -> Sequence[Choice]:
        return who_can_sign(subject)
