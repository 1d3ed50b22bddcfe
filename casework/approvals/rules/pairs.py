"""What stands against holding two roles, against a new pair that is kept apart and against its end: E-APR-30 to 34."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from django.utils.translation import gettext_lazy as _

from casework.accounts.states import Role
from casework.kernel.guards import YES, Verdict, no
from casework.kernel.reasons import says_why
from casework.kernel.refusals import Finding, error

NAMED = 3


def against_holding(role: str, others: Iterable[str]) -> Iterator[Finding]:
    """E-APR-30: a role that is kept apart from one that the person holds."""
    for other in others:
        words = {"role": Role(role).label, "other": Role(other).label}
        told = _("Nobody is both %(role)s and %(other)s. Choose somebody else, or end the other role first.")
        yield error("E-APR-30", "role", told % words)


def against_pair(
    roles: Sequence[str], *, is_there: bool, holders: Sequence[str], reason: str, source: str
) -> Iterator[Finding]:
    """Two roles (E-APR-31) not kept apart yet (32), that nobody holds now (33), with why (07) and who decided (16)."""
    if roles[0] == roles[1]:
        yield error("E-APR-31", "role_b", _("Choose two different roles."))
    elif is_there:
        yield error("E-APR-32", "role_b", _("These two roles are kept apart already."))
    if holders:
        words = {"names": ", ".join(holders[:NAMED])}
        yield error("E-APR-33", "scope", _("Held together now by: %(names)s. End one of the roles first.") % words)
    if not says_why(reason):
        yield error("E-APR-07", "reason", _("Say in a sentence why nobody should be both."))
    if not source.strip():
        yield error("E-APR-16", "source", _("Say who decided on it, and when."))


def can_end_pair(*, is_fixed: bool, is_over: bool) -> Verdict:
    """E-APR-34: a fixed pair stays, and what is over is over."""
    if is_fixed:
        return no("E-APR-34", _("These roles are always kept apart. Nobody can end that."))
    if is_over:
        return no("E-APR-34", _("These roles are no longer kept apart."))
    return YES


def against_ending(reason: str) -> Iterator[Finding]:
    """E-APR-07: a sentence that says why."""
    if not says_why(reason):
        yield error("E-APR-07", "reason", _("Say in a sentence why one person may be both."))
