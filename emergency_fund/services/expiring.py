"""Each night what was approved and not fetched in time gives its money back (reference programmes 2.4 and 2.8)."""

from __future__ import annotations

from datetime import date, datetime

from casework.kernel.acts import act
from casework.kernel.refusals import Refusal
from emergency_fund.queries.expiring import to_expire

from .delivering import expire
from .holding import hold_request


def expire_by_itself(*, today: date, now: datetime) -> int:
    """Let expire what nobody fetched, each request for itself; answers how many. Twice does it once.

    Stopped in the middle, what is done stays done. What is refused is left to the fund officers, whose work it is then.
    """
    done = 0
    for pk in list(to_expire(today).values_list("pk", flat=True)):
        try:
            done += _expired(pk, today, now)
        except Refusal:
            continue
    return done


@act
def _expired(pk: int, today: date, now: datetime) -> bool:
    """Whether it expired; what was paid, appealed or ordered meanwhile is left alone."""
    hold_request(pk)
    request = to_expire(today).filter(pk=pk).first()
    if request is not None:
        expire(request=request, by=None, now=now)
    return request is not None
