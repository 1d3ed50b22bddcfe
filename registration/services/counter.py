"""Keep a check of the draft certificate at the counter."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from casework.accounts.models import User
from casework.cases.models import Case
from casework.drafts.models import Draft
from casework.drafts.services import throw_away_drafts
from casework.kernel.digits import clean_line
from casework.kernel.refusals import refuse_errors
from registration.certificate_states import CounterAnswer
from registration.models import BirthRecord, CounterCheck, CounterLine
from registration.queries.agreed import agreed_lines
from registration.rules.counter import Answers, can_check_at_counter, counter_findings

from .progress import note

FORM = "registration.counter"
STEP = "form"


@transaction.atomic
def record_counter_check(*, birth: BirthRecord, answers: Answers, by: User, now: datetime) -> CounterCheck:
    """Keep what stood on the draft, line by line, before it was signed.

    Raises Conflict (BR-CNT-3, BR-CNT-4) at another time, and Refusal (BR-CNT-1, BR-CNT-2) for a line that is not
    compared or does not say what stands there.
    """
    can_check_at_counter(birth).insist()
    lines = agreed_lines(birth, "th")
    said = {key: (answer, clean_line(on_draft)) for key, (answer, on_draft) in answers.items()}
    refuse_errors(counter_findings([line.key for line in lines], said))
    check = CounterCheck.rows.create(birth=birth, checked_by=by, checked_at=now)
    CounterLine.objects.bulk_create(
        CounterLine(
            check_made=check,
            key=line.key,
            agreed=line.agreed[:300],
            answer=said[line.key][0],
            on_draft=said[line.key][1] if said[line.key][0] == CounterAnswer.DIFFERENT else "",
        )
        for line in lines
    )
    note(birth, "counter.checked" if not check.different_lines else "counter.different", by, at=now)
    return check


@transaction.atomic
def forget_unseen_checks(*, case: Case, by: User) -> None:
    """Throw away what was typed at the counter by who no longer sees the birth of a sealed case."""
    for birth in BirthRecord.rows.filter(case=case):
        typed = Draft.rows.filter(**{"form": FORM, f"data__{STEP}__birth": str(birth.pk)})
        unseen = [
            draft.pk
            for draft in typed.select_related("owner")
            if not BirthRecord.rows.filter(pk=birth.pk).visible_to(draft.owner).exists()
        ]
        throw_away_drafts(drafts=typed.filter(pk__in=unseen), by=by)
