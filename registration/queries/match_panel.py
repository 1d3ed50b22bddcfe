"""The panel of children who look like the one being typed, with what was said of each (day.md 2 and 5)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from casework.drafts.models import Draft
from casework.kernel.digits import row_number
from casework.people.match_features import Features
from casework.people.models import Person
from casework.people.queries.similar import SimilarChild, similar_children
from casework.people.states import Decision

PART = "matches"
"""Where a draft keeps the answers, beside its steps."""
ELSEWHERE, ASK = "elsewhere", "ask"


@dataclass(frozen=True)
class MatchCard:
    """One child of the panel: as far as the reader may see it, and the answer that was given."""

    child: SimilarChild
    key: str
    answer: str

    @property
    def is_same(self) -> bool:
        return self.answer == Decision.SAME

    @property
    def answered(self) -> str:
        """The answer in words; empty while nobody answered."""
        return str(Decision(self.answer).label) if self.answer in Decision.values else ""

    @property
    def page(self) -> str:
        """The record that stands already."""
        return self.child.records[0].url if self.child.records else ""


def key_of_child(person_id: int) -> str:
    """Under which name the answer about a child is kept; children of other offices share one."""
    return f"child-{person_id}" if person_id else ELSEWHERE


def is_answer(key: str, answer: str) -> bool:
    """Whether this can be kept as an answer: one of the three decisions about a child, or a question elsewhere."""
    if key == ELSEWHERE:
        return answer == ASK
    kind, _dash, number = key.partition("-")
    return kind == "child" and row_number(number) is not None and answer in Decision.values


def said_in(draft: Draft) -> dict[str, str]:
    """The answers a draft keeps; anything else that was sent under their name is left out."""
    kept = draft.data.get(PART) or {}
    return {key: told for key, told in kept.items() if isinstance(told, str) and is_answer(key, told)}


def match_cards(features: Features, user: Any, *, office_id: int, said: Mapping[str, Any]) -> list[MatchCard]:
    """The cards, those without an answer first."""
    cards = []
    for child in similar_children(features, user, office_id=office_id):
        key = key_of_child(child.person_id)
        cards.append(MatchCard(child, key, str(said.get(key) or "")))
    return sorted(cards, key=lambda card: bool(card.answer))


def said_to_be(decision: str, said: Mapping[str, Any], user: Any) -> list[Person]:
    """The children of whom this was said beside the birth being typed, as far as the reader sees them."""
    told = [row_number(key.partition("-")[2]) for key, answer in said.items() if answer == decision]
    ids = [number for number in told if number is not None]
    if not ids:
        return []
    return list(Person.objects.visible_to(user).filter(pk__in=ids).prefetch_related("names").order_by("pk"))
