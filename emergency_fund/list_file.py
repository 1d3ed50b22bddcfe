"""The queues of the fund as their file shows them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import cache, cached_property
from typing import Any

from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from casework.accounts.models import User
from casework.cases.list_files.sheets import ListSheet, Part
from casework.ui.spreadsheets import Cell

from .filters import FundFilter
from .queries.lists import FILED, RowWords, for_file, fund_row, is_name_hidden, row_words
from .states import Modality


class FundSheet(ListSheet):
    """The requests of a queue and its filters, with the columns of the list."""

    key = "emergency_fund:list"
    title = _("Fund requests")
    columns = (
        _("Request"), _("Child"), _("What"), _("How it is given"), _("Amount"), _("State"), _("How urgent"),
        _("Time limit"), _("Asked by"), _("Office"),
    )  # fmt: skip
    filter_class = FundFilter
    sealed = "case__is_sealed"
    action = "emergency_fund.list.export"
    long_action = "emergency_fund.list.ask"
    long_kind = "emergency_fund.list.long"

    def __init__(self, user: User, query: QueryDict, now: datetime) -> None:
        """The queue is named once and for all: which one comes first changes with what waits."""
        super().__init__(user, query, now)
        if not query.get("queue"):
            named = query.copy()
            named["queue"] = self.found.queue.key
            super().__init__(user, named, now)
        self.is_hidden = cache(lambda office_id: is_name_hidden(self.user, office_id=office_id))

    @cached_property
    def words(self) -> RowWords:
        """The words of codes in the language of the file."""
        return row_words()

    def narrowed(self) -> list[str]:
        return [str(self.found.queue.label), *super().narrowed()]

    @cached_property
    def parts(self) -> Sequence[Part]:
        return [Part(*FILED, words=self._line, is_unique=True)]

    def shown(self, rows: QuerySet) -> QuerySet:
        return for_file(rows)

    def _line(self, row: Any) -> Sequence[Cell]:
        found = fund_row(row, self.now, self.words, is_hidden=self.is_hidden(row.office_id))
        ways = [Modality(way).label for way in dict.fromkeys(row.ways)]
        return (
            found.number, found.child, ", ".join(found.what), ", ".join(map(str, ways)), found.amount,
            found.state, found.urgency, found.clock, found.asked_by, row.office_name,
        )  # fmt: skip
