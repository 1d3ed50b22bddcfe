"""P9: the appointment slip, in the family's language."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from casework.documents.kinds import FamilyKind
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


class AppointmentSlipKind(FamilyKind):
    """A half sheet that goes home with the family."""

    key = "registration.appointment_slip"
    title = _("Appointment slip")
    titles = {"en": "Your appointment", "th": "ใบนัด", "my": "ချိန်းဆိုလွှာ"}
    template = "registration/documents/appointment.html"
    wording = WORDS
    subject_type = "registration.birthrecord"
    action = "registration.birth.see"
    level = 1
