"""Who may decide on a proposal, and whether what was proposed still stands."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from casework.access.rights import Reach
from casework.access.scopes import rights_of
from casework.approvals.models import Proposal, ProposalState
from casework.approvals.queries import proposals as queries
from casework.kernel.guards import YES, Verdict, no
from casework.programmes.contributions import ProposalKind, registry

SHORTEST_REASON = 5


def proposal_kind(key: str) -> ProposalKind:
    """The kind of this key. Raises KeyError when no room or programme has it."""
    return {kind.key: kind for kind in registry.gather("proposal_kinds")}[key]


def fingerprint(kind: ProposalKind, subject_type: str, subject_id: int, facts: Mapping[str, Any]) -> str:
    """SHA-256 of what is to be done and of what it rests on now."""
    content = [kind.key, subject_type, subject_id, facts, kind.current(subject_id, facts)]
    return hashlib.sha256(json.dumps(content, sort_keys=True, default=str).encode()).hexdigest()


def still_stands(proposal: Proposal) -> bool:
    """Whether neither the proposal nor what it rests on was changed since it was made."""
    kind = proposal_kind(proposal.kind)
    return proposal.fingerprint == fingerprint(kind, proposal.subject_type, proposal.subject_id, proposal.facts)


def can_decide(proposal: Proposal, user: Any) -> Verdict:
    """Confirm or decline: an open proposal, by somebody with the right who neither made it nor gains by it."""
    kind = proposal_kind(proposal.kind)
    if proposal.state != ProposalState.OPEN:
        return no("APR-STATE", _("This was decided already."))
    if proposal.proposed_by_id == user.pk:
        return no("APR-SELF", _("You proposed this. A second person confirms it."))
    if user.pk in set(kind.excluded(proposal)):
        return no("APR-INTEREST", _("This is about you. Somebody else decides."))
    if not _has_right(proposal, kind, user):
        return no("APR-RIGHT", _("Your role does not decide this."))
    return YES


def _has_right(proposal: Proposal, kind: ProposalKind, user: Any) -> bool:
    """A grant that carries the whole right (not only to propose) in the proposal's office and programme."""
    return any(
        right.reach is Reach.ALL
        and proposal.office_id_of in (None, grant.office_id)
        and (not proposal.programme or grant.programme in ("", proposal.programme))
        for grant, right in rights_of(user, kind.action)
    )


def can_withdraw(proposal: Proposal, user: Any) -> Verdict:
    """Only who proposed takes it back, while it is open."""
    if proposal.state != ProposalState.OPEN:
        return no("APR-STATE", _("This was decided already."))
    if proposal.proposed_by_id != user.pk:
        return no("APR-OWNER", _("Only the person who proposed this can take it back."))
    return YES


def can_act_alone(proposal: Proposal, user: Any, today: date) -> Verdict:
    """The first administrator acts alone until a second one exists, on the kinds that allow it."""
    kind = proposal_kind(proposal.kind)
    may_withdraw = can_withdraw(proposal, user)
    if not may_withdraw:
        return may_withdraw
    if not kind.alone_until_second or not queries.is_only_administrator(user, today):
        return no("APR-SELF", _("You proposed this. A second person confirms it."))
    if not _has_right(proposal, kind, user):
        return no("APR-RIGHT", _("Your role does not decide this."))
    return YES
