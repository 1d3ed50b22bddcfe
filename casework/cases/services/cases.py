"""Open, hold, close, reopen, seal and hand on a case."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from casework.accounts.models import Office, User
from casework.audit.services import changed_fields, record_event
from casework.cases import rules
from casework.cases.closing_rules import NOT_GONE, Gone
from casework.cases.colleagues import case_grants
from casework.cases.models import Assignment, Case, Departure, Enrolment
from casework.cases.states import ABROAD, GONE, AssignmentKind, CaseState, CloseReason, HoldReason, Origin, Risk, Stage
from casework.kernel.acts import act
from casework.kernel.moves import move
from casework.kernel.refusals import Conflict, Finding, Refusal, refuse_errors
from casework.notifications.services import notify
from casework.people.models import ConflictOfInterest, Family, Person, PersonName
from casework.programmes.contributions import registry

from .numbers import new_tracking_codes, next_case_number
from .reach import refresh_reach

HELP_TODAY_HOURS = 24  # day.md 1


@act
def open_case(
    *,
    child: Person,
    office: Office,
    programme: str,
    lead: User,
    by: User,
    opened_on: date,
    now: datetime,
    family: Family | None = None,
    received_on: date | None = None,
    origin: str = Origin.TYPED,
    next_step: str = "",
    next_step_on: date | None = None,
    came_by: str = "",
) -> Case:
    """Open a child's case, numbered in the year of opening, and enrol it in the programme.

    The history keeps how the family came.

    Raises Conflict (CAS-OPEN-1) when the child has an open case, and (CAS-COI-1) when the lead is related to the child;
    Refusal (CAS-RECV-1) for a paper that comes in the future.
    """
    refuse_errors(rules.told_day_findings(notice_on=None, received_on=received_on, today=opened_on))
    _lock_child(child.pk)
    if rules.has_other_open(child.pk):
        raise _has_case(child.pk, by)
    _refuse_relative(lead, child)
    case = Case.rows.create(
        number=next_case_number(office=office, year=opened_on.year),
        tracking_code=new_tracking_codes(1)[0],
        office=office,
        child=child,
        family=family,
        lead=lead,
        created_by=by,
        opened_on=opened_on,
        received_on=received_on or opened_on,
        origin=origin,
        next_step=next_step,
        next_step_on=next_step_on,
        sort_name=_sort_name(child),
    )
    Assignment.rows.create(case=case, user=lead, kind=AssignmentKind.LEAD, since_at=now, given_by=by)
    record_event(
        "cases.case.opened", actor=by, subject=case, case_id=case.pk, office_id=office.pk, at=now, reason=came_by
    )
    _begin_enrolment(case, programme, office=office, by=by, on=opened_on)
    return case


def _has_case(child_id: int, by: User) -> Refusal:
    """CAS-OPEN-1, with the way to the open case for who may see it; the others learn no more than that there is one."""
    seen = Case.objects.visible_to(by).filter(child=child_id).open().first()
    finding = Finding(
        code="CAS-OPEN-1", field="child",
        sentence=_("This child has an open case already. Open that case instead.") if seen
        else _("This child has an open case that you may not see. Ask your supervisor."),
        url=reverse("cases:detail", args=[seen.pk]) if seen else "",
    )  # fmt: skip
    return Conflict.of([finding])


def _lock_child(child_id: int) -> None:
    """Let whoever opens another case of the child meanwhile wait, and then be told."""
    Person.rows.select_for_update(of=("self",), no_key=True).get(pk=child_id)


def _refuse_relative(lead: User, child: Person) -> None:
    if ConflictOfInterest.rows.filter(user=lead, person=child).holding(localdate()).exists():
        raise Conflict("CAS-COI-1", "lead", _("This worker is related to the child. Choose another lead."))


def _sort_name(child: Person) -> str:
    primary = PersonName.rows.filter(person=child, is_primary=True).first()
    return primary.sort_key if primary else ""


@act
def sort_by_name(*, child: Person) -> None:
    """Sort the cases of a child by the main name it has now."""
    Case.rows.filter(child=child).update(sort_name=_sort_name(child))


@act
def enrol(*, case: Case, programme: str, office: Office, by: User, on: date) -> Enrolment:
    """Let a programme work on the case; answers the live enrolment when there is one."""
    live = case.enrolments.filter(programme=programme, until_on__isnull=True).first()
    return live or _begin_enrolment(case, programme, office=office, by=by, on=on)


def _begin_enrolment(case: Case, programme: str, *, office: Office, by: User, on: date) -> Enrolment:
    enrolment = Enrolment.rows.create(case=case, programme=programme, office=office, since_on=on)
    record_event("cases.enrolment.opened", actor=by, subject=enrolment, case_id=case.pk, office_id=office.pk)
    refresh_reach(case)
    return enrolment


@act
def help_today(*, case: Case, user: User, reason: str, now: datetime) -> Assignment:
    """Let a colleague of the office work on the case for 24 hours; the lead is told (day.md 1).

    Raises Refusal without a reason and Conflict for a sealed case.
    """
    if not reason.strip():
        raise Refusal("CAS-HELP-1", "reason", _("Say why you help today, such as “the lead is away”."))
    if case.is_sealed:
        raise Conflict("CAS-HELP-2", "", _("This case cannot be opened this way."))
    cover = Assignment.rows.create(
        case=case,
        user=user,
        kind=AssignmentKind.COVER,
        reason=reason,
        since_at=now,
        given_by=user,
        until_at=now + timedelta(hours=HELP_TODAY_HOURS),
    )
    record_event(
        "cases.case.helped", actor=user, subject=case, case_id=case.pk, office_id=case.office_id, reason=reason, at=now
    )
    refresh_reach(case)
    tell_lead(case, "cases.case.helped")
    return cover


def tell_lead(case: Case, action: str) -> None:
    """Put into the lead's bell what happened to the case; nothing where nobody leads it."""
    if case.lead is not None:
        address = reverse("cases:detail", args=[case.pk])
        notify(recipient=case.lead, action=action, subject=case, label=case.number, url=address)


