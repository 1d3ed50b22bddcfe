"""The family names somebody who fetches the money or the goods for it."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone

from casework.accounts.models import User
from casework.audit.services import record_event
from casework.kernel.acts import act
from casework.kernel.refusals import refuse_errors
from casework.people.models import Person
from emergency_fund.models import AssistanceRequest, Collector
from emergency_fund.queries.collectors import namers_of
from emergency_fund.querysets import PROGRAMME
from emergency_fund.rules import collectors as rules

from .holding import hold_request


@act
def name_collector(
    *, request: AssistanceRequest, named_by: Person, name: str, relation: str, paper: str, by: User, now: datetime
) -> Collector:
    """Write down who fetches it, as an adult of the family says. Raises Refusal with E-EAF-224 and 225.

    Raises Conflict (E-EAF-223) when the request has ended.
    """
    request = hold_request(request.pk)
    rules.can_name_collector(request.state).insist()
    may_name = named_by.pk in {one.person_id for one in namers_of(request.family, timezone.localdate(now))}
    refuse_errors(rules.against_collector(name=name, relation=relation, paper=paper, may_name=may_name))
    made = Collector.rows.create(
        request=request, named_by=named_by, name=name.strip()[:120], relation=relation.strip()[:40],
        paper=paper.strip()[:80], by=by, at=now,
    )  # fmt: skip
    record_event(
        f"{PROGRAMME}.collector.named", actor=by, subject=request, case_id=request.case_id,
        office_id=request.office_id, at=now,
    )  # fmt: skip
    return made
