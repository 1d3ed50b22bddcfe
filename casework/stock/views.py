"""The page of those who look after a store."""

from __future__ import annotations

from typing import Any

from casework.access.policies import Policy
from casework.ui.views import PageView

from . import queries
from .models import SEE


class Stores(PageView):
    """Every store the person looks after, with the way to its papers."""

    policy = Policy(action=SEE)
    template_name = "stock/stores.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(stores=queries.stores_of(self.user), **kwargs)