def _hold(case: Case) -> None:
    """Let whoever changes the same case meanwhile wait, and bring lead and seal up to date."""
    held = Case.rows.select_for_update(of=("self",), no_key=True).get(pk=case.pk)
    case.lead_id, case.is_sealed = held.lead_id, held.is_sealed


@act
def change_lead(*, case: Case, lead: User, by: User | None, now: datetime) -> Case:
    """Give the case to another worker of the office, who is told; by nobody when the days of a role were over (0038).

    Raises Refusal CAS-LEAD-1 for somebody who does not work on cases there, Conflict CAS-COI-1 for a relative.
    """
    if not case_grants(case.office_id, localdate(now)).filter(user=lead).exists():
        raise Refusal("CAS-LEAD-1", "lead", _("Choose somebody who has a role in the office of the case."))
    _refuse_relative(lead, case.child)
    _hold(case)
    case.assignments.filter(kind=AssignmentKind.LEAD, ended_at__isnull=True).update(ended_at=now)
    Assignment.rows.create(case=case, user=lead, kind=AssignmentKind.LEAD, since_at=now, given_by=by or lead)
    changes = changed_fields(case, {"lead": lead})
    case.save(update_fields=["lead"])
    record_event(
        "cases.case.reassigned", actor=by, subject=case, case_id=case.pk, office_id=case.office_id, changes=changes
    )
    refresh_reach(case)
    if lead != by:
        tell_lead(case, "cases.case.reassigned")
    return case


@act
def set_risk(*, case: Case, risk: str, reason: str, review_on: date | None, by: User, today: date) -> Case:
    """Set the risk level with its reason and the next review. Raises Refusal when either is missing."""
    if not reason.strip():
        raise Refusal("CAS-RISK-1", "reason", _("Say why the risk level is this."))
    if risk in (Risk.HIGH, Risk.MEDIUM) and (review_on is None or review_on <= today):
        raise Refusal("CAS-RISK-2", "review_on", _("Give a review date after today."))
    changes = changed_fields(case, {"risk": risk, "risk_reason": reason, "risk_review_on": review_on})
    case.save(update_fields=["risk", "risk_reason", "risk_review_on"])
    record_event(
        "cases.risk.changed",
        actor=by,
        subject=case,
        case_id=case.pk,
        office_id=case.office_id,
        changes=changes,
        reason=reason,
    )
    return case


@act
def set_safety_note(*, case: Case, note: str, do_not_contact: bool, by: User, today: date) -> Case:
    """Put up, change or take down the safety note under the child's header."""
    changes = changed_fields(
        case, {"safety_note": note, "do_not_contact": do_not_contact, "safety_note_on": today if note else None}
    )
    case.save(update_fields=["safety_note", "do_not_contact", "safety_note_on"])
    record_event(
        "cases.safety_note.changed", actor=by, subject=case, case_id=case.pk, office_id=case.office_id, changes=changes
    )
    return case


@act
def set_next_step(*, case: Case, step: str, on: date, by: User, today: date) -> Case:
    """Say what happens next and when. Raises Refusal for an empty step or a past day."""
    if not step.strip():
        raise Refusal("CAS-NEXT-1", "next_step", _("Write what happens next."))
    if on < today:
        raise Refusal("CAS-NEXT-2", "next_step_on", _("Give today or a later day."))
    changes = changed_fields(case, {"next_step": step, "next_step_on": on})
    case.save(update_fields=["next_step", "next_step_on"])
    record_event(
        "cases.next_step.changed", actor=by, subject=case, case_id=case.pk, office_id=case.office_id, changes=changes
    )
    return case


