"""Who may act on a request for approval, and when a step is done (reference programmes 1.1)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from decimal import Decimal
from itertools import pairwise
from typing import Any

from django.utils.translation import gettext_lazy as _

from casework.approvals.states import Act, ChainState, Quorum
from casework.kernel.guards import YES, Verdict, no
from casework.kernel.reasons import says_why
from casework.kernel.refusals import Finding, error

BYPASS_HOURS = timedelta(hours=72)
NEEDS_REASON = frozenset({Act.REJECT, Act.RETURN})


@dataclass(frozen=True, kw_only=True)
class Approver:
    """What is known of the person who wants to act: roles held where the request belongs, relatives, earlier acts."""

    user_id: int
    roles: frozenset[str]
    is_related: bool
    has_acted: bool
    conflicts: frozenset[str]
    """Roles that do not go together with one of the person's acts on the same subject."""
    stands_in: Mapping[str, int] = field(default_factory=dict)
    """Roles in which the person may act for somebody who is away, with that person's id."""
    is_of_provider: bool = False
    """Whether the person has to do with a supplier or provider who is paid."""

    def absent_for(self, role: str) -> int | None:
        """For whom the person acts in a step of this role; for nobody where the role is their own."""
        return None if role in self.roles else self.stands_in.get(role)


def can_act(
    state: str, steps: Sequence[dict[str, Any]], step: int, barred: Iterable[int], who: Approver, *, is_current: bool
) -> Verdict:
    """Whether a person may act on the open step, in their own role or for one who is away; the codes E-APR-01 to 05."""
    if state != ChainState.PENDING:
        return no("APR-STATE", _("This was decided already."))
    if who.user_id in set(barred):
        told = _("You had to do with this before: asked, prepared, changed or decided it. Somebody else decides.")
        return no("E-APR-01", told)
    if who.has_acted:
        return no("E-APR-02", _("You acted on this already. One person signs once."))
    if steps[step]["role"] not in who.roles and steps[step]["role"] not in who.stands_in:
        return no("E-APR-03", _("Your role in this office does not decide this step."))
    if steps[step]["role"] in who.conflicts:
        return no("E-APR-10", _("You work on this in another role. Somebody else decides."))
    if who.is_related:
        return no("E-APR-04", _("You know the family. Somebody else decides."))
    if who.is_of_provider:
        return no("E-APR-04", _("You have to do with who is paid here. Somebody else decides."))
    if not is_current:
        return no("E-APR-05", _("This was changed since it was asked for. Return it, so that it is asked for again."))
    return YES


def against_act(act: Act, code: str, comment: str) -> Iterator[Finding]:
    """What an act must say: rejecting and returning need a reason and words (E-APR-07), stepping back words only."""
    if act in NEEDS_REASON and not code:
        yield error("E-APR-07", "code", _("Choose the reason."))
    if act != Act.APPROVE and not says_why(comment):
        yield error("E-APR-07", "comment", _("Say why in a sentence, so that the other person knows what to do."))


def is_step_done(step: dict[str, Any], approved: int, holders: int) -> bool:
    """Whether enough people approved a step. `holders` are those who can still act on it or have."""
    wanted = {
        Quorum.ANY: 1,
        Quorum.COUNT: step.get("count", 1),
        Quorum.ALL: max(holders, 1),
    }
    return approved >= wanted[Quorum(step["quorum"])]


def against_bands(bands: Sequence[tuple[Decimal, Decimal | None, Sequence[Any]]]) -> Iterator[Finding]:
    """E-APR-06, at the band (“band-0”) where it is wrong: from 0, each where the one before ends, the last open."""
    if not bands:
        yield error("E-APR-06", "band-0", _("Write at least one band, from 0 on."))
    elif bands[0][0] != 0:
        yield error("E-APR-06", "band-0", _("The first band starts at 0."))
    for row, ((_from, to, _steps), (next_from, _to, _more)) in enumerate(pairwise(bands), start=1):
        if to is None:
            yield error("E-APR-06", f"band-{row - 1}", _("Only the last band has no end. Write below what it holds."))
        elif next_from > to:
            words = {"from": f"{to:,.2f}", "to": f"{next_from:,.2f}"}
            yield error("E-APR-06", f"band-{row}", _("Nobody decides from %(from)s to %(to)s: close the gap.") % words)
        elif next_from < to:
            words = {"to": f"{to:,.2f}"}
            yield error("E-APR-06", f"band-{row}", _("It overlaps the band before. Let it start at %(to)s.") % words)
    for row, (low, to, steps) in enumerate(bands):
        if to is not None and to <= low:
            yield error("E-APR-06", f"band-{row}", _("A band ends above where it starts."))
        if not steps:
            yield error("E-APR-06", f"band-{row}", _("Choose who decides in this band."))
    if bands and bands[-1][1] is not None:
        yield error("E-APR-06", f"band-{len(bands) - 1}", _("The last band has no end: leave “below” empty."))


def can_bypass(amount: Decimal, cap: Decimal, *, is_overdue: bool) -> Verdict:
    """Act first and be approved within 72 hours: up to the cap (decision 34), by somebody who owes no such approval."""
    if amount > cap:
        words = {"cap": f"{cap:,.0f}"}
        return no("E-APR-08", _("Up to %(cap)s baht may be given before approval. Ask those who approve.") % words)
    if is_overdue:
        return no("E-APR-09", _("An earlier emergency of yours still waits for its approval. Get that one first."))
    return YES


def can_return(*, is_bypassed: bool) -> Verdict:
    """E-APR-13: what was helped before its approval is approved or rejected; it cannot be asked for once more."""
    if is_bypassed:
        return no("E-APR-13", _("Help was given before approval. Approve it, or reject it and say why."))
    return YES
