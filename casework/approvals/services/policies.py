"""The bands of who approves how much: a new version is proposed, and holds from its day once it is confirmed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from casework.accounts.models import Office, User
from casework.approvals.models import ApprovalBand, ApprovalPolicy, Proposal
from casework.approvals.queries.policies import newest_policy
from casework.approvals.rules.chains import against_bands
from casework.approvals.rules.policies import against_policy
from casework.audit.services import record_event
from casework.kernel.acts import act
from casework.kernel.refusals import refuse_errors
from casework.programmes.contributions import ApprovalKind

from .proposals import propose

KIND = "approvals.policy"


@dataclass(frozen=True, kw_only=True)
class Band:
    """Amounts from one up to another, and the steps that approve them."""

    low: Decimal
    high: Decimal | None
    steps: Sequence[Mapping[str, Any]]


@act
def propose_policy(
    *, kind: ApprovalKind, bands: Sequence[Band], valid_from: date, cap: Decimal, source: str, office: Office, by: User,
    now: datetime,
) -> Proposal:  # fmt: skip
    """Ask a second person for new bands of a kind. Raises Refusal E-APR-06 (on the band’s field), 15 and 16."""
    facts = {
        "kind": kind.key, "programme": kind.programme, "valid_from": str(valid_from), "cap": str(cap),
        "source": source.strip()[:300],
        "bands": [[str(b.low), None if b.high is None else str(b.high), [dict(s) for s in b.steps]] for b in bands],
    }  # fmt: skip
    _refuse(facts, now)
    return propose(
        kind=KIND, subject=office, facts=facts, office_id=office.pk, programme=kind.programme, by=by, now=now, level=1,
        summary=lambda: _("Who approves how much: %(what)s") % {"what": kind.label},
    )  # fmt: skip


def begin_policy(proposal: Proposal, by: User, now: datetime) -> ApprovalPolicy:
    """Let the new bands hold from their day; the ones before end the day before. Requests keep the steps they have."""
    facts = proposal.facts
    _refuse(facts, now)
    valid_from = date.fromisoformat(facts["valid_from"])
    before = newest_policy(facts["programme"], facts["kind"])
    if before is not None:
        ApprovalPolicy.objects.filter(pk=before.pk).update(valid_to=valid_from - timedelta(days=1))
    policy = ApprovalPolicy.objects.create(
        programme=facts["programme"], kind=facts["kind"], valid_from=valid_from, emergency_cap=Decimal(facts["cap"]),
        source=facts["source"], checked_on=timezone.localdate(now), proposed_by=proposal.proposed_by, confirmed_by=by,
        confirmed_at=now,
    )  # fmt: skip
    for low, high, steps in bands_of(facts):
        ApprovalBand.objects.create(policy=policy, amount_from=low, amount_to=high, steps=steps)
    record_event("approvals.policy.begun", actor=by, subject=policy, level=1, at=now)
    return policy


def bands_of(facts: Mapping[str, Any]) -> list[tuple[Decimal, Decimal | None, list[dict[str, Any]]]]:
    """The bands of a proposal as amounts and steps."""
    return [(Decimal(low), None if high is None else Decimal(high), steps) for low, high, steps in facts["bands"]]


def _refuse(facts: Mapping[str, Any], now: datetime) -> None:
    before = newest_policy(facts["programme"], facts["kind"])
    refuse_errors(
        [
            *against_policy(
                date.fromisoformat(facts["valid_from"]), timezone.localdate(now),
                newest_from=before.valid_from if before else None, source=facts["source"],
            ),
            *against_bands(bands_of(facts)),
        ]
    )  # fmt: skip
