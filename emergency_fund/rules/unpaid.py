"""What stands against paying approved help from another budget line: E-EAF-216 to 218 (decision 37)."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from casework.kernel.guards import YES, Verdict, no
from casework.kernel.reasons import says_why
from casework.kernel.refusals import Finding, error


def can_move(*, pays: bool) -> Verdict:
    """E-EAF-216: as long as its source pays, it is paid from there."""
    return no("E-EAF-216", _("The source of this line still pays. Pay it from there.")) if pays else YES


def against_moving(*, chosen: int, waiting: int, fits: bool, reason: str) -> Iterator[Finding]:
    """Something that waits there (E-EAF-217), to a line of the same office (218), with a sentence why (E-APR-07)."""
    if not chosen or chosen != waiting:
        yield error("E-EAF-217", "lines", _("Choose what still waits on this line. Load the page again to see it."))
    if not fits:
        yield error("E-EAF-218", "to", _("Choose another line of the same office and programme."))
    if not says_why(reason):
        yield error("E-APR-07", "reason", _("Say in a sentence why it is paid from another line."))
