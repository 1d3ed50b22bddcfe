"""The list of cases as a file."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from casework.access.policies import Policy
from casework.cases import queries
from casework.cases.filters import CaseFilter
from casework.cases.list_files.pages import ListFile
from casework.ui.templatetags.words import age, birthdate, shortdate


class CaseListFile(ListFile):
    """The cases of a view and its filters, with the columns of the list."""

    policy = Policy(action="cases.case.export")
    filter_class = CaseFilter
    list_key = "cases:list"
    title = _("Cases")
    sealed = "is_sealed"
    columns = (
        _("Case"), _("Child"), _("Other name"), _("Born"), _("Age"), _("Risk"), _("Stage"), _("Next step"), _("Until"),
        _("Lead"),
    )  # fmt: skip

    def shown(self, rows: QuerySet) -> QuerySet:
        return queries.for_list(rows, self.today)

    def line(self, row: Any) -> Sequence[Any]:
        case = queries.case_row(row)
        name, other = (*case.names, "", "")[:2]
        stages = ", ".join(str(stage) for stage in case.stages)
        risk = _("High risk") if case.is_high_risk else ""
        return (
            case.number, name, other, birthdate(case.birth), age(case.birth, self.today), risk, stages, case.step,
            shortdate(case.due_on), case.lead,
        )  # fmt: skip
