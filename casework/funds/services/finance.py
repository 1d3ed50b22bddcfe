"""A month goes to finance, each entry of money once; what finance booked is compared, explained and closed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from django.utils import timezone
from django.utils.translation import get_language

from casework.accounts.models import Office, User
from casework.audit.services import record_event
from casework.documents import store
from casework.funds.models import BatchEntry, BatchLine, BudgetEntry, BudgetLine, FinanceBatch
from casework.funds.queries import finance as queries
from casework.funds.rules import finance as rules
from casework.funds.states import BatchState
from casework.kernel import dates
from casework.kernel.acts import act
from casework.kernel.moves import move
from casework.kernel.numbers import next_number
from casework.kernel.refusals import Refusal, refuse_errors
from casework.ui.spreadsheets import as_csv, as_xlsx


@dataclass(frozen=True, kw_only=True)
class Booked:
    """What finance booked on a line, None while it has not answered, and why that differs."""

    amount: Decimal | None
    explanation: str


@act
def export_month(*, office: Office, programme: str, first: date, reason: str, by: User, now: datetime) -> FinanceBatch:
    """Put every entry of money until the end of a month that finance does not have into a batch, with its files.

    Entries of earlier months are marked as late. Raises Refusal with E-FIN-01 for a month that is not over, E-FIN-02
    without a reason, E-FIN-03 for a month that finance has, E-FIN-04 when there is nothing to tell.
    """
    refuse_errors(rules.against_reason(reason))
    last = dates.add_months(first, 1) - timedelta(days=1)
    held = BudgetLine.rows.select_for_update(of=("self",)).filter(office=office, programme=programme).order_by("pk")
    lines, newest = list(held), queries.newest_batch(office, programme)
    language = (get_language() or "en")[:2]
    today = timezone.localdate(now)
    refuse_errors(rules.against_month(first, last, today=today, newest=newest, language=language))
    entries = queries.entries_to_export(lines, last)
    if not entries:
        raise Refusal("E-FIN-04", "month", rules.NOTHING)
    batch = _write_batch(office, programme, (first, last), entries, reason.strip()[:200], by, now)
    BatchEntry.rows.bulk_create(BatchEntry(batch=batch, entry=entry, is_late=entry.on < first) for entry in entries)
    BatchLine.rows.bulk_create(_lines_of(batch, entries))
    record_event(
        "funds.batch.exported", actor=by, subject=batch, office_id=office.pk, level=1, reason=batch.reason, at=now
    )
    return batch


def _write_batch(
    office: Office, programme: str, month: tuple[date, date], entries: Sequence[BudgetEntry], reason: str, by: User,
    now: datetime,
) -> FinanceBatch:  # fmt: skip
    """The row of a batch with its number, totals and files, whose bytes stay as they are."""
    number = next_number(f"FIN-{office.code}", month[0].year)
    rows = list(queries.file_rows(number, entries, month[0]))
    text, sheet = as_csv(rows), as_xlsx(number, rows)
    return FinanceBatch.rows.create(
        number=number, office=office, programme=programme, first_on=month[0], last_on=month[1], reason=reason,
        paid=sum(map(queries.paid_by, entries), Decimal(0)),
        returned=sum(map(queries.returned_by, entries), Decimal(0)),
        csv_file=store.save_unnamed(text, now=now), csv_sha256=store.digest(text),
        xlsx_file=store.save_unnamed(sheet, now=now), xlsx_sha256=store.digest(sheet), created_by=by,
    )  # fmt: skip


def _lines_of(batch: FinanceBatch, entries: Sequence[BudgetEntry]) -> list[BatchLine]:
    found: dict[int, BatchLine] = {}
    for entry in entries:
        line = found.setdefault(
            entry.line_id, BatchLine(batch=batch, line=entry.line, paid=Decimal(0), returned=Decimal(0))
        )
        line.paid += queries.paid_by(entry)
        line.returned += queries.returned_by(entry)
    return list(found.values())


def take_file(*, batch: FinanceBatch, ending: str, by: User, now: datetime) -> bytes:
    """Give a file of a batch as it was made, and write down who took it. Raises DamagedFile when it was changed."""
    name, sha256 = getattr(batch, f"{ending}_file"), getattr(batch, f"{ending}_sha256")
    content = store.read(name, sha256)
    record_event(
        "funds.batch.taken", actor=by, subject=batch, office_id=batch.office_id, level=1, at=now,
        changes={"file": (None, ending)},
    )  # fmt: skip
    return content


@act
def answer_batch(*, batch: FinanceBatch, answers: Mapping[int, Booked], by: User, now: datetime) -> FinanceBatch:
    """Write down what finance booked on each line of an open batch, by the id of the line in it.

    Raises Conflict (E-FIN-06) for one that is closed.
    """
    held = FinanceBatch.rows.select_for_update(of=("self",)).get(pk=batch.pk)
    rules.can_answer(held.state).insist()
    changed = [line for line in queries.lines_of_batch(held) if line.pk in answers]
    for line in changed:
        line.booked, line.explanation = answers[line.pk].amount, answers[line.pk].explanation.strip()[:300]
    BatchLine.rows.bulk_update(changed, ["booked", "explanation"])
    record_event("funds.batch.answered", actor=by, subject=held, office_id=held.office_id, level=1, at=now)
    return held


@act
def close_batch(*, batch: FinanceBatch, by: User, now: datetime) -> FinanceBatch:
    """Close a batch that agrees with finance. Raises Refusal (E-FIN-05) for a difference that nobody explained.

    Raises TransitionNotAllowed for one that is closed.
    """
    held = FinanceBatch.rows.select_for_update(of=("self",)).get(pk=batch.pk)
    refuse_errors(rules.against_closing(queries.lines_of_batch(held)))
    held = move(held, BatchState.CLOSED, closed_by=by, closed_at=now)
    record_event("funds.batch.closed", actor=by, subject=held, office_id=held.office_id, level=1, at=now)
    return held
