"""When help may come before its approval: E-EAF-130 and 131, beside E-APR-08 and 09 (decision 20)."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from casework.kernel.guards import YES, Verdict, no
from emergency_fund.states import RequestState, Urgency


def can_help_first(state: str, urgency: str, *, is_enough: bool) -> Verdict:
    """A life is at risk, it waits for approval, and others still have to sign."""
    if state != RequestState.IN_APPROVAL or urgency != Urgency.LIFE_SAVING:
        return no("E-EAF-130", _("Only where a life is at risk, help is given before approval. Decide it as usual."))
    if is_enough:
        return no("E-EAF-131", _("Your approval alone is enough. Approve it, then it can be paid at once."))
    return YES
