"""The list under a place box: matches while one types."""

from __future__ import annotations

from typing import Any

from casework.access.policies import SignedIn
from casework.access.scopes import own_provinces
from casework.reference.places import offer_places, place_label
from casework.ui.views import PageView


class PlaceOptions(PageView):
    """Up to twelve places as options of a datalist, those of the person's own provinces first."""

    policy = SignedIn()
    template_name = "home/_places.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        typed = self.request.GET.get(self.request.GET.get("field", ""), "")[:80]
        provinces = sorted(own_provinces(self.request.user))
        labels = [place_label(place) for place in offer_places(typed, provinces)]
        return super().get_context_data(labels=labels, **kwargs)
