"""What the indicators of quality need besides the lines: a constant number of queries, each for one period."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any

from django.db.models import BooleanField, Case, Exists, OuterRef, Q, QuerySet, When

from casework.aid.models import InsuranceCover
from casework.aid.states import CoverState
from casework.cases.models import Consent
from casework.cases.states import ConsentDecision
from casework.people.models import IdentityDocument, PersonName
from casework.people.states import NameKind, Script
from casework.referrals.states import ReferralState
from casework.reports.boards import Scope
from casework.reports.figures import Ids
from casework.reports.measures import SATANG
from casework.reports.periods import Period
from registration.certificate_states import DifferenceOn, FeePayer
from registration.models import (
    AcknowledgedWarning,
    BirthRecord,
    Correction,
    Discrepancy,
    FollowUp,
    InquiryStep,
    Outcome,
    ParentLink,
    Submission,
)
from registration.quality import Beside, Cost, GivenBack
from registration.states import (
    ConsularDecision,
    FollowUpAnswer,
    FollowUpKind,
    InquiryKind,
    ParentRole,
    PlaceKind,
    Register,
    Result,
)

from .counted import counted_births

TAKEN_UP = (ReferralState.ACCEPTED, ReferralState.COMPLETED)
INSURED = (CoverState.ACTIVE, CoverState.EXPIRED)
PROFILE, CONSULAR = "profile", "consular"
"""Services that no follow-up asks for: a profile register, and the registration with the family's own state."""
Days = tuple[Any, Any]


def beside(scope: Scope, period: Period) -> Beside:
    """Everything that was done or found in the period. Thirteen queries."""
    births, days = counted_births(scope), (period.first, period.last)
    offered, wanted, linked = _services(births, days)
    agreed, withdrawn = _consents(births, days)
    opened = births.filter(case__received_on__range=days)
    return Beside(
        accepted_at=_accepted_at(births, days),
        given_back=tuple(_given_back(births, days)),
        without_papers=_without_papers(births, days),
        checked=_ids(Outcome.rows.filter(birth__in=births, checked_on__range=days), "birth_id"),
        differing=_differing(births, days),
        costs=tuple(_costs(births, days)),
        offered=offered,
        wanted=wanted,
        linked=linked,
        agreed=agreed,
        withdrawn=withdrawn,
        acknowledged=_ids(AcknowledgedWarning.rows.filter(birth__in=opened), "birth_id"),
        **_lacking(opened),
    )


def _ids(rows: QuerySet, column: str) -> Ids:
    return frozenset(rows.values_list(column, flat=True))


def _accepted_at(births: QuerySet[BirthRecord], days: Days) -> dict[int, int]:
    rows = Submission.rows.filter(birth__in=births, result=Result.ACCEPTED, birth__outcome__registered_on__range=days)
    return dict(rows.order_by("-number").values_list("birth_id", "number"))


def _given_back(births: QuerySet[BirthRecord], days: Days) -> Iterator[GivenBack]:
    rows = Submission.rows.filter(birth__in=births, result__in=(Result.RETURNED, Result.REFUSED), result_on__range=days)
    for birth, office, reason, result in rows.values_list("birth_id", "registry_office_id", "return_reason", "result"):
        yield GivenBack(birth=birth, office=office, reason=reason, result=result)


def _without_papers(births: QuerySet[BirthRecord], days: Days) -> Ids:
    """Records taken to an office in the period, of whose parents none has a paper and each was asked or is not there.

    Papers that were written down on the person's page later count.
    """
    paper = IdentityDocument.rows.filter(person=OuterRef("person"), is_current=True)
    parents = ParentLink.rows.filter(birth=OuterRef("pk"), role__in=(ParentRole.MOTHER, ParentRole.FATHER))
    has_paper = parents.filter(Q(has_paper=True) | Exists(paper))
    not_asked = parents.filter(person__isnull=False, has_paper__isnull=True)
    taken = births.filter(submissions__submitted_on__range=days).distinct()
    return _ids(taken.exclude(Exists(has_paper)).exclude(Exists(not_asked)), "pk")


def _differing(births: QuerySet[BirthRecord], days: Days) -> dict[str, Ids]:
    rows = Discrepancy.rows.filter(
        birth__in=births, source_b=DifferenceOn.CERTIFICATE, birth__outcome__checked_on__range=days
    )
    return _gathered(rows.values_list("field", "birth_id"))


def _gathered(pairs: Iterable[tuple[str, int]]) -> dict[str, Ids]:
    found: dict[str, set[int]] = defaultdict(set)
    for key, birth in pairs:
        found[key].add(birth)
    return {key: frozenset(held) for key, held in found.items()}


