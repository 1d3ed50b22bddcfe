"""Papers that go home with the family, from the stored request."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from casework.documents.said import NOTHING, Said, amount, clinic, said, said_day
from casework.kernel.guards import Verdict
from casework.kernel.money import baht_in_words
from casework.reference.queries import term
from emergency_fund.models import AssistanceRequest
from emergency_fund.papers.family import (
    LETTER,
    Acknowledgement,
    AcknowledgementKind,
    DecisionKind,
    DecisionLetter,
)
from emergency_fund.queries.appeals import gives_less, runs_from
from emergency_fund.querysets import PROGRAMME
from emergency_fund.states import IN_FLIGHT, RequestState, ReturnReason, Urgency
from emergency_fund.wording.codes import REASONS

from . import values
from .insurance import covers_in_words

__all__ = ["LETTER", "AcknowledgementPaper", "DecisionPaper"]

S = RequestState
TOLD = frozenset({*values.TO_FETCH, S.DELIVERED, S.REJECTED, S.UPHELD, S.REFERRED_OUT, S.INELIGIBLE})
"""States in which there is a decision to tell; of what is closed, where somebody had decided."""
_TURNED_AWAY = {S.REFERRED_OUT: ReturnReason.ENTITLEMENT, S.INELIGIBLE: ReturnReason.OUTSIDE}


def _total(amounts: Iterable[Decimal]) -> str:
    return amount(sum(amounts, Decimal(0)))


class AcknowledgementPaper(values.OfAssistanceRequest, AcknowledgementKind):
    """What was asked, and by when it is decided."""

    def can_make(self, subject: AssistanceRequest) -> Verdict:
        told = _("The request is decided or has ended. Print the decision letter instead.")
        return values.has_one(subject.state in IN_FLIGHT, "E-EAF-51", told)

    def context(self, subject: AssistanceRequest, *, language: str, facts: Mapping[str, Any]) -> Acknowledgement:
        self.can_make(subject).insist()
        lines = values.live_lines(subject)
        return Acknowledgement(
            number=subject.number,
            asker=values.asker_of(subject, language),
            received=said_day(timezone.localdate(subject.received_at), language),
            lines=tuple(values.asked_line(subject, line, language, is_decided=False) for line in lines),
            total=_total(line.asked for line in lines),
            due=_due(subject, language),
            clinic=clinic(subject.office, language),
        )


def _due(request: AssistanceRequest, language: str) -> Said:
    """The last day, and where hours count, the hour."""
    local = timezone.localtime(request.decision_due_at)
    last = said_day(local.date(), language)
    if request.urgency == Urgency.NORMAL:
        return last
    hour = {"en": f"{local:%H:%M}", "th": f"{local:%H.%M} น.", "my": f"{local:%H:%M} နာရီ"}
    return said(f"{last.main}, {hour.get(language, hour['en'])}", f"{last.th} {hour['th']}", language)


class DecisionPaper(values.OfAssistanceRequest, DecisionKind):
    """What was approved or not, why, until when it is fetched, and until when one may appeal."""

    def can_make(self, subject: AssistanceRequest) -> Verdict:
        told = _("There is no decision to tell the family. Print the acknowledgement while the request is open.")
        is_told = subject.state in TOLD or (subject.state == S.CLOSED and subject.decided_at is not None)
        return values.has_one(is_told, "E-EAF-52", told)

    def context(self, subject: AssistanceRequest, *, language: str, facts: Mapping[str, Any]) -> DecisionLetter:
        self.can_make(subject).insist()
        lines, on = values.live_lines(subject), values.decided_on(subject)
        covers = covers_in_words(lines, language)
        asked = sum((line.asked for line in lines), Decimal(0))
        approved = sum((line.approved or Decimal(0) for line in lines), Decimal(0))
        is_less, appeal = approved < asked, getattr(subject, "appeal", None)
        is_final = subject.state == S.UPHELD or bool(appeal and appeal.decided_at)
        days = int(term(f"{PROGRAMME}.appeal_days", on))
        return DecisionLetter(
            number=subject.number,
            asker=values.asker_of(subject, language),
            on=said_day(on, language),
            result="no" if not approved else "part" if is_less else "yes",
            lines=tuple(
                values.asked_line(subject, line, language, cover=covers.get(line.pk, NOTHING)) for line in lines
            ),
            total=amount(asked),
            approved=amount(approved),
            in_words=said(baht_in_words(approved, language), baht_in_words(approved, "th"), language)
            if approved
            else NOTHING,
            reason=_reason(subject, language, is_less=is_less, is_no=not approved),
            **values.fetching(subject, lines, language),
            appeal=said_day(values.appeal_until(runs_from(subject) or on, days), language)
            if appeal is None and gives_less(subject)
            else NOTHING,
            is_final=is_final,
            is_lowered=bool(approved) and is_less and not subject.told_code,
            clinic=clinic(subject.office, language),
        )


def _reason(request: AssistanceRequest, language: str, *, is_less: bool, is_no: bool) -> Said:
    """Why it was not approved, or less of it; nothing when nobody chose why it is less: then the letter says to ask."""
    code = reason_code(request) if is_no else request.told_code if is_less else ""
    return values.coded(REASONS, code, language) if code else NOTHING


def reason_code(request: AssistanceRequest) -> str:
    """Why it was not approved: what those who said no chose."""
    return request.told_code or _TURNED_AWAY.get(S(request.state), ReturnReason.OTHER)
