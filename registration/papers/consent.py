"""P3: the short notice, then yes or no to each sharing. Helping a child to be registered rests on neither."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from casework.documents.kinds import FamilyKind
from casework.documents.states import PaperKind
from registration.words.consent import PLAIN, WORDS

from .parts import NOTHING, Clinic, Names, Person, Said


@dataclass(frozen=True, kw_only=True)
class NoticeText:
    """What the family is told. Without a reviewer the paper says that the wording is not reviewed."""

    paragraphs: tuple[Said, ...]
    reviewed_by: str = ""
    reviewed_on: str = ""


@dataclass(frozen=True, kw_only=True)
class Sharing:
    """One purpose, answered by itself. `answer` is "yes", "no" or empty, to be filled in by hand."""

    purpose: Said
    recipient: Said
    shared: Said
    answer: str = ""


@dataclass(frozen=True, kw_only=True)
class NoticeAndConsent:
    """The words of the form."""

    child: Names
    giver: str
    relation: Said
    notice: NoticeText
    sharings: tuple[Sharing, ...]
    told_in: Said
    """The language the notice was told in."""
    interpreter: str
    staff: Person
    on: Said
    clinic: Clinic
    read_in: Said = NOTHING


def plain_notice(language: str, phone: str) -> NoticeText:
    """Give the plain wording for use until the organisation has supplied a reviewed text in this language."""
    thai = PLAIN["th"] if language != "th" else ("",) * len(PLAIN["th"])
    return NoticeText(
        paragraphs=tuple(
            Said(main=main.format(phone=phone), th=beside.format(phone=phone))
            for main, beside in zip(PLAIN[language], thai, strict=True)
        )
    )


class NoticeAndConsentKind(FamilyKind):
    """Signed or thumb-printed by who decides for the child."""

    key = "registration.notice_consent"
    title = _("Notice and consent form")
    titles = {"en": "Information and consent", "th": "คำชี้แจงและความยินยอม", "my": "အသိပေးချက်နှင့် သဘောတူညီချက်"}
    template = "registration/documents/consent.html"
    languages = ("my", "th", "en")
    wording = WORDS
    subject_type = "registration.birthrecord"
    action = "registration.birth.see"
    is_signed = True
    comes_back_as = PaperKind.CONSENT


@dataclass(frozen=True, kw_only=True)
class NoticeAlone:
    """The notice on a sheet of its own, about nobody."""

    notice: NoticeText
    clinic: Clinic


class NoticeKind(FamilyKind):
    """Printed in advance, in Burmese and Thai; read to every family and left with it. Its subject is the office."""

    key = "registration.notice"
    title = _("Information for the family (Burmese and Thai)")
    titles = {"my": "မိသားစု သိထားရန်", "th": "สิ่งที่ครอบครัวควรทราบ"}
    template = "registration/documents/notice.html"
    languages = ("my",)
    subject_type = "accounts.office"
    action = "registration.birth.create"
    level = 1
    is_blank = True
    wording = WORDS
