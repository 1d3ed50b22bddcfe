"""What stands against asking, screening, recommending and closing: the codes E-EAF-… (reference programmes 2.4)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from casework.kernel.dates import short
from casework.kernel.guards import YES, Verdict, no
from casework.kernel.reasons import says_why
from casework.kernel.refusals import Finding, error, warning
from emergency_fund.rules.entitlements import against_no_source
from emergency_fund.states import (
    FOR_FAMILY,
    MODALITIES,
    ONCE_FOR_IT,
    Entitlement,
    EntitlementStatus,
    IncidentKind,
    LineKind,
    Modality,
    RequestState,
)

ADULT_AT = 18
TOO_OLD = _("The fund helps who was under 18 on that day. Take out what is asked for anybody older.")
DIED = _("The child has died. What was asked for it is not given any more; ask anew for a brother or sister.")


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What the rules ask of a new request: consent, the birth date of the child of each line, the incident's day."""

    has_consent: bool
    born: tuple[date | None, ...]
    occurred_on: date
    old_reason: str = ""


def against_asking(asked: Asked, *, today: date, most_days: int) -> Iterator[Finding]:
    """E-EAF-01 to 04: consent, children on the day of the incident, a day that has been and is not long past."""
    if not asked.has_consent:
        yield error("E-EAF-01", "consent", _("Ask the family whether the fund may know. Note their consent first."))
    if asked.occurred_on > today:  # how old the children were then is no question
        yield error("E-EAF-03", "occurred_on", _("That day is still to come. Check the date."))
        return
    if not all(born is None or _was_child(born, asked.occurred_on) for born in asked.born):
        yield error("E-EAF-02", "lines", TOO_OLD)
    if asked.occurred_on < today - timedelta(days=most_days) and not asked.old_reason.strip():
        words = {"days": most_days}
        told = _("That is more than %(days)s days ago. Say why the family asks now.") % words
        yield error("E-EAF-04", "old_reason", told)


def against_lines(lines: Sequence[tuple[int, str, Decimal]]) -> Iterator[Finding]:
    """E-EAF-30 and 198: child id, kind and amount of each line.

    One kind of help for a child stands on one line, worth something; what is for the whole family on one at all.
    """
    if len({(child, kind) for child, kind, _asked in lines}) < len(lines):
        told = _("One kind of help for a child stands on one line. Add the amounts up, and name the parts beside them.")
        yield error("E-EAF-30", "lines", told)
    elif any([kind for _child, kind, _asked in lines].count(shared) > 1 for shared in FOR_FAMILY):
        told = _("A hygiene kit is packed for the whole family. Ask for it once, for one of the children.")
        yield error("E-EAF-205", "lines", told)
    for n, (_child, _kind, asked) in enumerate(lines):
        if asked <= 0:
            yield error("E-EAF-30", f"lines.{n}.amount", _("Write an amount above 0 on each line."))


def against_receiving(*, received: datetime, now: datetime, occurred_on: date) -> Iterator[Finding]:
    """E-EAF-29: a family asks after something happened, and not later than now."""
    if received > now:
        yield error("E-EAF-29", "received_on", _("That day is still to come. Check the date."))
    elif timezone.localdate(received) < occurred_on <= timezone.localdate(now):
        yield error("E-EAF-29", "received_on", _("The family asked before that happened? Check both dates."))


def against_earner(*, is_ours: bool) -> Iterator[Finding]:
    """E-EAF-260: whose work was lost or did harm lives in the family."""
    if not is_ours:
        yield error("E-EAF-260", "earner", _("Choose somebody who lives in the family."))


def period_of(kind: str, *, on: date, happened: date) -> str:
    """For what time help of a kind is given once: the month, the year of an insurance, or what happened."""
    if kind in ONCE_FOR_IT:
        return f"{happened:%Y-%m-%d}"
    return f"{on:%Y}" if kind == LineKind.HEALTH_INSURANCE else f"{on:%Y-%m}"


def against_approving(lines: Sequence[tuple[int, Decimal, Decimal]], code: str, why: str) -> Iterator[Finding]:
    """E-EAF-27, 28, 190 and 191: line id, what is open and what is approved.

    Lowered at most, and something of it approved; whoever lowers it says why, by a code for the family and in words.
    """
    for line, open_, approved in lines:
        if approved > open_:
            words = {"open": f"{open_:,.2f}"}
            told = _("You can lower the amount, not raise it: up to %(open)s baht.") % words
            yield error("E-EAF-27", f"line_{line}", told)
    if not any(approved for _line, _open, approved in lines):
        yield error("E-EAF-28", "act", _("All amounts are 0. Approve something, or reject the request."))
    elif is_less(lines):
        if not code:
            yield error("E-EAF-191", "code", _("You approve less than is asked. Choose why: the family reads it."))
        if not says_why(why):
            yield error("E-EAF-190", "comment", _("You approve less than is asked. Say why in a sentence."))


