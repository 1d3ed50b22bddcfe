"""The ledger's rows of the truth table (safety.md §1: history of a case, of the system)."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from casework.programmes.contributions import Contribution, EventWords, registry


@registry.register
class Audit(Contribution):
    """Who saw and did what."""

    key = "audit"
    label = _("History")
    icon = "history"

    rights = {
        "audit.own.see": "CW:s SUP:s PSY:s TRF:s FO:s FA:s CSH:s TRN:s",
        "audit.team.see": "SUP:A",
        "audit.case.see": "SUP:A DPO:A",
        "audit.security.see": "DPO:A SYS:A",
        "audit.all.see": "DPO:A AUD:P",
        "audit.counts.see": "PM:A",
    }
    events = (
        EventWords(
            action="audit.request.refused", words=_("Request refused"), icon="ban", colour="red", kind="security"
        ),
    )
