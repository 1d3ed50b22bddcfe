"""What waits for a clinic worker about corrections of certificates."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from casework.programmes.contributions import WorkItem, WorkSource
from casework.programmes.work import day
from casework.reference.queries import term_on
from registration.certificate_states import OPEN_CORRECTIONS, CorrectionState
from registration.models import Correction
from registration.states import Status

from .corrections import has_places_to_tell

CHECK_DAYS = "registration.check_office_days"
TOLD_WITHIN_DAYS = 30


def correction_sources(user: Any, today: date) -> Iterator[WorkSource]:
    """The next act of each open correction led by the person, then who still has the wrong name."""
    rows = Correction.objects.visible_to(user).filter(birth__case__lead=user).exclude(birth__status=Status.CLOSED)
    yield _on_their_way(rows.filter(state__in=OPEN_CORRECTIONS), today)
    recent = rows.filter(
        state=CorrectionState.HANDED_OVER, handed_over_on__gte=today - timedelta(days=TOLD_WITHIN_DAYS)
    )
    yield _to_tell(recent.filter(has_places_to_tell()))


def _on_their_way(rows: QuerySet[Correction], today: date) -> WorkSource:
    def item(row: Mapping[str, Any]) -> WorkItem:
        title, verb, due = _next_act(row)
        return WorkItem(
            key=f"correction-{row['pk']}", title=title, verb=verb, due_on=due, icon="pencil", case_id=row["case_id"],
            url=reverse("registration:correction", args=[row["pk"]]),
        )  # fmt: skip

    facts = {
        "state": "state",
        "since": "state_since",
        "appointment_on": "appointment_on",
        "days": term_on(CHECK_DAYS, today),
    }
    return WorkSource(rows=rows.order_by("state_since", "pk"), case="birth__case", facts=facts, item=item)


def _to_tell(rows: QuerySet[Correction]) -> WorkSource:
    def item(row: Mapping[str, Any]) -> WorkItem:
        return WorkItem(
            key=f"correction-told-{row['pk']}", title=_("Tell those who have the wrong name"), verb=_("Open list"),
            due_on=day(row["on"]), icon="pencil", case_id=row["case_id"],
            url=reverse("registration:correction", args=[row["pk"]]),
        )  # fmt: skip

    in_order = rows.order_by("handed_over_on", "pk")
    return WorkSource(rows=in_order, case="birth__case", facts={"on": "handed_over_on"}, item=item)


def _next_act(row: Mapping[str, Any]) -> tuple[str, str, date | None]:
    since = date.fromisoformat(row["since"])
    acts: dict[str, tuple[str, str, date | None]] = {
        CorrectionState.OPEN: (
            _("Take the letter for the correction to the office"),
            pgettext("to do", "Open"),
            since,
        ),
        CorrectionState.ASKED: (
            _("Ask the office about the correction"),
            _("Record result"),
            since + timedelta(days=int(row["days"])),
        ),
        CorrectionState.APPOINTED: (
            _("Fetch the corrected certificate"),
            _("Record result"),
            day(row["appointment_on"]),
        ),
        CorrectionState.CORRECTED: (
            _("Compare and hand over the corrected certificate"),
            _("Hand over"),
            since,
        ),
        CorrectionState.REFUSED: (
            _("The correction was refused: ask again or end it"),
            pgettext("to do", "Open"),
            since,
        ),
    }
    return acts[row["state"]]
