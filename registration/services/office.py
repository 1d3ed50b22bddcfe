"""At the registry office: visits, inquiries, the outcome, what does not agree, the handover, what follows."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from casework.accounts.models import User
from casework.audit.services import changed_fields
from casework.cases.services.contacts import end_lost_contact
from casework.kernel.acts import act
from casework.kernel.digits import to_ascii_digits
from casework.kernel.moves import move, move_all
from casework.kernel.refusals import Conflict, Refusal, refuse_errors
from casework.people.identifiers import normalise_thai_id
from casework.people.services.papers import add_paper, retire_paper
from casework.people.states import PaperType
from casework.referrals.models import Referral
from registration.certificate_states import CorrectionState, CounterLineKey
from registration.models import (
    BirthRecord,
    ChecklistItem,
    Discrepancy,
    FollowUp,
    InquiryStep,
    Outcome,
    RegistryOffice,
    Submission,
)
from registration.queries.agreed import left_out
from registration.rules import guards
from registration.rules.counter import told_before, told_lines
from registration.rules.discrepancies import BY_HAND
from registration.rules.handover import receiver_findings, to_be_told, told_findings
from registration.rules.outcomes import COPIED, compare_certificate, outcome_findings
from registration.states import (
    WAITING,
    DiscrepancyState,
    FollowUpAnswer,
    FollowUpKind,
    ItemState,
    Result,
    Status,
    SubmittedBy,
)

from .advice import ask_supervisor
from .listed import insist_on_known
from .progress import give_back_papers, note
from .warnings import insist_on_acknowledgement, keep_acknowledged

FAMILY_CAME = (SubmittedBy.PARENT, SubmittedBy.RELATIVE)


@act
def record_visit(
    *,
    birth: BirthRecord,
    registry_office: RegistryOffice,
    submitted_on: date,
    by_whom: str,
    by: User,
    today: date,
    accompanied_by: User | None = None,
    receipt_no: str = "",
    officer: str = "",
    handed_in: Iterable[ChecklistItem] = (),
    **asked: Any,
) -> Submission:
    """Record a visit to the registry office; the registration now lies there.

    `asked`: the day on which the family comes back, the fine and other costs, as far as they are known.
    Raises Refusal (BR-SUB-1 to -3, BR-POA-1), and Conflict when the papers are not complete (BR-SUB-4, BR-CLOSED-1).
    """
    guards.can_record_visit(birth).insist()
    refuse_errors(
        [
            *guards.submission_findings(birth, submitted_on=submitted_on, by=by_whom, today=today),
            *guards.appointment_findings(asked.get("appointment_on"), told_on=submitted_on),
        ]
    )
    born = birth.case.child.birth
    days = (submitted_on - born.on).days if born.is_exact and born.on else None
    before = birth.submissions.count()
    move(
        birth,
        Status.SUBMITTED,
        state_field="status",
        status_since=submitted_on,
        days_to_submit=birth.days_to_submit if before else days,
        registry_office=registry_office,
    )
    visit = Submission.rows.create(
        birth=birth,
        number=before + 1,
        registry_office=registry_office,
        submitted_on=submitted_on,
        by=by_whom,
        accompanied_by=accompanied_by,
        receipt_no=to_ascii_digits(receipt_no),
        officer=officer,
        created_by=by,
        **asked,
    )
    items = list(handed_in)
    visit.handed_in.add(*items)
    fresh = [item for item in items if item.state != ItemState.SUBMITTED]
    for is_copy in (False, True):
        alike = [item for item in fresh if (item.state == ItemState.COPY) is is_copy]
        move_all(alike, ItemState.SUBMITTED, handed_in_copy=is_copy)
    note(birth, "visit.recorded", by)
    if by_whom in FAMILY_CAME:
        end_lost_contact(case=birth.case, by=by)
        birth.refresh_from_db(fields=["suspension"])
    return visit


def _advice_words() -> str:
    return gettext("Give legal advice: the registry office refused the registration")


@act
def open_inquiry(*, visit: Submission, on: date, by: User, today: date) -> Submission:
    """The office opens an inquiry."""
    _not_before(visit, on, today)
    move(visit, Result.INQUIRY, state_field="result", result_on=on)
    move(visit.birth, Status.INQUIRY, state_field="status", status_since=on)
    note(visit.birth, "inquiry.opened", by)
    return visit


@act
def record_return(
    *, visit: Submission, refused: bool, reason: str, text: str, on: date, by: User, today: date,
    now: datetime | None = None,
) -> Submission:  # fmt: skip
    """The office gave the papers back, or refused: papers are gathered again.

    After a refusal a supervisor gives legal advice within three working days. Raises Refusal without a reason
    (BR-RET-1) and for one that is in no list (BR-LIST-1); a refusal by the office also needs words (BR-RET-2).
    """
    if not reason:
        raise Refusal("BR-RET-1", "return_reason", _("Choose why the office gave the papers back."))
    insist_on_known(return_reason=reason)
    if refused and not text.strip():
        raise Refusal("BR-RET-2", "result_text", _("Write what the office said."))
    _not_before(visit, on, today)
    result = Result.REFUSED if refused else Result.RETURNED
    move(visit, result, state_field="result", result_on=on, return_reason=reason, result_text=text)
    birth = move(visit.birth, Status.GATHERING, state_field="status", status_since=on)
    give_back_papers(visit)
    note(birth, "visit.refused" if refused else "visit.returned", by, reason=text)
    if refused:
        moment = now or timezone.now()
        ask_supervisor(birth=birth, title=_advice_words, on=on, by=by, today=today, now=moment)
    return visit


@act
def still_wait(*, visit: Submission, text: str, on: date, by: User, today: date) -> Submission:
    """The office has not answered yet. Raises Conflict (BR-RES-3) when it has."""
    _not_before(visit, on, today)
    if visit.result not in WAITING:
        raise Conflict("BR-RES-3", "", _("The office has answered this visit already."))
    note(visit.birth, "visit.waits", by, reason=text)
    return visit


@act
def take_back(*, visit: Submission, text: str, on: date, by: User, today: date) -> Submission:
    """The family took its papers back before the office decided: they are gathered again."""
    _not_before(visit, on, today)
    move(visit, Result.WITHDRAWN, state_field="result", result_on=on, result_text=text)
    give_back_papers(visit)
    birth = move(visit.birth, Status.GATHERING, state_field="status", status_since=on)
    note(birth, "visit.withdrawn", by, reason=text)
    return visit


@act
def record_result(
    *, visit: Submission, result: str, on: date, by: User, today: date, reason: str = "", text: str = "", **asked: Any
) -> Submission:
    """What came of a visit: no answer yet, an inquiry, a return, a refusal, or the family took its papers back.

    `asked` as for a visit; what is not given stays. Raises what each of them raises, and Refusal (BR-SUB-3).
    """
    changes = changed_fields(visit, asked)
    if "appointment_on" in changes:
        refuse_errors(guards.appointment_findings(visit.appointment_on, told_on=on))
    visit.save(update_fields=list(changes))
    told: dict[str, Any] = {"visit": visit, "on": on, "by": by, "today": today}
    if result == Result.PENDING:
        return still_wait(text=text, **told)
    if result == Result.INQUIRY:
        return open_inquiry(**told)
    if result == Result.WITHDRAWN:
        return take_back(text=text, **told)
    return record_return(refused=result == Result.REFUSED, reason=reason, text=text, **told)


def _not_before(visit: Submission, on: date, today: date) -> None:
    if on > today:
        raise Refusal("BR-RES-1", "result_on", _("The result cannot be in the future."))
    if on < visit.submitted_on:
        raise Refusal("BR-RES-2", "result_on", _("The result cannot be before the visit."))


@act
def add_inquiry_step(*, visit: Submission, kind: str, planned_on: date | None, by: User, **facts: Any) -> InquiryStep:
    """Note a step of the inquiry. Raises Conflict (BR-CLOSED-1)."""
    guards.can_work(visit.birth).insist()
    step = InquiryStep.rows.create(
        birth=visit.birth, submission=visit, kind=kind, planned_on=planned_on, created_by=by, **facts
    )
    note(visit.birth, "inquiry.step_added", by)
    return step


@act
def finish_inquiry_step(*, step: InquiryStep, done_on: date, outcome: str, by: User, today: date) -> InquiryStep:
    """Note how an inquiry step went. Raises Conflict (BR-CLOSED-1), Refusal for a day to come or before the visit."""
    guards.can_work(step.birth).insist()
    if done_on > today:
        raise Refusal("BR-INQ-1", "done_on", _("This cannot be in the future."))
    if step.submission and done_on < step.submission.submitted_on:
        raise Refusal("BR-INQ-2", "done_on", _("The result cannot be before the visit."))
    step.done_on, step.outcome = done_on, outcome
    step.save(update_fields=["done_on", "outcome"])
    note(step.birth, "inquiry.step_done", by)
    return step


@act
def record_outcome(
    *, birth: BirthRecord, values: dict[str, Any], by: User, today: date, acknowledged: Iterable[str] = ()
) -> Outcome:
    """Record the certificate as it was written; what differs from the case becomes discrepancies (BR-REG-3).

    What was told at the counter before it was signed becomes discrepancies found before registration.
    Raises Refusal with BR-REG-1, BR-ID-…; warnings (BR-REG-2, BR-REG-4) go on when acknowledged. Raises Conflict
    when the papers are not at the office (BR-REG-8, BR-CLOSED-1).
    """
    guards.can_record_outcome(birth).insist()
    values = _in_plain_digits({"child_number": "", **values})
    warnings = refuse_errors(outcome_findings(birth, values, today=today))
    insist_on_acknowledgement(warnings, acknowledged)
    visit = birth.submissions.filter(result__in=WAITING).first()
    if visit is not None:
        move(visit, Result.ACCEPTED, state_field="result", result_on=values["registered_on"])
    move(birth, Status.REGISTERED, state_field="status", status_since=values["registered_on"])
    outcome = Outcome.rows.create(
        birth=birth,
        created_by=by,
        notified_in_time=_in_time(birth),
        registry_office_id=birth.registry_office_id,
        **values,
    )
    keep_acknowledged(birth=birth, findings=warnings, by=by)
    _note_differences(outcome, by)
    found = set(birth.discrepancies.values_list("field", flat=True))
    for row in told_before(birth, outcome, found, left_out=left_out(birth)):
        Discrepancy.rows.create(birth=birth, created_by=by, **row)
    _keep_number(outcome, by=by, today=today)
    note(birth, "birth.registered", by)
    return outcome


def _in_plain_digits(values: dict[str, Any]) -> dict[str, Any]:
    """Numbers of a certificate in digits 0-9, however they were typed."""
    ways = {"child_number": normalise_thai_id, "certificate_no": to_ascii_digits}
    return values | {name: way(values[name]) for name, way in ways.items() if name in values}


def _in_time(birth: BirthRecord) -> bool | None:
    first = birth.submissions.filter(result=Result.ACCEPTED).order_by("submitted_on").first()
    if birth.notify_effective_on is None or first is None:
        return None
    return first.submitted_on <= birth.notify_effective_on


def _note_differences(outcome: Outcome, by: User) -> None:
    """What does not agree and is not yet written down: as it stands now, or as somebody accepted it."""
    rows = outcome.birth.discrepancies.exclude(state=DiscrepancyState.CORRECTED)
    known, told = set(rows.values_list("field", "value_b")), told_lines(outcome.birth)
    for found in compare_certificate(outcome.birth, outcome):
        if (found["field"], found["value_b"]) not in known:
            before = found["field"] in told
            Discrepancy.rows.create(birth=outcome.birth, created_by=by, found_before_registration=before, **found)


def _keep_number(outcome: Outcome, *, by: User, today: date) -> None:
    """The number becomes a paper of the child. Raises Refusal when it is another child's (BR-ID-7)."""
    child, number = outcome.birth.case.child, outcome.child_number
    held = child.papers.filter(type=PaperType.CHILD_NUMBER, is_current=True)
    for paper in held.exclude(number=number):
        retire_paper(paper=paper, by=by)
    if not number or held.filter(number=number).exists():
        return
    try:
        add_paper(
            person=child, type=PaperType.CHILD_NUMBER, number=number, by=by, today=today, original_seen=True
        )  # fmt: skip
    except Refusal as refusal:
        raise Refusal.of(replace(finding, field="child_number") for finding in refusal.findings) from refusal


