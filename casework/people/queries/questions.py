"""Who is asked about a pair of which another office has the second record."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet
from django.utils import timezone

from casework.access.rights import truth_table
from casework.accounts.models import Grant, User
from casework.accounts.states import Role
from casework.people.models import DuplicateHit, MatchKey, PersonReach
from casework.people.querysets import DECIDE


@dataclass(frozen=True)
class Question:
    """What one office asked another about a pair, and what it answered."""

    text: str
    by: str
    on: date
    answer: str
    said: str
    answered_by: str
    answered_on: date | None


def question_about(hit: DuplicateHit) -> Question | None:
    """The question about a pair with its answer, both without a word of the records; None where nobody asked."""
    if hit.asked_by is None or hit.asked_at is None:
        return None
    return Question(
        text=hit.question,
        by=hit.asked_by.name_now,
        on=timezone.localdate(hit.asked_at),
        answer=str(hit.get_answer_display()),
        said=hit.answer_text,
        answered_by=hit.answered_by.name_now if hit.answered_by else "",
        answered_on=timezone.localdate(hit.answered_at) if hit.answered_at else None,
    )


def answerers(hit: DuplicateHit, today: date) -> QuerySet[User]:
    """Who works on the record that is asked about and may compare; of its whole office, where nobody does."""
    owned = hit.second_id if hit.asked_by_first else hit.first_id
    reach = list(PersonReach.objects.live().filter(person=owned).values_list("user_id", "office_id", "programme"))
    is_sealed = MatchKey.objects.filter(child=hit.asking_id, is_sealed=True).exists()
    roles: list[str] = [Role.SUPERVISOR] if is_sealed else [*truth_table()[DECIDE]]
    grants = Grant.objects.live(today).filter(role__in=roles, user__is_active=True)
    own = grants.filter(user__in=[user for user, _office, _programme in reach if user is not None])
    if own.exists():
        return User.objects.filter(pk__in=own.values("user"))
    place = Q(pk__in=())
    for _user, office, programme in reach:
        place |= Q(office=office, programme__in=["", programme])
    return User.objects.filter(pk__in=grants.filter(place).values("user"))
