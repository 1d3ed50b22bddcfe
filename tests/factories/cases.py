"""Invented cases and what hangs on them, built through the services."""

from __future__ import annotations

import datetime as dt
from itertools import count

from casework.accounts.models import Office, User
from casework.cases.closing_rules import Gone
from casework.cases.models import Assessment, Case, CasePlan, Consent, Note, Task
from casework.cases.services import cases, plans, records
from casework.cases.services.contacts import record_contact
from casework.people.models import Person
from tests.factories.people import make_person

TODAY = dt.date(2026, 11, 23)
NOW = dt.datetime(2026, 11, 23, 3, 0, tzinfo=dt.UTC)
_children = count(1)
HOME = Gone(on=TODAY, country="MM", news_from="family")


def make_case(
    office: Office, lead: User, *, child: Person | None = None, programme: str = "registration", **more: object
) -> Case:
    """An open case of a child in an office."""
    child = child or make_person(f"Nan Htet {next(_children)}", by=lead)
    more = {"opened_on": TODAY, "now": NOW, "by": lead, **more}
    return cases.open_case(child=child, office=office, programme=programme, lead=lead, **more)


def make_sealed(case: Case, by: User) -> Case:
    """The case, sealed."""
    return cases.seal_case(case=case, sealed=True, reason="Somebody looks for the mother", by=by)


def make_assessment(case: Case, by: User, **severities: str) -> Assessment:
    """An assessment with a severity per domain, legal when none is named."""
    needs = {domain: (severity, "told at the desk") for domain, severity in (severities or {"legal": "2"}).items()}
    return records.record_assessment(case=case, kind="rapid", done_on=TODAY, needs=needs, by=by, today=TODAY)


def make_plan(case: Case, by: User) -> CasePlan:
    """A plan that could be submitted: one goal with a step, and a review date."""
    plans.add_goal(case=case, title="A birth certificate", domain="legal", due_on=None, by=by, today=TODAY)
    plans.add_step(
        case=case, goal_title="A birth certificate", title="Go to the registry", responsible=by, responsible_text="",
        due_on=TODAY + dt.timedelta(days=7), by=by,
    )  # fmt: skip
    return plans.set_review_date(case=case, review_on=TODAY + dt.timedelta(days=30), by=by, today=TODAY)


def submitted_plan(case: Case, by: User) -> CasePlan:
    """A plan that waits for approval."""
    return plans.submit_plan(plan=make_plan(case, by), by=by, now=NOW, today=TODAY)


def make_note(case: Case, by: User, *, readers: str = "team", programme: str = "registration", text: str = "") -> Note:
    """A note with its readers."""
    return records.add_note(
        case=case, text=text or f"Told to {readers}", readers=readers, programme=programme, by=by, now=NOW
    )


def make_task(case: Case, by: User, owner: User | None = None) -> Task:
    """A task due in three days."""
    due = TODAY + dt.timedelta(days=3)
    return records.add_task(case=case, title="Call the mother", owner=owner or by, due_on=due, by=by, now=NOW)


def make_consent(case: Case, by: User, *, purpose: str = "hospital", decision: str = "yes", **more: object) -> Consent:
    """The family's answer for one purpose."""
    said = {"given_by_name": "Naw Paw", "relation": "mother", "how": "thumb", "language": "ksw", **more}
    given_on = said.pop("given_on", TODAY)
    return records.record_consent(
        case=case, purpose=purpose, decision=decision, given_on=given_on, by=by, today=TODAY, **said
    )


def missed_calls(case: Case, by: User, days: int = 3) -> None:
    """Calls on so many days until today that nobody answered."""
    for back in range(days):
        on = TODAY - dt.timedelta(days=back)
        record_contact(case=case, result="no_answer", by=by, now=NOW - dt.timedelta(days=back), today=on)
