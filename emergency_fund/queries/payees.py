"""Who is paid for a line where that is not the family: whoever the request names, else the hospital that insures."""

from __future__ import annotations

from collections.abc import Collection

from emergency_fund.insurance_states import LIVE, WAS_ORDERED
from emergency_fund.models import AssistanceLine, InsurancePolicy
from emergency_fund.states import LineKind


def payees_of(lines: Collection[AssistanceLine], language: str) -> dict[int, str]:
    """Who is paid for each line, by the line's id; nothing for what the family itself gets."""
    insured = [line.pk for line in lines if line.kind == LineKind.HEALTH_INSURANCE]
    policies = InsurancePolicy.rows.filter(line__in=insured, state__in={*LIVE, *WAS_ORDERED}).order_by("pk")
    with_insurer = policies.filter(cover__hospital__isnull=False).select_related("cover__hospital") if insured else ()
    insurers = {policy.line_id: policy.cover.hospital.name(language) for policy in with_insurer}
    return insurers | {line.pk: line.provider for line in lines if line.provider}


def payee_of(line: AssistanceLine, language: str) -> str:
    """Who is paid for one line; nothing for what the family itself gets."""
    return payees_of([line], language).get(line.pk, "")
