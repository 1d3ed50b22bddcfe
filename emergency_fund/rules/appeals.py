"""What stands against an appeal: E-EAF-23 and 120 to 127 (reference programmes 2.4)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from casework.approvals.states import Act
from casework.kernel.dates import short
from casework.kernel.guards import YES, Verdict, no
from casework.kernel.reasons import says_why
from casework.kernel.refusals import Finding, error

WAITS_FOR_OTHERS = "E-EAF-127"


def can_appeal(*, is_less: bool, has_appealed: bool, is_decided: bool) -> Verdict:
    """E-EAF-120, 121 and 127: once, against a decision that gives less than was asked for, when all have decided."""
    if has_appealed:
        return no("E-EAF-120", _("The family appealed already. A decision is looked at again once."))
    if not is_less:
        return no("E-EAF-121", _("There is no decision to appeal against: nothing was refused or lowered."))
    if not is_decided:
        return no(
            WAITS_FOR_OTHERS,
            _("The family was helped first, and others still decide. It can appeal when they have decided."),
        )
    return YES


def is_not_appealed(is_open: bool) -> Verdict:
    """E-EAF-126: what a family waits for does not expire."""
    if is_open:
        return no("E-EAF-126", _("The family appealed. Let this expire when the appeal is decided."))
    return YES


def against_appeal(
    *, made_on: date, decided_on: date | None, until: date | None, why: str, today: date
) -> Iterator[Finding]:
    """E-EAF-23, 122 and 123: told within the time, on a day that has been, with a reason in words."""
    if made_on > today:
        yield error("E-EAF-122", "made_on", _("That day is still to come. Check the date."))
    elif decided_on is not None and made_on < decided_on:
        words = {"day": _told(decided_on)}
        yield error("E-EAF-122", "made_on", _("The decision was made on %(day)s. Check the date.") % words)
    elif until is not None and made_on > until:
        told = _("The family could appeal until %(day)s. It can ask the fund anew, or complain.")
        yield error("E-EAF-23", "made_on", told % {"day": _told(until)})
    if not says_why(why):
        yield error("E-EAF-123", "why", _("Write in a sentence why the family does not agree."))


def against_appeal_act(act: Act) -> Iterator[Finding]:
    """E-EAF-124: an appeal is granted or the decision upheld; it is not sent back to be mended."""
    if act == Act.RETURN:
        yield error("E-EAF-124", "act", _("An appeal is not returned. Grant it, uphold the decision, or step back."))


def _told(on: date) -> str:
    return short(on, (get_language() or "en")[:2])
