"""From a finished draft of the intake to an open case."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from casework.accounts.models import User
from casework.cases.states import Origin
from casework.drafts.models import Draft
from casework.drafts.services import finish_draft
from casework.kernel.acts import act
from casework.people.queries.match_panel import said_in
from registration.models import BirthRecord
from registration.queries.kin import begun_from, kin_beside
from registration.rules.facts import BirthFacts

from .intake import NoticeFacts, open_birth
from .matching import decide_as_said
from .ward import meet_by_draft


@act
def open_from_draft(
    *,
    draft: Draft,
    facts: BirthFacts,
    notice: NoticeFacts,
    received_on: date | None,
    same_mother: int | None,
    acknowledged: Sequence[str],
    by: User,
    now: datetime,
    today: date,
) -> BirthRecord:
    """Open the case of a finished intake with what was said of children who look alike; the draft goes.

    `same_mother` is the birth of a sibling whose mother is the same person. Raises what open_birth() raises, and
    Conflict for a draft that is gone or somebody else's.
    """
    kin = kin_beside(draft, facts, by)
    birth = open_birth(
        facts=facts,
        notice=notice,
        office=draft.office,
        by=by,
        now=now,
        today=today,
        acknowledged=acknowledged,
        received_on=received_on,
        origin=Origin.PAPER if received_on else Origin.TYPED,
        twin_of=begun_from(draft, by) or next((row.birth for row in kin if row.is_twin), None),
        sibling_of=next((row.birth for row in kin if row.birth.pk == same_mother), None),
    )
    decide_as_said(birth=birth, said=said_in(draft), by=by, now=now)
    meet_by_draft(draft=draft, birth=birth, by=by, now=now)
    finish_draft(draft=draft, by=by, record=birth.case)
    return birth
