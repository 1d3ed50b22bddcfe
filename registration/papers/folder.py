"""“My papers”: what a family carries when it moves, leaves or is done, in its own language (day.md 18)."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from casework.documents.kinds import FamilyKind
from registration.words.folder import WORDS

from .parts import NOTHING, Clinic, Names, Said


@dataclass(frozen=True, kw_only=True)
class FolderLine:
    """One fact with its label."""

    label: Said
    value: Said


@dataclass(frozen=True, kw_only=True)
class HeldPaper:
    """A paper of the child, and where its original is."""

    name: Said
    number: str
    where: Said


@dataclass(frozen=True, kw_only=True)
class ToDo:
    """What remains: what, where, and until when."""

    what: Said
    where: Said
    by: str = ""
    note: Said = NOTHING


@dataclass(frozen=True, kw_only=True)
class Right:
    """What the family may ask for, in plain words, and where that is written."""

    text: Said
    source: str


@dataclass(frozen=True, kw_only=True)
class Helper:
    """A service of the directory that families may call."""

    name: Said
    contact: str
    hours: str = ""


@dataclass(frozen=True, kw_only=True)
class MyPapers:
    """The words of the folder. Nothing of notes, risks, reasons or people's standing is among them."""

    child: Names
    mother: Names | None
    father: Names | None
    facts: tuple[FolderLine, ...]
    registered: tuple[FolderLine, ...]
    """Empty while the birth is not registered."""
    papers: tuple[HeldPaper, ...]
    todo: tuple[ToDo, ...]
    rights: tuple[Right, ...]
    reviewed_by: str
    helpers: tuple[Helper, ...]
    tracking_code: str
    clinic: Clinic
    read_in: Said = NOTHING


class MyPapersKind(FamilyKind):
    """The folder that goes with the family."""

    key = "registration.my_papers"
    title = _("My papers (folder for the family)")
    titles = {"en": "My papers", "th": "เอกสารของฉัน", "my": "ကျွန်ုပ်၏ စာရွက်စာတမ်းများ"}
    template = "registration/documents/folder.html"
    wording = WORDS
    subject_type = "registration.birthrecord"
    action = "registration.birth.see"
