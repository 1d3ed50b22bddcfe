"""The filters of the list without names: by what it tells of every case."""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from casework.cases.filters import offices_of_reader, programmes
from casework.cases.models import Case
from casework.cases.querysets import told_enrolments
from casework.cases.states import Stage
from casework.ui.filters import ListFilter, choice, row_choice

from .queries import for_masked_list, masked_cases


class MaskedFilter(ListFilter):
    """How far, for which programme, where. Nothing by which a single child could be asked for."""

    kept = ("view",)

    class Meta:
        model = Case
        fields = ()

    stage = choice(_("Stage"), Stage.choices)
    programme = choice(_("Programme"), programmes, method="enrolled_in")
    office = row_choice(_("Office"), offices_of_reader)

    @property
    def view_rows(self) -> QuerySet:
        return masked_cases(self.request.user, self.data.get("view", ""))

    @property
    def listed(self) -> QuerySet[Any, Any]:
        return for_masked_list(self.qs, self.request.user, timezone.localdate())

    def enrolled_in(self, rows: QuerySet, _name: str, programme: str) -> QuerySet:
        """Cases of which the reader is told that the programme is, or was, at work on them."""
        told = told_enrolments(self.request.user).filter(case=OuterRef("pk"), programme=programme)
        return rows.filter(Exists(told))
