"""The list of births as its file shows it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from casework.cases.list_files.sheets import ListSheet
from casework.ui.templatetags.words import birthdate

from .filters import BirthFilter
from .queries.lists import birth_row, for_list


class BirthSheet(ListSheet):
    """The births of a queue and its filters, with the columns of the list."""

    key = "registration:list"
    title = _("Births")
    columns = (_("Case"), _("Child"), _("Other name"), _("Born"), _("Status"), _("Time limit"), _("Lead"))
    filter_class = BirthFilter
    sealed = "case__is_sealed"
    action = "registration.birth.export"
    long_action = "cases.list.ask"
    long_kind = "cases.list.long"

    def __init__(self, *given: Any) -> None:
        super().__init__(*given)
        self.born = cache(birthdate)

    def shown(self, rows: QuerySet) -> QuerySet:
        return for_list(rows)

    def line(self, row: Any) -> Sequence[str]:
        birth = birth_row(row, self.today)
        name, other = (*birth.names, "", "")[:2]
        status = ", ".join(self.said(words) for words in (birth.status, birth.suspension) if words)
        return birth.number, name, other, self.born(birth.birth), status, birth.days, birth.lead
