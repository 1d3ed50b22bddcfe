"""The account of a family: one officer writes it down, another compares it, and only then the cashier may use it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, cast

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casework.accounts.models import User
from casework.approvals.models import ApprovalRequest
from casework.approvals.services.chains import bar
from casework.approvals.services.proposals import propose
from casework.audit.services import record_event
from casework.kernel.acts import act
from casework.kernel.moves import move
from casework.kernel.refusals import refuse_errors
from casework.programmes.contributions import ProposalKind, Words
from emergency_fund.models import AssistanceRequest, FamilyAccount
from emergency_fund.queries.accounts import ACCOUNT
from emergency_fund.queries.emergencies import waits_for_approval
from emergency_fund.queries.interests import may_work_on, related_to
from emergency_fund.querysets import CONFIRM_ACCOUNT, PROGRAMME
from emergency_fund.rules import accounts as rules
from emergency_fund.states import AccountState

from .holding import hold_request


@act
def enter_account(
    *, request: AssistanceRequest, account: rules.Account, by: User, now: datetime
) -> FamilyAccount:  # fmt: skip
    """Write down where money of the family is sent, and ask a second person to compare it. Raises as write_account."""
    made = write_account(request=request, account=account, by=by, now=now)
    propose(
        kind=ACCOUNT, subject=made, facts={}, office_id=request.office_id, programme=PROGRAMME, by=by, now=now,
        summary=lambda: _("Account for request %(number)s: %(account)s") % {
            "number": request.number, "account": made.told,
        },
    )  # fmt: skip
    return made


@act
def write_account(
    *, request: AssistanceRequest, account: rules.Account, by: User, now: datetime
) -> FamilyAccount:  # fmt: skip
    """Write down an account that does not hold yet.

    Who wrote it down neither decides on the request from then on nor pays it. Raises Refusal with E-EAF-182 to 184,
    Conflict with E-EAF-199 and 202.
    """
    request = hold_request(request.pk)
    may_work_on(request, by, timezone.localdate(now)).insist()
    rules.can_name_account(request.state).insist()
    refuse_errors(rules.against_account(account))
    made = FamilyAccount.rows.create(
        request=request, family=request.family, bank=account.bank, number=account.number,
        holder=account.holder.strip()[:120], entered_by=by, entered_at=now,
    )  # fmt: skip
    AssistanceRequest.rows.filter(pk=request.pk).update(changed_by=sorted({*request.changed_by, by.pk}))
    if waits_for_approval(request):
        bar(request=cast(ApprovalRequest, request.approval), who=by)
    _remember("entered", made, by, now)
    return made


@act
def confirm_account(*, account: FamilyAccount, by: User, now: datetime) -> FamilyAccount:
    """Somebody else has compared it with the bank book: from now on it is the family's account."""
    account = move(account, AccountState.CONFIRMED, confirmed_by=by, confirmed_at=now)
    _remember("confirmed", account, by, now)
    return account


def _confirm(proposal: Any, by: User, now: datetime) -> None:
    confirm_account(account=FamilyAccount.rows.select_related("request").get(pk=proposal.subject_id), by=by, now=now)


def _excluded(proposal: Any) -> Iterable[int]:
    """Who belongs to the family does not confirm its account."""
    account = FamilyAccount.rows.select_related("request").get(pk=proposal.subject_id)
    return related_to(account.request, timezone.localdate())


def _described(proposal: Any) -> Sequence[tuple[Words, Words]]:
    account = FamilyAccount.rows.select_related("request__office").get(pk=proposal.subject_id)
    return [
        (gettext_lazy("Request"), account.request.number),
        (gettext_lazy("Office"), account.request.office.name_now),
        (gettext_lazy("Bank"), account.get_bank_display()),
        (gettext_lazy("Number of the account"), account.number),
        (gettext_lazy("Whose account"), account.holder),
    ]


def _remember(done: str, account: FamilyAccount, by: User, now: datetime) -> None:
    request = account.request
    record_event(
        f"{PROGRAMME}.account.{done}", actor=by, subject=request, case_id=request.case_id,
        office_id=request.office_id, at=now,
    )  # fmt: skip


def _place(proposal: Any) -> tuple[Words, str]:
    request = FamilyAccount.rows.select_related("request").get(pk=proposal.subject_id).request
    return request.number, reverse("emergency_fund:open", args=[request.pk])


KINDS = (
    ProposalKind(
        key=ACCOUNT, label=gettext_lazy("Confirm the account of a family"), action=CONFIRM_ACCOUNT, execute=_confirm,
        excluded=_excluded, described=_described, place=_place,
    ),
)  # fmt: skip
