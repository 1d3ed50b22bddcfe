"""Requests that were begun and not sent, when the case they are about is sealed."""

from __future__ import annotations

from django.db import transaction

from casework.accounts.models import User
from casework.cases.models import Case
from casework.drafts.services import throw_away_drafts
from emergency_fund.queries.asking import cases_to_ask_for
from emergency_fund.queries.unfinished import typed_for


@transaction.atomic
def forget_unseen_asks(*, case: Case, by: User) -> None:
    """Throw away what was typed for a sealed case by who may not ask for it any more."""
    typed = typed_for(case)
    unseen = [
        draft.pk
        for draft in typed.select_related("owner")
        if not cases_to_ask_for(draft.owner).filter(pk=case.pk).exists()
    ]
    throw_away_drafts(drafts=typed.filter(pk__in=unseen), by=by)
