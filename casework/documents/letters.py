"""What every outgoing letter has: number, day, sender, receiver, contact, and who signs it (day.md 10 and 24)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from casework.kernel.digits import to_ascii_digits
from casework.kernel.refusals import Refusal

from .kinds import DocumentKind
from .said import Clinic, Person

SIGNING = ("signatory", "signs_for")
"""What is kept with a letter of who signs it, and for whom; its copies carry it as they carry the number."""


@dataclass(frozen=True, kw_only=True)
class Signatory(Person):
    """Who signs, and where that is a deputy, for whom and in what position."""

    signs_for: str = ""


@dataclass(frozen=True, kw_only=True)
class OfficialLetter:
    """The frame of a letter, laid out as Thai official letters are."""

    number: str
    """Outgoing number from the office's yearly register, as "มส 118/2569"."""
    date: str
    sender: Clinic
    recipient: str
    """Title and office, as "นายทะเบียนท้องถิ่นเทศบาลนครแม่สอด"."""
    contact: Person
    contact_phone: str
    signatory: Person


class LetterKind(DocumentKind):
    """Base of the letters: Thai and English, two copies, numbered, signed."""

    languages = ("th", "en")
    copies = 2
    is_signed = True
    is_letter = True

    def addressee(self, paper: OfficialLetter) -> str:
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


def chosen_to_sign(kind: DocumentKind, subject: Any, wanted: str) -> Mapping[str, Any]:
    """Give what is kept of who was chosen to sign; nothing where nobody was. Raises Refusal E-DOC-24 for others."""
    if not wanted:
        return {}
    for choice in kind.signatories(subject):
        if choice.key == wanted:
            return choice.options
    raise Refusal("E-DOC-24", "signatory", _("The person you chose does not sign today. Choose again."))
