"""Papers of cash, from what was counted."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from casework.documents.said import amount, moment, staff_name
from casework.funds.models import CashCount
from casework.funds.papers.cash import CountSheet, CountSheetKind, PieceLine
from casework.funds.queries.cash import pieces_of
from casework.funds.words.cash import COUNT_SHEET
from casework.kernel import dates
from casework.kernel.money import baht_in_words


class CountPaper(CountSheetKind):
    """One count of a box."""

    def whole(self, subject: CashCount) -> CashCount:
        """The count with its box and people."""
        people = ("box__office", "box__keeper", "created_by", "confirmed_by")
        return CashCount.rows.select_related(*people).get(pk=subject.pk)

    def context(self, subject: CashCount, *, language: str, facts: Mapping[str, Any]) -> CountSheet:
        words, gap = COUNT_SHEET[language], subject.difference
        confirmed = words["waiting"]
        if subject.confirmed_by is not None and subject.confirmed_at is not None:
            confirmed = f"{staff_name(subject.confirmed_by, language)}, {moment(subject.confirmed_at, language)}"
        return CountSheet(
            number=f"C-{subject.box.office.code}-{subject.on.year}-{subject.pk}",
            box=f"{subject.box.name(language)}, {subject.box.office.name(language)}",
            keeper=staff_name(subject.box.keeper, language),
            on=dates.both(subject.on, language),
            by=f"{staff_name(subject.created_by, language)}, {moment(subject.created_at, language)}",
            confirmed=confirmed,
            pieces=tuple(
                PieceLine(worth=f"{piece.worth:,}", number=f"{piece.number:,}", amount=amount(piece.amount))
                for piece in pieces_of(subject)
            ),
            counted=amount(subject.counted),
            in_words={code: baht_in_words(subject.counted, code) for code in ("th", "en")},
            in_books=amount(subject.in_books),
            difference=f"{'+' if gap > 0 else '−'}{amount(abs(gap))}" if gap else "",
            explanation=subject.explanation,
        )


KINDS = (CountPaper,)
