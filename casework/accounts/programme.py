"""People, roles and offices: their rows of the truth table, what needs a second person, how their acts read."""

from __future__ import annotations

from collections.abc import Callable

from celery.schedules import crontab
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from casework.programmes.contributions import Contribution, EventWords, Job, Words, registry

from .proposals import KINDS

Told = Callable[[str], Words] | None
SESSIONS = {"one session": _("one browser"), "all sessions": _("every browser")}


def _security(action: str, words: Words, icon: str, colour: str = "grey", told: Told = None) -> EventWords:
    return EventWords(action=action, words=words, icon=icon, colour=colour, kind="security", told=told)


def _tries(kept: str) -> Words:
    return gettext("Tries within the hour: %(number)s") % {"number": kept}


@registry.register
class Accounts(Contribution):
    """Who works here, as what, where."""

    key = "accounts"
    label = _("People and roles")
    icon = "users"

    row_words = (
        _("Oldest version of Chrome, Edge and others on Chromium that still gets security fixes"),
        _("Oldest version of Firefox that still gets security fixes"),
        _("Days in which a password that somebody else made works"),
        _("Google, July 2025: 138 is the last one for Android 8 and 9, 109 for Windows 7 and 8"),
        _("Mozilla, release calendar: fixes for 115, the last one for Windows 7 and 8, ended in 2026"),
    )
    history_words = {
        "accounts.user": _("Account"),
        "accounts.grant": _("Role"),
        "accounts.office": _("Office"),
    }
    rights = {
        "accounts.user.see": "SUP:A PM:A SYS:A AUD:A",
        "accounts.user.add": "SYS:A",
        "accounts.user.disable": "SYS:A",
        "accounts.user.change": "SYS:A2",
        "accounts.user.reset": "SYS:A2",
        "accounts.grant.propose": "SUP:propose PM:propose SYS:A",
        "accounts.grant.end": "SUP:propose PM:propose SYS:A",
        "accounts.grant.confirm": "SYS:A2",
        "accounts.office.see": "PM:A SYS:A AUD:A",
        "accounts.office.propose": "PM:propose SYS:A",
        "accounts.office.confirm": "SYS:A2",
        "accounts.team_view.save": "SUP:A PM:A",
    }
    proposal_kinds = KINDS
    schedule = (
        Job(key="accounts.expire", task="accounts.expire", schedule=crontab(hour=0, minute=20)),
        Job(key="accounts.forget", task="accounts.forget", schedule=crontab(hour=3, minute=20)),
    )
    events = (
        _security("accounts.user.created", _("Person added"), "user-plus", "green"),
        _security("accounts.user.changed", _("Name or position of a person changed"), "pencil"),
        _security("accounts.user.enabled", _("Sign-in allowed again"), "user-check", "green"),
        _security("accounts.user.disabled", _("Sign-in blocked"), "user-x", "red"),
        _security("accounts.user.reset", _("New password made for a person"), "key-round", "amber"),
        _security("accounts.profile.changed", _("Profile changed"), "pencil"),
        _security("accounts.grant.given", _("Role given"), "shield-check", "green"),
        _security("accounts.grant.ended", _("Role ended"), "shield-alert", "amber"),
        _security("accounts.office.added", _("Office added"), "building-2", "green"),
        _security("accounts.office.changed", _("Office changed"), "building-2"),
        _security("accounts.session.opened", _("Signed in"), "lock-open"),
        _security("accounts.session.closed", _("Signed out"), "log-out"),
        _security(
            "accounts.session.ended",
            _("Signed out from afar"),
            "log-out",
            "amber",
            told=lambda kept: SESSIONS.get(kept, kept),
        ),
        _security("accounts.token.made", _("Token made"), "key-round", "amber"),
        _security("accounts.token.ended", _("Token ended"), "key-round"),
        _security("accounts.password.changed", _("Password changed"), "key-round"),
        _security("accounts.sign-in.failed", _("Wrong password"), "circle-x", "red", told=_tries),
        _security("accounts.code.failed", _("Wrong code"), "circle-x", "red", told=_tries),
    )
