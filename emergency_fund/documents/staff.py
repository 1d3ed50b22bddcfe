"""Papers of those who decide, from the stored request."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _

from casework.accounts.states import Role
from casework.approvals.models import ApprovalAction, ApprovalRequest
from casework.approvals.states import Quorum
from casework.documents.said import amount, moment, staff_name
from casework.funds.models import BudgetLine
from casework.funds.queries.budget import Amounts, amounts_at
from casework.kernel.guards import Verdict
from emergency_fund.models import Appeal, AssistanceLine, AssistanceRequest, NeedsAssessment
from emergency_fund.papers.staff import (
    SHEET,
    AmountLine,
    ApprovalSheet,
    ApprovalSheetKind,
    ChainPart,
    ChildLine,
    LeftLine,
    Line,
    NeedsSheet,
    NeedsSheetKind,
    Sign,
    StepLine,
)
from emergency_fund.queries.budget import as_decided
from emergency_fund.queries.chains import OF_APPEAL, chains_of
from emergency_fund.queries.score import signs_of
from emergency_fund.rules.score import FIGURES
from emergency_fund.states import AssessmentMode, Severity
from emergency_fund.wording.codes import word
from emergency_fund.wording.staff import (
    ACTS,
    APPROVAL,
    LACKS,
    MODES,
    NEEDS,
    QUORUMS,
    ROLES,
    SEVERITIES,
    URGENCIES,
)

from . import values

__all__ = ["SHEET", "ApprovalPaper", "NeedsPaper"]

MONEY = frozenset({"income", "expenses", "debt"})


class ApprovalPaper(values.OfAssistanceRequest, ApprovalSheetKind):
    """The chains of the request and of its appeal as they stand."""

    def can_make(self, subject: AssistanceRequest) -> Verdict:
        told = _("Nobody was asked to approve this yet. Recommend it first.")
        is_asked = subject.approval_id is not None or Appeal.rows.filter(request=subject).exists()
        return values.has_one(is_asked, "E-EAF-53", told)

    def context(self, subject: AssistanceRequest, *, language: str, facts: Mapping[str, Any]) -> ApprovalSheet:
        self.can_make(subject).insist()
        chains = chains_of(subject)
        lines = values.live_lines(subject) or list(subject.lines.all())  # of one that ended, what was decided on
        lines = as_decided(lines, _decided_at(chains[-1]))
        return ApprovalSheet(
            facts=tuple(_request_facts(subject, language)),
            chains=tuple(_chain(chain, language) for chain in chains),
            lines=tuple(_amounts(subject, lines, language)),
            asked=amount(sum((line.asked for line in lines), Decimal(0))),
            approved=amount(sum((line.approved or Decimal(0) for line in lines), Decimal(0))),
            left_title=_left_title(chains[-1], language),
            budgets=tuple(_left(_budget_lines(lines), chains[-1], language)),
        )


def _request_facts(request: AssistanceRequest, language: str) -> Iterator[Line]:
    labels, incident = APPROVAL[language], request.incident
    yield Line(label=labels["received"], value=moment(request.received_at, language))
    yield Line(label=labels["urgent"], value=word(URGENCIES, request.urgency, language))
    yield Line(label=labels["happened"], value=values.happened(incident, language))
    yield Line(label=labels["first"], value=values.payer_of(incident, language))
    yield Line(label=labels["asked_by"], value=staff_name(request.asked_by, language))


def _chain(chain: ApprovalRequest, language: str) -> ChainPart:
    labels, is_appeal = APPROVAL[language], chain.subject_type == OF_APPEAL
    by = f"{staff_name(chain.requested_by, language)}, {moment(chain.requested_at, language)}"
    return ChainPart(
        title=labels["appeal"] if is_appeal else labels["steps"],
        asked=Line(label=labels["noted"] if is_appeal else labels["recommended"], value=by),
        band=band_words(chain, language),
        bypass=_bypass(chain, language),
        steps=tuple(_steps(chain, language)),
    )


def band_words(chain: ApprovalRequest, language: str) -> str:
    """The band of the amount that was approved."""
    labels, low, high = APPROVAL[language], chain.band["from"], chain.band["to"]
    if high is None:
        return labels["from"] % {"low": amount(Decimal(low))}
    return labels["between"] % {"low": amount(Decimal(low)), "high": amount(Decimal(high))}


def _bypass(chain: ApprovalRequest, language: str) -> str:
    if chain.bypassed_by is None or chain.due_at is None:
        return ""
    words = {"who": staff_name(chain.bypassed_by, language), "until": moment(chain.due_at, language)}
    return APPROVAL[language]["bypass"] % words


def _steps(chain: ApprovalRequest, language: str) -> Iterator[StepLine]:
    acts = list(chain.actions.all())
    for number, step in enumerate(chain.steps):
        quorum, role = step.get("quorum", Quorum.ANY), step["role"]
        yield StepLine(
            number=str(number + 1),
            role=word(ROLES, role, language) or str(Role(role).label),
            quorum=word(QUORUMS, quorum, language) % {"count": step.get("count", 1)},
            acts=tuple(
                f"{signed_by(act, language)}: {word(ACTS, act.act, language)}, {moment(act.at, language)}"
                for act in acts
                if act.step == number
            ),
        )


def signed_by(act: ApprovalAction, language: str) -> str:
    """The name of who acted, and for whom a deputy did."""
    name = staff_name(act.user, language)
    if act.acted_for is None:
        return name
    return f"{name} ({APPROVAL[language]['deputy'] % {'who': staff_name(act.acted_for, language)}})"


def _amounts(request: AssistanceRequest, lines: list[AssistanceLine], language: str) -> Iterator[AmountLine]:
    numbers, on = values.children_of(request), values.decided_on(request)
    for line in lines:
        budget = line.budget_line
        yield AmountLine(
            what=values.counted_kind(line, line.asked, language),
            child=values.child_words(numbers[line.child_id], line.child, on, language),
            budget=_named(budget, language) if budget else "–",
            asked=amount(line.asked),
            approved="–" if line.approved is None else amount(line.approved),
        )


def _budget_lines(lines: list[AssistanceLine]) -> list[BudgetLine]:
    found = {line.budget_line_id: line.budget_line for line in lines if line.budget_line}
    return list(found.values())


def _decided_at(chain: ApprovalRequest) -> datetime | None:
    """When the money was decided on: with the help that came first, or by the last of the chain."""
    return chain.bypassed_at or chain.decided_at


def _left_title(chain: ApprovalRequest, language: str) -> str:
    at = _decided_at(chain)
    return APPROVAL[language]["left_then"] % {"at": moment(at, language)} if at else APPROVAL[language]["left_now"]


def _left(lines: list[BudgetLine], chain: ApprovalRequest, language: str) -> Iterator[LeftLine]:
    """What each budget line had before and after the decision; as it stands while others decide."""
    labels, at = APPROVAL[language], _decided_at(chain)
    if at is None:
        yield from (_amounts_left(_named(line, language), line) for line in lines)
        return
    before, after = (amounts_at(lines, at, with_it=with_it) for with_it in (False, True))
    for line in lines:
        yield _amounts_left(f"{_named(line, language)}: {labels['before']}", before[line.pk])
        yield _amounts_left(f"{_named(line, language)}: {labels['after']}", after[line.pk])


def _named(line: BudgetLine, language: str) -> str:
    return f"{line.name(language)}, {line.source.code}"


def _amounts_left(name: str, of: BudgetLine | Amounts) -> LeftLine:
    return LeftLine(
        name=name,
        given=amount(of.allotted),
        paid=amount(of.disbursed),
        committed=amount(of.committed),
        reserved=amount(of.reserved),
        left=amount(of.left),
    )


class NeedsPaper(values.OfAssistanceRequest, NeedsSheetKind):
    """The newest assessment of the request."""

    def can_make(self, subject: AssistanceRequest) -> Verdict:
        return values.has_one(newest(subject) is not None, "E-EAF-54", _("Assess the family first."))

    def context(self, subject: AssistanceRequest, *, language: str, facts: Mapping[str, Any]) -> NeedsSheet:
        assessment = newest(subject)
        values.has_one(assessment is not None, "E-EAF-54", _("Assess the family first.")).insist()
        assert assessment is not None  # noqa: S101  insisted on above
        return NeedsSheet(
            facts=tuple(_family_facts(subject, assessment, language)),
            figures=tuple(_figures(assessment, language)),
            needs=tuple(_needs(subject, assessment, language)),
            signs=tuple(_signs(assessment, language)),
            score=str(assessment.score),
            explained=NEEDS[language]["weights"] % {"version": assessment.weights},
            assessor=staff_name(assessment.assessed_by, language),
        )


def newest(request: AssistanceRequest) -> NeedsAssessment | None:
    """The last assessment, with who made it."""
    newest_first = request.assessments.select_related("assessed_by").order_by("-assessed_at", "-pk")
    return newest_first.prefetch_related("needs").first()


def _family_facts(request: AssistanceRequest, assessment: NeedsAssessment, language: str) -> Iterator[Line]:
    labels, today = NEEDS[language], timezone.localdate(assessment.assessed_at)
    children = {line.child_id: line.child for line in request.lines.all()}
    told = [
        values.child_words(number, children[pk], today, language)
        for pk, number in values.children_of(request).items()
    ]  # fmt: skip
    yield Line(label=labels["assessed"], value=moment(assessment.assessed_at, language))
    yield Line(label=labels["by"], value=staff_name(assessment.assessed_by, language))
    if assessment.mode:
        yield Line(label=labels["mode"], value=MODES[language][AssessmentMode(assessment.mode)])
    yield Line(label=labels["children"], value="; ".join(told))


def _figures(assessment: NeedsAssessment, language: str) -> Iterator[Line]:
    labels = NEEDS[language]
    for name in FIGURES:
        value = getattr(assessment, name)
        yield Line(label=labels[name], value=amount(value) if name in MONEY else str(value))
        if name == "expenses" and value > assessment.income:
            yield Line(label=labels["short"], value=amount(value - assessment.income))


def _needs(request: AssistanceRequest, assessment: NeedsAssessment, language: str) -> Iterator[ChildLine]:
    """What each child lacks, by number and age, without the notes."""
    today = timezone.localdate(assessment.assessed_at)
    children = {line.child_id: line.child for line in request.lines.all()}
    for pk, number in values.children_of(request).items():
        lacks = [
            f"{word(LACKS, row.need, language)}: {SEVERITIES[language][Severity(row.severity)]}"
            for row in assessment.needs.all()
            if row.child_id == pk
        ]
        if lacks:
            yield ChildLine(child=values.child_words(number, children[pk], today, language), lacks="; ".join(lacks))


def _signs(assessment: NeedsAssessment, language: str) -> Iterator[Sign]:
    with translation.override(language):
        for words, value in signs_of(assessment):
            yield Sign(words=str(words), points=str(value))
