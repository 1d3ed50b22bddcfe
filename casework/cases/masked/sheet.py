"""The list without names as a file."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from casework.cases.list_files.sheets import ListSheet
from casework.cases.querysets import MASKED

from .filters import MaskedFilter
from .queries import MaskedList, for_masked_list

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
    def told(self) -> MaskedList:
        """How the reader is told each row."""
        return MaskedList.of(self.user, self.today)

    def shown(self, rows: QuerySet) -> QuerySet:
        return for_masked_list(rows, self.user, self.today)

    def line(self, row: Any) -> Sequence[str]:
        case = self.told.told(row)
        return (
            case.code, self.said(case.age), self.said(case.province), ", ".join(map(self.said, case.programmes)),
            ", ".join(map(self.said, case.stages)), self.said(case.opened), self.said(case.silent),
        )  # fmt: skip
