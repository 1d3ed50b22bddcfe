"""The list of cases as a file."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy

from casework.cases import queries
from casework.cases.filters import CaseFilter
from casework.cases.states import Risk
from casework.people.queries.names import birth_shown
from casework.ui.templatetags.words import shortdate

from .sheets import NAMES, ListSheet, Part

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

    @cached_property
    def parts(self) -> Sequence[Part]:
        return (
            Part("number"), NAMES, Part("born_on", "born_precision", words=self._born),
            Part("risk", *queries.far_facts(), "lead_name", words=self._work),
        )  # fmt: skip

    def shown(self, rows: QuerySet) -> QuerySet:
        return queries.for_list(rows, self.today)

    def _born(self, child: Any) -> Sequence[str]:
        birth = birth_shown(child)
        return birth.text(self.language), birth.age_text(self.today, self.language)

    def _work(self, case: Any) -> Sequence[str]:
        stages, step, due_on = queries.how_far(case)
        risk = str(HIGH) if case.risk == Risk.HIGH else ""
        return risk, ", ".join(map(str, stages)), str(step), shortdate(due_on), case.lead_name