@act
def correct_outcome(
    *, outcome: Outcome, values: dict[str, Any], by: User, today: date, acknowledged: Iterable[str] = ()
) -> Outcome:
    """Write down a corrected certificate. Differences that are gone are settled, new ones are noted.

    What was copied anew before the handover is compared anew (BR-REG-5).
    The place of birth is not copied from the certificate, so a difference about it is settled by hand, and so is one
    that was noted by hand. Raises what record_outcome raises, and Conflict (BR-CLOSED-1).
    """
    guards.can_work(outcome.birth).insist()
    values = _in_plain_digits(values)
    changes = changed_fields(outcome, values)
    birth = outcome.birth
    stands = {name: getattr(outcome, name) for name in ("registered_on", "form", *COPIED)}
    warnings = refuse_errors(outcome_findings(birth, stands, today=today))
    insist_on_acknowledgement(warnings, acknowledged)
    if outcome.handed_over_on is None and not changes.keys().isdisjoint(COPIED):
        outcome.checked_by = outcome.checked_on = None
    outcome.save()
    keep_acknowledged(birth=birth, findings=warnings, by=by)
    compare_again(outcome=outcome, by=by)
    _keep_number(outcome, by=by, today=today)
    note(birth, "outcome.corrected", by, changes=changes)
    return outcome


