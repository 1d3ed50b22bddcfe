"""Children who look like the one being typed: in full where the reader may see them, masked where not (day.md 2)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import get_language

from casework.people.match_features import Features
from casework.people.matching import BANDS, doubts_of, reasons_of
from casework.people.models import DuplicateHit, Person
from casework.people.states import CHILD_SEX, Decision, HitState, Sex

from .candidates import candidates
from .questions import Question, question_about
from .records import RecordLine, own_records_of

MOST_SHOWN = 5
MOST_LOOKED_AT = 12


@dataclass(frozen=True)
class SimilarChild:
    """One card of the panel. A masked card carries reasons and nothing else: no id, no name, no office."""

    reasons: tuple[str, ...]
    band: str
    is_masked: bool
    person_id: int = 0
    name: str = ""
    other_names: tuple[str, ...] = ()
    sex: str = ""
    birth: str = ""
    against: tuple[str, ...] = ()
    records: tuple[RecordLine, ...] = ()

    @property
    def is_strong(self) -> bool:
        """Certain or high: worth a decision before the case goes on."""
        return self.band in BANDS[:2]


def similar_children(
    features: Features,
    user: Any,
    *,
    office_id: int | None = None,
    exclude: tuple[int, ...] = (),
    limit: int = MOST_SHOWN,
) -> list[SimilarChild]:
    """The panel beside an intake: likeliest first. Sealed children the reader may not see leave no trace."""
    found = candidates(features, office_id=office_id, exclude=exclude, limit=MOST_LOOKED_AT)
    people = visible_with_names([c.child_id for c in found], user)
    shown = [c for c in found if c.child_id in people or not c.key.is_sealed][:limit]
    records = own_records_of([c.child_id for c in shown if c.child_id in people], user)
    return [
        card(c.match.band, c.match.facts, people.get(c.child_id), records.get(c.child_id, []), c.match.against)
        for c in shown
    ]


def visible_with_names(ids: list[int], user: Any) -> dict[int, Person]:
    """Those of the persons that the reader may see, with their names."""
    if not ids:
        return {}
    visible = Person.objects.visible_to(user).filter(pk__in=ids).prefetch_related("names")
    return {person.pk: person for person in visible}


def card(
    band: str,
    facts: Iterable[str],
    person: Person | None,
    records: Iterable[RecordLine],
    against: Iterable[str] = (),
) -> SimilarChild:
    """A child in words, masked when the reader may not see the person (None)."""
    reasons, doubts = tuple(reasons_of(facts)), tuple(doubts_of(against))
    if person is None:
        return SimilarChild(reasons=reasons, against=doubts, band=band, is_masked=True)
    return SimilarChild(
        reasons=reasons,
        against=doubts,
        band=band,
        is_masked=False,
        person_id=person.pk,
        name=person.name,
        other_names=tuple(name.full for name in person.other_names),
        sex=str(CHILD_SEX[Sex(person.sex)]),
        birth=person.birth.text((get_language() or "en")[:2]),
        records=tuple(records),
    )


@dataclass(frozen=True)
class EarlierAnswer:
    """What was said of a pair that is asked again: by whom, when, why, and what is new since then."""

    answer: str
    by: str
    on: date
    reason: str
    new: tuple[str, ...]
    gone: tuple[str, ...]


def earlier_answer(hit: DuplicateHit) -> EarlierAnswer | None:
    """The earlier answer that new facts contradict; None without an answer or without a contradiction."""
    if hit.state != HitState.OPEN or hit.decided_by is None or hit.decided_at is None:
        return None
    then, told = _words(hit.evidence.get("answered", {})), _words(hit.evidence)
    return EarlierAnswer(
        answer=str(Decision(hit.decision).label),
        by=hit.decided_by.name_now,
        on=timezone.localdate(hit.decided_at),
        reason=hit.reason,
        new=tuple(word for word in told if word not in then),
        gone=tuple(word for word in then if word not in told),
    )


def _words(evidence: Mapping[str, Any]) -> list[str]:
    return [*reasons_of(evidence.get("facts", [])), *doubts_of(evidence.get("against", []))]


@dataclass(frozen=True)
class HitCard:
    """A stored pair seen from one child: what the other one is, and what the reader may do."""

    hit_id: int
    other: SimilarChild
    can_decide: bool
    asks_us: bool
    question: Question | None
    earlier: EarlierAnswer | None


def hits_of(child: Person, user: Any) -> list[HitCard]:
    """The open pairs of a child, for its page: decide, ask the other office, or nothing (sealed ones are left out)."""
    hits = list(open_pairs_of(child))
    others = {hit.pk: hit.second if hit.first_id == child.pk else hit.first for hit in hits}
    people = visible_with_names([person.pk for person in others.values()], user)
    records = own_records_of(people, user)
    cards = []
    for hit in hits:
        other = others[hit.pk]
        person = people.get(other.pk)
        key = getattr(other, "match_key", None)
        if person is None and (key is None or key.is_sealed):
            continue
        told = hit.evidence
        shown = card(hit.band, told.get("facts", []), person, records.get(other.pk, []), told.get("against", []))
        earlier = earlier_answer(hit) if person else None
        asks_us = person is None and hit.waits_for_answer and hit.asking_id == other.pk
        cards.append(HitCard(hit.pk, shown, person is not None, asks_us, question_about(hit), earlier))
    return cards


def open_pairs_of(child: Person) -> QuerySet[DuplicateHit]:
    """The open pairs of a child, the strongest first."""
    hits = DuplicateHit.rows.filter(Q(first=child) | Q(second=child)).open()
    told = hits.select_related("first__match_key", "second__match_key", "decided_by", "asked_by", "answered_by")
    return told.order_by("-score", "pk")
