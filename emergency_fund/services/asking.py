"""A family asks for help: taken down, changed when it was returned, taken back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from casework.accounts.models import User
from casework.audit.services import record_event
from casework.cases.models import Case
from casework.cases.services.cases import enrol
from casework.kernel.moves import move
from casework.kernel.numbers import next_number
from casework.kernel.refusals import Refusal, refuse_errors
from casework.people.models import Person
from casework.reference.queries import term
from emergency_fund.models import AssistanceLine, AssistanceRequest, HardshipIncident
from emergency_fund.querysets import PROGRAMME
from emergency_fund.rules import requests as rules
from emergency_fund.states import DECIDED_WITHIN, RequestState, Urgency


@dataclass(frozen=True, kw_only=True)
class AskedLine:
    """One thing for one child."""

    child: Person
    kind: str
    modality: str
    asked: Decimal
    period: str
    words: str = ""


@transaction.atomic
def ask_for_help(
    *, case: Case, requester: Person, incident: dict[str, Any], lines: Sequence[AskedLine], channel: str, urgency: str,
    need: str, has_consent: bool, by: User, now: datetime, received_at: datetime | None = None, old_reason: str = "",
) -> AssistanceRequest:  # fmt: skip
    """Take down what a family asks for its children; numbered, with the time by which it is decided.

    Raises Refusal with E-EAF-01 to 04, or when nothing is asked for (E-EAF-24).
    """
    today = timezone.localdate(now)
    family = case.family
    if family is None or not lines:
        raise Refusal("E-EAF-24", "lines", _("Write for which child of the family what is asked."))
    asked = rules.Asked(
        has_consent=has_consent, born=tuple(line.child.born_on for line in lines),
        occurred_on=incident["occurred_on"], old_reason=old_reason,
    )  # fmt: skip
    refuse_errors(rules.against_asking(asked, today=today, most_days=int(_limit("incident_days", today))))
    received = received_at or now
    request = AssistanceRequest.rows.create(
        number=next_number(f"EAF-{case.office.code}", today.year), case=case, family=family, office=case.office,
        requester=requester, channel=channel, received_at=received, urgency=urgency, need=need.strip(), asked_by=by,
        incident=HardshipIncident.objects.create(family=family, created_by=by, **incident), created_by=by,
        decision_due_at=received + DECIDED_WITHIN[Urgency(urgency)], old_incident_reason=old_reason.strip()[:300],
    )  # fmt: skip
    AssistanceLine.rows.bulk_create(AssistanceLine(request=request, **vars(line)) for line in lines)
    enrol(case=case, programme=PROGRAMME, office=case.office, by=by, on=today)
    _remember("asked", request, by, now)
    return request


@transaction.atomic
def take_back(*, request: AssistanceRequest, by: User, now: datetime) -> AssistanceRequest:
    """The family no longer asks. Raises TransitionNotAllowed once help is on its way to it."""
    request = move(request, RequestState.WITHDRAWN)
    _remember("taken-back", request, by, now)
    return request


def _limit(name: str, today: date) -> Decimal:
    return term(f"{PROGRAMME}.{name}", today)


def _remember(done: str, request: AssistanceRequest, by: User, now: datetime, reason: str = "") -> None:
    record_event(
        f"{PROGRAMME}.request.{done}", actor=by, subject=request, case_id=request.case_id, office_id=request.office_id,
        reason=reason, at=now,
    )  # fmt: skip
