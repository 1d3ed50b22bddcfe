"""Write users, offices and grants."""

from __future__ import annotations

import hashlib
import re
import secrets
from datetime import date, datetime, time, timedelta
from typing import Any

from allauth.mfa.models import Authenticator
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from casework.audit.services import changed_fields, record_event
from casework.kernel.refusals import Refusal, refuse_errors
from casework.programmes.contributions import registry
from casework.reference.queries import term
from casework.reference.services import put_text

from .models import Grant, Office, SetupToken, User
from .sessions import end_all_sessions
from .states import Role
from .tokens import end_token

GRANT_DAYS = 365
ORGANISATION_NAME = "organisation.name"


def check_office_code(code: str) -> str:
    """The letters of a new office. Raises Refusal when they are no two to four capital letters, or taken."""
    code = code.strip().upper()
    if not re.fullmatch(r"[A-Z]{2,4}", code):
        raise Refusal("ACC-OFFICE-1", "code", _("The letters of an office are two to four, such as MS."))
    if Office.objects.filter(code=code).exists():
        raise Refusal("ACC-OFFICE-2", "code", _("Another office has these letters. Choose others."))
    return code


@transaction.atomic
def add_office(*, by: User | None, code: str, name_en: str, name_th: str, **details: Any) -> Office:
    """Add an office. Raises Refusal when the code is taken or no two to four capital letters."""
    code = check_office_code(code)
    office = Office.objects.create(code=code, name_en=name_en, name_th=name_th, **details)
    record_event("accounts.office.added", actor=by, subject=office, office_id=office.pk)
    return office


@transaction.atomic
def change_office(*, office: Office, by: User, **values: Any) -> Office:
    """Change an office's names, address or letter prefix. The code stays: it stands in case numbers already given."""
    changes = changed_fields(office, values)
    if changes:
        office.save(update_fields=list(changes))
        record_event("accounts.office.changed", actor=by, subject=office, office_id=office.pk, changes=changes)
    return office


@transaction.atomic
def create_user(
    *, username: str, full_name: str, password: str, language: str = "en", created_by: User | None, email: str = "",
    name_th: str = "", position_th: str = "", position_en: str = "", one_time_from: datetime | None = None,
) -> User:  # fmt: skip
    """Add a person; with `one_time_from` the password is for the first days, from then on, and changed at once.

    Raises Refusal when the name is taken or the password is weak.
    """
    username = username.strip().lower()
    if User.objects.filter(username__iexact=username).exists():
        raise Refusal("ACC-USER-1", "username", _("This sign-in name is taken. Choose another."))
    user = User(
        username=username,
        full_name=full_name,
        language=language,
        email=email,
        name_th=name_th,
        position_th=position_th,
        position_en=position_en,
        must_change_password=one_time_from is not None,
        password_ends_at=one_time_from and one_time_end(one_time_from),
    )
    try:
        validate_password(password, user)
    except ValidationError as failed:
        raise Refusal("ACC-USER-2", "password", " ".join(failed.messages)) from failed
    user.set_password(password)
    user.save()
    record_event("accounts.user.created", actor=created_by, subject=user)
    return user


def check_grant(*, user: User, role: str, by: User | None, today: date) -> None:
    """What stands against giving a role. Raises Refusal for oneself, and for what another room has against it."""
    if by == user:
        raise Refusal("ACC-GRANT-1", "", _("You cannot give yourself a role. Ask another administrator."))
    refuse_errors(finding for room in registry for finding in room.against_grant(user, role, today))