@act
def compare_again(*, outcome: Outcome, by: User) -> None:
    """Compare the certificate with the case as both stand now: what is gone is settled, what is new is noted."""
    birth = outcome.birth
    still = {(found["field"], found["value_b"]) for found in compare_certificate(birth, outcome)}
    computed = birth.discrepancies.filter(state__in=guards.OPEN_DISCREPANCY).exclude(source_a=BY_HAND)
    for row in computed.exclude(field=CounterLineKey.PLACE):
        if (row.field, row.value_b) not in still:
            move(row, DiscrepancyState.CORRECTED)
    _note_differences(outcome, by)


@act
def check_outcome(*, outcome: Outcome, by: User, today: date) -> Outcome:
    """Somebody compared the certificate with the spelling sheet. Raises Conflict (BR-CLOSED-1)."""
    guards.can_work(outcome.birth).insist()
    outcome.checked_by, outcome.checked_on = by, today
    outcome.save(update_fields=["checked_by", "checked_on"])
    note(outcome.birth, "outcome.checked", by)
    return outcome


@act
def settle_discrepancy(*, row: Discrepancy, state: str, text: str, by: User) -> Discrepancy:
    """Ask for a correction, note it as corrected, or accept it as it is (with words). Raises Conflict (BR-CLOSED-1)."""
    guards.can_work(row.birth).insist()
    if state == DiscrepancyState.ACCEPTED and not text.strip():
        raise Refusal("BR-DIS-1", "text", _("Write why this can stay as it is."))
    move(row, state, settled_text=text or row.settled_text)
    note(row.birth, "discrepancy.settled", by, reason=text)
    return row


