"""A question to the office that has the other record of a pair, and its answer (day.md 2, decision 76)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from casework.accounts.models import User
from casework.kernel.acts import act
from casework.kernel.digits import clean_line
from casework.kernel.moves import move
from casework.kernel.refusals import Conflict, Refusal
from casework.notifications.services import notify
from casework.people.models import DuplicateHit, Person
from casework.people.queries.questions import answerers
from casework.people.queries.records import own_records_of
from casework.people.states import Decision, HitState, OfficeAnswer

from .history import record_act
from .merging import UNDECIDED

MOST_TOLD = 20
UNANSWERED: dict[str, Any] = {"answer": "", "answer_text": "", "answered_by": None, "answered_at": None}


@act
def ask_other_office(*, hit: DuplicateHit, question: str, by: User, now: datetime) -> DuplicateHit:
    """Ask the office that owns the masked record, and tell who works on it; asked again, its answer is taken back.

    Raises Refusal without words (PPL-DUP-5) and for a pair the person can decide alone (PPL-DUP-6), Conflict for one
    that somebody decided who sees both (PPL-DUP-8).
    """
    question = clean_line(question)[:300]
    if not question:
        raise Refusal("PPL-DUP-5", "question", _("Write what the other office should look at."))
    if DuplicateHit.rows.filter(pk=hit.pk).decidable_by(by).exists():
        raise Refusal("PPL-DUP-6", "question", _("You see both records. Compare them and decide."))
    hit = DuplicateHit.rows.select_for_update(of=("self",)).get(pk=hit.pk)
    if hit.state == HitState.DECIDED:
        if hit.answer != OfficeAnswer.DIFFERENT:
            raise Conflict("PPL-DUP-8", "", _("This was decided already."))
        hit = move(hit, HitState.OPEN, **UNDECIDED)
    mine = Person.rows.filter(pk__in=[hit.first_id, hit.second_id]).visible_to(by).first()
    asked = {"asked_by": by, "asked_at": now, "question": question, **UNANSWERED}
    for name, value in asked.items():
        setattr(hit, name, value)
    hit.asked_by_first = mine is not None and mine.pk == hit.first_id
    hit.save(update_fields=[*asked, "asked_by_first"])
    if mine is not None:
        record_act("people.duplicate.asked", person=mine, by=by, subject=hit, reason=question)
    for person in answerers(hit, timezone.localdate(now))[:MOST_TOLD]:
        _tell(person, "people.question.asked", hit, "people:duplicate-answer")
    return hit


@act
def answer_other_office(*, hit: DuplicateHit, answer: str, text: str, by: User, now: datetime) -> DuplicateHit:
    """Say to the office that asks what one’s own record is, and why; "another child" decides the pair for both.

    Raises Refusal without a sentence (PPL-DUP-9), Conflict where nobody asks this person any more (PPL-DUP-10).
    """
    text = clean_line(text)[:300]
    if not text:
        raise Refusal("PPL-DUP-9", "text", _("Write a sentence: how you know, or when you call."))
    hit = DuplicateHit.rows.select_for_update(of=("self",)).get(pk=hit.pk)
    if not DuplicateHit.rows.filter(pk=hit.pk).asked_of(by).exists():
        raise Conflict("PPL-DUP-10", "", _("This question was answered already, or is no longer asked."))
    given = {"answer": answer, "answer_text": text, "answered_by": by, "answered_at": now}
    for name, value in given.items():
        setattr(hit, name, value)
    hit.save(update_fields=[*given])
    if answer == OfficeAnswer.DIFFERENT:
        decided: dict[str, Any] = {"decision": Decision.DIFFERENT, "reason": text, "decided_by": by, "decided_at": now}
        hit = move(hit, HitState.DECIDED, **decided)
    for person in (hit.first, hit.second):
        record_act("people.duplicate.answered", person=person, by=by, subject=hit, reason=f"{answer}: {text}")
    if hit.asked_by is not None:
        _tell(hit.asked_by, "people.question.answered", hit, "people:duplicate-ask")
    return hit


def _tell(person: User, action: str, hit: DuplicateHit, page: str) -> None:
    """Name the pair by the number of the person's own record."""
    lines = own_records_of([hit.first_id, hit.second_id], person)
    labels = [line.label for records in lines.values() for line in records]
    notify(
        recipient=person, action=action, subject=hit, label=labels[0] if labels else "",
        url=reverse(page, args=[hit.pk]),
    )  # fmt: skip
