"""The insurances that end soon."""

from __future__ import annotations

from typing import Any

from casework.ui.paging import LongList
from casework.ui.views import PageView
from emergency_fund.queries import renewals

from .requests import EDIT, ROWS_PER_PAGE


class Renewals(PageView):
    """What ends soon or ran out lately, and that nothing follows."""

    policy = EDIT
    template_name = "emergency_fund/renewals.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rows = renewals.for_list(renewals.listed(self.user, self.today))
        page = LongList(rows, ROWS_PER_PAGE).get_page(self.request.GET.get("page"))
        return super().get_context_data(
            rows=list(renewals.renewal_rows(list(page.object_list), self.user, self.today)), page=page,
            days=renewals.renewal_days(self.today), **kwargs,
        )  # fmt: skip
