"""The evidence of a payment, from the stored request, its history, its entries and its papers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any

from django.db.models import Q
from django.utils import timezone, translation

from casework.approvals.models import ApprovalAction, ApprovalRequest
from casework.audit.models import Event
from casework.documents.kinds import UnknownKind, kind_named
from casework.documents.models import Attachment, Document
from casework.documents.said import amount, moment, staff_name
from casework.documents.states import AttachmentState, DocumentState, PaperKind
from casework.funds.models import AdvanceEntry, BudgetEntry, CashMovement, SampledPayment
from casework.funds.queries.budget import paid_from
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
from emergency_fund.queries.chains import OF_APPEAL, chains_of
from emergency_fund.querysets import PROGRAMME
from emergency_fund.rules.masking import age_band, initials
from emergency_fund.wording.codes import KINDS, PROOFS, RELATIONS, word
from emergency_fund.wording.evidence import ENTRIES, EVIDENCE
from emergency_fund.wording.staff import ACTS, ROLES, URGENCIES

from . import values
from .staff import band_words, signed_by

FROM_HISTORY = {
    f"{PROGRAMME}.request.asked": "asked",
    f"{PROGRAMME}.request.asked-again": "changed",
    f"{PROGRAMME}.request.screened": "screened",
    f"{PROGRAMME}.request.referred_out": "referred_out",
    f"{PROGRAMME}.request.ineligible": "ineligible",
}
Told = tuple[datetime, str, str]
"""When, what and who."""


class EvidencePaper(PaymentEvidenceKind):
    """One payment that a sample has drawn."""

    def context(self, subject: SampledPayment, *, language: str, facts: Mapping[str, Any]) -> Evidence:
        self.can_make(subject).insist()
        known = Delivery.rows.select_related("by", "line__request", "line__child")
        delivery = known.get(pk=subject.entry.subject_id)
        request = values.OfAssistanceRequest().whole(delivery.line.request)
        chains = chains_of(request)
        return Evidence(
            payment=tuple(_payment(delivery, language)),
            request=tuple(_request(request, delivery, language)),
            acts=tuple(_acts(request, chains, delivery, language)),
            bands=tuple(_bands(chains, language)),
            lines=tuple(_lines(request, language)),
            entries=tuple(_entries(delivery.line, language)),
            papers=tuple(_papers(request, language)),
            added=tuple(_added(request, language)),
        )


def _payment(delivery: Delivery, language: str) -> Iterator[Line]:
    words, line = EVIDENCE[language], delivery.line
    relation = word(RELATIONS, delivery.relation, language) if delivery.relation in RELATIONS else delivery.relation
    yield Line(label=words["receipt"], value=delivery.number)
    yield Line(label=words["on"], value=dates.both(delivery.on, language))
    yield Line(label=words["amount"], value=amount(delivery.amount))
    yield Line(label=words["what"], value=word(KINDS, line.kind, language))
    budget_line = paid_from(delivery)
    yield Line(label=words["budget"], value=f"{budget_line.name(language)}, {budget_line.source.code}")
    yield Line(label=words["paid_by"], value=f"{staff_name(delivery.by, language)}, {moment(delivery.at, language)}")
    told = f"{initials(delivery.received_name)} ({relation})" if delivery.is_to_family else delivery.received_name
    yield Line(label=words["receiver"], value=told)
    yield Line(label=words["proof"], value=word(PROOFS, delivery.proof, language))
    if delivery.provider_receipt:
        yield Line(label=words["their_receipt"], value=delivery.provider_receipt)
    if delivery.paper_receipt:
        yield Line(label=words["paper_receipt"], value=delivery.paper_receipt)
    if delivery.witness:
        yield Line(label=words["witness"], value=initials(delivery.witness))
    if delivery.account:
        yield Line(label=words["account"], value=values.account_of(delivery, language))
    else:
        yield Line(label=words["cash"], value=_cash(delivery, language))
    for row in delivery.returns.all():
        yield Line(label=words["back"], value=f"{amount(row.amount)}, {_day(row, language)}")


def _day(row: DeliveryReturn, language: str) -> str:
    """Its day, with the moment at which it was written down where that was on a later one."""
    day = dates.short(row.on, language)
    return f"{day} ({moment(row.at, language)})" if row.is_late else day


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
    yield Line(label=words["happened"], value=values.happened(incident, language))
    yield Line(label=words["first"], value=values.payer_of(incident, language))


def _child(request: AssistanceRequest, child: Person, language: str) -> str:
    """A child by its number in the request and its band of age when it was asked."""
    born, on = child.born_on, timezone.localdate(request.received_at)
    years = None if born is None else on.year - born.year - ((on.month, on.day) < (born.month, born.day))
    number = str(values.children_of(request)[child.pk])
    band = age_band(years)
    return f"{number}, {EVIDENCE[language]['years'] % {'band': band}}" if band else number


def _bands(chains: Iterable[ApprovalRequest], language: str) -> Iterable[Line]:
    """The bands by which it was decided, and on appeal; one that stayed the same once."""
    words = EVIDENCE[language]
    return dict.fromkeys(
        Line(label=words["appeal_band" if _is_appeal(chain) else "band"], value=band_words(chain, language))
        for chain in chains
    )


def _is_appeal(chain: ApprovalRequest) -> bool:
    return chain.subject_type == OF_APPEAL


def _acts(
    request: AssistanceRequest, chains: Iterable[ApprovalRequest], delivery: Delivery, language: str
) -> Iterator[ActLine]:
    """Who asked, mended, screened, assessed, recommended, decided, appealed and paid, in the order of time."""
    words = EVIDENCE[language]
    history = Event.objects.filter(
        subject_type=subject_type(request), subject_id=request.pk, action__in=FROM_HISTORY
    ).select_related("actor")  # fmt: skip
    told: list[Told] = [
        (event.at, words[FROM_HISTORY[event.action]], staff_name(event.actor, language)) for event in history
    ]
    told += [
        (row.assessed_at, words["assessed"] % {"score": row.score}, staff_name(row.assessed_by, language))
        for row in request.assessments.select_related("assessed_by")
    ]
    for chain in chains:
        told += _of_chain(chain, language)
    told.append((delivery.at, words["paid"], staff_name(delivery.by, language)))
    for at, act, who in sorted(told, key=lambda row: row[0]):
        yield ActLine(act=act, who=who, when=moment(at, language))


def _of_chain(chain: ApprovalRequest, language: str) -> Iterator[Told]:
    """Who asked for a decision, who helped before it, and who did what in it, for whom."""
    words, is_appeal = EVIDENCE[language], _is_appeal(chain)
    asked = words["appealed" if is_appeal else "recommended"]
    yield chain.requested_at, asked, staff_name(chain.requested_by, language)
    if chain.bypassed_by is not None and chain.bypassed_at is not None:
        yield chain.bypassed_at, words["helped_first"], staff_name(chain.bypassed_by, language)
    for row in chain.actions.all():
        act = _decision(row, language)
        yield row.at, words["on_appeal"] % {"act": act} if is_appeal else act, signed_by(row, language)


def _decision(row: ApprovalAction, language: str) -> str:
    return f"{word(ACTS, row.act, language)} ({word(ROLES, row.role, language) or row.role})"


def _lines(request: AssistanceRequest, language: str) -> Iterator[PaidLine]:
    for line in values.live_lines(request):
        yield PaidLine(
            what=values.counted_kind(line, line.asked, language), child=_child(request, line.child, language),
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
            by=f"{_booked_by(entry, language)}, {moment(entry.at, language)}",
        )  # fmt: skip


def _booked_by(entry: BudgetEntry, language: str) -> str:
    return staff_name(entry.by, language) or EVIDENCE[language]["by_calendar"]


def _papers(request: AssistanceRequest, language: str) -> Iterator[PrintedLine]:
    rows = Document.rows.filter(
        subject_type=subject_type(request), subject_id=request.pk, state__in=[DocumentState.READY, DocumentState.VOID]
    ).order_by("pk")  # fmt: skip
    for paper in rows:
        made = moment(paper.made_at, language) if paper.made_at else "–"
        yield PrintedLine(title=_title(paper, language), made=made, sha256=_in_two(paper.sha256))


def _added(request: AssistanceRequest, language: str) -> Iterator[PrintedLine]:
    """Photos and scans on the request by their kind: what somebody called one may name the family."""
    rows: Any = Attachment.rows.all()
    with translation.override(language):
        for paper in rows.about(request).filter(state=AttachmentState.SAFE, removed_at=None).order_by("pk"):
            title = paper.kind_label or str(PaperKind.OTHER.label)
            yield PrintedLine(title=title, made=moment(paper.added_at, language), sha256=_in_two(paper.sha256))


def _in_two(sha256: str) -> str:
    """A hash in two halves, so that it stays on the page."""
    return f"{sha256[:32]} {sha256[32:]}"


def _title(paper: Document, language: str) -> str:
    """What the paper is called in a language; a kind that is gone keeps the title it was made with."""
    try:
        titles = kind_named(paper.kind).titles
    except UnknownKind:
        return paper.title
    return titles.get(language) or paper.title