@transaction.atomic
def give_grant(
    *, user: User, role: str, office: Office, programme: str = "", given_by: User | None, confirmed_by: User | None,
    today: date, valid_to: date | None = None, reason: str = "",
) -> Grant:  # fmt: skip
    """Give a role for up to twelve months. Raises Refusal as check_grant does.

    Who gives the same person another role meanwhile waits, so that no two make a mix that neither saw.
    """
    User.objects.select_for_update(no_key=True).get(pk=user.pk)
    check_grant(user=user, role=role, by=given_by, today=today)
    grant = Grant.objects.create(
        user=user, role=role, office=office, programme=programme, given_by=given_by, confirmed_by=confirmed_by,
        valid_from=today, valid_to=valid_to or today + timedelta(days=GRANT_DAYS), reason=reason,
    )  # fmt: skip
    named = ("user", "role", "office", "programme", "valid_to", "confirmed_by")
    record_event(
        "accounts.grant.given", actor=given_by, subject=grant, office_id=office.pk, reason=reason,
        changes={name: (None, getattr(grant, name)) for name in named},
    )  # fmt: skip
    return grant


@transaction.atomic
def end_grant(*, grant: Grant, ended_by: User, now: datetime, reason: str = "") -> Grant:
    """End a grant at once; it works within the person's next request. Every room ends what rested on it.

    Raises Refusal for the last administrator's.
    """
    if grant.role == Role.ADMINISTRATOR and not _other_administrators(grant, timezone.localdate(now)).exists():
        raise Refusal("ACC-GRANT-4", "", _("This is the last administrator. Give somebody else the role first."))
    return _end_grant(grant, ended_by, now, at=now, reason=reason)


def expire_grants(*, today: date, now: datetime) -> int:
    """End what rested on each role whose last day is over, by nobody's hand; answers how many. Twice does it once.

    Each role for itself: stopped in the middle, what is done stays done.
    """
    over = Grant.objects.filter(ended_at__isnull=True, valid_to__lt=today).order_by("pk")
    return sum(_expire_grant(pk, now) for pk in list(over.values_list("pk", flat=True)))


@transaction.atomic
def _expire_grant(pk: int, now: datetime) -> bool:
    grant = Grant.objects.select_for_update(of=("self",)).filter(pk=pk, ended_at__isnull=True).first()
    if grant is not None:
        _end_grant(grant, None, now, at=timezone.make_aware(datetime.combine(grant.valid_to, time.max)))
    return grant is not None


def _end_grant(grant: Grant, by: User | None, now: datetime, *, at: datetime, reason: str = "") -> Grant:
    grant.ended_at, grant.ended_by = at, by
    grant.save(update_fields=["ended_at", "ended_by"])
    record_event(
        "accounts.grant.ended", actor=by, subject=grant, office_id=grant.office_id, reason=reason,
        changes={name: (getattr(grant, name), None) for name in ("user", "role", "office", "programme")},
    )  # fmt: skip
    for room in registry:
        room.grant_ended(grant, by, now)
    return grant


def _other_administrators(grant: Grant, today: date) -> models.QuerySet[Grant]:
    """Grants of people who may sign in and are administrators besides this grant; held until the end of the act."""
    living_ones = Grant.objects.live(today).filter(role=Role.ADMINISTRATOR, user__is_active=True)
    return living_ones.exclude(pk=grant.pk).order_by("pk").select_for_update(of=("self",))


@transaction.atomic
def appoint_administrator(*, user: User, office: Office, today: date) -> Grant:
    """Make a person an administrator from the server's own command line, where nobody is left who could.

    Raises Refusal for somebody who is kept out, or whose roles forbid it.
    """
    if not user.is_active:
        raise Refusal("ACC-GRANT-5", "user", _("This person is blocked from signing in."))
    reason = "appointed on the server"
    return give_grant(
        user=user, role=Role.ADMINISTRATOR, office=office, given_by=None, confirmed_by=None, today=today, reason=reason
    )


@transaction.atomic
def change_profile(*, user: User, language: str, shortcuts_on: bool) -> User:
    """Change how Casework speaks to the person."""
    changes = changed_fields(user, {"language": language, "shortcuts_on": shortcuts_on})
    if changes:
        user.save(update_fields=list(changes))
        record_event("accounts.profile.changed", actor=user, subject=user, level=1, changes=changes)
    return user


def note_stand_in(*, user: User, until: date) -> None:
    """Note the last day on which a person stands in for somebody; a later one that is known stays."""
    rows = User.objects.filter(pk=user.pk)
    rows.filter(Q(stands_in_until__isnull=True) | Q(stands_in_until__lt=until)).update(stands_in_until=until)


