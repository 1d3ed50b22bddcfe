"""What is asked of the database for a person, written once for a while (decisions 27, 28 and 30).

Writing a condition of sight takes Django several times as long as its answer. What is kept is the text or the query,
never what it finds: each condition is the database's at that moment.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache, wraps
from typing import Any, Protocol, Self, TypeVar

from django.db import models
from django.db.models.expressions import RawSQL
from django.utils import timezone
from django.utils.translation import get_language

from casework.accounts.models import User
from casework.kernel.statements import Text, text_of
from casework.programmes.contributions import registry

from .scopes import LiveGrant, live_grants

KEPT_FOR = 300
"""Seconds for which a text is kept."""

SOMEBODY = 2_140_000_000
"""Placeholder for the id of a person in a kept statement; the next numbers are their offices. No table has such ids."""


class Statement(Protocol):
    """What is asked of the database, with ids in it that can be replaced."""

    def about(self, ids: Mapping[int, int]) -> Self: ...


Written = TypeVar("Written")
Asking = TypeVar("Asking", bound=Statement)


@dataclass(frozen=True)
class Reader:
    """All of a person that what they may see hangs on."""

    pk: int
    grants: tuple[LiveGrant, ...]

    def as_anybody(self) -> tuple[Reader, dict[int, int]]:
        """Somebody with the same roles, with placeholders for the ids of person and offices; and the id of each."""
        offices = dict.fromkeys(grant.office_id for grant in self.grants)
        made = {pk: SOMEBODY + number for number, pk in enumerate(offices, start=1)}
        grants = tuple(replace(grant, office_id=made[grant.office_id]) for grant in self.grants)
        return Reader(SOMEBODY, grants), {SOMEBODY: self.pk} | {number: pk for pk, number in made.items()}

    def as_user(self) -> User:
        """The person without anything else, so that nothing else can be written into a text that is kept."""
        user: Any = User(pk=self.pk)
        user._live_grants = self.grants
        return user


def reader_of(user: Any) -> Reader | None:
    """The person as a reader; None for one who stands in for somebody today, whose sight is asked each time.

    Nor is anything kept for who is not signed in.
    """
    if not user.is_authenticated:
        return None
    is_deputy = user.stands_in_until is not None and user.stands_in_until >= timezone.localdate()
    return None if is_deputy else Reader(user.pk, live_grants(user))


def written_once(*, most: int) -> Callable[[Callable[..., Written]], Callable[..., Written]]:
    """Keep what a function of a person writes, for the person with their grants, the day, the language, the arguments.

    At most so many texts are kept. The function asks nothing of the database while it writes, and not what time it is.
    """

    def keep(write: Callable[..., Written]) -> Callable[..., Written]:
        kept = _kept(write, most)

        @wraps(write)
        def asked(user: Any, *more: Hashable) -> Written:
            reader = reader_of(user)
            return write(user, *more) if reader is None else kept(reader, _moment(), *more)

        return asked

    return keep


def written_for_all(*, most: int) -> Callable[[Callable[..., Asking]], Callable[..., Asking]]:
    """Keep a statement as `written_once` does, one for everybody with the same roles and programmes.

    It is written with placeholders, in whose place come the ids of the person and their offices (decision 61).
    """

    def keep(write: Callable[..., Asking]) -> Callable[..., Asking]:
        kept = _kept(write, most)

        @wraps(write)
        def asked(user: Any, *more: Hashable) -> Asking:
            reader = reader_of(user)
            if reader is None:
                return write(user, *more)
            anybody, ids = reader.as_anybody()
            return kept(anybody, _moment(), *more).about(ids)

        return asked

    return keep


def _kept(write: Callable[..., Written], most: int) -> Callable[..., Written]:
    """What a function wrote for a reader at a moment, with the same arguments."""

    @lru_cache(maxsize=most)
    def kept(reader: Reader, moment: Hashable, *more: Hashable) -> Written:
        return write(reader.as_user(), *more)

    return kept


def _moment() -> Hashable:
    """What a text hangs on besides the person: the five minutes in which it is kept, day, language, contributions."""
    return int(time.monotonic() // KEPT_FOR), timezone.localdate(), get_language(), tuple(registry)


@written_once(most=200)
def _seen(user: Any, model: type[models.Model]) -> models.QuerySet:
    rows: Any = model.rows.all()  # type: ignore[attr-defined]
    return rows.visible_to(user)


def seen_by(model: type[models.Model], user: Any) -> models.QuerySet:
    """The rows of a guarded model that a person may see: a list, with the conditions themselves.

    A copy, so that the rows it finds are not kept with it.
    """
    return _seen(user, model).all()


@written_for_all(most=400)
def _sight(user: Any, model: type[models.Model]) -> Text:
    return text_of(seen_by(model, user).order_by().values("pk"))


def within_sight(model: type[models.Model], user: Any) -> models.QuerySet:
    """The rows of a guarded model that a person may see, to look up single ones, or the few of one record."""
    rows: models.QuerySet = model.rows.all()  # type: ignore[attr-defined]
    seen = _sight(user, model)
    return rows.filter(pk__in=RawSQL(seen.sql, seen.parameters)) if seen.sql else rows.none()  # noqa: S611  Django’s text
