"""The panel of children who look like the one being typed, with what was said of each (day.md 2 and 5)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from casework.access.scopes import may
from casework.drafts.models import Draft
from casework.drafts.rules import can_throw_away
from casework.kernel.digits import row_number
from casework.people.match_features import Features
from casework.people.models import Person
from casework.people.queries.similar import SimilarChild, similar_children
from casework.people.states import Decision

PART = "matches"
"""Where a draft keeps the answers, beside its steps."""
ELSEWHERE, ASK = "elsewhere", "ask"
DECIDE = "people.duplicate.decide"
MOST_TOLD = 20
"""Answers about children who look alike that one page carries."""


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


def told_in(pairs: Sequence[str]) -> dict[str, str]:
    """The answers that a page without a draft carries along itself, as “key:answer”."""
    told = (pair.partition(":") for pair in pairs[:MOST_TOLD])
    return {key: answer for key, _colon, answer in told if is_answer(key, answer)}


def answer_said(text: str, user: Any) -> tuple[str, str] | None:
    """Of whom a button says something, and what: one of the three decisions, a question elsewhere, nothing any more."""
    who, _colon, answer = text.partition(":")
    if may(user, DECIDE) is None:
        return None
    if who == ELSEWHERE and answer in (ASK, ""):
        return who, answer
    number = row_number(who)
    if number is None or (answer and answer not in Decision.values):
        return None
    is_seen = Person.objects.visible_to(user).filter(pk=number).exists()
    return (key_of_child(number), answer) if is_seen else None


def panel(
    features: Features, said: Mapping[str, Any], user: Any, *, office_id: int, draft: Draft | None, answer_url: str
) -> dict[str, Any]:
    """The context of templates/people/_similar.html: children like the one being typed, with what was said of them."""
    cards = match_cards(features, user, office_id=office_id, said=said)
    return {
        "cards": cards,
        "is_open": any(not card.answer for card in cards),
        "same": next((card for card in cards if card.is_same), None),
        "may_throw_away": draft is not None and bool(can_throw_away(draft, user)),
        "may_decide": may(user, DECIDE) is not None,
        "answer_url": answer_url,
    }


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
