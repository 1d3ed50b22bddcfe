"""What a second person confirms of an advance: that some of it is missing, and why."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casework.accounts.models import User
from casework.approvals.models import Proposal
from casework.approvals.services.proposals import propose
from casework.funds.models import Advance
from casework.funds.rules import advances as rules
from casework.funds.services import advances
from casework.kernel.acts import act
from casework.kernel.money import baht, exact_baht
from casework.kernel.refusals import refuse_errors
from casework.programmes.contributions import ProposalKind, Words

from .cash import CONFIRM

SHORT = "funds.advance.short"


@act
def propose_shortage(
    *, advance: Advance, brought_back: Decimal, explanation: str, by: User, now: datetime, on: date | None = None
) -> Proposal:  # fmt: skip
    """Put what came back of an advance into its box, and ask a second person to confirm why the rest is missing.

    Raises Refusal with E-ADV-06 when more came back than no receipt accounts for and E-ADV-08, and while the same
    waits already, Conflict as settle_advance does.
    """
    held = advances.bring_back(advance=advance, amount=brought_back, by=by, now=now, on=on)
    refuse_errors(rules.against_shortage(explanation))
    words = {"number": held.number, "amount": baht(held.left)}
    return propose(
        kind=SHORT, subject=held, facts={"missing": str(held.left)}, office_id=held.box.office_id, by=by, now=now,
        reason=explanation, level=1, summary=lambda: _("%(number)s: %(amount)s are missing") % words,
    )  # fmt: skip


def _settle(proposal: Any, by: User, now: datetime) -> None:
    advances.settle_short(
        advance=Advance.rows.get(pk=proposal.subject_id), missing=Decimal(proposal.facts["missing"]),
        explanation=proposal.reason, by=proposal.proposed_by, confirmed_by=by, now=now,
    )  # fmt: skip


def _now(subject_id: int, facts: Mapping[str, Any]) -> dict[str, Any]:
    """With another receipt, or more that comes back, something else is missing."""
    used, state = Advance.rows.values_list("used", "state").get(pk=subject_id)
    return {"used": used, "state": state}


def _holder(proposal: Any) -> Iterable[int]:
    return Advance.rows.filter(pk=proposal.subject_id).values_list("holder_id", flat=True)


def _described(proposal: Any) -> Sequence[tuple[Words, Words]]:
    advance = Advance.rows.select_related("box__office", "holder").get(pk=proposal.subject_id)
    return [
        (gettext_lazy("Advance"), advance.number),
        (gettext_lazy("Office"), advance.box.office.name_now),
        (gettext_lazy("Cash box"), str(advance.box)),
        (gettext_lazy("Given to"), advance.holder.name_now),
        (gettext_lazy("For"), advance.purpose),
        (gettext_lazy("Amount"), exact_baht(advance.amount)),
        (gettext_lazy("Missing"), exact_baht(Decimal(proposal.facts["missing"]))),
    ]


def _place(proposal: Any) -> tuple[Words, str]:
    number = Advance.rows.values_list("number", flat=True).get(pk=proposal.subject_id)
    return number, reverse("funds:advance", args=[proposal.subject_id])


KINDS = (
    ProposalKind(
        key=SHORT, label=gettext_lazy("Confirm that some of an advance is missing"), action=CONFIRM, execute=_settle,
        current=_now, excluded=_holder, described=_described, place=_place,
    ),
)  # fmt: skip
