"""What waits for a clinic worker about corrections of certificates."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from django.urls import reverse
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from casework.programmes.contributions import WorkItem
from casework.reference.queries import terms
from registration.certificate_states import OPEN_CORRECTIONS, CorrectionState
from registration.models import Correction
from registration.states import Status

from .corrections import wrong_places

MOST = 30
TOLD_WITHIN_DAYS = 30


def correction_items(user: Any, today: date) -> Iterator[WorkItem]:
    """The next act of each open correction led by the person, then who still has the wrong name."""
    days = int(terms("registration.check_office_days", today).get("", 14))
    rows = Correction.objects.visible_to(user).filter(birth__case__lead=user).exclude(birth__status=Status.CLOSED)
    rows = rows.select_related("birth__case__child", "birth__outcome").prefetch_related("birth__case__child__names")
    for row in rows.filter(state__in=OPEN_CORRECTIONS).order_by("state_since", "pk")[:MOST]:
        title, verb, due = _next_act(row, days)
        yield _item(row, today, key=f"correction-{row.pk}", title=title, verb=verb, due_on=due)
    recent = rows.filter(
        state=CorrectionState.HANDED_OVER, handed_over_on__gte=today - timedelta(days=TOLD_WITHIN_DAYS)
    )
    for row in recent.order_by("handed_over_on", "pk")[:MOST]:
        if any(place.told_on is None for place in wrong_places(row)):
            yield _item(
                row,
                today,
                key=f"correction-told-{row.pk}",
                title=_("Tell those who have the wrong name"),
                verb=_("Open list"),
                due_on=row.handed_over_on,
            )


def _next_act(row: Correction, days: int) -> tuple[str, str, date | None]:
    acts: dict[str, tuple[str, str, date | None]] = {
        CorrectionState.OPEN: (
            _("Take the letter for the correction to the office"),
            pgettext("to do", "Open"),
            row.state_since,
        ),
        CorrectionState.ASKED: (
            _("Ask the office about the correction"),
            _("Record result"),
            row.state_since + timedelta(days=days),
        ),
        CorrectionState.APPOINTED: (_("Fetch the corrected certificate"), _("Record result"), row.appointment_on),
        CorrectionState.CORRECTED: (
            _("Compare and hand over the corrected certificate"),
            _("Hand over"),
            row.state_since,
        ),
        CorrectionState.REFUSED: (
            _("The correction was refused: ask again or end it"),
            pgettext("to do", "Open"),
            row.state_since,
        ),
    }
    return acts[row.state]


def _item(row: Correction, today: date, **words: Any) -> WorkItem:
    case = row.birth.case
    child, others = case.child, case.child.other_names
    return WorkItem(
        url=reverse("registration:correction", args=[row.pk]),
        case_id=case.pk,
        child_name=child.name,
        child_alt=others[0].full if others else "",
        age=child.birth.age_text(today, (get_language() or "en")[:2]),
        case_number=case.number,
        icon="pencil",
        is_high_risk=case.risk == "high",
        **words,
    )
