"""A family asks for help: taken down, changed when it was returned, taken back."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from casework.accounts.models import User
from casework.audit.services import record_event
from casework.cases.models import Case
from casework.cases.rules import can_write
from casework.cases.services.cases import enrol, finish_first_step
from casework.cases.services.records import living_consent, record_consent
from casework.kernel.acts import act
from casework.kernel.guards import Verdict
from casework.kernel.moves import move
from casework.kernel.numbers import next_number
from casework.kernel.refusals import Refusal, refuse_errors, refuse_unacknowledged
from casework.people.models import Person
from casework.reference.queries import term
from emergency_fund.models import AssistanceLine, AssistanceRequest, HardshipIncident
from emergency_fund.queries.checks import asked_elsewhere, asked_too_soon, had_already
from emergency_fund.queries.family import living_in
from emergency_fund.queries.lists import is_name_hidden
from emergency_fund.queries.page import lines_of
from emergency_fund.querysets import PROGRAMME
from emergency_fund.rules import requests as rules
from emergency_fund.rules.closing import against_taking_back, can_take_back
from emergency_fund.rules.counting import against_counting
from emergency_fund.rules.speaking import against_speaker
from emergency_fund.states import DECIDED_WITHIN, MODALITIES, OPEN_STATES, LineKind, LineState, RequestState, Urgency

from .appeals import end_appeal
from .delivering import OPEN_LINES, end_request, give_back_rest
from .holding import hold_all_with_budget, hold_request, hold_with_budget
from .releasing import end_line, release_line
from .urgent import tell_officers

ENDS_WITH_CASE = OPEN_STATES


@dataclass(frozen=True, kw_only=True)
class AskedLine:
    """One thing for one child; asked for as an amount, or as so many at the price of one that make it."""

    child: Person
    kind: str
    asked: Decimal
    words: str = ""
    quantity: int | None = None
    unit: str = ""
    unit_cost: Decimal | None = None


@act
def ask_for_help(
    *, case: Case, requester: Person, incident: Mapping[str, Any], lines: Sequence[AskedLine], channel: str,
    urgency: str, need: str, by: User, now: datetime, received_at: datetime | None = None, old_reason: str = "",
    consent: Mapping[str, Any] | None = None, acknowledged: Collection[str] = (),
) -> AssistanceRequest:  # fmt: skip
    """Take down what a family asks for its children; numbered, with the time by which it is decided.

    `consent` says how the family allowed the fund to know, where that is not written down yet. Raises Refusal with
    E-EAF-01 to 04, 24, 29, 30, 198, 201, 205 and 230 to 233, with the warnings E-EAF-10, 262 and 263 until they are
    among `acknowledged`, Conflict with E-EAF-268, and what record_consent refuses.
    """
    today, received = timezone.localdate(now), received_at or now
    can_write(case).insist()
    rules.can_ask(case.is_open).insist()
    if consent is not None:
        record_consent(case=case, purpose=PROGRAMME, decision="yes", given_on=today, by=by, today=today, **consent)
    refuse_errors(
        [
            *_against(case, incident, lines, old_reason, received, now),
            *against_speaker(requester.birth, today=today, field="requester"),
        ]
    )
    family: Any = case.family
    request = AssistanceRequest.rows.create(
        number=next_number(f"EAF-{case.office.code}", today.year), case=case, family=family, office=case.office,
        requester=requester, channel=channel, received_at=received, urgency=urgency, need=need.strip(), asked_by=by,
        incident=HardshipIncident.objects.create(family=family, created_by=by, **incident), created_by=by,
        decision_due_at=received + DECIDED_WITHIN[Urgency(urgency)], old_incident_reason=old_reason.strip()[:300],
    )  # fmt: skip
    AssistanceLine.rows.bulk_create(_lines(request, lines))
    _warn_of_more(request, by, now, acknowledged)
    enrol(case=case, programme=PROGRAMME, office=case.office, by=by, on=today)
    finish_first_step(case=case, programme=PROGRAMME, by=by)
    _remember("asked", request, by, now)
    tell_officers(request=request, by=by, now=now)
    return request


@act
def ask_again(
    *, request: AssistanceRequest, incident: Mapping[str, Any], lines: Sequence[AskedLine], urgency: str, need: str,
    by: User, now: datetime, old_reason: str = "", acknowledged: Collection[str] = (),
) -> AssistanceRequest:  # fmt: skip
    """Mend what was returned and send it again; the clock starts anew, and who mended it does not decide.

    What is asked as before stays as it was, with the price of its insurance. Raises Refusal as ask_for_help does,
    Conflict with E-EAF-36 for a request that was not returned.
    """
    request = hold_request(request.pk)
    rules.can_mend(request.state).insist()
    refuse_errors(_against(request.case, incident, lines, old_reason, request.received_at, now))
    changed = sorted({*request.changed_by, by.pk})
    request = move(
        request, RequestState.SUBMITTED, changed_by=changed, urgency=urgency, need=need.strip(), told="", told_code="",
        decision_due_at=now + DECIDED_WITHIN[Urgency(urgency)], old_incident_reason=old_reason.strip()[:300],
    )  # fmt: skip
    HardshipIncident.objects.filter(pk=request.incident_id).update(**incident)
    request.incident.refresh_from_db()
    mended = _mended(request, lines)
    for line in request.lines.filter(state=LineState.ASKED).exclude(pk__in=[line.pk for line in mended if line.pk]):
        end_line(line, LineState.CANCELLED, now=now)
    AssistanceLine.rows.bulk_create(line for line in mended if not line.pk)
    _warn_of_more(request, by, now, acknowledged)
    _remember("asked-again", request, by, now)
    tell_officers(request=request, by=by, now=now)
    return request


def may_take_back(request: AssistanceRequest) -> Verdict:
    """Whether something of it is left for the family to ask for no longer."""
    return can_take_back(request.state, is_unpaid=request.lines.filter(state__in=OPEN_LINES).exists())


@act
def take_back(*, request: AssistanceRequest, reason: str, by: User, now: datetime) -> AssistanceRequest:
    """The family no longer asks: what was reserved or approved and is not paid goes back to its lines.

    Where something was paid before its approval, that is still decided, and the request ends then.
    Raises Refusal with E-EAF-189, Conflict with E-EAF-188 when all of it is paid or it has ended.
    """
    may_take_back(request).insist()
    refuse_errors(against_taking_back(reason))
    return _take_back(request, reason.strip()[:500], by, now)


def _take_back(request: AssistanceRequest, reason: str, by: User, now: datetime) -> AssistanceRequest:
    """What was asked stays to be read: nothing of it is approved."""
    request = hold_with_budget(request.pk)
    if request.state == RequestState.IN_APPROVAL:
        for line in request.lines.filter(state=LineState.ASKED).select_related("budget_line"):
            release_line(line, by=by, now=now)
    end_appeal(request=request, by=by, now=now)
    give_back_rest(request, LineState.CANCELLED, by=by, now=now)
    for line in request.lines.filter(state=LineState.ASKED):
        end_line(line, LineState.CANCELLED, now=now, approved=Decimal(0))
    request = end_request(request, RequestState.WITHDRAWN, by=by, now=now, told_code="", told=reason)
    _remember("taken-back", request, by, now, reason)
    return request


@act
def end_with_case(*, case: Case, by: User, now: datetime) -> None:
    """The case was closed: every request that is still on its way is taken back."""
    for request in hold_all_with_budget(AssistanceRequest.rows.filter(case=case, state__in=ENDS_WITH_CASE)):
        _take_back(request, "", by, now)


def _against(
    case: Case, incident: Mapping[str, Any], lines: Sequence[AskedLine], old_reason: str, received: datetime,
    now: datetime,
) -> list[Any]:  # fmt: skip
    today = timezone.localdate(now)
    if case.family is None or not lines:
        raise Refusal("E-EAF-24", "lines", _("Write for which child of the family what is asked."))
    asked = rules.Asked(
        has_consent=living_consent(case, PROGRAMME, today) is not None, old_reason=old_reason,
        born=tuple(line.child.born_on for line in lines), occurred_on=incident["occurred_on"],
    )  # fmt: skip
    findings = list(rules.against_asking(asked, today=today, most_days=int(term(f"{PROGRAMME}.incident_days", today))))
    findings += rules.against_the_dead(any(line.child.died_on for line in lines))
    findings += rules.against_lines([(line.child.pk, line.kind, line.asked) for line in lines])
    for n, line in enumerate(lines):
        findings += against_counting(kind=line.kind, amount=line.asked, at=f"lines.{n}.", **counting_of(line))
    findings += rules.against_receiving(received=received, now=now, occurred_on=incident["occurred_on"])
    earner = incident.get("earner")
    is_ours = earner is None or living_in(case.family.pk).filter(person=earner).exists()
    return [*findings, *rules.against_earner(is_ours=is_ours)]


def _warn_of_more(request: AssistanceRequest, by: User, now: datetime, acknowledged: Collection[str]) -> None:
    """E-EAF-10, 262 and 263: the same help lately, for the same or on its way, by the name that who asks knows."""
    is_hidden = is_name_hidden(by, is_sealed=request.case.is_sealed, office_id=request.office_id)
    today = timezone.localdate(now)
    lines = lines_of(request, is_hidden=is_hidden, today=today)
    seen = set(AssistanceRequest.objects.visible_to(by).filter(family=request.family_id).values_list("pk", flat=True))
    warnings = [*asked_too_soon(lines, today), *had_already(lines), *asked_elsewhere(lines, seen)]
    refuse_unacknowledged(warnings, acknowledged)


def _lines(request: AssistanceRequest, lines: Sequence[AskedLine]) -> list[AssistanceLine]:
    on, happened = timezone.localdate(request.received_at), request.incident.occurred_on
    return [
        AssistanceLine(
            request=request, child=line.child, kind=line.kind, asked=line.asked, words=line.words.strip()[:160],
            modality=MODALITIES[LineKind(line.kind)][0], period=rules.period_of(line.kind, on=on, happened=happened),
            **counting_of(line),
        )
        for line in lines
    ]  # fmt: skip


def _mended(request: AssistanceRequest, lines: Sequence[AskedLine]) -> list[AssistanceLine]:
    """What is asked now: the line that stands where it is asked for as before, else a new one."""
    stands = {_identity(line): line for line in request.lines.filter(state=LineState.ASKED)}
    return [stands.get(_identity(line), line) for line in _lines(request, lines)]


def _identity(line: AssistanceLine) -> tuple[Any, ...]:
    """What makes two lines the same; the time of an insurance is that of its price."""
    period = "" if line.kind == LineKind.HEALTH_INSURANCE else line.period
    return (line.child_id, line.kind, line.asked, line.words, period, *counting_of(line).values())


def counting_of(line: AskedLine | AssistanceLine) -> dict[str, Any]:
    """How many of what at which price, where it is asked for so."""
    return {"quantity": line.quantity, "unit": line.unit, "unit_cost": line.unit_cost}


def _remember(done: str, request: AssistanceRequest, by: User, now: datetime, reason: str = "") -> None:
    record_event(
        f"{PROGRAMME}.request.{done}", actor=by, subject=request, case_id=request.case_id, office_id=request.office_id,
        reason=reason, at=now,
    )  # fmt: skip