@act
def finish_first_step(*, case: Case, programme: str, by: User) -> Case:
    """A programme did what the case was opened for: its first step is no next step any more (decision 71).

    A step that a person wrote in other words stays.
    """
    held = Case.rows.select_for_update(of=("self",)).get(pk=case.pk)  # what was written since the case was loaded stays
    if held.next_step and held.next_step in _first_steps(programme):
        changes = changed_fields(held, {"next_step": "", "next_step_on": None})
        held.save(update_fields=["next_step", "next_step_on"])
        record_event(
            "cases.next_step.done", actor=by, subject=held, case_id=held.pk, office_id=held.office_id, changes=changes
        )
    return held


def _first_steps(programme: str) -> set[str]:
    """The first step of a programme in each language in which the page of a new case fills it in."""
    found = set()
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            found |= {str(entry.first_step) for entry in registry.programmes() if entry.key == programme}
    return found


@act
def hold_case(*, case: Case, reason: str, text: str, by: User) -> Case:
    """Stop reminders, not deadlines."""
    move(case, CaseState.ON_HOLD, hold_reason=HoldReason(reason), hold_text=text)
    record_event("cases.case.held", actor=by, subject=case, case_id=case.pk, office_id=case.office_id, reason=text)
    return case


@act
def resume_case(*, case: Case, by: User) -> Case:
    """Take up a case that was on hold."""
    move(case, CaseState.OPEN, hold_reason="", hold_text="")
    record_event("cases.case.resumed", actor=by, subject=case, case_id=case.pk, office_id=case.office_id)
    return case


@act
def close_case(*, case: Case, reason: str, text: str, by: User, today: date, gone: Gone = NOT_GONE) -> Case:
    """Close a case. Raises Refusal with every blocker; reasons other than completed need words.

    Who moved, left, was deported or cannot be found: since when, where to, who told us (CAS-GONE-1 to -5).
    """
    rules.closing_findings(case, reason=reason, text=text, gone=gone, today=today).insist()
    _end(case, CloseReason(reason), text, today)
    if reason in GONE and gone.on is not None:
        Departure.rows.create(
            case=case,
            reason=reason,
            on=gone.on,
            place_id=gone.place_code or None,
            country=gone.country if reason in ABROAD else "",
            news_from=gone.news_from,
            recorded_on=today,
            recorded_by=by,
        )
    _tell_closed(case, text, by)
    return case


@act
def close_duplicate(*, case: Case, by: User, today: date) -> Case:
    """Close the case of a record that was merged into one with an open case of its own; blockers are not asked."""
    _end(case, CloseReason.DUPLICATE, "", today)
    _tell_closed(case, "", by)
    return case


def _end(case: Case, reason: CloseReason, text: str, today: date) -> None:
    move(case, CaseState.CLOSED, closed_on=today, close_reason=reason, close_text=text, stage=Stage.CLOSED)
    case.enrolments.filter(until_on__isnull=True).update(until_on=today, outcome=reason)


def _tell_closed(case: Case, text: str, by: User) -> None:
    """The programmes see the persons of the case no longer than the case (decision 13), and end their work on it."""
    refresh_reach(case)
    record_event("cases.case.closed", actor=by, subject=case, case_id=case.pk, office_id=case.office_id, reason=text)
    for room in registry:
        room.case_closed(case, by)


@act
def reopen_case(*, case: Case, reason: str, by: User, today: date) -> Case:
    """Open a closed case again, by a person with a reason.

    Raises Refusal without one (CAS-REOPEN-1) and Conflict when the child has another open case (CAS-REOPEN-2).
    """
    if not reason.strip():
        raise Refusal("CAS-REOPEN-1", "reason", _("Say why the case is opened again."))
    _lock_child(case.child_id)
    rules.can_reopen(case).insist()
    move(case, CaseState.OPEN, closed_on=None, close_reason="", close_text="")
    refresh_reach(case)
    record_event(
        "cases.case.reopened", actor=by, subject=case, case_id=case.pk, office_id=case.office_id, reason=reason
    )
    refresh_stage(case)
    for room in registry:
        room.case_reopened(case, by, reason, today)
    return case


@act
def seal_case(*, case: Case, sealed: bool, reason: str, by: User) -> Case:
    """Seal or unseal. A sealed case is seen by the people assigned to it and by nobody else.

    Raises Refusal without a reason; a case that is so already stays as it is.
    """
    if not reason.strip():
        raise Refusal("CAS-SEAL-1", "reason", _("Give a reason."))
    _hold(case)
    if case.is_sealed == sealed:
        return case
    changes = changed_fields(case, {"is_sealed": sealed})
    case.save(update_fields=["is_sealed"])
    record_event(
        "cases.case.sealed" if sealed else "cases.case.unsealed",
        actor=by,
        subject=case,
        case_id=case.pk,
        office_id=case.office_id,
        changes=changes,
        reason=reason,
        level=3,
    )
    refresh_reach(case)
    if sealed:
        for room in registry:
            room.case_sealed(case, by)
    return case


def refresh_stage(case: Case) -> Case:
    """Compute the stage from facts and store it; the one function that does."""
    stage = rules.stage_of(case)
    if stage != case.stage:
        case.stage = stage
        case.save(update_fields=["stage"])
    return case
