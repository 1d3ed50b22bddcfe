"""What a second person confirms of a box of cash: what was counted in it, what came from the bank and went back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from casework.accounts.models import User
from casework.approvals.models import Proposal
from casework.approvals.services.proposals import propose
from casework.funds.models import CashBox, CashCount
from casework.funds.queries.retiring import is_slip_waiting
from casework.funds.rules import cash as rules
from casework.funds.services import boxes
from casework.funds.services.counts import confirm_count, count_cash
from casework.funds.services.retiring import bring_to_bank
from casework.kernel.acts import act
from casework.kernel.dates import short
from casework.kernel.money import baht, exact_baht
from casework.kernel.refusals import refuse_errors
from casework.programmes.contributions import ProposalKind, Words

COUNT = "funds.box.count"
CONFIRM = "funds.box.confirm"
BANK = "funds.box.bank"
FILL = "funds.box.fill"


@act
def propose_count(*, box: CashBox, pieces: Mapping[str, int], explanation: str, by: User, now: datetime) -> CashCount:
    """Write down what was counted and ask a second person to confirm it. Raises Refusal as count_cash does."""
    count = count_cash(box=box, pieces=pieces, explanation=explanation, by=by, now=now)
    propose(
        kind=COUNT, subject=count, facts={}, office_id=box.office_id, reason=count.explanation, by=by, now=now, level=1,
        summary=lambda: _("Count of %(box)s: %(amount)s baht") % {"box": box, "amount": f"{count.counted:,.2f}"},
    )  # fmt: skip
    return count


def _confirm(proposal: Any, by: User, now: datetime) -> None:
    confirm_count(count=CashCount.rows.get(pk=proposal.subject_id), by=by, now=now)


def _excluded(proposal: Any) -> Iterable[int]:
    return CashCount.rows.filter(pk=proposal.subject_id).values_list("box__keeper_id", flat=True)


def _described(proposal: Any) -> Sequence[tuple[Words, Words]]:
    count = CashCount.rows.select_related("box__office", "box__keeper").get(pk=proposal.subject_id)
    return [
        (gettext_lazy("Cash box"), str(count.box)),
        (gettext_lazy("Office"), count.box.office.name_now),
        (gettext_lazy("Keeper"), count.box.keeper.name_now),
        (gettext_lazy("Day"), short(count.on, (get_language() or "en")[:2])),
        (gettext_lazy("Counted"), exact_baht(count.counted)),
        (gettext_lazy("In the books"), exact_baht(count.in_books)),
        (gettext_lazy("Difference"), exact_baht(count.difference)),
    ]


def _hold(box: CashBox) -> CashBox:
    held = CashBox.rows.select_for_update(of=("self",)).get(pk=box.pk)
    rules.can_use(is_active=held.is_active).insist()
    return held


def _propose_slip(
    kind: str, told: Words, *, box: CashBox, amount: Decimal, reference: str, on: date, by: User, now: datetime
) -> Proposal:
    facts = {"amount": str(amount), "reference": reference.strip()[:60], "on": str(on)}
    return propose(
        kind=kind, subject=box, facts=facts, office_id=box.office_id, by=by, now=now, level=1,
        summary=lambda: str(told) % {"box": box, "amount": baht(amount)},
    )  # fmt: skip


def _by_slip(proposal: Any, by: User, now: datetime) -> dict[str, Any]:
    """What the service takes that moves cash between a box and the bank."""
    facts = proposal.facts
    return {
        "box": CashBox.rows.get(pk=proposal.subject_id), "amount": Decimal(facts["amount"]),
        "reference": facts["reference"], "on": date.fromisoformat(facts["on"]), "key": f"slip-{proposal.pk}",
        "by": proposal.proposed_by, "confirmed_by": by, "now": now,
    }  # fmt: skip


@act
def propose_filling(
    *, box: CashBox, amount: Decimal, reference: str, on: date, by: User, now: datetime
) -> Proposal:  # fmt: skip
    """Say that cash of the bank came into a box; it stands in the books when a second person saw slip and cash.

    Raises Refusal with E-CSH-04, 06, 11 and 18 to 20, and while a filling with the same slip waits, Conflict E-CSH-03
    out of use.
    """
    held = _hold(box)
    refuse_errors(
        [
            *boxes.against_filling(held, amount=amount, reference=reference, on=on, now=now),
            *rules.against_waiting_slip(is_waiting=is_slip_waiting(FILL, reference)),
        ]
    )
    told = gettext_lazy("%(box)s: %(amount)s from the bank")
    return _propose_slip(FILL, told, box=held, amount=amount, reference=reference, on=on, by=by, now=now)


def _fill(proposal: Any, by: User, now: datetime) -> None:
    boxes.fill_box(**_by_slip(proposal, by, now))


@act
def propose_banking(
    *, box: CashBox, amount: Decimal, reference: str, on: date, by: User, now: datetime
) -> Proposal:  # fmt: skip
    """Say that cash of a box was brought to the bank; it leaves the books when a second person saw the slip.

    Raises Refusal with E-CSH-01, 04, 06 and 11 and while the same waits already, Conflict E-CSH-03 out of use.
    """
    held = _hold(box)
    refuse_errors(
        [
            *rules.against_banking(amount=amount, reference=reference, on=on, today=timezone.localdate(now)),
            *rules.against_leaving(box=str(held), have=held.balance, need=amount),
        ]
    )
    told = gettext_lazy("%(box)s: %(amount)s back to the bank")
    return _propose_slip(BANK, told, box=held, amount=amount, reference=reference, on=on, by=by, now=now)


def _bank(proposal: Any, by: User, now: datetime) -> None:
    bring_to_bank(**_by_slip(proposal, by, now))


def _keeper(proposal: Any) -> Iterable[int]:
    return CashBox.rows.filter(pk=proposal.subject_id).values_list("keeper_id", flat=True)


def _described_bank(proposal: Any) -> Sequence[tuple[Words, Words]]:
    labels = (gettext_lazy("Brought back to the bank"), gettext_lazy("Number of the deposit slip"))
    return _described_slip(proposal, *labels)


def _described_fill(proposal: Any) -> Sequence[tuple[Words, Words]]:
    return _described_slip(proposal, gettext_lazy("Filled from the bank"), gettext_lazy("Number of the bank slip"))


def _described_slip(proposal: Any, what: Words, slip: Words) -> Sequence[tuple[Words, Words]]:
    """What went between the box and the bank, under the words for it and for its paper."""
    box, facts = CashBox.rows.select_related("office", "keeper").get(pk=proposal.subject_id), proposal.facts
    inside: tuple[Words, Words] = (gettext_lazy("In the box"), exact_baht(box.balance))
    return [
        (gettext_lazy("Cash box"), str(box)),
        (gettext_lazy("Office"), box.office.name_now),
        (gettext_lazy("Keeper"), box.keeper.name_now),
        (what, exact_baht(Decimal(facts["amount"]))),
        (slip, facts["reference"]),
        (gettext_lazy("Day"), short(date.fromisoformat(facts["on"]), (get_language() or "en")[:2])),
        *([] if proposal.decided_at else [inside]),
    ]


def _box(proposal: Any) -> tuple[Words, str]:
    return str(CashBox.rows.get(pk=proposal.subject_id)), reverse("funds:box", args=[proposal.subject_id])


def _box_counted(proposal: Any) -> tuple[Words, str]:
    count = CashCount.rows.select_related("box").get(pk=proposal.subject_id)
    return str(count.box), reverse("funds:box", args=[count.box_id])


KINDS = (
    ProposalKind(
        key=COUNT, label=gettext_lazy("Confirm a count of cash"), action=CONFIRM, execute=_confirm,
        excluded=_excluded, described=_described, place=_box_counted,
    ),
    ProposalKind(
        key=BANK, label=gettext_lazy("Confirm that cash went to the bank"), action=CONFIRM, execute=_bank,
        excluded=_keeper, described=_described_bank, place=_box,
    ),
    ProposalKind(
        key=FILL, label=gettext_lazy("Confirm that cash came from the bank"), action=CONFIRM, execute=_fill,
        excluded=_keeper, described=_described_fill, place=_box,
    ),
)  # fmt: skip
