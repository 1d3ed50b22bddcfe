"""P6: the statement of a witness, one page for each, to be written and signed; blank where nobody is named yet."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from casework.documents.kinds import FamilyKind
from registration.words.witness import WORDS

from .parts import NOTHING, Clinic, Names, Said


@dataclass(frozen=True, kw_only=True)
class KindOfWitness:
    """One thing that a witness can say, and whether this one can."""

    words: Said
    is_theirs: bool = False


@dataclass(frozen=True, kw_only=True)
class Statement:
    """One page: who the witness is, and what they can say; what is empty is filled in by hand."""

    name: str = ""
    relation: str = ""
    contact: str = ""
    kinds: tuple[KindOfWitness, ...] = ()


@dataclass(frozen=True, kw_only=True)
class WitnessSheet:
    """The words of the sheet. A parent who is not to be named stays None."""

    child: Names
    sex: Said
    born: Said
    place: Said
    mother: Names | None
    father: Names | None
    statements: tuple[Statement, ...]
    staff: str
    interpreter: str
    clinic: Clinic
    read_in: Said = NOTHING

    @property
    def lines(self) -> range:
        """Lines for the words of the witness, as many as the page has room for: fewer where Thai is printed beside."""
        return range(4 if self.sex.th else 12)


class WitnessSheetKind(FamilyKind):
    """Signed by the witness and shown to the registrar where there is no proof of the birth (NHRC E09167)."""

    key = "registration.witness_sheet"
    title = _("Witness statement")
    titles = {"en": "Statement of a witness", "th": "บันทึกถ้อยคำพยาน", "my": "သက်သေ၏ ထွက်ဆိုချက် မှတ်တမ်း"}
    template = "registration/documents/witness.html"
    languages = ("my", "th", "en")
    wording = WORDS
    subject_type = "registration.birthrecord"
    action = "registration.birth.see"
    is_signed = True
