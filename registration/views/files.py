"""The list of births as a file."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from casework.access.policies import Policy
from casework.cases.list_files.pages import ListFile
from casework.ui.templatetags.words import birthdate
from registration.filters import BirthFilter
from registration.queries.lists import birth_row, for_list


class BirthListFile(ListFile):
    """The births of a queue and its filters, with the columns of the list."""

    policy = Policy(action="registration.birth.export")
    filter_class = BirthFilter
    list_key = "registration:list"
    title = _("Births")
    sealed = "case__is_sealed"
    columns = (_("Case"), _("Child"), _("Other name"), _("Born"), _("Status"), _("Time limit"), _("Lead"))

    def shown(self, rows: QuerySet) -> QuerySet:
        return for_list(rows)

    def line(self, row: Any) -> Sequence[Any]:
        birth = birth_row(row, self.today)
        name, other = (*birth.names, "", "")[:2]
        status = ", ".join(str(words) for words in (birth.status, birth.suspension) if words)
        return birth.number, name, other, birthdate(birth.birth), status, birth.days, birth.lead
