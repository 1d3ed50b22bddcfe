"""The duplicate desk: pairs to decide, merges to confirm, and pairs of which another office owns one record."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import F, Q
from django.utils.translation import gettext as _

from casework.accounts.models import User
from casework.people.matching import doubts_of, reasons_of
from casework.people.models import DuplicateHit, MatchKey
from casework.people.states import Decision, HitState

from .questions import Question, question_about
from .records import own_records_of
from .similar import EarlierAnswer, SimilarChild, card, earlier_answer, visible_with_names

MOST_ROWS = 50


@dataclass(frozen=True)
class DeskRow:
    """One pair: both sides as far as the reader may see them, and what is to be done."""

    hit_id: int
    group: str
    first: SimilarChild
    second: SimilarChild
    reasons: tuple[str, ...]
    against: tuple[str, ...]
    is_strong: bool
    question: Question | None
    note: str
    earlier: EarlierAnswer | None


@dataclass(frozen=True)
class Desk:
    """The pairs by what they wait for; `has_more` when there are more than fit a page."""

    to_answer: tuple[DeskRow, ...]
    to_decide: tuple[DeskRow, ...]
    to_confirm: tuple[DeskRow, ...]
    elsewhere: tuple[DeskRow, ...]
    has_more: bool

    @property
    def is_empty(self) -> bool:
        return not (self.to_answer or self.to_decide or self.to_confirm or self.elsewhere)


def waiting_hits(user: Any) -> Any:
    """Pairs of the reader that wait: not decided, or called the same child and not merged yet."""
    proposed = Q(state=HitState.DECIDED, decision=Decision.SAME)
    waiting = DuplicateHit.objects.visible_to(user).filter(Q(state=HitState.OPEN) | proposed)
    return waiting.filter(first__merged_into__isnull=True, second__merged_into__isnull=True)


def duplicate_desk(user: Any, *, sees_restricted: bool) -> Desk:
    """The desk of one reader, in a fixed number of queries.

    A pair with a sealed record the reader may not see is listed only with `sees_restricted` (supervisors), without a
    word about it.
    """
    hits = list(
        waiting_hits(user)
        .select_related("asked_by", "answered_by", "decided_by")
        .order_by(F("asked_at").desc(nulls_last=True), "-score", "pk")[: MOST_ROWS + 1]
    )
    ids = [number for hit in hits for number in (hit.first_id, hit.second_id)]
    people = visible_with_names(ids, user)
    sealed = set(MatchKey.objects.filter(child_id__in=ids, is_sealed=True).values_list("child_id", flat=True))
    records = own_records_of(people, user)
    rows = []
    for hit in hits[:MOST_ROWS]:
        is_hidden = any(number in sealed and number not in people for number in (hit.first_id, hit.second_id))
        if is_hidden and not sees_restricted:
            continue
        rows.append(_row(hit, people, records, user, is_hidden=is_hidden))
    return Desk(
        to_answer=tuple(row for row in rows if row.group == "answer"),
        to_decide=tuple(row for row in rows if row.group == "decide"),
        to_confirm=tuple(row for row in rows if row.group == "confirm"),
        elsewhere=tuple(row for row in rows if row.group == "elsewhere"),
        has_more=len(hits) > MOST_ROWS,
    )


def _row(hit: DuplicateHit, people: Any, records: Any, user: User, *, is_hidden: bool) -> DeskRow:
    facts = hit.evidence.get("facts", [])
    sides = [card(hit.band, facts, people.get(i), records.get(i, [])) for i in (hit.first_id, hit.second_id)]
    sees_both = not any(side.is_masked for side in sides)
    asks = hit.waits_for_answer and hit.asking_id not in people
    group = "confirm" if hit.state == HitState.DECIDED else "decide"
    if not sees_both:
        group = "answer" if asks else "elsewhere"
    return DeskRow(
        hit_id=hit.pk,
        group=group,
        first=sides[0],
        second=sides[1],
        reasons=tuple(reasons_of(facts)),
        against=tuple(doubts_of(hit.evidence.get("against", []))),
        is_strong=sides[0].is_strong,
        question=question_about(hit),
        note=_note(hit, user, is_hidden=is_hidden),
        earlier=earlier_answer(hit) if sees_both else None,
    )


def _note(hit: DuplicateHit, user: User, *, is_hidden: bool) -> str:
    if is_hidden:
        return _("Restricted record. Only its own team can compare.")
    if hit.state == HitState.DECIDED and hit.decided_by:
        mine = hit.decided_by_id == user.pk
        return (
            _("You proposed to merge. Another person confirms.")
            if mine
            else _("%(name)s proposes to merge.") % {"name": hit.decided_by.name_now}
        )
    return ""
