"""In the demo: a draft compared at the counter, a wrong name on its way to be corrected, families that came back."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from casework.cases.closing_rules import Gone
from casework.cases.services.contacts import record_contact
from casework.cases.services.facts import FactSaid
from casework.cases.states import FactAnswer
from casework.people.states import Script
from registration.models import BirthRecord
from registration.queries.agreed import agreed_lines
from registration.queries.welcome import old_facts
from registration.services import corrections, office, progress
from registration.services.counter import record_counter_check
from registration.services.welcome import welcome_back
from registration.states import Suspension

from .clinic import DemoClinic, at_desk, lead_of, mother_of

EIGHT_MONTHS = 243  # days


def load_certificates(clinic: DemoClinic) -> None:
    """What these days bring beside the usual path."""
    compare_at_the_counter(clinic)
    correct_a_name(clinic)
    come_back(clinic)
    lose_contact(clinic)


def at_office(clinic: DemoClinic, *, days: int) -> BirthRecord:
    """A birth that was taken to the registry office."""
    born = clinic.today - timedelta(days=days)
    birth = clinic.confirm(clinic.intake(clinic.facts(born), born + timedelta(days=1)), born + timedelta(days=1))
    clinic.gather(birth, born + timedelta(days=4))
    clinic.visit(birth, born + timedelta(days=6))
    birth.refresh_from_db()
    return birth


def compare_at_the_counter(clinic: DemoClinic) -> None:
    """The clerk wrote the child's name as he heard it; it is told before anybody signs."""
    birth = at_office(clinic, days=11)
    answers = {line.key: ("same", "") for line in agreed_lines(birth, "th")}
    answers["name_th"] = ("different", misspelt(birth.case.child.name_in(Script.THAI)))
    record_counter_check(birth=birth, answers=answers, by=lead_of(birth), now=at_desk(clinic.today, 70))


def certificate_of(birth: BirthRecord, on: Any, name_th: str) -> dict[str, Any]:
    """What the office wrote."""
    child = birth.case.child
    return {
        "registered_on": on,
        "form": "TR031",
        "certificate_no": f"6306-{birth.pk:05d}",
        "child_number": "",
        "name_th": name_th,
        "born_on": child.born_on,
        "sex": child.sex,
    }


def misspelt(name: str) -> str:
    """The name with one letter wrong."""
    return name.replace("เ", "แ", 1) if "เ" in name else name[:-1]


def correct_a_name(clinic: DemoClinic) -> None:
    """Found after the handover: the child's name lost a letter. The office gave a day."""
    today = clinic.today
    birth = at_office(clinic, days=58)
    on = today - timedelta(days=30)
    by = lead_of(birth)
    name = birth.case.child.name_in(Script.THAI)
    wrong = misspelt(name)
    outcome = office.record_outcome(birth=birth, values=certificate_of(birth, on, wrong), by=by, today=on)
    office.check_outcome(outcome=outcome, by=by, today=on)
    birth.refresh_from_db()
    told = "The mother knows of the letter. She takes it now and has it corrected."
    mother = mother_of(birth).name
    office.hand_over(birth=birth, to=mother, relation="mother", sign="thumb", on=on, told=told, by=by, today=on)
    row = birth.follow_ups.get(kind="insurance")
    office.answer_follow_up(follow_up=row, answer="offered", by=by, today=on + timedelta(days=2))
    correction = corrections.start_correction(
        birth=BirthRecord.rows.get(pk=birth.pk),
        discrepancies=birth.discrepancies.all(),
        registry_office=clinic.registry,
        by=by,
        today=today - timedelta(days=6),
    )
    asked = today - timedelta(days=5)
    corrections.record_asked(correction=correction, on=asked, by=by, today=asked, receipt_no="88/2569")
    corrections.record_fee(correction=correction, fee_baht=None, paid_by="nobody", by=by)
    corrections.set_appointment(
        correction=correction,
        on=today + timedelta(days=4),
        time="09.30",
        registry_office=clinic.registry,
        by=by,
        today=today,
    )


def come_back(clinic: DemoClinic) -> None:
    """Closed as not to be found eight months ago; today the mother stands at the desk."""
    today = clinic.today
    born = today - timedelta(days=EIGHT_MONTHS + 30)
    opened = born + timedelta(days=3)
    birth = clinic.confirm(clinic.intake(clinic.facts(born), opened), opened)
    by = lead_of(birth)
    closed = today - timedelta(days=EIGHT_MONTHS)
    for days in (9, 5, 2):
        called = closed - timedelta(days=days)
        record_contact(case=birth.case, result="no_answer", by=by, now=at_desk(called), today=called)
    progress.close_birth(
        birth=birth, reason="unreachable", text="The family moved; nobody knows where.", by=clinic.supervisor,
        today=closed, gone=Gone(on=closed - timedelta(days=30), news_from="ourselves"),
    )  # fmt: skip
    birth = BirthRecord.rows.get(pk=birth.pk)
    said = [
        FactSaid(key=fact.key, value=fact.stored, answer=FactAnswer.STILL_TRUE)
        for fact in old_facts(birth, by, today)
        if fact.key.startswith(("child.", "mother.", "birth."))
    ]
    welcome_back(
        birth=birth,
        said=said,
        dropped_tasks=(),
        dropped_steps=(),
        next_step="Ask the hospital for a copy of the delivery certificate",
        next_step_on=today + timedelta(days=2),
        reason="The mother came to the desk with the child.",
        by=clinic.supervisor,
        now=at_desk(today, 80),
        today=today,
    )


def lose_contact(clinic: DemoClinic) -> None:
    """One family that has not been seen, for the welcome-back page."""
    born = clinic.today - timedelta(days=95)
    opened = born + timedelta(days=2)
    birth = clinic.confirm(clinic.intake(clinic.facts(born), opened), opened)
    progress.suspend(
        birth=birth, suspension=Suspension.LOST_CONTACT, by=lead_of(birth), reason="The phone is switched off."
    )
