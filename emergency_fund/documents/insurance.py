"""Orders of health insurance, from the covers that are ordered."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from itertools import groupby
from operator import attrgetter
from typing import Any

from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from casework.aid.models import InsuranceCover
from casework.aid.states import CoverState
from casework.documents.kinds import Choice
from casework.documents.said import Said, amount, clinic, said
from casework.kernel import dates
from casework.kernel.guards import Verdict, no
from casework.kernel.money import baht_in_words
from casework.kernel.refusals import Refusal
from emergency_fund.insurance_states import LIVE, PolicyState
from emergency_fund.models import AssistanceLine, AssistanceRequest, InsurancePolicy
from emergency_fund.papers.insurance import CoverLine, InsuranceOrder, InsuranceOrderKind
from emergency_fund.states import LineKind, LineState
from emergency_fund.wording.codes import word
from emergency_fund.wording.insurance import SCHEMES

from . import values

PAID_FOR = (LineState.APPROVED, LineState.PARTLY, LineState.DELIVERED)
TOLD = (*LIVE, PolicyState.EXPIRED, PolicyState.RENEWED)
NOT_ORDERED = _("No insurance is ordered that waits for its card. Order it on the page of the request first.")
SEALED = _("This case is sealed. Whoever works on it orders the insurance, without a paper of the fund.")
CHOOSE = _("Choose one of the list.")


class InsuranceOrderPaper(values.OfAssistanceRequest, InsuranceOrderKind):
    """The covers ordered from one hospital; which hospital is chosen."""

    def can_make(self, subject: AssistanceRequest) -> Verdict:
        if subject.case.is_sealed:
            return no("E-EAF-62", SEALED)
        return values.has_one(_covers(subject).exists(), "E-EAF-61", NOT_ORDERED)

    def choices(self, subject: AssistanceRequest) -> Sequence[Choice]:
        language = (get_language() or "en")[:2]
        return [
            Choice(key=str(pk), label=own[0].hospital.name(language), options={"hospital": pk})
            for pk, own in _by_hospital(subject).items()
        ]

    def context(self, subject: AssistanceRequest, *, language: str, facts: Mapping[str, Any]) -> InsuranceOrder:
        self.can_make(subject).insist()
        by_hospital = _by_hospital(subject)
        pk = facts.get("hospital", next(iter(by_hospital)))
        if pk not in by_hospital:
            raise Refusal("E-EAF-57", "choice", CHOOSE)
        covers = [cover for cover in by_hospital[pk] if facts.get("cover", cover.pk) == cover.pk]
        total = sum((cover.premium + cover.check_up for cover in covers), Decimal(0))
        return InsuranceOrder(
            number=f"{subject.number}/C{facts['cover']}" if "cover" in facts else f"{subject.number}/H{pk}",
            on=dates.both(timezone.localdate(), language),
            hospital=covers[0].hospital.name(language),
            sender=clinic(subject.office, language),
            lines=tuple(_told(cover, language) for cover in covers),
            total=amount(total),
            in_words={code: baht_in_words(total, code) for code in ("th", "en")},
        )


def _told(cover: InsuranceCover, language: str) -> CoverLine:
    return CoverLine(
        child=values.name_of(cover.child, language),
        born=cover.child.birth.text(language),
        scheme=word(SCHEMES, cover.scheme, language),
        valid=" – ".join(_whole(day, language) for day in (cover.valid_from, cover.valid_to)),
        premium=amount(cover.premium),
        check_up=amount(cover.check_up),
        sum=amount(cover.premium + cover.check_up),
    )


def _whole(day: date, language: str) -> str:
    """A day that no line of a narrow column ends within."""
    return dates.short(day, language).replace(" ", "\u00a0")


def _covers(request: AssistanceRequest) -> Any:
    """The covers of the request's approved lines that are ordered: a first day that was only priced may have passed."""
    lines = request.lines.filter(state__in=PAID_FOR).values("pk")
    covers = InsuranceCover.rows.filter(state=CoverState.ORDERED, hospital__isnull=False)
    return covers.filter(subject_type=AssistanceLine._meta.label_lower, subject_id__in=lines)


def _by_hospital(request: AssistanceRequest) -> dict[int, list[Any]]:
    rows = _covers(request).select_related("hospital", "child").prefetch_related("child__names")
    return {pk: list(own) for pk, own in groupby(rows.order_by("hospital_id", "pk"), attrgetter("hospital_id"))}


def covers_in_words(lines: Sequence[AssistanceLine], language: str) -> dict[int, Said]:
    """The id of each insurance line → which insurance it buys, from when until when, at which hospital."""
    wanted = [line.pk for line in lines if line.kind == LineKind.HEALTH_INSURANCE]
    if not wanted:
        return {}
    policies = InsurancePolicy.rows.filter(line__in=wanted, state__in=TOLD).select_related("cover__hospital")
    return {
        policy.line_id: said(_in_words(policy.cover, language), _in_words(policy.cover, "th"), language)
        for policy in policies.order_by("pk")
    }


def _in_words(cover: InsuranceCover, language: str) -> str:
    days = f"{dates.short(cover.valid_from, language)} – {dates.short(cover.valid_to, language)}"
    where = [cover.hospital.name(language)] if cover.hospital else []
    return " · ".join([word(SCHEMES, cover.scheme, language), days, *where])
