"""The sessions of a person: listed, ended, renewed at each proof, locked while the screen is hidden."""

from __future__ import annotations

import time
from datetime import datetime

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.http import HttpRequest

from casework.audit.services import record_event

from .models import User

LOCKED = "screen_locked"
FACTOR_PROVEN = "factor_proven_at"


def renew_session_number(request: HttpRequest) -> None:
    """Give the session a new number and keep its line in the list of sessions."""
    before = request.session.session_key
    request.session.cycle_key()
    UserSession.objects.filter(session_key=before).update(session_key=request.session.session_key)


def lock(request: HttpRequest) -> None:
    """Ask for a proof before the next page: the screen was hidden for a while."""
    request.session[LOCKED] = True


def unlock(request: HttpRequest) -> None:
    """The person proved themselves again."""
    request.session.pop(LOCKED, None)


def is_locked(request: HttpRequest) -> bool:
    """Whether a proof is needed before the next page."""
    return bool(request.session.get(LOCKED))


def prove_factor(request: HttpRequest) -> None:
    """The person gave password and code for the pages of the second factor."""
    request.session[FACTOR_PROVEN] = int(time.time())


def is_factor_proven(request: HttpRequest) -> bool:
    """Whether that was within the time for sensitive acts (five minutes)."""
    return time.time() - request.session.get(FACTOR_PROVEN, 0) < settings.ACCOUNT_REAUTHENTICATION_TIMEOUT


def live_sessions(user: User) -> list[UserSession]:
    """The person's open sessions, newest first; those that ended by themselves are dropped from the list."""
    return sorted(UserSession.objects.purge_and_list(user), key=lambda row: row.last_seen_at, reverse=True)


def end_session(*, session: UserSession, by: User) -> None:
    """Sign a browser out from afar."""
    session.end()
    record_event("accounts.session.ended", actor=by, subject=by, reason="one session")


def end_all_sessions(*, user: User, by: User, now: datetime) -> int:
    """Sign a person out everywhere; answers how many sessions that were."""
    sessions = live_sessions(user)
    for session in sessions:
        session.end()
    if sessions:
        record_event("accounts.session.ended", actor=by, subject=user, reason="all sessions", at=now)
    return len(sessions)
