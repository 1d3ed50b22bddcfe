"""The sessions of a person: listed, ended, renewed at each proof, locked while the screen is hidden."""

from __future__ import annotations

import time
from datetime import datetime, timedelta

from allauth.account.internal.flows.reauthentication import STATE_SESSION_KEY, suspend_request
from allauth.core.internal.httpkit import deserialize_request
from allauth.usersessions.models import UserSession
from axes.models import AccessAttempt
from django.conf import settings
from django.contrib.sessions.models import Session
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import urlencode

from casework.audit.services import record_event

from .models import User

LOCKED = "screen_locked"
FACTOR_PROVEN = "factor_proven_at"
SUSPENDED = "suspended_at"


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


def suspend(request: HttpRequest, proof: str) -> HttpResponse:
    """Let an act wait in the session for a proof of the person, and send them where it is asked."""
    response = suspend_request(request, proof)
    if request.method != "POST":
        return response
    request.session[SUSPENDED] = int(time.time())
    return HttpResponseRedirect(f"{proof}?{urlencode({'next': request.path})}")  # the library compares it with the path


def forget_suspended(request: HttpRequest) -> None:
    """The act that waits is done in another way, or not at all."""
    request.session.pop(STATE_SESSION_KEY, None)


def take_late_act(request: HttpRequest) -> HttpRequest | None:
    """The act that waited longer than a proof would have held, taken out of the session; None where none did.

    Whoever went away from it did not mean to do it by proving themselves for something else, an hour later.
    """
    waiting = request.session.get(STATE_SESSION_KEY, {}).get("request")
    if waiting is None or time.time() - request.session.get(SUSPENDED, 0) < settings.ACCOUNT_REAUTHENTICATION_TIMEOUT:
        return None
    forget_suspended(request)
    act = HttpRequest()
    act.COOKIES, act.session = request.COOKIES, request.session
    return deserialize_request(waiting, act)


def live_sessions(user: User) -> list[UserSession]:
    """The person's open sessions, newest first; those that ended by themselves are dropped from the list."""
    return sorted(UserSession.objects.purge_and_list(user), key=lambda row: row.last_seen_at, reverse=True)


def forget_ended(*, now: datetime) -> None:
    """Remove sessions that ended by themselves with what they held, and wrong passwords that no longer count."""
    Session.objects.filter(expire_date__lt=now).delete()
    UserSession.objects.exclude(session_key__in=Session.objects.values("session_key")).delete()
    AccessAttempt.objects.filter(attempt_time__lt=now - timedelta(hours=settings.AXES_COOLOFF_TIME)).delete()


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
