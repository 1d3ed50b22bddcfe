"""The answer to an appeal, from the stored request."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from casework.documents.said import NOTHING, amount, clinic, said_day
from casework.kernel.guards import Verdict
from emergency_fund.after_states import TURNED_AWAY, AppealState
from emergency_fund.models import Appeal, AssistanceRequest
from emergency_fund.papers.appeals import AppealKind, AppealLetter
from emergency_fund.wording.codes import REASONS

from . import values

DECIDED = (AppealState.GRANTED, AppealState.UPHELD)
NONE_DECIDED = _("No appeal of this request is decided. Print the decision letter instead.")


class AppealPaper(values.OfAssistanceRequest, AppealKind):
    """What others decided, what that gives, and that it is the last word of the fund."""

    def can_make(self, subject: AssistanceRequest) -> Verdict:
        return values.has_one(_decided(subject) is not None, "E-EAF-128", NONE_DECIDED)

    def context(self, subject: AssistanceRequest, *, language: str, facts: Mapping[str, Any]) -> AppealLetter:
        appeal = _decided(subject)
        values.has_one(appeal is not None, "E-EAF-128", NONE_DECIDED).insist()
        assert appeal is not None and appeal.decided_at is not None  # noqa: S101  insisted on above
        lines = values.live_lines(subject)
        asked = sum((line.asked for line in lines), Decimal(0))
        approved = sum((line.approved or Decimal(0) for line in lines), Decimal(0))
        return AppealLetter(
            number=subject.number,
            asker=values.asker_of(subject, language),
            made=said_day(appeal.made_on, language),
            on=said_day(timezone.localdate(appeal.decided_at), language),
            result=_result(appeal, is_whole=approved >= asked),
            lines=tuple(values.asked_line(subject, line, language) for line in lines),
            total=amount(asked),
            approved=amount(approved),
            reason=values.coded(REASONS, appeal.told_code, language) if appeal.told_code else NOTHING,
            **values.fetching(subject, lines, language),
            clinic=clinic(subject.office, language),
        )


def _decided(request: AssistanceRequest) -> Appeal | None:
    return Appeal.rows.filter(request=request, state__in=DECIDED).first()


def _result(appeal: Appeal, *, is_whole: bool) -> str:
    if appeal.state == AppealState.UPHELD:
        return "upheld"
    if appeal.against in TURNED_AWAY:
        return "anew"
    return "granted" if is_whole else "part"
