"""The bands that hold, those before and those to come, and who changed them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from casework.access.rights import truth_table
from casework.accounts.states import Role
from casework.approvals.models import ApprovalPolicy
from casework.approvals.states import Quorum
from casework.programmes.contributions import ApprovalKind, Words, registry


def newest_policy(programme: str, kind: str) -> ApprovalPolicy | None:
    """The version that begins last, also when that is still to come."""
    return ApprovalPolicy.objects.filter(programme=programme, kind=kind).order_by("-valid_from").first()


def kinds_with_bands() -> list[ApprovalKind]:
    """The kinds of amounts whose bands people may change."""
    return [kind for kind in registry.gather("approval_kinds") if kind.action]


def step_words(step: Mapping[str, Any]) -> Words:
    """“Fund officer”, or with how many of them."""
    role = Role(step["role"]).label
    if step["quorum"] == Quorum.ALL:
        return _("all of: %(role)s") % {"role": role}
    if step["quorum"] == Quorum.COUNT:
        return _("%(n)s of: %(role)s") % {"role": role, "n": step["count"]}
    return role


@dataclass(frozen=True, kw_only=True)
class Version:
    """One version of the bands of a kind as a page tells it."""

    policy: ApprovalPolicy
    bands: list[tuple[Any, Any, list[Words]]]
    is_current: bool
    is_to_come: bool


def versions(kind: ApprovalKind, today: date) -> list[Version]:
    """The versions of a kind, the newest first."""
    rows = ApprovalPolicy.objects.filter(programme=kind.programme, kind=kind.key).order_by("-valid_from")
    return [
        Version(
            policy=policy,
            bands=[
                (band.amount_from, band.amount_to, [step_words(step) for step in band.steps])
                for band in policy.bands.all()
            ],
            is_current=policy.valid_from <= today and (policy.valid_to is None or policy.valid_to >= today),
            is_to_come=policy.valid_from > today,
        )
        for policy in rows.select_related("proposed_by", "confirmed_by").prefetch_related("bands")
    ]


def roles_of_kind(kind: ApprovalKind) -> Iterable[str]:
    """The roles that may decide on the pages of a kind."""
    return truth_table()[kind.action]
