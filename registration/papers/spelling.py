"""P11: one agreed spelling of each name in each script, to show before a certificate is written."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from casework.documents.kinds import FamilyKind
from registration.words.spelling import WORDS

from .parts import Clinic, Names, Said


@dataclass(frozen=True, kw_only=True)
class SpelledChild:
    """A child on the sheet."""

    names: Names
    sex: Said
    born: Said
    place: Said
    order: Said


@dataclass(frozen=True, kw_only=True)
class SpellingSheet:
    """The words of the sheet. A parent who is not to be named stays None."""

    children: tuple[SpelledChild, ...]
    mother: Names | None
    father: Names | None
    agreed_on: Said
    clinic: Clinic


class SpellingSheetKind(FamilyKind):
    """Shown at the hospital and the registry before anything is signed."""

    key = "registration.spelling_sheet"
    title = _("Name-spelling sheet")
    titles = {"en": "Agreed spelling of names", "th": "แบบตกลงการสะกดชื่อ", "my": "အမည်စာလုံးပေါင်း သဘောတူညီချက်"}
    template = "registration/documents/spelling.html"
    languages = ("my", "th", "en")
    wording = WORDS
    subject_type = "registration.birthrecord"
    action = "registration.birth.see"
    is_signed = True
