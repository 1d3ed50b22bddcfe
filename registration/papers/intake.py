"""P0: the blank intake form for days without internet or power; about nobody."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from casework.documents.kinds import DocumentKind
from registration.words.intake import LEAD, SECTIONS, TITLE


@dataclass(frozen=True, kw_only=True)
class BlankIntake:
    """Nothing but the clinic's phone; the fields stand in the words."""

    phone: str


class BlankIntakeKind(DocumentKind):
    """Printed in advance and kept in a drawer. Its subject is the office."""

    key = "registration.blank_intake"
    title = _("Blank intake form")
    titles = {"th": TITLE[0]}
    template = "registration/documents/intake.html"
    languages = ("th",)
    subject_type = "accounts.office"
    action = "registration.birth.create"
    level = 1
    is_blank = True

    def words(self, language: str) -> Mapping[str, Any]:
        return {"title_my": TITLE[1], "lead": LEAD, "sections": _numbered()}

    def context(self, subject: Any, *, language: str, facts: Mapping[str, Any]) -> BlankIntake:
        return BlankIntake(phone=subject.phone)


def _numbered() -> list[dict[str, Any]]:
    """The sections with their fields numbered through the whole form."""
    sections, number = [], 0
    for section in SECTIONS:
        fields = []
        for field in section.fields:
            number += 1
            fields.append({"number": number, **field._asdict()})
        sections.append({"th": section.th, "my": section.my, "fields": fields})
    return sections