def _costs(births: QuerySet[BirthRecord], days: Days) -> Iterator[Cost]:
    """Fines and other costs of visits, steps of inquiries, fees of corrections, each on its day."""
    visits = Submission.rows.filter(birth__in=births, submitted_on__range=days)
    for birth, fine, other in visits.values_list("birth_id", "fine_baht", "other_cost_baht"):
        yield from _cost(birth, "fine", fine)
        yield from _cost(birth, "visit", other)
    steps = InquiryStep.rows.filter(birth__in=births, cost_baht__isnull=False).filter(
        Q(done_on__range=days) | Q(done_on__isnull=True, planned_on__range=days)
    )
    for birth, kind, cost in steps.values_list("birth_id", "kind", "cost_baht"):
        yield from _cost(birth, "dna" if kind == InquiryKind.DNA else "step", cost)
    fees = Correction.rows.filter(birth__in=births, fee_baht__isnull=False, state_since__range=days)
    for birth, cost, paid_by in fees.values_list("birth_id", "fee_baht", "fee_paid_by"):
        yield from _cost(birth, "correction", cost, paid_by == FeePayer.CLINIC if paid_by else None)


def _cost(birth: int, kind: str, baht: Decimal | None, is_ours: bool | None = None) -> Iterator[Cost]:
    if baht:
        yield Cost(birth=birth, kind=kind, satang=int(baht * SATANG), is_ours=is_ours)


def _services(births: QuerySet[BirthRecord], days: Days) -> tuple[dict[str, Ids], dict[str, Ids], dict[str, Ids]]:
    """Service → for whom it applies, who wants it, who is linked to it, of certificates handed over in the period."""
    handed = births.filter(outcome__handed_over_on__range=days)
    cover = InsuranceCover.rows.filter(child=OuterRef("birth__case__child"), state__in=INSURED)
    rows: Any = FollowUp.rows.filter(birth__in=handed).annotate(is_insured=Exists(cover))
    asked = list(rows.values_list("kind", "birth_id", "answer", "referral__state", "is_insured"))
    offered = _gathered((k, b) for k, b, answer, _r, _i in asked if answer != FollowUpAnswer.NOT_APPLICABLE)
    wanted = _gathered((k, b) for k, b, answer, _r, _i in asked if answer == FollowUpAnswer.OFFERED)
    linked = _gathered(
        (kind, birth)
        for kind, birth, _answer, referral, is_insured in asked
        if referral in TAKEN_UP or (kind == FollowUpKind.INSURANCE and is_insured)
    )
    told = list(handed.values_list("pk", "outcome__register", "consular__decision"))
    everybody = frozenset(pk for pk, _register, _decision in told)
    in_profile = frozenset(pk for pk, register, _d in told if register in (Register.TR38_1, Register.TR38K))
    chosen = frozenset(pk for pk, _register, decision in told if decision == ConsularDecision.YES)
    return (
        {**offered, PROFILE: everybody, CONSULAR: everybody},
        {**wanted, CONSULAR: chosen},
        {**linked, PROFILE: in_profile},
    )


def _consents(births: QuerySet[BirthRecord], days: Days) -> tuple[Ids, Ids]:
    opened = births.filter(case__received_on__range=days)
    rows = Consent.rows.filter(case__birth__in=opened, decision=ConsentDecision.YES)
    told = list(rows.values_list("case__birth", "withdrawn_on"))
    withdrawn = frozenset(birth for birth, withdrawn_on in told if withdrawn_on)
    return frozenset(birth for birth, _withdrawn_on in told), withdrawn


def _lacking(opened: QuerySet[BirthRecord]) -> dict[str, Ids]:
    """On which births of the period the interpreter's language stands, and on which name and place do not."""
    thai = PersonName.rows.filter(person=OuterRef("case__child"), script=Script.THAI).exclude(kind=NameKind.BABY_OF)
    nowhere = Q(country="TH", facility__isnull=True, place__isnull=True) | Q(place_kind=PlaceKind.UNKNOWN)
    rows: Any = opened.annotate(
        has_interpreter=Case(When(interpreter_language="", then=False), default=True, output_field=BooleanField()),
        has_thai=Exists(thai),
        has_place=Case(When(nowhere, then=False), default=True, output_field=BooleanField()),
    )
    told = list(rows.values_list("pk", "has_interpreter", "has_thai", "has_place"))
    return {
        "interpreted": frozenset(pk for pk, has_interpreter, _thai, _place in told if has_interpreter),
        "without_thai_name": frozenset(pk for pk, _interpreter, has_thai, _place in told if not has_thai),
        "without_place": frozenset(pk for pk, _interpreter, _thai, has_place in told if not has_place),
    }
