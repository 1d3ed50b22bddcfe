"""Two roles are kept apart, or no longer: proposed by one person, confirmed by a second one."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from casework.accounts.models import User
from casework.accounts.states import Role
from casework.approvals.models import Proposal, RoleConflict
from casework.approvals.queries import pairs as queries
from casework.approvals.rules import pairs as rules
from casework.approvals.states import PairScope
from casework.audit.services import record_event
from casework.kernel.acts import act
from casework.kernel.refusals import refuse_errors

from .proposals import propose

KIND, ENDING = "approvals.pair", "approvals.pair.end"


@act
def propose_pair(
    *, role_a: str, role_b: str, scope: str, reason: str, source: str, by: User, now: datetime
) -> Proposal:  # fmt: skip
    """Ask a second person to keep two roles apart. Raises Refusal with E-APR-07, 16 and 31 to 33."""
    low, high = sorted((role_a, role_b))
    facts = {"role_a": low, "role_b": high, "scope": scope, "source": source.strip()[:300]}
    _refuse(facts, reason, now)
    words = {"one": Role(low).label, "other": Role(high).label}
    return propose(
        kind=KIND, subject=by, facts=facts, office_id=None, reason=reason.strip()[:200], by=by, now=now, level=1,
        summary=lambda: _("Keep apart: %(one)s and %(other)s") % words,
    )  # fmt: skip


def begin_pair(proposal: Proposal, by: User, now: datetime) -> RoleConflict:
    """Keep them apart from now on. Raises Refusal when that is no longer possible.

    Who holds one of the roles is held meanwhile, as by whoever gives a role: nobody is given the other at this moment.
    """
    facts, today = proposal.facts, timezone.localdate(now)
    both = queries.holders_of(facts["role_a"], today) | queries.holders_of(facts["role_b"], today)
    list(both.order_by("pk").select_for_update(no_key=True).values_list("pk"))
    _refuse(facts, proposal.reason, now)
    pair = RoleConflict.objects.create(
        **facts, reason=proposal.reason, proposed_by=proposal.proposed_by, confirmed_by=by, confirmed_at=now
    )
    record_event("approvals.pair.begun", actor=by, subject=pair, level=1, at=now)
    return pair


@act
def propose_pair_end(*, pair: RoleConflict, reason: str, by: User, now: datetime) -> Proposal:
    """Ask a second person to let one person be both again. Raises Refusal E-APR-07, Conflict E-APR-34."""
    rules.can_end_pair(is_fixed=pair.is_fixed, is_over=pair.ended_at is not None).insist()
    refuse_errors(rules.against_ending(reason))
    words = {"one": Role(pair.role_a).label, "other": Role(pair.role_b).label}
    return propose(
        kind=ENDING, subject=pair, facts={}, office_id=None, reason=reason, by=by, now=now, level=1,
        summary=lambda: _("No longer keep apart: %(one)s and %(other)s") % words,
    )  # fmt: skip


def end_pair(proposal: Proposal, by: User, now: datetime) -> RoleConflict:
    """Let one person be both again. Raises Conflict with E-APR-34 when it is over already."""
    pair = RoleConflict.objects.select_for_update(of=("self",)).get(pk=proposal.subject_id)
    rules.can_end_pair(is_fixed=pair.is_fixed, is_over=pair.ended_at is not None).insist()
    pair.ended_at, pair.ended_reason = now, proposal.reason
    pair.save(update_fields=["ended_at", "ended_reason"])
    record_event("approvals.pair.ended", actor=by, subject=pair, level=1, reason=proposal.reason, at=now)
    return pair


def _refuse(facts: Mapping[str, Any], reason: str, now: datetime) -> None:
    roles, today = (facts["role_a"], facts["role_b"]), timezone.localdate(now)
    holders: list[str] = []
    if facts["scope"] == PairScope.HELD and roles[0] != roles[1]:
        both = queries.holders_of(roles[0], today) & queries.holders_of(roles[1], today)
        holders = [person.name_now for person in both.order_by("full_name")]
    is_there = RoleConflict.objects.living().filter(role_a=roles[0], role_b=roles[1]).exists()
    refuse_errors(rules.against_pair(roles, is_there=is_there, holders=holders, reason=reason, source=facts["source"]))
