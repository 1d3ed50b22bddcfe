"""What was said of children who look alike while a new one was typed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from casework.kernel.acts import act
from casework.people.models import DuplicateHit, Person
from casework.people.queries.match_panel import ASK, ELSEWHERE, key_of_child
from casework.people.queries.similar import hits_of
from casework.people.states import Decision

from .asking import ask_other_office
from .duplicates import decide


@act
def decide_said(*, child: Person, said: Mapping[str, Any], by: Any, now: datetime, reason: str, question: str) -> None:
    """Decide the pairs of a new child as was said while it was typed, so that nobody is asked twice.

    "Same child" proposes to merge into the record that stood before; pairs with another office are asked about. What
    was not answered stays open on the desk.
    """
    for card in hits_of(child, by) if said else ():
        hit = DuplicateHit.rows.get(pk=card.hit_id)
        other = hit.second if hit.first_id == child.pk else hit.first
        answer = said.get(key_of_child(other.pk))
        if card.can_decide and answer in Decision.values:
            keep = other if answer == Decision.SAME else None
            decide(hit=hit, decision=answer, reason=reason, by=by, now=now, keep=keep)
        elif not card.can_decide and said.get(ELSEWHERE) == ASK:
            ask_other_office(hit=hit, question=question, by=by, now=now)
