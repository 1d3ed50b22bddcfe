"""What is to be paid or handed over, as a list for the way: filled in by hand or offline, and brought back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import cached_property
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from casework.accounts.models import User
from casework.cases.list_files.sheets import ListSheet
from casework.kernel.dates import short
from casework.programmes.contributions import Words
from casework.ui.spreadsheets import Rows
from emergency_fund.imports.deliveries import ANSWERS, LABELS, MOST_ROWS, PROOF
from emergency_fund.queries.filed import Taken, to_take
from emergency_fund.rules.filed import AMOUNT
from emergency_fund.states import ON_THE_WAY

from .filters import FundFilter

HOW = _("In “%(column)s” write one of: %(words)s.")
PARTS = _("Of a kit write in “%(column)s” “all”, or how many of what: Bathing soap 2; Bucket 1.")


class TakeAlong(ListSheet):
    """The lines of the queue “To pay or hand over” that its reader may pay, with empty columns for what was done."""

    key = "emergency_fund:list"
    title = _("List to take along")
    columns = tuple(LABELS.values())
    filter_class = FundFilter
    sealed = "case__is_sealed"

    def __init__(self, user: User, query: QueryDict, now: datetime) -> None:
        """Whatever queue the address names, it is the one of what is to be paid."""
        named = query.copy()
        named["queue"] = "pay"
        super().__init__(user, named, now)
        self.is_full = False

    @cached_property
    def found_lines(self) -> tuple[list[Taken], list[tuple[int, Words]]]:
        """The lines, at most MOST_ROWS, and what is left out for which reason."""
        requests = list(self.records.values_list("pk", flat=True)[: MOST_ROWS + 1])
        lines, left_out = to_take(self.user, requests[:MOST_ROWS], self.today, self.language)
        self.is_full = len(requests) > MOST_ROWS or len(lines) > MOST_ROWS
        return lines[:MOST_ROWS], left_out

    def line(self, row: Taken) -> Sequence[Any]:
        line = row.line
        until = line.request.expires_on
        return (
            line.request.number, row.number, row.what, line.child.name, line.to_pay, row.who,
            short(until, self.language) if until else "", *[""] * len(ANSWERS),
        )  # fmt: skip

    def whole(self, rows: Rows, reason: str) -> list[Rows]:
        """The list, and below it how the column is filled in that takes certain words only."""
        words = {"column": LABELS[PROOF], "words": ", ".join(f"“{label}”" for _code, label in ON_THE_WAY)}
        below = [[str(HOW) % words]]
        if any(row.goods for row in self.found_lines[0]):
            below.append([str(PARTS) % {"column": LABELS[AMOUNT]}])
        return [*super().whole(rows, reason), below]
