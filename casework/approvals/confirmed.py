"""What of approvals itself a second person confirms: who stands in for whom, new bands, roles kept apart."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from casework.accounts.models import User
from casework.accounts.states import Role
from casework.kernel.dates import short
from casework.programmes.contributions import ProposalKind, Words

from .models import RoleConflict
from .models.absences import CONFIRM_DEPUTY
from .queries.policies import kinds_with_bands, newest_policy, step_words
from .services import absences, pairs, policies
from .states import PairScope

CONFIRM_BANDS = "approvals.policy.confirm"


def _day(told: str) -> str:
    return short(date.fromisoformat(told), (get_language() or "en")[:2])


def _described_absence(proposal: Any) -> Iterable[tuple[Words, Words]]:
    facts = proposal.facts
    yield (gettext_lazy("Who is away"), User.objects.get(pk=proposal.subject_id).name_now)
    yield (gettext_lazy("Who stands in"), User.objects.get(pk=facts["deputy"]).name_now)
    yield (gettext_lazy("First day"), _day(facts["from_on"]))
    yield (gettext_lazy("Last day"), _day(facts["until_on"]))


def _described_bands(proposal: Any) -> Iterable[tuple[Words, Words]]:
    facts = proposal.facts
    labels = {kind.key: kind.label for kind in kinds_with_bands()}
    yield (gettext_lazy("For"), labels.get(facts["kind"], facts["kind"]))
    yield (gettext_lazy("Valid from"), _day(facts["valid_from"]))
    for low, high, steps in policies.bands_of(facts):
        words = {"low": f"{low:,.0f}", "high": "" if high is None else f"{high:,.0f}"}
        label = _("From %(low)s baht") if high is None else _("From %(low)s to below %(high)s baht")
        yield (label % words, ", ".join(str(step_words(step)) for step in steps))
    yield (gettext_lazy("Before approval up to"), f"฿{float(facts['cap']):,.0f}")
    yield (gettext_lazy("Source"), facts["source"])


def _roles(pair: Any) -> tuple[Words, Words]:
    return (gettext_lazy("Roles"), ", ".join(str(Role(role).label) for role in pair))


def _described_pair(proposal: Any) -> Iterable[tuple[Words, Words]]:
    facts = proposal.facts
    yield _roles((facts["role_a"], facts["role_b"]))
    yield (gettext_lazy("How far"), PairScope(facts["scope"]).label)
    yield (gettext_lazy("Source"), facts["source"])


def _described_pair_end(proposal: Any) -> Iterable[tuple[Words, Words]]:
    pair = RoleConflict.objects.get(pk=proposal.subject_id)
    yield _roles((pair.role_a, pair.role_b))
    yield (gettext_lazy("How far"), pair.get_scope_display())
    yield (gettext_lazy("Why they are kept apart"), pair.reason_now)


def _newest(subject_id: int, facts: Mapping[str, Any]) -> dict[str, Any]:
    """Another version that was confirmed meanwhile is no longer what was proposed on."""
    newest = newest_policy(facts["programme"], facts["kind"])
    return {"newest": newest and newest.pk}


KINDS = (
    ProposalKind(
        key=absences.KIND, label=gettext_lazy("Who stands in for somebody who is away"), action=CONFIRM_DEPUTY,
        execute=absences.begin_absence, described=_described_absence,
        excluded=lambda proposal: [proposal.subject_id],
    ),
    ProposalKind(
        key=policies.KIND, label=gettext_lazy("Who approves how much"), action=CONFIRM_BANDS,
        execute=policies.begin_policy, current=_newest, described=_described_bands,
    ),
    ProposalKind(
        key=pairs.KIND, label=gettext_lazy("Keep two roles apart"), action=CONFIRM_BANDS, execute=pairs.begin_pair,
        described=_described_pair,
    ),
    ProposalKind(
        key=pairs.ENDING, label=gettext_lazy("No longer keep two roles apart"), action=CONFIRM_BANDS,
        execute=pairs.end_pair, described=_described_pair_end,
    ),
)  # fmt: skip
