"""One desk of the clinic, where each act answers with the codes that stand against it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.db import transaction

from casework.accounts.models import Office, User
from casework.kernel.dates import BirthDate
from casework.kernel.refusals import Refusal
from registration.models import BirthRecord, Outcome
from registration.rules.facts import PaperFacts, ParentFacts
from registration.services import office as at_office
from registration.services import progress, witnesses
from tests.factories import registration as births
from tests.factories.cases import HOME
from tests.factories.registration import NOW, TODAY, known

TOMORROW = TODAY + dt.timedelta(days=1)
NOTHING: frozenset[str] = frozenset()


def codes_of(act: Callable[..., Any], *given: Any, **facts: Any) -> frozenset[str]:
    """The codes for which an act is refused or questioned, nothing when it is done; the act leaves nothing behind."""
    try:
        with transaction.atomic():
            act(*given, **facts)
            transaction.set_rollback(True)
    except Refusal as refusal:
        return frozenset(finding.code for finding in refusal.findings)
    return NOTHING


def born(years: int) -> BirthDate:
    """A birthday some years before the child's."""
    return BirthDate(dt.date(TODAY.year - years, 1, 15))


def parents(mother: ParentFacts | None = None, father: ParentFacts | None = None) -> dict[str, Any]:
    """Mother and father as facts of a birth."""
    return {"parents": (mother or known("mother"), father or known("father"))}


def paper(type: str, number: str, **more: Any) -> dict[str, Any]:
    """A mother with a paper, as facts of a birth."""
    name = births.invented_name(number, "mother")  # another number is another mother, whose child is no duplicate
    return parents(known("mother", name, papers=(PaperFacts(type=type, number=number, **more),)))


@dataclass(frozen=True)
class Desk:
    """An office and its worker."""

    office: Office
    worker: User

    def log(self, *, acknowledged: Sequence[str] = (), **facts: Any) -> BirthRecord:
        """Log a birth."""
        told = births.birth_facts(**facts)
        return births.make_birth(self.office, self.worker, told, acknowledged=acknowledged)

    def logging(self, **facts: Any) -> frozenset[str]:
        """What stands against logging a birth."""
        return codes_of(self.log, **facts)

    def confirm(self, birth: BirthRecord, track: str, acknowledged: Sequence[str] = ()) -> BirthRecord:
        """Take a way of registration."""
        return progress.confirm_track(
            birth=birth, track=track, reason="The office says so", by=self.worker, now=NOW, today=TODAY,
            acknowledged=acknowledged,
        )  # fmt: skip

    def confirming(self, track: str, **facts: Any) -> frozenset[str]:
        """What stands against taking a way for a birth."""
        with transaction.atomic():
            found = codes_of(self.confirm, self.log(**facts), track)
            transaction.set_rollback(True)
        return found

    def ready(self, **facts: Any) -> BirthRecord:
        """A birth whose papers are complete."""
        return births.ready(self.office, self.worker, births.birth_facts(**facts))

    def gathered(self, **facts: Any) -> BirthRecord:
        """A birth with all papers, its office chosen, not yet declared complete."""
        birth = births.gathering(self.office, self.worker, births.birth_facts(**facts))
        progress.choose_office(birth=birth, office=births.make_registry(), by=self.worker, today=TODAY)
        births.settle_items(birth, self.worker)
        return birth

    def declaring(self, birth: BirthRecord) -> frozenset[str]:
        """What stands against declaring a birth complete."""
        return codes_of(progress.declare_ready, birth=birth, by=self.worker, now=NOW, today=TODAY)

    def visiting(self, birth: BirthRecord, **more: Any) -> frozenset[str]:
        """What stands against a visit to the office."""
        return codes_of(births.visit, birth, self.worker, **more)

    def submitted(self, **facts: Any) -> BirthRecord:
        """A birth that lies at the office."""
        birth = self.ready(**facts)
        births.visit(birth, self.worker)
        return birth

    def register(self, birth: BirthRecord, *, acknowledged: Sequence[str] = (), **values: Any) -> Outcome:
        """Record the certificate."""
        return at_office.record_outcome(
            birth=birth, values=births.certificate(**values), by=self.worker, today=TODAY, acknowledged=acknowledged
        )

    def registering(self, birth: BirthRecord, **values: Any) -> frozenset[str]:
        """What stands against recording a certificate."""
        return codes_of(self.register, BirthRecord.rows.get(pk=birth.pk), **values)

    def hand_over(self, birth: BirthRecord, **more: Any) -> Outcome:
        """Hand the certificate over."""
        told = {"to": "Naw Paw", "relation": "mother", "sign": "thumb", "on": TODAY, **more}
        row = BirthRecord.rows.get(pk=birth.pk)
        return at_office.hand_over(birth=row, by=self.worker, today=TODAY, **told)

    def close(self, birth: BirthRecord, reason: str = "completed", text: str = "") -> BirthRecord:
        """Close the registration; of a family that left Thailand it is known where to."""
        row = BirthRecord.rows.get(pk=birth.pk)
        return progress.close_birth(birth=row, reason=reason, text=text, by=self.worker, today=TODAY, gone=HOME)

    def followed_up(self, **facts: Any) -> BirthRecord:
        """A birth that could be closed as completed."""
        birth = self.submitted(**facts)
        at_office.check_outcome(outcome=self.register(birth), by=self.worker, today=TODAY)
        self.hand_over(birth)
        for row in birth.follow_ups.all():
            at_office.answer_follow_up(follow_up=row, answer="declined", by=self.worker, today=TODAY)
        return birth

    def letter(self, birth: BirthRecord, **more: Any) -> Any:
        """A letter of assignment, signed today and valid until tomorrow unless told otherwise."""
        told = {"giver": "Naw Paw", "receiver": "The clinic", "scope": "notify the birth", "language_explained": "my"}
        told |= {"signed_on": TODAY, "valid_until": TOMORROW} | more
        return witnesses.add_letter(birth=birth, by=self.worker, today=TODAY, **told)


def twin_facts(first: BirthRecord, order: int) -> dict[str, Any]:
    """The facts of the other baby of a birth."""
    mother = first.parents.get(role="mother").person
    return {"plurality": 2, "birth_order": order, **parents(replace(known("mother"), person_id=mother.pk))}
