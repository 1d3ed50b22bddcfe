"""The file of finance is kept, compared, and what it says of each line is written down."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime

from casework.accounts.models import User
from casework.audit.services import record_event
from casework.documents import store
from casework.funds.models import BatchLine, FinanceAnswer, FinanceBatch
from casework.funds.queries import answers as queries
from casework.funds.queries import finance
from casework.funds.rules.answers import Told, against_taking
from casework.funds.rules.finance import can_answer
from casework.funds.states import AnswerState
from casework.kernel.acts import act
from casework.kernel.moves import move
from casework.kernel.refusals import refuse_errors


@act
def keep_answer(
    *, batch: FinanceBatch, content: bytes, file_name: str, told: Sequence[Told], by: User, now: datetime
) -> FinanceAnswer:  # fmt: skip
    """Keep a file that finance sent, with its rows as they were read; nothing is written down by that.

    The same file again is the answer that is there. Raises Conflict for a closed batch (E-FIN-06).
    """
    held = FinanceBatch.rows.select_for_update(of=("self",)).get(pk=batch.pk)
    sha256 = store.digest(content)
    known = FinanceAnswer.rows.filter(batch=held, sha256=sha256).first()
    if known is not None:
        return known
    can_answer(held.state).insist()
    answer = FinanceAnswer.rows.create(
        batch=held, file_name=file_name[-120:], file=store.save_unnamed(content, now=now), sha256=sha256,
        told=[asdict(row) for row in told], created_by=by,
    )  # fmt: skip
    record_event("funds.answer.read", actor=by, subject=answer, office_id=held.office_id, level=1, at=now)
    return answer


@act
def take_answer(*, answer: FinanceAnswer, by: User, now: datetime) -> FinanceAnswer:
    """Write down what the file says was booked on each line; a file that was taken changes nothing.

    What was explained stays. Raises Refusal E-FIN-10 when no row is of the batch, Conflict for a closed one (E-FIN-06).
    """
    held = FinanceAnswer.rows.select_for_update(of=("self",)).select_related("batch").get(pk=answer.pk)
    if held.state == AnswerState.TAKEN:
        return held
    batch = FinanceBatch.rows.select_for_update(of=("self",)).get(pk=held.batch_id)
    can_answer(batch.state).insist()
    compared = queries.compared(held)
    refuse_errors(against_taking(compared))
    booked = compared.booked_by_line()
    changed = [line for line in finance.lines_of_batch(batch) if line.line_id in booked]
    for line in changed:
        line.booked = booked[line.line_id]
    BatchLine.rows.bulk_update(changed, ["booked"])
    held = move(held, AnswerState.TAKEN, taken_by=by, taken_at=now)
    record_event("funds.batch.answered", actor=by, subject=batch, office_id=batch.office_id, level=1, at=now)
    return held
