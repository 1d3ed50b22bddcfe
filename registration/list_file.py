"""The list of births as its file shows it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from casework.cases.list_files.sheets import NAMES, ListSheet, Part
from casework.people.queries.names import birth_shown

from .filters import BirthFilter
from .queries.lists import STANDING_FACTS, for_list, status_words
from .queries.panel import days_left_words


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

    @cached_property
    def parts(self) -> Sequence[Part]:
        return (
            Part("number"), NAMES,
            Part("born_on", "born_precision", words=lambda child: [birth_shown(child).text(self.language)]),
            Part(*STANDING_FACTS, words=self._standing), Part("lead_name"),
        )  # fmt: skip

    def shown(self, rows: QuerySet) -> QuerySet:
        return for_list(rows)

    def _standing(self, birth: Any) -> Sequence[str]:
        return ", ".join(str(words) for words in status_words(birth) if words), days_left_words(birth, self.today)
