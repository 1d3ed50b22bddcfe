"""The list without names as a file."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property, partial
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from casework.cases.list_files.sheets import ListSheet, Part
from casework.cases.querysets import MASKED

from .filters import MaskedFilter
from .queries import MaskedList, for_masked_list, masked_facts

SEE, EXPORT = MASKED, "cases.masked.export"


class MaskedSheet(ListSheet):
    """The cases of a view and its filters, with the columns of the list."""

    key = "masked:list"
    title = _("Cases by code")
    columns = (
        _("Code"), _("Age when the case was opened"), _("Province"), _("Programme"), _("Stage"), _("Opened in"),
        _("Last act"),
    )  # fmt: skip
    filter_class = MaskedFilter
    sealed = "is_sealed"
    action = EXPORT
    long_action = EXPORT
    long_kind = "cases.masked.long"

    @cached_property
    def parts(self) -> Sequence[Part]:
        words = partial(_cells, MaskedList.of(self.user, self.today))
        return [Part(*masked_facts(self.today), words=words, is_unique=True)]

    def shown(self, rows: QuerySet) -> QuerySet:
        return for_masked_list(rows, self.user, self.today)


def _cells(told: MaskedList, row: Any) -> Sequence[str]:
    case = told.told(row)
    return (
        case.code, str(case.age), str(case.province), ", ".join(map(str, case.programmes)),
        ", ".join(map(str, case.stages)), str(case.opened), str(case.silent),
    )  # fmt: skip
