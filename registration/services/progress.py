"""Move a registration on: track, checklist, ready, back to gathering, suspension, close."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from casework.accounts.models import User
from casework.audit.services import Act, changed_fields, record_event, record_events
from casework.cases.closing_rules import NOT_GONE, Gone
from casework.cases.models import Case
from casework.cases.services.cases import close_case, enrol, reopen_case
from casework.cases.services.records import give_notice
from casework.cases.states import CloseReason
from casework.kernel.acts import act
from casework.kernel.moves import move, move_all
from casework.kernel.refusals import Conflict, Refusal, refuse_errors
from casework.people.models import IdentityDocument, Person
from registration.models import BirthRecord, ChecklistItem, RegistryOffice, Requirement, Submission
from registration.models.papers import FIRST_PROOFS
from registration.queries.facts import facts_of
from registration.rules import guards
from registration.rules.checklist import NOTIFIER, completeness, requirements_for
from registration.rules.deadlines import notify_deadline_of
from registration.rules.refusals import refusing_parents, whose_paper
from registration.rules.tracks import age_in_years, propose_track
from registration.rules.validations import track_findings
from registration.rules.welcome import can_open_again, status_when_reopened
from registration.states import (
    IN_HAND,
    TIMELY_TRACKS,
    WAITING,
    Block,
    ItemState,
    RequirementLevel,
    Responsible,
    Result,
    Status,
    Suspension,
    Track,
)
from registration.words.item_history import kept_saying

from .intake import NoticeFacts
from .listed import insist_on_known
from .matching import refresh_matches
from .warnings import insist_on_acknowledgement, keep_acknowledged


@dataclass(frozen=True)
class ItemPlan:
    """Who gets a paper, and until when; without a day until that of the time limit."""

    responsible: str
    due_on: date | None


NOT_ASKED: dict[str, Any] = {
    "waiver_asked_by": None,
    "waiver_asked_on": None,
    "waiver_asked_why": "",
    "waiver_declined_why": "",
}
"""What stands on a paper that nobody asks to waive, and nobody asked in vain."""


def note(birth: BirthRecord, action: str, by: User | None, **more: Any) -> None:
    """Write the act into the history of the case."""
    record_event(
        f"registration.{action}", actor=by, subject=birth, case_id=birth.case_id, office_id=birth.office_id, **more
    )


@act
def confirm_track(
    *, birth: BirthRecord, track: str, reason: str, by: User, now: datetime, today: date,
    notice: NoticeFacts | None = None, acknowledged: Sequence[str] = (),
) -> BirthRecord:  # fmt: skip
    """Confirm the way of registration and make the checklist.

    A family from an old register is informed now: `notice` tells how (decision 18, day.md 32). Another track than the
    proposed one needs a reason. Raises Refusal (BR-NOTICE-…, BR-TRACK-…, BR-DOB-7, BR-AGE-1, BR-PLACE-3) and
    Unacknowledged for BR-AGE-1 and BR-AGE-2 that nobody has ticked.
    """
    if track not in Track.values:
        raise Refusal("BR-TRACK-1", "track", _("Choose the way of registration."))
    if track == Track.UNCLEAR:
        raise Refusal("BR-TRACK-3", "track", _("The facts do not fit any way yet. Ask a supervisor which way to take."))
    is_another = track != birth.track_proposed
    if is_another and not reason.strip():
        raise Refusal("BR-TRACK-2", "reason", _("Say why you take another way than the proposed one."))
    facts = facts_of(birth)
    if birth.status == Status.ASSESSING:
        refuse_errors(guards.valid_birth_findings(facts, today))
    warnings = refuse_errors(track_findings(facts, track, age=age_in_years(facts, today)))
    insist_on_acknowledgement(warnings, acknowledged)
    if notice is not None:
        give_notice(case=birth.case, by=by, today=today, **asdict(notice))
    birth.track = track
    refuse_errors([*guards.notice_findings(birth), *guards.track_confirmed_findings(birth)])
    limit = notify_deadline_of(facts, track)
    confirmed = {
        "track": track,
        "track_reason": reason if is_another else "",
        "track_confirmed_by": by,
        "track_confirmed_at": now,
        "notify_due_on": limit.due if limit else None,
        "notify_effective_on": limit.effective if limit else None,
    }
    if birth.status == Status.ASSESSING:
        move(birth, Status.GATHERING, state_field="status", status_since=today, is_backlog=False, **confirmed)
    elif birth.status in (Status.GATHERING, Status.READY):
        if birth.status == Status.READY:
            back_to_gathering(birth=birth, by=by, today=today, reason=gettext("The way of registration was changed."))
        BirthRecord.rows.filter(pk=birth.pk).update(**confirmed)
        birth.refresh_from_db()
    else:
        raise Conflict(
            "BR-TRACK-4", "", _("The way of registration can be changed only before the papers are at the office.")
        )
    keep_acknowledged(birth=birth, findings=warnings, by=by, at=now)
    make_checklist(birth=birth, by=by, today=today)
    note(birth, "track.confirmed", by, reason=reason)
    return birth


@act
def make_checklist(*, birth: BirthRecord, by: User, today: date) -> list[ChecklistItem]:
    """Add the items that the rules ask for; items no longer asked for go, or wait for nobody once something was done.

    What is in hand stays on the list.
    """
    wanted = {row.pk: row for row in requirements_for(birth, today)}
    existing = {item.requirement_id: item for item in birth.items.select_related("requirement")}
    birth.items.filter(requirement__in=wanted, is_wanted=False).update(is_wanted=True)
    for pk, item in existing.items():
        if pk not in wanted and item.is_wanted and not item.is_there:
            _let_go(item, by)
    date_items(birth)
    refusing, told = refusing_parents(birth), papers_told(birth)
    fresh = [
        ChecklistItem(
            birth=birth,
            requirement=row,
            level=row.level,
            responsible=row.responsible,
            **_first_state(birth, row, refusing, told, today),
            due_on=_day_of_items(birth),
        )
        for pk, row in wanted.items()
        if pk not in existing
    ]
    return ChecklistItem.rows.bulk_create(fresh)


def _let_go(item: ChecklistItem, by: User) -> None:
    """Nobody waits for a paper, nor for the answer to its waiver; one about which something was done is kept."""
    if item.state == ItemState.NEEDED and not item.block and item.waiver_asked_on is None:
        item.delete()
        return
    ChecklistItem.rows.filter(pk=item.pk).update(is_wanted=False, **NOT_ASKED)
    note(item.birth, "item.let-go", by, reason=kept_saying(item, ""))


def _day_of_items(birth: BirthRecord) -> date | None:
    """Papers of a registration in time are wanted before the 15 days end."""
    return birth.notify_due_on if birth.track in TIMELY_TRACKS else None


def date_items(birth: BirthRecord) -> None:
    """The papers on the list are wanted until the day that holds by now; what was agreed with the family stays."""
    day = _day_of_items(birth)
    birth.items.filter(has_own_day=False).exclude(due_on=day).update(due_on=day)


def papers_told(birth: BirthRecord) -> dict[str, bool]:
    """Role of a parent → whether the original of a paper was seen; a parent of whom neither was told is left out."""
    parents = list(birth.parents.all())
    seen = set(
        IdentityDocument.rows.filter(
            person__in=[parent.person_id for parent in parents], original_seen=True, is_current=True
        ).values_list("person_id", flat=True)
    )
    return {
        parent.role: parent.person_id in seen
        for parent in parents
        if parent.person_id in seen or parent.has_paper is False
    }


def _first_state(
    birth: BirthRecord, row: Requirement, refusing: Set[str], told: Mapping[str, bool], today: date
) -> dict[str, Any]:
    """What was seen or told at intake is not asked for again, nor a paper of a parent who refuses (WCAG 3.3.7)."""
    if row.key in FIRST_PROOFS and birth.has_fitting_proof and birth.proof_seen:
        return {"state": ItemState.ORIGINAL}
    whose = birth.informant_relation if row.key == NOTIFIER else whose_paper(row)
    if whose_paper(row) in refusing:
        block = Block.PARENT_REFUSED
    elif told.get(whose):
        return {"state": ItemState.ORIGINAL}
    elif whose in told:
        block = Block.PARENT_NO_ID
    else:
        return {"state": ItemState.NEEDED}
    state = ItemState.NEEDED if row.level == RequirementLevel.STAR else ItemState.IMPOSSIBLE
    return {"state": state, "block": block, "blocked_since": today}


@act
def set_item(
    *, item: ChecklistItem, state: str, by: User, today: date, block: str = "", version: int | None = None,
    plan: ItemPlan | None = None,
) -> ChecklistItem:  # fmt: skip
    """Say where a paper stands, and who gets it until when. *Impossible* needs what stops it; *waived* is another act.

    Raises Refusal, and Conflict when somebody else changed the item meanwhile or the registration is closed.
    """
    guards.can_work(item.birth).insist()
    held = ChecklistItem.rows.select_for_update(of=("self",)).get(pk=item.pk)
    item.version, item.state = held.version, held.state
    if version is not None and version != item.version:
        raise Conflict("BR-ITEM-3", "", _("Somebody else changed this paper meanwhile. Look at it again."))
    is_planned = _plan(item, plan, by, today)
    if state == item.state == ItemState.WAIVED or (is_planned and (state, block) == (held.state, held.block)):
        return item
    if state == ItemState.WAIVED:
        raise Refusal("BR-ITEM-1", "state", _("A supervisor waives a paper, with a reason."))
    if state == ItemState.IMPOSSIBLE and not block:
        raise Refusal("BR-ITEM-2", "block", _("Say what stops this paper."))
    insist_on_known(block=block)
    if state == ItemState.IMPOSSIBLE and item.level == RequirementLevel.STAR:
        raise Refusal(
            "BR-ITEM-4", "state", _("This paper must be there. Mark what stops it, or ask a supervisor to waive it.")
        )
    facts: dict[str, Any] = {
        "block": "" if state in IN_HAND else block,
        "blocked_since": today if block and state not in IN_HAND else None,
    } | (NOT_ASKED if state in IN_HAND else {})
    if state == item.state:
        for name, value in facts.items():
            setattr(item, name, value)
        item.version += 1
        item.save(update_fields=[*facts, "version"])
    else:
        move(item, state, waived_by=None, waive_reason="", **facts)
    note(item.birth, "item.changed", by, reason=kept_saying(item, item.state))
    _keep_ready_true(item.birth, by, today)
    return item


def _plan(item: ChecklistItem, plan: ItemPlan | None, by: User, today: date) -> bool:
    """Keep who gets a paper and until when; whether that is another plan than before. Raises Refusal (BR-ITEM-5, 6)."""
    if plan is None or plan == ItemPlan(item.responsible, item.due_on):
        return False
    if plan.responsible not in Responsible.values:
        raise Refusal("BR-ITEM-5", "responsible", _("Choose who gets this paper."))
    if plan.due_on is not None and plan.due_on != item.due_on and plan.due_on < today:
        raise Refusal("BR-ITEM-6", "due_on", _("Give today or a later day."))
    usual = _day_of_items(item.birth)
    changes = changed_fields(item, {"responsible": plan.responsible, "due_on": plan.due_on or usual})
    if "due_on" in changes:
        item.has_own_day = item.due_on != usual
    item.version += 1
    item.save(update_fields=["responsible", "due_on", "has_own_day", "version"])
    record_event(
        "registration.item.planned", actor=by, subject=item, case_id=item.birth.case_id, office_id=item.birth.office_id,
        changes=changes, reason=kept_saying(item, ""),
    )  # fmt: skip
    return True


@act
def see_originals(*, birth: BirthRecord, items: Sequence[ChecklistItem], by: User) -> Sequence[ChecklistItem]:
    """Say of some papers of a birth that their originals were seen."""
    move_all(items, ItemState.ORIGINAL, waived_by=None, waive_reason="", block="", blocked_since=None, **NOT_ASKED)
    acts = [
        Act(subject=birth, case_id=birth.case_id, office_id=birth.office_id, reason=kept_saying(item, item.state))
        for item in items
    ]
    record_events("registration.item.changed", actor=by, acts=acts)
    return items


@act
def waive_item(*, item: ChecklistItem, reason: str, by: User, today: date) -> ChecklistItem:
    """A supervisor lets the case go on without this paper. Raises Conflict (BR-CLOSED-1), Refusal without a reason."""
    guards.can_work(item.birth).insist()
    if not reason.strip():
        raise Refusal("BR-WAIVE-1", "reason", _("Say why the registration can go on without this paper."))
    move(item, ItemState.WAIVED, waived_by=by, waive_reason=reason, block="", blocked_since=None, **NOT_ASKED)
    note(item.birth, "item.waived", by, reason=reason)
    return item


@act
def ask_waiver(*, item: ChecklistItem, why: str, by: User, today: date) -> ChecklistItem:
    """Ask the supervisors to let the registration go on without a paper: once, however often it is asked.

    Raises Conflict (BR-CLOSED-1), and BR-WAIVE-2 when the paper is there; Refusal without the reason (BR-WAIVE-3):
    who decides knows nothing else of it.
    """
    guards.can_work(item.birth).insist()
    if not why.strip():
        raise Refusal("BR-WAIVE-3", "why", _("Say why this paper cannot be had."))
    held = ChecklistItem.rows.select_for_update().get(pk=item.pk)
    if held.is_there:
        raise _decided()
    if held.waiver_asked_on is None:
        held.waiver_asked_by, held.waiver_asked_on, held.waiver_asked_why = by, today, why.strip()[:300]
        held.waiver_declined_why = ""
        held.save(update_fields=list(NOT_ASKED))
        note(item.birth, "item.waiver-asked", by, reason=kept_saying(item, held.waiver_asked_why))
    return held


def _decided() -> Conflict:
    return Conflict("BR-WAIVE-2", "", _("This was decided meanwhile. Look at the paper again."))


@act
def decline_waiver(*, item: ChecklistItem, why: str, by: User) -> ChecklistItem:
    """A supervisor says that the paper is needed all the same, and why: it stands on the paper for who asked.

    Raises Conflict (BR-CLOSED-1), and BR-WAIVE-2 when nobody asks any more; Refusal without the reason (BR-WAIVE-4).
    """
    guards.can_work(item.birth).insist()
    if not why.strip():
        raise Refusal("BR-WAIVE-4", "why", _("Say why the paper is needed all the same."))
    held = ChecklistItem.rows.select_for_update().get(pk=item.pk)
    if held.waiver_asked_on is None:
        raise _decided()
    for name, value in (NOT_ASKED | {"waiver_declined_why": why.strip()[:300]}).items():
        setattr(held, name, value)
    held.save(update_fields=list(NOT_ASKED))
    note(item.birth, "item.waiver-declined", by, reason=kept_saying(item, held.waiver_declined_why))
    return held


def _keep_ready_true(birth: BirthRecord, by: User, today: date) -> None:
    """A paper that is lost again takes a ready case back to gathering."""
    if birth.status == Status.READY and not completeness(birth.items.select_related("requirement")).is_complete:
        back_to_gathering(birth=birth, by=by, today=today, reason=str(_("A paper is missing again.")))


@act
def choose_office(*, birth: BirthRecord, office: RegistryOffice, by: User, today: date) -> BirthRecord:
    """Choose the registry office; its local requirements join the checklist."""
    guards.can_edit_facts(birth).insist()
    changes = changed_fields(birth, {"registry_office": office})
    birth.save(update_fields=["registry_office"])
    if birth.track:
        make_checklist(birth=birth, by=by, today=today)
    note(birth, "office.chosen", by, changes=changes)
    _keep_ready_true(birth, by, today)
    return birth


@act
def set_late_reason(*, birth: BirthRecord, reason: str, text: str, by: User) -> BirthRecord:
    """Say why the registration is late. Raises Conflict (BR-CLOSED-1), Refusal (BR-LIST-1)."""
    guards.can_work(birth).insist()
    insist_on_known(late_reason=reason)
    changes = changed_fields(birth, {"late_reason": reason, "late_text": text})
    birth.save(update_fields=["late_reason", "late_text"])
    note(birth, "late_reason.set", by, changes=changes)
    return birth


@act
def declare_ready(*, birth: BirthRecord, by: User, now: datetime, today: date) -> BirthRecord:
    """Everything is there. Raises Refusal listing all that is missing."""
    refresh_matches(birth, now=now)
    return make_ready(birth=birth, by=by, today=today)


@act
def make_ready(*, birth: BirthRecord, by: User, today: date) -> BirthRecord:
    """Declare ready a birth that was compared with all others in this act. Raises as declare_ready."""
    refuse_errors(guards.ready_findings(birth, facts_of(birth), today=today))
    move(birth, Status.READY, state_field="status", status_since=today)
    note(birth, "birth.ready", by)
    return birth


@act
def back_to_gathering(*, birth: BirthRecord, by: User | None, today: date, reason: str) -> BirthRecord:
    """Take a ready case back, and say why (decision 22)."""
    move(birth, Status.GATHERING, state_field="status", status_since=today)
    note(birth, "birth.back_to_gathering", by, reason=reason)
    return birth


@act
def suspend(*, birth: BirthRecord, suspension: str, by: User, reason: str) -> BirthRecord:
    """Stop reminders, not deadlines: on hold or lost contact; none takes the work up again.

    Raises Conflict (BR-HOLD-1) for a closed registration.
    """
    guards.can_suspend(birth).insist()
    changes = changed_fields(birth, {"suspension": Suspension(suspension)})
    birth.save(update_fields=["suspension"])
    note(
        birth,
        "birth.suspended" if suspension != Suspension.NONE else "birth.resumed",
        by,
        changes=changes,
        reason=reason,
    )
    return birth


def lose_contact(*, case: Case, by: User) -> None:
    """The family of a case cannot be reached: an active registration says so."""
    for birth in BirthRecord.rows.filter(case=case, suspension=Suspension.NONE).exclude(status=Status.CLOSED):
        suspend(birth=birth, suspension=Suspension.LOST_CONTACT, by=by, reason="")


def regain_contact(*, case: Case, by: User) -> None:
    """The family was reached or is here: a registration that was on hold or had lost contact goes on (C5)."""
    resting = BirthRecord.rows.filter(case=case).exclude(suspension=Suspension.NONE).exclude(status=Status.CLOSED)
    for birth in resting:
        suspend(birth=birth, suspension=Suspension.NONE, by=by, reason="")


@act
def close_birth(
    *, birth: BirthRecord, reason: str, text: str, by: User, today: date, gone: Gone = NOT_GONE
) -> BirthRecord:
    """Close the registration and its case. Raises Refusal listing what stands against it."""
    if reason not in CloseReason.values:
        raise Refusal("CAS-CLOSE-1", "reason", _("Choose why the case is closed."))
    refuse_errors(guards.close_findings(birth, reason=reason, today=today))
    _end(birth, reason=reason, on=today)
    note(birth, "birth.closed", by, reason=text)
    close_case(case=birth.case, reason=reason, text=text, by=by, today=today, gone=gone)
    return birth


@act
def close_with_case(*, case: Case, by: User | None) -> None:
    """Close the registration of a case that was closed, for its reason."""
    for birth in BirthRecord.rows.filter(case=case).exclude(status=Status.CLOSED):
        _end(birth, reason=case.close_reason, on=case.closed_on)
        note(birth, "birth.closed", by)


def _end(birth: BirthRecord, *, reason: str, on: date | None) -> None:
    """Close the registration; a visit that still waits is withdrawn. Its papers stay where they lie."""
    for visit in birth.submissions.filter(result__in=WAITING):
        move(visit, Result.WITHDRAWN, state_field="result", result_on=on)
    move(birth, Status.CLOSED, state_field="status", status_since=on, case_closed_reason=reason)


def give_back_papers(visit: Submission) -> None:
    """What was handed in at a visit is in hand again, a copy as a copy."""
    lies_there = visit.handed_in.filter(state=ItemState.SUBMITTED)
    for is_copy, state in ((False, ItemState.ORIGINAL), (True, ItemState.COPY)):
        move_all(list(lies_there.filter(handed_in_copy=is_copy)), state)


@act
def reopen_birth(*, birth: BirthRecord, reason: str, by: User, today: date) -> BirthRecord:
    """Open a closed registration and its case again (a supervisor, with a reason).

    Raises Conflict (CAS-REOPEN-2, BR-BACK-4) and Refusal.
    """
    can_open_again(birth).insist()
    reopen_case(case=birth.case, reason=reason, by=by, today=today)
    birth.refresh_from_db()
    return birth


@act
def reopen_with_case(*, case: Case, reason: str, by: User, today: date) -> None:
    """Go on with the closed registration of a case that was opened again: a registered child's where its paper is.

    Where today's facts point to another way than the one that was confirmed, such as a late one, it is confirmed anew.
    Papers that lay at the office are handed in again.
    """
    for birth in BirthRecord.rows.filter(case=case, status=Status.CLOSED):
        enrol(case=case, programme="registration", office=birth.office, by=by, on=today)
        proposed = propose_track(facts_of(birth), effective=birth.notify_effective_on, today=today)
        status = status_when_reopened(birth, proposed)
        anew = {"track": "", "track_proposed": proposed} if status == Status.ASSESSING else {}
        move(birth, status, state_field="status", status_since=today, case_closed_reason="", **anew)
        for visit in birth.submissions.filter(result=Result.WITHDRAWN):
            give_back_papers(visit)
        note(birth, "birth.reopened", by, reason=reason)


@act
def close_duplicates(*, child: Person) -> None:
    """Close the open registrations of a child whose case was closed as a duplicate by a merge."""
    for case in Case.rows.filter(child=child, close_reason=CloseReason.DUPLICATE):
        close_with_case(case=case, by=None)