def is_less(lines: Sequence[tuple[int, Decimal, Decimal]]) -> bool:
    """Whether less is approved of a line (its id, what is open, what is approved) than is open."""
    return any(approved < open_ for _line, open_, approved in lines)


def _was_child(born: date, on: date) -> bool:
    years = on.year - born.year - ((on.month, on.day) < (born.month, born.day))
    return years < ADULT_AT


def answers_of(kind: str) -> list[EntitlementStatus]:
    """How a claim can stand once it is screened; only after an injury at work the family may be sent there first."""
    is_injury = kind == IncidentKind.WORK_INJURY
    never = {EntitlementStatus.NOT_CHECKED} | (set() if is_injury else {EntitlementStatus.REFERRED})
    return [status for status in EntitlementStatus if status not in never]


def against_screening(
    *, kind: str, entitlement: str, status: str, is_sent: bool, open_duplicates: int
) -> Iterator[Finding]:
    """E-EAF-05 and 06: duplicates decided; the other source asked for.

    After an injury at work the family may be sent there to claim, by a referral or to an office that is named.
    """
    if open_duplicates:
        yield error("E-EAF-05", "looked_at", _("Decide first whether the earlier requests are the same."))
    if status not in answers_of(kind):
        told = _("Ask first who should pay by law: %(who)s.") % {"who": _first_payer(kind, entitlement)}
        yield error("E-EAF-06", "status", told)
        return
    if status == EntitlementStatus.REFERRED and not is_sent:
        where = _("Send a referral from the case, or write to which office the family was sent.")
        yield error("E-EAF-06", "referred_to", where)
    yield from against_no_source(entitlement, status)


def _first_payer(kind: str, entitlement: str) -> str:
    by_kind = {
        IncidentKind.WORK_INJURY: Entitlement.WCF,
        IncidentKind.ROAD_ACCIDENT: Entitlement.VEHICLE,
        IncidentKind.JOB_TERMINATION: Entitlement.EMPLOYER,
        IncidentKind.WAGE_NON_PAYMENT: Entitlement.EMPLOYER,
    }
    named = Entitlement(entitlement) if entitlement != Entitlement.NONE else by_kind.get(IncidentKind(kind))
    return str((named or Entitlement.HEALTH_CARD).label)


def against_recommending(
    *, assessed_on: date | None, today: date, most_days: int, lines: Iterable[Decimal], total: Decimal
) -> Iterator[Finding]:
    """E-EAF-07 and 08: an assessment that is not stale, lines that make up the total to the satang."""
    if assessed_on is None or assessed_on < today - timedelta(days=most_days):
        yield error("E-EAF-07", "", _("Assess the family first; the last assessment is missing or too old."))
    if sum(lines, Decimal(0)) != total:
        yield error("E-EAF-08", "lines", _("The lines do not make up the total. Check the amounts."))


def against_no_budget(lines: Iterable[tuple[int, str, Decimal]]) -> Iterator[Finding]:
    """E-EAF-25: line id, kind and amount of what has no budget line; each is named."""
    for line, kind, asked in lines:
        words = {"what": LineKind(kind).label, "asked": f"{asked:,.2f}"}
        told = _("Choose the budget line that pays for this: %(what)s, %(asked)s baht.") % words
        yield error("E-EAF-25", f"line_{line}", told)


def against_ways(lines: Iterable[tuple[int, str, str, str]]) -> Iterator[Finding]:
    """E-EAF-266 and 267: line id, kind, how it is given and who is paid; a voucher is for a shop that takes it."""
    for line, kind, way, payee in lines:
        ways = MODALITIES[LineKind(kind)]
        if way not in ways:
            words = {"what": LineKind(kind).label, "ways": ", ".join(str(one.label) for one in ways)}
            told = _("%(what)s cannot be given so. It can be given as: %(ways)s.") % words
            yield error("E-EAF-266", f"way_{line}", told)
        elif way == Modality.VOUCHER and not payee:
            yield error("E-EAF-267", f"provider_{line}", _("Write which shop or hospital takes the voucher."))


