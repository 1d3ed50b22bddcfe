"""The cases and birth records of a register, in bulk: closed history, or a backlog to review."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from casework.cases.models import Case, Consent, Enrolment
from casework.cases.services.numbers import new_tracking_codes, take_case_numbers
from casework.cases.states import CaseState, CloseReason, ConsentDecision, Origin, Stage
from casework.kernel.dates import BirthDate, add_years
from casework.kernel.pouring import next_ids, pour
from casework.people.names import sort_key
from registration.imports.households import Entry, Household, twins_of
from registration.imports.people import Row
from registration.imports.rules import child_name
from registration.imports.words import NO_PAPER
from registration.models import BirthRecord, Outcome, ParentLink, RegistryOffice, Submission
from registration.rules.deadlines import NotifyDeadline, notify_deadlines
from registration.rules.facts import BirthFacts, ParentFacts
from registration.rules.tracks import propose_track
from registration.states import (
    CertificateForm,
    Channel,
    FirstProof,
    Knowledge,
    OfficeKind,
    ParentRole,
    PlaceKind,
    Result,
    Status,
    SubmittedBy,
    Track,
)

ADULT_YEARS = 18

Deadlines = Callable[[date], NotifyDeadline | None]


def number_cases(households: Sequence[Household], *, run: Any) -> None:
    """Give each case its number, in the order in which they were opened, and its tracking code."""
    entries = [entry for household in households for entry in household.entries]
    numbers = take_case_numbers(office=run.office, years=[entry.values["opened"].year for entry in entries])
    for entry, code in zip(entries, new_tracking_codes(len(entries)), strict=True):
        entry.case["tracking_code"] = code
    for entry in sorted(entries, key=lambda one: (one.values["opened"], one.row.row_id)):
        entry.case["number"] = next(numbers[entry.values["opened"].year])


class BirthRegister:
    """The cases and birth records of one import: what they share is looked up once."""

    def __init__(self, *, run: Any, now: datetime) -> None:
        self._run, self._now, self._today = run, now, timezone.localdate(now)
        self._office, self._deadlines = office_not_recorded(), notify_deadlines()

    def add(self, households: Sequence[Household]) -> None:
        """Make case and birth record of each entry, with what the register says of parents and the office."""
        run, now = self._run, self._now
        entries = [entry for household in households for entry in household.entries]
        pour(Case, _cases(households, run, self._today), now=now)
        pour(Enrolment, _enrolments(entries, run), now=now)
        pour(BirthRecord, _births(households, run, self._today, self._deadlines), now=now)
        pour(ParentLink, _parents(households), now=now)
        pour(Submission, _submissions(entries, self._office, run), now=now)
        pour(Outcome, _outcomes(entries, run), now=now)
        pour(Consent, _consents(entries, run), now=now)


def is_finished(values: dict[str, Any]) -> bool:
    """A child with a certificate: the past."""
    return values["registered"] is not None


def is_backlog(values: dict[str, Any], today: date) -> bool:
    """A child without a certificate who is under 18: somebody looks at it again."""
    return not is_finished(values) and today < add_years(values["born"], ADULT_YEARS)


def office_not_recorded() -> RegistryOffice:
    """The row that stands for the registry office a register does not name; nobody can choose it."""
    return RegistryOffice.objects.get_or_create(
        name_en="Not recorded",
        name_th="ไม่ได้บันทึกไว้",
        defaults={"kind": OfficeKind.OTHER, "is_active": False},
    )[0]


def _cases(households: Sequence[Household], run: Any, today: date) -> Iterator[Row]:
    ids = iter(next_ids(Case, sum(len(household.entries) for household in households)))
    for household in households:
        for entry in household.entries:
            opened = entry.values["opened"]
            entry.case |= {
                "id": next(ids),
                "family_id": household.family_id,
                "child_id": entry.child_id,
                "office_id": run.office_id,
                "origin": Origin.IMPORTED,
                "import_run": run.pk,
                "created_by_id": run.created_by_id,
                "opened_on": opened,
                "received_on": opened,
                "sort_name": sort_key(child_name(entry.values))[:300],
                **_end_of(entry.values, today),
            }
            yield entry.case


def _enrolments(entries: Sequence[Entry], run: Any) -> Iterator[Row]:
    for entry in entries:
        yield {
            "case_id": entry.case["id"],
            "programme": run.programme,
            "office_id": run.office_id,
            "since_on": entry.values["opened"],
            "until_on": entry.case.get("closed_on"),
            "outcome": entry.case.get("close_reason", ""),
        }


def _end_of(values: dict[str, Any], today: date) -> dict[str, Any]:
    """How the case stands after the import."""
    if is_backlog(values, today):
        return {"state": CaseState.OPEN, "stage": Stage.IDENTIFIED}
    closed = {"state": CaseState.CLOSED, "stage": Stage.CLOSED}
    if is_finished(values):
        on = max(values["registered"], values["opened"])
        return closed | {"closed_on": on, "close_reason": CloseReason.COMPLETED}
    text = _("18 or older when the register was imported; not registered.")
    return closed | {"closed_on": today, "close_reason": CloseReason.UNREACHABLE, "close_text": text}


def _births(households: Sequence[Household], run: Any, today: date, deadlines: Deadlines) -> Iterator[Row]:
    ids = iter(next_ids(BirthRecord, sum(len(household.entries) for household in households)))
    limits = {entry.values["born"]: deadlines(entry.values["born"]) for one in households for entry in one.entries}
    for household in households:
        for group in twins_of(household.entries):
            together = {"plurality": len(group), "sibling_group": uuid.uuid4()} if len(group) > 1 else {}
            for order, entry in enumerate(group, start=1):
                entry.birth = {"id": next(ids)} | _birth(entry, household, run, today, limits) | together
                if together:
                    entry.birth["birth_order"] = order
                yield entry.birth


def _birth(
    entry: Entry, household: Household, run: Any, today: date, limits: Mapping[date, NotifyDeadline | None]
) -> dict[str, Any]:
    values, case = entry.values, entry.case
    proof = values["delivery_proof"]
    deadline = limits[values["born"]]
    birth = {
        "case_id": case["id"],
        "office_id": run.office_id,
        "created_by_id": run.created_by_id,
        "channel": Channel.WALK_IN,
        "place_kind": PlaceKind.UNKNOWN,
        "place_text": values["place"],
        "weight_g": values["weight_g"],
        "hospital_no_child": values["hospital_no"],
        "hospital_no_mother": values["hospital_no_mother"],
        "time": values["time"],
        "proof": FirstProof.TR1_1 if proof else FirstProof.NONE,
        "proof_number": "" if proof == "yes" else proof[:60],
        "first_contact_on": values["opened"],
        "notify_due_on": deadline.due if deadline else None,
        "notify_effective_on": deadline.effective if deadline else None,
        "days_to_submit": (values["submitted"] - values["born"]).days if values["submitted"] else None,
    }
    if is_backlog(values, today):
        track = _proposed_track(
            values["born"], birth["proof"], _knowledge(household.mother_id), _knowledge(entry.father_id),
            birth["notify_effective_on"], today,
        )  # fmt: skip
        return birth | {
            "status": Status.ASSESSING, "is_backlog": True, "status_since": values["opened"], "track_proposed": track,
        }  # fmt: skip
    return birth | {
        "status": Status.CLOSED, "status_since": case["closed_on"], "case_closed_reason": case["close_reason"],
        "track": _past_track(birth, values),
    }  # fmt: skip


@lru_cache(maxsize=10_000)  # days come again and again
def _proposed_track(
    born: date, proof: FirstProof, mother: Knowledge, father: Knowledge, effective: date | None, today: date
) -> Track:
    """The way to which the little that the register tells points, for whoever takes the child up."""
    parents = ((ParentRole.MOTHER, mother), (ParentRole.FATHER, father))
    facts = BirthFacts(
        names={},
        birth=BirthDate(born),
        place_kind=PlaceKind.UNKNOWN,
        proof=proof,
        parents=tuple(ParentFacts(role=role, knowledge=knowledge) for role, knowledge in parents),
    )
    return propose_track(facts, effective=effective, today=today)


def _knowledge(person_id: int | None) -> Knowledge:
    return Knowledge.KNOWN if person_id is not None else Knowledge.UNKNOWN


def _past_track(birth: Row, values: dict[str, Any]) -> Track:
    """The way a finished registration went, as far as the register tells: in time with the facility's paper, or late.

    In time without that paper nobody can say whether it was a birth at home.
    """
    done, effective = values["submitted"] or values["registered"], birth["notify_effective_on"]
    if done is None or effective is None:
        return Track.UNCLEAR
    has_proof = birth["proof"] == FirstProof.TR1_1
    if done > effective:
        return Track.T3 if has_proof else Track.T4
    return Track.T1 if has_proof else Track.UNCLEAR


def _parents(households: Sequence[Household]) -> Iterator[Row]:
    reason = _("Not in the register.")
    for household in households:
        for entry in household.entries:
            has_paper = entry.values["mother_doc"] != NO_PAPER
            mother_id = household.mother_id
            yield _parent(entry, ParentRole.MOTHER, mother_id, reason, has_paper=has_paper if mother_id else None)
            yield _parent(entry, ParentRole.FATHER, entry.father_id, reason, has_paper=None)


def _parent(entry: Entry, role: str, person_id: int | None, reason: str, *, has_paper: bool | None) -> Row:
    return {
        "birth_id": entry.birth["id"],
        "role": role,
        "person_id": person_id,
        "knowledge": _knowledge(person_id),
        "reason": "" if person_id is not None else reason,
        "has_paper": has_paper,
    }


def _submissions(entries: Sequence[Entry], office: RegistryOffice, run: Any) -> Iterator[Row]:
    """One visit for each notification. Without a certificate its result is not known, so it waits for nobody."""
    for entry in entries:
        values = entry.values
        if values["submitted"] is None:
            continue
        finished = is_finished(values)
        yield {
            "birth_id": entry.birth["id"],
            "number": 1,
            "registry_office_id": office.pk,
            "submitted_on": values["submitted"],
            "by": SubmittedBy.PARENT,
            "result": Result.ACCEPTED if finished else Result.WITHDRAWN,
            "result_on": values["registered"] if finished else values["submitted"],
            "result_text": "" if finished else _("Imported: the register does not say what became of it."),
            "created_by_id": run.created_by_id,
        }


def _outcomes(entries: Sequence[Entry], run: Any) -> Iterator[Row]:
    for entry in entries:
        values = entry.values
        if not is_finished(values):
            continue
        effective = entry.birth["notify_effective_on"]
        submitted = values["submitted"]
        yield {
            "birth_id": entry.birth["id"],
            "registered_on": values["registered"],
            "form": values["form"] or CertificateForm.UNKNOWN,
            "child_number": values["child_number"],
            "notified_in_time": submitted <= effective if submitted and effective else None,
            "created_by_id": run.created_by_id,
        }


def _consents(entries: Sequence[Entry], run: Any) -> Iterator[Row]:
    """Consent may stand on paper in the old file; nobody has seen it, so it allows nothing."""
    for entry in entries:
        yield {
            "case_id": entry.case["id"],
            "purpose": "imported",
            "decision": ConsentDecision.ON_PAPER,
            "given_on": entry.values["opened"],
            "recorded_by_id": run.created_by_id,
        }
