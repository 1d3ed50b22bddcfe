"""Propose an act, and confirm, decline or withdraw it. Who proposes does not confirm."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from casework.accounts.models import User
from casework.approvals.models import Proposal, ProposalState
from casework.approvals.queries import proposals as queries
from casework.approvals.rules import proposals as rules
from casework.audit.services import record_event
from casework.kernel.acts import act
from casework.kernel.moves import move
from casework.kernel.refusals import Conflict, Refusal
from casework.kernel.spoken import in_each_language
from casework.kernel.subjects import subject_type
from casework.notifications.services import notify

MOST_TOLD = 20


@act
def propose(
    *, kind: str, subject: models.Model, summary: Callable[[], str], facts: Mapping[str, Any], by: User, now: datetime,
    office_id: int | None, programme: str = "", reason: str = "", level: int = 2,
) -> Proposal:  # fmt: skip
    """Ask a second person to confirm an act and tell those who may.

    `summary` says what is proposed in the language of the moment; it is kept in each language of the site.
    Where nobody else in the office may confirm, the proposal is open to those of other offices. Raises Refusal when the
    same act waits already, KeyError for a kind that no room has.
    """
    known = rules.proposal_kind(kind)
    about = {"subject_type": subject_type(subject), "subject_id": subject.pk}
    print_of_it = rules.fingerprint(known, about["subject_type"], about["subject_id"], facts)
    if Proposal.rows.open().filter(kind=kind, fingerprint=print_of_it, **about).exists():
        raise Refusal("APR-TWICE", "", _("This waits for a second person already."))
    today = timezone.localdate(now)
    in_office = queries.confirmers(known.action, office_id=office_id, programme=programme, but=by, today=today)
    if office_id is not None and not in_office.exists():
        office_id = None
    proposal = Proposal.rows.create(
        kind=kind, programme=programme, summary=in_each_language(summary), facts=dict(facts), fingerprint=print_of_it,
        reason=reason.strip()[:300], proposed_by=by, proposed_at=now, office_id_of=office_id, level=level, **about,
    )  # fmt: skip
    _remember("approvals.proposal.made", proposal, by, now, proposal.reason)
    told = queries.confirmers(known.action, office_id=office_id, programme=programme, but=by, today=today)
    for person in told[:MOST_TOLD]:
        _tell(person, "approvals.proposal.made", proposal)
    return proposal


@act
def confirm(*, proposal: Proposal, by: User, now: datetime) -> Proposal:
    """Confirm and do what was proposed, in one transaction.

    Raises Conflict for one's own proposal, one about oneself, without the right, or when what it rests on has changed
    since; and what the act itself refuses.
    """
    proposal = _held(proposal)
    rules.can_decide(proposal, by).insist()
    proposal = _do(proposal, by, now)
    _tell(proposal.proposed_by, "approvals.proposal.confirmed", proposal)
    return proposal


@act
def confirm_alone(*, proposal: Proposal, by: User, now: datetime) -> Proposal:
    """Execute one's own proposal as the only administrator; it is marked and listed. Raises Conflict otherwise."""
    proposal = _held(proposal)
    rules.can_act_alone(proposal, by, timezone.localdate(now)).insist()
    return _do(proposal, by, now, is_alone=True)


def _do(proposal: Proposal, by: User, now: datetime, **facts: Any) -> Proposal:
    if not rules.still_stands(proposal):
        raise Conflict("APR-CHANGED", "", _("What this rests on has changed since it was proposed. Propose it again."))
    proposal = move(proposal, ProposalState.CONFIRMED, decided_by=by, decided_at=now, **facts)
    rules.proposal_kind(proposal.kind).execute(proposal, by, now)
    _remember("approvals.proposal.confirmed", proposal, by, now)
    return proposal


@act
def decline(*, proposal: Proposal, by: User, reason: str, now: datetime) -> Proposal:
    """Decline with a reason, and tell who proposed. Raises Refusal without a reason, Conflict as confirm does."""
    proposal = _held(proposal)
    rules.can_decide(proposal, by).insist()
    reason = reason.strip()
    if len(reason) < rules.SHORTEST_REASON:
        raise Refusal("APR-REASON", "reason", _("Say why, so that the other person knows what to change."))
    proposal = move(proposal, ProposalState.DECLINED, decided_by=by, decided_at=now, decision_reason=reason[:300])
    _remember("approvals.proposal.declined", proposal, by, now, reason)
    _tell(proposal.proposed_by, "approvals.proposal.declined", proposal)
    return proposal


@act
def withdraw(*, proposal: Proposal, by: User, now: datetime) -> Proposal:
    """Take one's own proposal back. Raises Conflict for somebody else's or a decided one."""
    proposal = _held(proposal)
    rules.can_withdraw(proposal, by).insist()
    proposal = move(proposal, ProposalState.WITHDRAWN, decided_by=by, decided_at=now)
    _remember("approvals.proposal.withdrawn", proposal, by, now)
    return proposal


def _held(proposal: Proposal) -> Proposal:
    return Proposal.rows.select_for_update(of=("self",)).select_related("proposed_by").get(pk=proposal.pk)


def _remember(action: str, proposal: Proposal, by: User, now: datetime, reason: str = "") -> None:
    record_event(
        action,
        actor=by,
        subject=proposal,
        office_id=proposal.office_id_of,
        level=proposal.level,
        reason=reason,
        at=now,
    )


def _tell(person: User, action: str, proposal: Proposal) -> None:
    notify(
        recipient=person,
        action=action,
        subject=proposal,
        label=proposal.number,
        url=reverse("approvals:proposal", args=[proposal.pk]),
    )
