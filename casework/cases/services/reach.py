"""Tell the people room through which case a person is seen (decision 7)."""

from __future__ import annotations

from datetime import datetime

from django.db.models import F
from django.utils import timezone

from casework.cases.models import Case
from casework.cases.states import CaseState
from casework.people.services.reach import set_match_state, set_reach


def refresh_reach(case: Case) -> None:
    """Write the reach of everybody on the case: its offices and programmes, or only its assigned people when sealed."""
    persons = {case.child_id}
    if case.family:
        persons |= set(case.family.members.values_list("person_id", flat=True))
    enrolments = case.enrolments.filter(until_on__isnull=True).values_list("office_id", "programme")
    places = {(case.office_id, programme) for _, programme in enrolments} | set(enrolments) | {(case.office_id, "")}
    hidden = case.is_sealed or case.state == CaseState.VOID
    set_reach(
        source_type="cases.case",
        source_id=case.pk,
        person_ids=persons,
        places=() if hidden else places,
        level=3 if case.is_sealed else 2,
        users=_until(case),
    )
    refresh_match_state(case)


def _until(case: Case) -> dict[int, datetime | None]:
    """Until when each of its assigned people sees its persons; None for who does as long as nobody ends it."""
    live = case.assignments.live(timezone.now()).order_by(F("until_at").asc(nulls_last=True))
    return dict(live.values_list("user_id", "until_at"))


def refresh_match_state(case: Case) -> None:
    """Tell the duplicate check whether one of the child's cases is sealed, and whether one is open (day.md 2)."""
    cases = Case.rows.filter(child_id=case.child_id).exclude(state=CaseState.VOID)
    told = list(cases.values_list("is_sealed", "state"))
    set_match_state(
        child_id=case.child_id,
        is_sealed=any(is_sealed for is_sealed, _state in told),
        is_open=any(state in (CaseState.OPEN, CaseState.ON_HOLD) for _is_sealed, state in told),
    )
