"""What a view declares: the action of the truth table it performs. Views refuse to start without one."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Any

from allauth.account.internal.flows.login import get_authentication_records
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.utils.translation import gettext as _

from casework.accounts.states import Role

from .rights import truth_table
from .scopes import may, may_on

FRESH_SECONDS = 300


class StaleSecondFactor(Exception):  # noqa: N818
    """The act needs a second factor given in the last five minutes; the page asks for it and goes on."""


def who_can(action: str) -> str:
    """The roles that may do the action, in words, for the sentence of a refusal."""
    return ", ".join(str(Role(role).label) for role in truth_table()[action])


def is_fresh(request: HttpRequest) -> bool:
    """Whether the person proved themselves in the last five minutes, by a code where a second factor is required."""
    methods = {"mfa"} if settings.SECOND_FACTOR_REQUIRED else {"mfa", "password"}
    records = get_authentication_records(request, request.user)
    return any(r["method"] in methods and time.time() - r["at"] < FRESH_SECONDS for r in records)


@dataclass(frozen=True, kw_only=True)
class Policy:
    """The view performs `action`. `admit` is asked before the object is known, `admit_row` with it.

    A page that takes files asks for the fresh proof when it is opened (`asks_first`): a file cannot wait meanwhile.
    """

    action: str
    is_public: bool = False
    asks_first: bool = False

    def admit(self, request: HttpRequest) -> None:
        """Refuse (403) a person none of whose roles has the action."""
        right = may(request.user, self.action)
        if right is None:
            raise PermissionDenied(_("This is done by: %(roles)s.") % {"roles": who_can(self.action)})
        is_asked = self.asks_first or request.method not in ("GET", "HEAD")
        if right.is_fresh and is_asked and not is_fresh(request):
            raise StaleSecondFactor

    def admit_row(self, request: HttpRequest, row: Any) -> None:
        """Refuse (403) where the role lacks the action in the row's office and programmes, or by an assignment."""
        if not may_on(request.user, self.action, row):
            raise PermissionDenied(_("This is done by: %(roles)s.") % {"roles": who_can(self.action)})


@dataclass(frozen=True, kw_only=True)
class OfSite(Policy):
    """The row is of several offices or of none: who does the action anywhere does it on the rows they see."""

    def admit_row(self, request: HttpRequest, row: Any) -> None:
        return None


@dataclass(frozen=True, kw_only=True)
class SignedIn:
    """Any signed-in person, for their own things only: my work, search, profile, drafts, notices."""

    is_public: bool = False

    def admit(self, request: HttpRequest) -> None:
        if not request.user.is_authenticated:
            raise PermissionDenied

    def admit_row(self, request: HttpRequest, row: Any) -> None:
        return None


@dataclass(frozen=True, kw_only=True)
class Public:
    """No sign-in. The view's name stands in access/public.py and a test compares."""

    is_public: bool = True

    def admit(self, request: HttpRequest) -> None:
        return None

    def admit_row(self, request: HttpRequest, row: Any) -> None:
        return None
