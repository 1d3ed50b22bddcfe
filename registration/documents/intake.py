"""The blank forms, offered where papers of the office are."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from casework.accounts.models import Office
from registration.papers.consent import NoticeAlone, NoticeKind
from registration.papers.intake import BlankIntakeKind
from registration.queries.notice import notice_text

from . import values


class BlankIntake(BlankIntakeKind):
    """Printed in advance; the office is its subject."""


class Notice(NoticeKind):
    """What every family is told first."""

    def context(self, subject: Office, *, language: str, facts: Mapping[str, Any]) -> NoticeAlone:
        return NoticeAlone(notice=notice_text(language, subject.phone), clinic=values.clinic(subject, "th"))
