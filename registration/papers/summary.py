"""P7: the case on paper for a colleague or supervisor; masked when it leaves the team."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from casework.documents.kinds import DocumentKind
from registration.words.summary import WORDS


@dataclass(frozen=True, kw_only=True)
class Line:
    """A label and its answer."""

    label: str
    value: str


@dataclass(frozen=True, kw_only=True)
class PaperLine:
    """A paper of the checklist and how it stands."""

    name: str
    state: str
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class SubmissionLine:
    """A visit to the registry office."""

    date: str
    office: str
    result: str


@dataclass(frozen=True, kw_only=True)
class EventLine:
    """One thing that happened."""

    date: str
    what: str
    who: str


@dataclass(frozen=True, kw_only=True)
class CaseSummary:
    """The words of the summary; names and numbers come masked when `is_masked`."""

    is_masked: bool
    status: tuple[Line, ...]
    facts: tuple[Line, ...]
    people: tuple[Line, ...]
    certificate: tuple[Line, ...] = ()
    """What the office wrote and who has it; empty before the birth is registered."""
    flags: tuple[str, ...]
    papers: tuple[PaperLine, ...]
    submissions: tuple[SubmissionLine, ...]
    timeline: tuple[EventLine, ...]


class CaseSummaryKind(DocumentKind):
    """For staff only."""

    key = "registration.case_summary"
    title = _("Case summary")
    titles = {"en": "Summary of the birth registration", "th": "สรุปการช่วยเหลือแจ้งการเกิด"}
    template = "registration/documents/summary.html"
    languages = ("th", "en")
    subject_type = "registration.birthrecord"
    action = "registration.birth.see"

    def words(self, language: str) -> Mapping[str, Any]:
        return WORDS[language]
