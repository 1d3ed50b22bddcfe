"""The programme report as a paper: the board's figures, drawn and defined, for a period, offices and readers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from django.utils import timezone
from django.utils.translation import override

from casework.documents.report import Definition, ReportKind, ReportPaper, Stat, Words
from casework.kernel.dates import short

from . import periods
from .boards import Board, Scope
from .filters import in_words, read_chosen
from .layout import absent, is_timed, labels_by_code, of_template
from .models import MonthClose, Readers, ReportRun
from .months import changes_since, close_of
from .present import ShownStat, shown_stat, shown_table
from .services import Counted, count_board
from .suppression import MASKED, OUTSIDE, STAFF
from .words import said

LIMITS = {Readers.STAFF: STAFF, Readers.ORGANISATION: MASKED, Readers.OUTSIDE: OUTSIDE}


class BoardReport(ReportKind):
    """Base of the reports of a board: a programme gives `board`, `key` and `titles`."""

    subject_type = "reports.reportrun"
    action = "reports.dashboard.see"
    board: ClassVar[Board]

    def context(self, subject: ReportRun, *, language: str, facts: Mapping[str, Any]) -> ReportPaper:
        """Give the words of the paper, of the figures that the page shows; what is given is kept with the document."""
        with override(language):
            scope = scope_of(subject, language)
            counted = count_board(board=self.board, scope=scope, now=subject.counted_at)
            return report_paper(self.board, subject, counted, scope, close_of(self.board, scope))


def scope_of(run: ReportRun, language: str) -> Scope:
    """What a report counts: its period against the one before."""
    today = timezone.localdate(run.counted_at)
    period = periods.parse(run.period)
    offices = frozenset(run.offices.values_list("pk", flat=True))
    return Scope(
        period=period,
        before=period.before().as_far_as(period, today),
        offices=frozenset() if run.is_own else offices,
        own_offices=offices if run.is_own else frozenset(),
        user_id=run.requested_by_id if run.is_own else None,
        today=today,
        language=language,
        filters=read_chosen(run.filters),
        reader=run.requested_by if run.filters else None,
    )


def report_paper(board: Board, run: ReportRun, counted: Counted, scope: Scope, close: MonthClose | None) -> ReportPaper:
    """The paper of a counted board, with what reads differently since its month was closed, as a donor wants it."""
    reading, at = of_template(counted.reading, run.figures), timezone.localtime(counted.at)
    words, language, below = {**said(scope.language), **reading.units}, scope.language, LIMITS[Readers(run.readers)]
    before_text = scope.before.text(language) if scope.before else ""
    changes = changes_since(close, reading, language) if close else {}
    stats = [shown_stat(stat, below, words, before_text, changes.get(stat.key)) for stat in reading.stats]
    partial = words["partial"] if scope.period.is_partial(scope.today) else ""
    shown = [shown_table(table, below, words, partial) for table in reading.tables]
    notes = [words["counted"] % {"day": short(at.date(), language), "time": f"{at:%H:%M}"}, partial]
    if close:
        notes.append(words["closed_on"] % {"day": short(timezone.localdate(close.closed_at), language)})
    if below > 1:
        notes.append(words["hidden"] % {"limit": below})
    narrowed = in_words(board.filters, scope.filters, scope.offices | scope.own_offices)
    if narrowed:
        notes.append(words["narrowed_for"] % {"name": run.requested_by.name_now})
    if run.is_own:
        notes.append(words["own_only"] % {"name": run.requested_by.full_name})
    notes += [reading.words.get("measures_time", "") if is_timed(reading, board) else "", reading.words.get("once", "")]
    missing = absent(reading, run.figures, board, language)
    notes.append(words["absent"] % {"names": "; ".join(missing)} if missing else "")
    called = labels_by_code(reading, run.figures)
    return ReportPaper(
        period=scope.period.full_text(language),
        name=run.name,
        donor=run.donor,
        only=words["narrowed"] % {"filters": "; ".join(narrowed)} if narrowed else "",
        office="; ".join(office.name(language) for office in run.offices.order_by("code")),
        note=" ".join(note for note in notes if note),
        stats=tuple(Stat(value=stat.value, label=stat.label, note=_note(stat)) for stat in stats),
        narrative=tuple(Words(heading=box["heading"] or words["words"], text=box["text"]) for box in run.narrative),
        parts=tuple(table.part for table in shown),
        definitions=tuple(
            Definition(
                code=item.code, name=str(item.name), text=_text(item, words), period=str(item.period),
                called="; ".join(called.get(item.code, ())),
            )
            for item in reading.definitions
        ),
    )  # fmt: skip


def _text(item: Any, words: Mapping[str, str]) -> str:
    parts = [words["numerator"] % {"text": item.numerator}]
    if item.denominator:
        parts.append(words["denominator"] % {"text": item.denominator})
    return " ".join(parts)


def _note(stat: ShownStat) -> str:
    told = ", ".join(text for text in (stat.note, stat.compared) if text)
    return ". ".join(text for text in (told, stat.target, stat.restated) if text)
