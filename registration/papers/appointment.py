"""P9: the appointment slip, in the family's language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from casework.documents.kinds import DocumentKind, paired
from registration.words.appointment import WORDS

from .parts import NOTHING, Clinic, Names, Said


@dataclass(frozen=True, kw_only=True)
class AppointmentSlip:
    """The words of the slip; the day in both calendars with its weekday."""

    children: tuple[Names, ...]
    day: Said
    time: str
    office: Said
    address: Said
    way: Said
    """How to get there, in words."""
    who: tuple[Said, ...]
    bring: tuple[Said, ...]
    clinic: Clinic
    read_in: Said = NOTHING


class AppointmentSlipKind(DocumentKind):
    """A half sheet that goes home with the family."""

    key = "registration.appointment_slip"
    title = _("Appointment slip")
    titles = {"en": "Your appointment", "th": "ใบนัด", "my": "ချိန်းဆိုလွှာ"}
    template = "registration/documents/appointment.html"
    languages = ("my", "th", "en")
    subject_type = "registration.birthrecord"
    action = "registration.birth.see"
    level = 1

    def words(self, language: str) -> Mapping[str, Any]:
        return {**paired(WORDS, language), "title_th": self.titles["th"] if language != "th" else ""}
