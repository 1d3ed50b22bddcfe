"""Propose what needs a second person: roles, a new password, offices."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from django.contrib.auth.hashers import make_password
from django.utils import timezone
from django.utils.translation import gettext as _

from casework.accounts import proposals
from casework.accounts.models import Grant, Office, User
from casework.accounts.services import GRANT_DAYS, check_grant, check_office_code
from casework.accounts.states import Role
from casework.approvals.models import Proposal
from casework.approvals.services.proposals import propose
from casework.kernel.refusals import Refusal

ONE_TIME_BYTES = 12


def make_one_time_password() -> str:
    """A password for one sign-in, 16 letters and digits."""
    return secrets.token_urlsafe(ONE_TIME_BYTES)


def propose_grant(
    *, user: User, role: str, office: Office, programme: str, valid_to: date, reason: str, by: User, now: datetime
) -> Proposal:
    """Ask a second person to give a role. Raises Refusal as check_grant does, and for more than twelve months."""
    today = timezone.localdate(now)
    check_grant(user=user, role=role, by=by, today=today)
    if not today <= valid_to <= today + timedelta(days=GRANT_DAYS):
        raise Refusal("ACC-GRANT-4", "valid_to", _("A role lasts from today for at most twelve months."))
    facts = {"role": role, "office": office.pk, "programme": programme, "valid_to": valid_to.isoformat()}
    words = {"person": user.full_name, "role": Role(role).label, "office": office.name_en}
    return propose(
        kind=proposals.GIVE, subject=user, summary=lambda: _("%(person)s: %(role)s in %(office)s") % words, facts=facts,
        by=by, now=now, office_id=office.pk, programme=programme, reason=reason,
    )  # fmt: skip


def propose_end(*, grant: Grant, reason: str, by: User, now: datetime) -> Proposal:
    """Ask an administrator to end a role."""
    words = {"person": grant.user.full_name, "role": Role(grant.role).label, "office": grant.office.name_en}
    return propose(
        kind=proposals.END, subject=grant, facts={}, by=by, now=now, office_id=grant.office_id, reason=reason,
        summary=lambda: _("%(person)s: end %(role)s in %(office)s") % words,
    )  # fmt: skip


def propose_reset(*, user: User, password: str, reason: str, by: User, now: datetime) -> Proposal:
    """Ask a second administrator to let a person begin anew with a one-time password. Raises Refusal for oneself."""
    if user == by:
        raise Refusal("ACC-USER-4", "", _("Change your own password in your profile."))
    return propose(
        kind=proposals.RESET, subject=user, facts={"password": make_password(password)}, by=by, now=now,
        office_id=None, reason=reason, summary=lambda: _("%(person)s: new password") % {"person": user.full_name},
    )  # fmt: skip


def propose_details(*, user: User, values: Mapping[str, str], by: User, now: datetime) -> Proposal:
    """Ask a second person to change a person's names and positions. Raises Refusal when nothing would change."""
    changed = {name: value for name, value in values.items() if getattr(user, name) != value}
    if not changed:
        raise Refusal("ACC-USER-5", "", _("Nothing was changed."))
    return propose(
        kind=proposals.CHANGE, subject=user, facts=changed, by=by, now=now, office_id=None,
        summary=lambda: _("%(name)s: new details") % {"name": user.full_name},
    )  # fmt: skip


def propose_office(*, office: Office | None, values: Mapping[str, Any], by: User, now: datetime) -> Proposal:
    """Ask a second person to add an office or to change one. Raises Refusal when nothing would change."""
    if office is None:
        facts = {**values, "code": check_office_code(values["code"])}
        return propose(
            kind=proposals.OFFICE_ADD, subject=by, facts=facts, by=by, now=now, office_id=None,
            summary=lambda: _("New office: %(name)s") % {"name": values["name_en"]},
        )  # fmt: skip
    changed = {name: value for name, value in values.items() if getattr(office, name) != value}
    if not changed:
        raise Refusal("ACC-OFFICE-3", "", _("Nothing was changed."))
    return propose(
        kind=proposals.OFFICE_CHANGE, subject=office, facts=changed, by=by, now=now, office_id=None,
        summary=lambda: _("%(name)s: new details") % {"name": office.name_en},
    )  # fmt: skip
