"""The letter that asks the registry office to correct a certificate, laid out as Thai official letters are."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from .office_letter import OfficeLetter, OfficeLetterKind


@dataclass(frozen=True, kw_only=True)
class WrongLine:
    """One entry of the certificate: what was agreed, and what stands there."""

    label: str
    agreed: str
    on_certificate: str


@dataclass(frozen=True, kw_only=True)
class CorrectionLetter(OfficeLetter):
    """The words of the letter."""

    refers: str
    """The certificate: its form, number and day."""
    child: str
    child_latin: str
    lines: tuple[WrongLine, ...]


class CorrectionLetterKind(OfficeLetterKind):
    """Asks the registry office to correct what differs on a signed certificate."""

    key = "registration.correction_letter"
    title = _("Letter for a correction")
    titles = {"th": "หนังสือขอแก้ไขรายการในสูติบัตร", "en": "Request to correct a birth certificate"}
    template = "registration/documents/letter_correction.html"
