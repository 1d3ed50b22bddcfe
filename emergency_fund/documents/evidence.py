"""The evidence of a payment, from the stored request, its history, its entries and its papers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django.db.models import Q
from django.utils import timezone

from casework.audit.models import Event
from casework.documents.kinds import UnknownKind, kind_named
from casework.documents.models import Document
from casework.documents.said import amount, moment, staff_name
from casework.documents.states import DocumentState
from casework.funds.models import AdvanceEntry, BudgetEntry, CashMovement, SampledPayment
from casework.kernel import dates
from casework.kernel.subjects import subject_type
from casework.people.models import Person
from emergency_fund.models import AssistanceLine, AssistanceRequest, Delivery, DeliveryReturn
from emergency_fund.papers.evidence import (
    ActLine,
    EntryLine,
    Evidence,
    PaidLine,
    PaymentEvidenceKind,
    PrintedLine,
)
from emergency_fund.papers.staff import Line
from emergency_fund.querysets import PROGRAMME
from emergency_fund.rules.masking import age_band, initials
from emergency_fund.wording.codes import ENTITLEMENT_STATES, ENTITLEMENTS, INCIDENTS, KINDS, PROOFS, RELATIONS, word
from emergency_fund.wording.evidence import ENTRIES, EVIDENCE
from emergency_fund.wording.staff import ACTS, ROLES, URGENCIES

from . import values
from .staff import band_words

FROM_HISTORY = {
    f"{PROGRAMME}.request.asked": "asked",
    f"{PROGRAMME}.request.asked-again": "changed",
    f"{PROGRAMME}.request.screened": "screened",
}


class EvidencePaper(PaymentEvidenceKind):
    """One payment that a sample has drawn."""

    def context(self, subject: SampledPayment, *, language: str, facts: Mapping[str, Any]) -> Evidence:
        self.can_make(subject).insist()
        known = Delivery.rows.select_related("by", "line__budget_line__source", "line__request", "line__child")
        delivery = known.get(pk=subject.entry.subject_id)
        request = values.OfAssistanceRequest().whole(delivery.line.request)
        return Evidence(
            payment=tuple(_payment(delivery, language)),
            request=tuple(_request(request, delivery, language)),
            acts=tuple(_acts(request, delivery, language)),
            band=band_words(request.approval, language) if request.approval else "–",
            lines=tuple(_lines(request, language)),
            entries=tuple(_entries(delivery.line, language)),
            papers=tuple(_papers(request, language)),
        )


def _payment(delivery: Delivery, language: str) -> Iterator[Line]:
    words, line = EVIDENCE[language], delivery.line
    relation = word(RELATIONS, delivery.relation, language) if delivery.relation in RELATIONS else delivery.relation
    yield Line(label=words["receipt"], value=delivery.number)
    yield Line(label=words["on"], value=dates.both(delivery.on, language))
    yield Line(label=words["amount"], value=amount(delivery.amount))
    yield Line(label=words["what"], value=word(KINDS, line.kind, language))
    if line.budget_line is not None:
        yield Line(label=words["budget"], value=f"{line.budget_line.name(language)}, {line.budget_line.source.code}")
    yield Line(label=words["paid_by"], value=f"{staff_name(delivery.by, language)}, {moment(delivery.at, language)}")
    told = f"{initials(delivery.received_name)} ({relation})" if delivery.is_to_family else delivery.received_name
    yield Line(label=words["receiver"], value=told)
    yield Line(label=words["proof"], value=word(PROOFS, delivery.proof, language))
    if delivery.provider_receipt:
        yield Line(label=words["their_receipt"], value=delivery.provider_receipt)
    if delivery.witness:
        yield Line(label=words["witness"], value=initials(delivery.witness))
    if delivery.account:
        yield Line(label=words["account"], value=values.account_of(delivery, language))
    else:
        yield Line(label=words["cash"], value=_cash(delivery, language))
    for row in delivery.returns.all():
        yield Line(label=words["back"], value=f"{amount(row.amount)}, {moment(row.at, language)}")


def _cash(delivery: Delivery, language: str) -> str:
    about = {"subject_type": subject_type(delivery), "subject_id": delivery.pk}
    movement = CashMovement.rows.filter(**about).select_related("box").first()
    if movement is not None:
        return movement.box.name(language)
    entry = AdvanceEntry.rows.filter(**about).select_related("advance__holder").first()
    if entry is not None:
        return f"{entry.advance.number}, {staff_name(entry.advance.holder, language)}"
    return EVIDENCE[language]["no_cash"]


def _request(request: AssistanceRequest, delivery: Delivery, language: str) -> Iterator[Line]:
    words, incident = EVIDENCE[language], request.incident
    yield Line(label=words["number"], value=request.number)
    yield Line(label=words["case"], value=request.case.number)
    yield Line(label=words["child"], value=_child(request, delivery.line.child, language))
    yield Line(label=words["received"], value=moment(request.received_at, language))
    yield Line(label=words["urgent"], value=word(URGENCIES, request.urgency, language))
    happened = f"{word(INCIDENTS, incident.kind, language)}, {dates.short(incident.occurred_on, language)}"
    yield Line(label=words["happened"], value=happened)
    first = word(ENTITLEMENTS, incident.entitlement, language)
    stands = word(ENTITLEMENT_STATES, incident.entitlement_status, language)
    yield Line(label=words["first"], value=f"{first}: {stands}")


def _child(request: AssistanceRequest, child: Person, language: str) -> str:
    """A child by its number in the request and its band of age when it was asked."""
    born, on = child.born_on, timezone.localdate(request.received_at)
    years = None if born is None else on.year - born.year - ((on.month, on.day) < (born.month, born.day))
    number = str(values.children_of(request)[child.pk])
    band = age_band(years)
    return f"{number}, {EVIDENCE[language]['years'] % {'band': band}}" if band else number


def _acts(request: AssistanceRequest, delivery: Delivery, language: str) -> Iterator[ActLine]:
    """Who asked, mended, screened, assessed, recommended, decided and paid, in the order of time."""
    words = EVIDENCE[language]
    history = Event.objects.filter(
        subject_type=subject_type(request), subject_id=request.pk, action__in=FROM_HISTORY
    ).select_related("actor")  # fmt: skip
    told: list[tuple[Any, str, Any]] = [(event.at, words[FROM_HISTORY[event.action]], event.actor) for event in history]
    told += [
        (row.assessed_at, words["assessed"] % {"score": row.score}, row.assessed_by)
        for row in request.assessments.select_related("assessed_by")
    ]
    if request.approval is not None:
        told.append((request.approval.requested_at, words["recommended"], request.approval.requested_by))
        told += [(row.at, _decision(request, row, language), row.user) for row in request.approval.actions.all()]
    told.append((delivery.at, words["paid"], delivery.by))
    for at, act, who in sorted(told, key=lambda row: row[0]):
        yield ActLine(act=act, who=staff_name(who, language), when=moment(at, language))


def _decision(request: AssistanceRequest, row: Any, language: str) -> str:
    steps = request.approval.steps if request.approval else []
    role = steps[row.step]["role"] if row.step < len(steps) else ""
    return f"{word(ACTS, row.act, language)} ({word(ROLES, role, language) or role})"


def _lines(request: AssistanceRequest, language: str) -> Iterator[PaidLine]:
    for line in values.live_lines(request):
        yield PaidLine(
            what=word(KINDS, line.kind, language), child=_child(request, line.child, language),
            asked=amount(line.asked), approved="–" if line.approved is None else amount(line.approved),
            paid=amount(line.paid), returned=amount(line.returned),
        )  # fmt: skip


def _entries(line: AssistanceLine, language: str) -> Iterator[EntryLine]:
    """What happened on the budget for the line: asked for, approved, each payment, what came back."""
    deliveries = line.deliveries.values("pk")
    about = Q(subject_type=subject_type(line), subject_id=line.pk)
    about |= Q(subject_type=Delivery._meta.label_lower, subject_id__in=deliveries)
    returns = DeliveryReturn.rows.filter(delivery__line=line).values("pk")
    about |= Q(subject_type=DeliveryReturn._meta.label_lower, subject_id__in=returns)
    for entry in BudgetEntry.rows.filter(about).select_related("by").order_by("pk"):
        yield EntryLine(
            number=f"E{entry.pk:07d}", day=dates.short(entry.on, language), kind=word(ENTRIES, entry.kind, language),
            amount=f"−{amount(entry.amount)}" if entry.reverses_id else amount(entry.amount),
            by=f"{staff_name(entry.by, language)}, {moment(entry.at, language)}",
        )  # fmt: skip


def _papers(request: AssistanceRequest, language: str) -> Iterator[PrintedLine]:
    rows = Document.rows.filter(
        subject_type=subject_type(request), subject_id=request.pk, state__in=[DocumentState.READY, DocumentState.VOID]
    ).order_by("pk")  # fmt: skip
    for paper in rows:
        made = moment(paper.made_at, language) if paper.made_at else "–"
        sha256 = f"{paper.sha256[:32]} {paper.sha256[32:]}"  # in two, so that it stays on the page
        yield PrintedLine(title=_title(paper, language), made=made, sha256=sha256)


def _title(paper: Document, language: str) -> str:
    """What the paper is called in a language; a kind that is gone keeps the title it was made with."""
    try:
        titles = kind_named(paper.kind).titles
    except UnknownKind:
        return paper.title
    return titles.get(language) or paper.title