def keep_told(*, birth: BirthRecord, told: str) -> None:
    """Keep with each difference that should be corrected what the family was told of it."""
    for row in to_be_told(birth):
        row.settled_text = told.strip()
        row.save(update_fields=["settled_text"])


@act
def hand_over(
    *, birth: BirthRecord, to: str, relation: str, sign: str, on: date, by: User, today: date,
    told: str = "", acknowledged: Iterable[str] = (),
) -> Outcome:  # fmt: skip
    """Hand the certificate over to somebody who signs; the follow-up services open.

    `told` is what the family heard of what should be corrected, or why it stays; it is kept with each difference.
    Raises Refusal (BR-REG-5, BR-REG-6; the warning BR-REG-3 goes on when acknowledged), BR-HAND-1 when recipient,
    relation or signature is missing, BR-HAND-2 and -3 when the recipient must not or may not be given it, and
    BR-HAND-4 without `told` while something should be corrected.
    """
    refuse_errors([*receiver_findings(birth, to=to, relation=relation, sign=sign), *told_findings(birth, told)])
    warnings = refuse_errors(guards.handover_findings(birth, on=on, today=today))
    insist_on_acknowledgement(warnings, acknowledged)
    keep_acknowledged(birth=birth, findings=warnings, by=by)
    keep_told(birth=birth, told=told)
    outcome = birth.outcome
    outcome.handed_over_to, outcome.handed_over_relation = to, relation
    outcome.handed_over_sign, outcome.handed_over_on = sign, on
    outcome.save(update_fields=["handed_over_to", "handed_over_relation", "handed_over_sign", "handed_over_on"])
    move(birth, Status.HANDED_OVER, state_field="status", status_since=on)
    answer = FollowUpAnswer.NOT_APPLICABLE if birth.case.child.died_on else FollowUpAnswer.OPEN
    follow_ups = [FollowUp(birth=birth, kind=kind, answer=answer) for kind in FollowUpKind]
    FollowUp.rows.bulk_create(follow_ups, ignore_conflicts=True)  # one that stands already stays
    for correction in birth.corrections.filter(state=CorrectionState.CORRECTED):
        move(
            correction,
            CorrectionState.HANDED_OVER,
            state_since=on,
            checked_by=outcome.checked_by,
            checked_on=outcome.checked_on,
            handed_over_to=to,
            handed_over_relation=relation,
            handed_over_sign=sign,
            handed_over_on=on,
        )
    note(birth, "birth.handed_over", by, reason=told)
    end_lost_contact(case=birth.case, by=by)
    return outcome


@act
def answer_follow_up(
    *, follow_up: FollowUp, answer: str, by: User, today: date, note_text: str = "", referral: Referral | None = None
) -> FollowUp:
    """Say whether the family wants a public service; only a wanted one carries a referral."""
    if answer not in FollowUpAnswer.values:
        raise Refusal("BR-FOL-1", "answer", _("Choose an answer."))
    follow_up.answer, follow_up.answered_on, follow_up.note = answer, today, note_text
    follow_up.referral = referral if answer == FollowUpAnswer.OFFERED else None
    follow_up.save()
    note(follow_up.birth, "follow_up.answered", by)
    return follow_up