def one_time_end(now: datetime) -> datetime:
    """Until when a password that somebody else made now opens the door."""
    return now + timedelta(days=int(term("sign-in.one_time_days", timezone.localdate(now))))


@transaction.atomic
def change_user(*, user: User, by: User, **values: str) -> User:
    """Change how a person is called and what they are on letters; letters that were made keep what they had."""
    changes = changed_fields(user, values)
    if changes:
        user.save(update_fields=list(changes))
        record_event("accounts.user.changed", actor=by, subject=user, changes=changes)
    return user


@transaction.atomic
def set_one_time_password(*, user: User, encoded: str, by: User, now: datetime) -> User:
    """Let a person begin anew: a password to be changed at once, no second factor, no open session, no token."""
    user.password, user.must_change_password, user.password_ends_at = encoded, True, one_time_end(now)
    user.save(update_fields=["password", "must_change_password", "password_ends_at"])
    Authenticator.objects.filter(user=user).delete()
    end_all_sessions(user=user, by=by, now=now)
    end_token(user=user, by=by, now=now)
    record_event("accounts.user.reset", actor=by, subject=user, at=now)
    return user


@transaction.atomic
def set_user_active(*, user: User, is_active: bool, by: User, now: datetime) -> User:
    """Let a person in, or keep them out from their next request on. Raises Refusal for oneself.

    Their sessions and their token end for good: one that was stolen does not come back with them.
    """
    if user == by:
        raise Refusal("ACC-USER-3", "", _("You cannot switch your own account off. Ask another administrator."))
    if not is_active:  # before they are kept out: of who is, the library finds no session, and leaves each as it is
        end_all_sessions(user=user, by=by, now=now)
        end_token(user=user, by=by, now=now)
    user.is_active = is_active
    user.save(update_fields=["is_active"])
    record_event("accounts.user.enabled" if is_active else "accounts.user.disabled", actor=by, subject=user, at=now)
    return user


def issue_setup_token() -> str:
    """Make the one-time key of an empty site; refuses once there is a user."""
    if User.objects.exists():
        raise Refusal("ACC-SETUP-1", "", _("This site is set up already."))
    token = secrets.token_urlsafe(24)
    SetupToken.objects.filter(used_at__isnull=True).delete()
    SetupToken.objects.create(digest=hashlib.sha256(token.encode()).hexdigest())
    return token


def setup_token_is_open(token: str) -> bool:
    """Whether the key fits and was not used."""
    return not User.objects.exists() and _open_key(token).exists()


def _open_key(token: str) -> models.QuerySet[SetupToken]:
    digest = hashlib.sha256(token.encode()).hexdigest()
    return SetupToken.objects.filter(digest=digest, used_at__isnull=True)


@transaction.atomic
def set_up_site(
    *, token: str, username: str, full_name: str, password: str, office_code: str, office_en: str, office_th: str,
    organisation_en: str, organisation_th: str, today: date, now: datetime,
) -> User:  # fmt: skip
    """Make the first administrator, the organisation's name and the first office of an empty site; burn the key.

    Who comes with the same key meanwhile waits, and is refused. Raises Refusal.
    """
    held = _open_key(token).select_for_update().first()
    if held is None or User.objects.exists():
        raise Refusal(
            "ACC-SETUP-2",
            "",
            _("This set-up link was used or is wrong. Start the server again to see a new one."),
        )
    for language, name in (("en", organisation_en), ("th", organisation_th)):
        put_text(key=ORGANISATION_NAME, language=language, body=name, source="set-up page", today=today)
    office = add_office(by=None, code=office_code, name_en=office_en, name_th=office_th)
    user = create_user(username=username, full_name=full_name, password=password, created_by=None)
    give_grant(
        user=user,
        role=Role.ADMINISTRATOR,
        office=office,
        given_by=None,
        confirmed_by=None,
        today=today,
        reason="first administrator",
    )
    SetupToken.objects.update(used_at=now)
    return user
