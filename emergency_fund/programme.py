"""Everything the Emergency Assistance Fund adds to the shared pages."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from casework.programmes.contributions import AidKind, ApprovalKind, Programme, registry

from .documents import KINDS, PAPER_RIGHTS, SUBJECTS
from .models import AssistanceRequest
from .querysets import ASK, PROGRAMME, SEE
from .services.deciding import KIND, decided
from .states import LineKind


def _version(subject_id: int) -> int:
    return AssistanceRequest.rows.values_list("version", flat=True).get(pk=subject_id)


@registry.register
class EmergencyFund(Programme):
    """Help for the children of families that lost their means."""

    key = PROGRAMME
    label = _("Emergency fund")
    icon = "hand-coins"
    document_kinds = KINDS
    subject_types = SUBJECTS
    aid_kinds = tuple(AidKind(key=kind.value, label=kind.label, programme=PROGRAMME) for kind in LineKind)
    approval_kinds = (
        ApprovalKind(
            key=KIND, label=_("Help from the fund"), version=_version, decided=decided,
            url=lambda pk: f"/emergency-fund/{pk}/",
        ),
    )  # fmt: skip
    rights = {
        ASK: "CW:A SUP:A FO:A",
        SEE: "CW:A SUP:A FO:N FA:N",
        "emergency_fund.request.screen": "FO:A",
        "emergency_fund.request.approve": "FO:A* FA:A* PM:A*",
        **PAPER_RIGHTS,
    }
