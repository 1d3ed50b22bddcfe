"""The list of cases as a file."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy

from casework.cases import queries
from casework.cases.filters import CaseFilter
from casework.kernel.dates import BirthDate
from casework.ui.templatetags.words import age, birthdate, shortdate

from .sheets import ListSheet

HIGH = gettext_lazy("High risk")


class CaseSheet(ListSheet):
    """The cases of a view and its filters, with the columns of the list."""

    key = "cases:list"
    title = gettext_lazy("Cases")
    columns = (
        gettext_lazy("Case"), gettext_lazy("Child"), gettext_lazy("Other name"), gettext_lazy("Born"),
        gettext_lazy("Age"), gettext_lazy("Risk"), gettext_lazy("Stage"), gettext_lazy("Next step"),
        gettext_lazy("Until"), gettext_lazy("Lead"),
    )  # fmt: skip
    filter_class = CaseFilter
    sealed = "is_sealed"
    action = "cases.case.export"
    long_action = "cases.list.ask"
    long_kind = "cases.list.long"

    def __init__(self, *given: Any) -> None:
        super().__init__(*given)
        self.day, self.born = cache(shortdate), cache(self._born)

    def _born(self, birth: BirthDate) -> tuple[str, str]:
        return birthdate(birth), age(birth, self.today)

    def shown(self, rows: QuerySet) -> QuerySet:
        return queries.for_list(rows, self.today)

    def line(self, row: Any) -> Sequence[str]:
        case = queries.case_row(row, self.today)
        name, other = (*case.names, "", "")[:2]
        born, how_old = self.born(case.birth)
        return (
            case.number, name, other, born, how_old, self.said(HIGH) if case.is_high_risk else "",
            ", ".join(map(self.said, case.stages)), self.said(case.step), self.day(case.due_on), case.lead,
        )  # fmt: skip