def against_ceiling(*, limit: Decimal, used: Decimal, asked: Decimal) -> Iterator[Finding]:
    """E-EAF-09: what a family gets in twelve months, over all requests and offices, asked for included."""
    if used + asked > limit:
        left = max(limit - used, Decimal(0))
        words = {"limit": f"{limit:,.0f}", "left": f"{left:,.2f}", "asked": f"{asked:,.2f}"}
        told = _(
            "A family gets %(limit)s baht in twelve months. %(left)s are left for this one, and %(asked)s are "
            "asked for: return the request so that it asks for less."
        )
        yield error("E-EAF-09", "lines", told % words)


def against_cooldown(*, kind: str, child: str, last: date | None, days: int, today: date) -> Iterator[Finding]:
    """E-EAF-10: the same help for the same child, or for the same family what is for all of it, only after a while."""
    if last is not None and today < last + timedelta(days=days):
        words = {"child": child, "what": LineKind(kind).label, "until": _told(last + timedelta(days=days))}
        told = _("%(child)s had %(what)s; again from %(until)s.")
        if kind in FOR_FAMILY:
            told = _("The family had %(what)s; again from %(until)s.")
        yield error("E-EAF-10", "lines", told % words)


def given_twice(*, kind: str, child: str) -> Finding:
    """E-EAF-263: what was promised or given for what happened is not promised for it again."""
    words = {"child": child, "what": LineKind(kind).label}
    return error("E-EAF-263", "lines", _("%(child)s has %(what)s for this time already") % words)


def asked_twice(*, kind: str, child: str, number: str) -> Finding:
    """E-EAF-262: an undecided request asks for the same; without a number where it is not for the reader's eyes."""
    words = {"what": LineKind(kind).label, "whom": _("the family") if kind in FOR_FAMILY else child, "number": number}
    told = _("An undecided request, %(number)s, asks for this as well: %(what)s for %(whom)s.")
    if not number:
        told = _("An undecided request asks for this as well: %(what)s for %(whom)s.")
    return warning("E-EAF-262", "lines", told % words)


def _told(on: date) -> str:
    return short(on, (get_language() or "en")[:2])


def newborn_window(*, born: date | None, today: date, days: int) -> Iterator[Finding]:
    """W-01: a newborn of an insured parent is insured within so many days of birth (15, reference 2.2)."""
    if born is not None and 0 <= (today - born).days <= days:
        words = {"until": _told(born + timedelta(days=days))}
        told = _("Is a parent insured? Have the newborn insured by %(until)s: then it is covered from its birth.")
        yield warning("W-01", "lines", told % words)


def can_ask(is_open: bool) -> Verdict:
    """E-EAF-268: through a case that is open or rests; closing one ends what is asked for."""
    if is_open:
        return YES
    return no("E-EAF-268", _("This case is closed. Have it opened again first, then ask the fund."))


def can_mend(state: str) -> Verdict:
    """E-EAF-36: only what was returned is changed and sent again."""
    if state != RequestState.RETURNED:
        return no("E-EAF-36", _("This request is not with you. It can be changed when it is returned."))
    return YES


def is_of_another_family(is_related: bool) -> Verdict:
    """E-EAF-199: who declared to belong to the family works on no request of it (safety.md 1)."""
    if is_related:
        return no("E-EAF-199", _("You declared that you belong to this family. Somebody else works on its request."))
    return YES


def against_the_dead(has_dead: bool) -> Iterator[Finding]:
    """E-EAF-201: nothing is asked for a child who died."""
    if has_dead:
        yield error("E-EAF-201", "lines", DIED)


def helps_somebody(is_so: bool) -> Verdict:
    """E-EAF-201: what is for a child who died is neither promised nor paid (day.md 8)."""
    return YES if is_so else no("E-EAF-201", DIED)


def can_screen(state: str) -> Verdict:
    """E-EAF-37: what was asked and nobody screened."""
    return YES if state == RequestState.SUBMITTED else no("E-EAF-37", _("This request was screened already."))


def can_turn_away(state: str) -> Verdict:
    """E-EAF-38: before it waits for approval; then those who approve return or reject it."""
    if state in (RequestState.SUBMITTED, RequestState.SCREENED):
        return YES
    return no("E-EAF-38", _("This waits for a decision or has one. Those who decide return or reject it."))


def can_assess(state: str) -> Verdict:
    """E-EAF-39: assessed and recommended when it is screened."""
    if state == RequestState.SCREENED:
        return YES
    return no("E-EAF-39", _("Screen the request first; one that waits for a decision is not assessed again."))
