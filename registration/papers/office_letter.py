"""What every letter to a registry office has: number, day, sender, recipient, enclosures, signature."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from casework.documents.kinds import DocumentKind
from casework.kernel.digits import to_ascii_digits

from .parts import Clinic, Person


@dataclass(frozen=True, kw_only=True)
class Enclosure:
    """One enclosed paper and how many."""

    name: str
    count: str


@dataclass(frozen=True, kw_only=True)
class OfficeLetter:
    """The frame of a letter, laid out as Thai official letters are."""

    number: str
    """Outgoing number from the office's yearly register, as "มส 118/2569"."""
    date: str
    sender: Clinic
    recipient: str
    """Title and office, as "นายทะเบียนท้องถิ่นเทศบาลนครแม่สอด"."""
    enclosures: tuple[Enclosure, ...]
    contact: Person
    contact_phone: str
    signatory: Person


class OfficeLetterKind(DocumentKind):
    """Base of the letters: Thai first, an English copy for information, two copies, signed."""

    languages = ("th", "en")
    subject_type = "registration.birthrecord"
    action = "registration.birth.see"
    copies = 2
    is_signed = True
    is_letter = True

    def addressee(self, paper: OfficeLetter) -> str:
        return paper.recipient

    def prepared(self, facts: Mapping[str, Any]) -> Mapping[str, Any]:
        """One kind of digits in the whole letter, 0-9, whatever was typed in an address or on a label."""
        return _in_one_kind_of_digits(facts)


def _in_one_kind_of_digits(value: Any) -> Any:
    if isinstance(value, str):
        return to_ascii_digits(value)
    if isinstance(value, Mapping):
        return {key: _in_one_kind_of_digits(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_in_one_kind_of_digits(item) for item in value]
    return value
