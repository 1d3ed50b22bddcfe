"""The filters of the list of births."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from casework.cases.filters import colleagues_of
from casework.ui.filters import ListFilter, choice, row_choice

from .models import BirthRecord, RegistryOffice
from .queries.lists import QUEUE_BY_KEY, QUEUES, Queue, births_in, for_list, visible_births
from .states import PlaceKind, Status, Track

BORN_WITHIN = [("15", _("The last 15 days")), ("90", _("The last 90 days")), ("365", _("The last 12 months"))]
"""Days before today."""


class BirthFilter(ListFilter):
    """Who leads, how it stands, on which way, born when and where, at which registry office."""

    kept = ("queue",)

    class Meta:
        model = BirthRecord
        fields = ()

    lead = row_choice(_("Lead"), colleagues_of, field_name="case__lead")
    status = choice(_("Status"), Status.choices)
    track = choice(_("Way of registration"), Track.choices)
    born = choice(_("Born in"), BORN_WITHIN, method="born_within")
    place_kind = choice(_("Place of birth"), PlaceKind.choices)
    registry_office = row_choice(_("Registry office"), lambda request: RegistryOffice.objects.filter(is_active=True))

    @property
    def queue(self) -> Queue:
        """The chosen queue, else the first one."""
        return QUEUE_BY_KEY.get(self.data.get("queue", ""), QUEUES[0])

    @cached_property
    def births(self) -> QuerySet:
        """The births this person may see, of all queues."""
        return visible_births(self.request.user)

    @property
    def view_rows(self) -> QuerySet:
        return births_in(self.births, self.queue.key, timezone.localdate())

    @property
    def listed(self) -> QuerySet:
        return for_list(self.qs)

    def born_within(self, rows: QuerySet, _name: str, days: str) -> QuerySet:
        """Children born in the last so many days."""
        return rows.filter(case__child__born_on__gte=timezone.localdate() - timedelta(days=int(days)))
