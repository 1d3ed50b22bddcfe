"""The list of cases for those who see no names, and its file."""

from __future__ import annotations

from typing import Any

from casework.access.lists import FilteredList
from casework.access.policies import Policy
from casework.cases.list_files.pages import ListFilePage
from casework.cases.masked.filters import MaskedFilter
from casework.cases.masked.queries import VIEWS, MaskedList
from casework.cases.masked.sheet import EXPORT, SEE, MaskedSheet
from casework.ui.paging import LongList

ROWS_PER_PAGE = 50


class MaskedCases(FilteredList):
    """Cases of the reader's offices and programmes by code, age, province and how far they are. None opens."""

    policy = Policy(action=SEE)
    template_name = "cases/masked.html"
    filter_class = MaskedFilter
    list_key = MaskedSheet.key
    file_action = EXPORT

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        found = self.found
        chosen = found.data.get("view") if found.data.get("view") in VIEWS else "open"
        views = [
            {"label": label, "url": f"?view={name}", "count": None, "current": name == chosen}
            for name, label in VIEWS.items()
        ]
        page = LongList(found.listed, ROWS_PER_PAGE, length=self.length).get_page(self.request.GET.get("page"))
        told = MaskedList.of(self.user, self.today)
        rows = [told.told(row) for row in page.object_list]
        return super().get_context_data(page=page, rows=rows, views=views, title=VIEWS[chosen], **kwargs)


class MaskedCasesFile(ListFilePage):
    """Take the list without names away."""

    policy = Policy(action=MaskedSheet.action)
    sheet_class = MaskedSheet
