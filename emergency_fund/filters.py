"""The filters of the queues of the fund."""

from __future__ import annotations

from django.db.models import QuerySet
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from casework.access.tallies import kept_counts
from casework.cases.filters import colleagues_of
from casework.ui.filters import ListFilter, choice, row_choice

from .models import AssistanceRequest
from .queries.lists import COUNTED, Queue, for_list, given_so, of_kind, queue_counts, queues_of, requests_in
from .querysets import PROGRAMME
from .states import LineKind, Modality, Urgency


class FundFilter(ListFilter):
    """How urgent, what for, how it is given, who asked."""

    kept = ("queue",)

    class Meta:
        model = AssistanceRequest
        fields = ()

    urgency = choice(_("How urgent"), Urgency.choices)
    kind = choice(_("What"), LineKind.choices, method="of_kind")
    way = choice(_("How it is given"), Modality.choices, method="given_so")
    asked_by = row_choice(_("Asked by"), colleagues_of, field_name="asked_by")

    @cached_property
    def own(self) -> dict[str, Queue]:
        """The person's queues by their keys."""
        return {queue.key: queue for queue in queues_of(self.request.user)}

    @cached_property
    def counts(self) -> dict[str, int]:
        """How many requests stand in each of the person's open queues and in the chosen one (decision 18)."""
        user, asked = self.request.user, self.own.get(self.data.get("queue", ""))
        also = asked if asked and asked.key not in COUNTED else None
        return kept_counts(user, (PROGRAMME, also and also.key), lambda: queue_counts(user, also=also))

    @cached_property
    def queue(self) -> Queue:
        """The chosen queue, else the person's first one in which something waits."""
        chosen = self.own.get(self.data.get("queue", ""))
        if chosen is not None:
            return chosen
        first = next(iter(self.own.values()))
        return next((queue for key, queue in self.own.items() if self.counts.get(key)), first)

    @property
    def view_query(self) -> str:
        """The view as a query string, which names the queue also where the address names none."""
        return f"queue={self.queue.key}"

    @property
    def file_query(self) -> str:
        return self.query if self.data.get("queue") else f"queue={self.queue.key}&{self.query}".rstrip("&")

    @property
    def listed(self) -> QuerySet:
        return for_list(self.qs, is_to_pay=self.queue.is_to_pay)

    @property
    def view_rows(self) -> QuerySet:
        return requests_in(self.request.user, self.queue)

    def given_so(self, rows: QuerySet, _name: str, way: str) -> QuerySet:
        """Requests with a line that is given this way."""
        return given_so(rows, way)

    def of_kind(self, rows: QuerySet, _name: str, kind: str) -> QuerySet:
        """Requests with a line of this kind."""
        return of_kind(rows, kind)
