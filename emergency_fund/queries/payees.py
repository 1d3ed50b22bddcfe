"""Who is paid for a line where that is not the family: whoever the request names, else the hospital that insures."""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import Q

from emergency_fund.insurance_states import LIVE, WAS_ORDERED
from emergency_fund.models import AssistanceLine, InsurancePolicy
from emergency_fund.states import LineKind, Modality

FETCHED = Q(modality=Modality.VOUCHER) | (Q(provider="") & ~Q(modality=Modality.INSURANCE))
"""Lines that the family comes for. What a hospital or insurer gets is paid to them (decision 29); the family is handed
a voucher, and takes it to the shop that is named (decision 77)."""


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


def is_fetched(line: AssistanceLine) -> bool:
    """Whether the family comes for what is approved of a line: FETCHED, for a line that is read."""
    return line.modality == Modality.VOUCHER or not (line.provider or line.modality == Modality.INSURANCE)


def has_receipt(line: AssistanceLine) -> bool:
    """Whether the family may have paid it itself: a hospital or driver gives receipts, a hospital that insures none."""
    is_named = bool(line.provider) and line.modality not in (Modality.VOUCHER, Modality.INSURANCE)
    return is_named or line.modality == Modality.SERVICE
