"""Write what people add to a case: assessments, notes, tasks, the notice and consent."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.utils import timezone, translation
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from casework.accounts.models import User
from casework.audit.services import record_event
from casework.cases.models import Assessment, Case, Consent, Need, Note, NoticeGiven, Task
from casework.cases.rules import told_day_findings
from casework.cases.states import ConsentDecision, Domain, Readers, Risk, Severity, TaskState
from casework.kernel.acts import act
from casework.kernel.moves import move
from casework.kernel.refusals import Refusal, refuse_errors
from casework.programmes.contributions import Told, registry

from .cases import refresh_stage

MOST_TITLE = 200


def suggest_risk(needs: Mapping[str, str]) -> tuple[Risk, list[str]]:
    """A suggested risk level with its reasons; a person decides. Urgent, or serious at home, is high."""
    urgent = [domain for domain, severity in needs.items() if severity == Severity.URGENT]
    serious = [domain for domain, severity in needs.items() if severity == Severity.SERIOUS]
    if urgent or Domain.SAFETY in serious:
        return Risk.HIGH, urgent or [Domain.SAFETY]
    if serious:
        return Risk.MEDIUM, serious
    return Risk.LOW, []


@act
def record_assessment(
    *, case: Case, kind: str, done_on: date, needs: Mapping[str, tuple[str, str]], by: User, today: date, **views: Any
) -> Assessment:
    """Record an assessment: domain → (severity, words). Raises Refusal for a future day or no answered domain."""
    if done_on > today:
        raise Refusal("CAS-ASM-1", "done_on", _("The assessment cannot be in the future."))
    if not needs:
        raise Refusal("CAS-ASM-2", "needs", _("Say of at least one, from papers to feelings, how things stand."))
    for domain, (severity, text) in needs.items():
        if severity in (Severity.SERIOUS, Severity.URGENT) and not text.strip():
            raise Refusal("CAS-ASM-3", f"text_{domain}", _("Write what is needed for a serious or urgent need."))
    risk, why = suggest_risk({domain: severity for domain, (severity, _text) in needs.items()})
    assessment = Assessment.rows.create(
        case=case,
        kind=kind,
        done_on=done_on,
        done_by=by,
        created_by=by,
        suggested_risk=risk,
        suggested_why=why,
        **views,
    )
    Need.objects.bulk_create(
        Need(assessment=assessment, domain=domain, severity=severity, text=text)
        for domain, (severity, text) in needs.items()
    )
    record_event("cases.assessment.recorded", actor=by, subject=assessment, case_id=case.pk, office_id=case.office_id)
    refresh_stage(case)
    return assessment


@act
def add_note(*, case: Case, text: str, readers: str, programme: str, by: User, now: datetime) -> Note:
    """Add a note. Raises Refusal when it is empty."""
    if not text.strip():
        raise Refusal("CAS-NOTE-1", "text", _("Write the note first."))
    level = 2 if readers in (Readers.TEAM, Readers.PROGRAMME, Readers.LEGAL) else 3
    note = Note.rows.create(case=case, text=text.strip(), readers=readers, programme=programme, author=by, at=now)
    record_event(
        "cases.note.added", actor=by, subject=note, case_id=case.pk, office_id=case.office_id, level=level, at=now
    )
    return note


@act
def add_task(*, case: Case, title: str, owner: User, due_on: date, by: User, now: datetime) -> Task:
    """Add a task by hand. Raises Refusal when it has no words."""
    if not title.strip():
        raise Refusal("CAS-TASK-1", "title", _("Write what is to be done."))
    task = Task.rows.create(case=case, title=title.strip(), owner=owner, due_on=due_on, made_by=by, made_at=now)
    record_event("cases.task.added", actor=by, subject=task, case_id=case.pk, office_id=case.office_id)
    return task


@act
def finish_task(*, task: Task, by: User, now: datetime) -> Task:
    """Mark a task done."""
    move(task, TaskState.DONE, done_at=now)
    record_event("cases.task.done", actor=by, subject=task, case_id=task.case_id, office_id=task.case.office_id)
    return task


@act
def reopen_task(*, task: Task, by: User) -> Task:
    """Take back a tick."""
    move(task, TaskState.TO_DO, done_at=None)
    record_event("cases.task.undone", actor=by, subject=task, case_id=task.case_id, office_id=task.case.office_id)
    return task


@act
def give_notice(
    *, case: Case, language: str, interpreter: str, given_on: date, by: User, today: date, text_version: int = 1,
    given_by: User | None = None,
) -> NoticeGiven:  # fmt: skip
    """Record that the family was informed (day.md 6); the history names a colleague who did it.

    Raises Refusal for a future day or no language.
    """
    if not language:
        raise Refusal("BR-NOTICE-1", "notice_language", _("Choose the language in which the family was informed."))
    refuse_errors(told_day_findings(notice_on=given_on, received_on=None, today=today))
    notice = NoticeGiven.rows.create(
        case=case, language=language, interpreter=interpreter, given_on=given_on, given_by=given_by or by,
        text_version=text_version,
    )  # fmt: skip
    colleague = notice.given_by.full_name if notice.given_by != by else ""
    record_event(
        "cases.notice.given", actor=by, subject=notice, case_id=case.pk, office_id=case.office_id, reason=colleague
    )
    return notice


@act
def record_consent(
    *, case: Case, purpose: str, decision: str, given_on: date, by: User, today: date, recipient: str = "", **facts: Any
) -> Consent:
    """Record the family's answer for one purpose and recipient; it replaces the living one.

    A yes needs who gave it, how, and in which language. Raises Refusal otherwise, for a day in the future or before a
    newer answer, and for an end before it. Of two answers at once the second waits, and replaces the first.
    """
    Case.rows.select_for_update(of=("self",), no_key=True).get(pk=case.pk)
    if given_on > today:
        raise Refusal("CAS-CONS-1", "given_on", _("Consent cannot be given in the future."))
    until, living = (
        facts.get("expires_on"),
        case.consents.filter(purpose=purpose, recipient=recipient, withdrawn_on=None),
    )
    if until and until < given_on:
        raise Refusal("CAS-CONS-3", "expires_on", _("It ends before it was given. Check both days."))
    if living.filter(given_on__gt=given_on).exists():
        raise Refusal("CAS-CONS-4", "given_on", _("A newer answer is recorded already. Check the day."))
    if decision == ConsentDecision.YES:
        for field, sentence in (
            ("given_by_name", _("Write who gave the consent.")),
            ("how", _("Choose how it was given.")),
            ("language", _("Choose the language in which it was explained.")),
        ):
            if not facts.get(field):
                raise Refusal("CAS-CONS-2", field, sentence)
    if decision == ConsentDecision.NO and living.filter(decision=ConsentDecision.YES).exists():
        _tell_who_was_told(case, purpose, by, today)
    living.update(withdrawn_on=given_on, withdrawn_by=by)
    consent = Consent.rows.create(
        case=case, purpose=purpose, recipient=recipient, decision=decision, given_on=given_on, recorded_by=by, **facts
    )
    record_event("cases.consent.recorded", actor=by, subject=consent, case_id=case.pk, office_id=case.office_id)
    return consent


@act
def withdraw_consent(*, consent: Consent, by: User, today: date) -> Consent:
    """Withdraw: blocks new sharing at once, and whoever was told is to be told so. A withdrawn one stays as it is."""
    if consent.withdrawn_on is not None:
        return consent
    consent.withdrawn_on, consent.withdrawn_by = today, by
    consent.save(update_fields=["withdrawn_on", "withdrawn_by"])
    record_event(
        "cases.consent.withdrawn", actor=by, subject=consent, case_id=consent.case_id, office_id=consent.case.office_id
    )
    _tell_who_was_told(consent.case, consent.purpose, by, today)
    return consent


def told_before(case: Case, purpose: str) -> list[Told]:
    """Who was told of the child under a purpose, the first first; of every room and programme."""
    return sorted((told for room in registry for told in room.told_before(case, purpose)), key=lambda told: told.on)


def _tell_who_was_told(case: Case, purpose: str, by: User, today: date) -> None:
    """A task of today for each who was told: they are to be told that the family withdrew (core.md §2)."""
    owner = case.lead or by
    with translation.override(owner.language):
        words = gettext("Tell them that the family no longer agrees: %(who)s")
        titles = {words % {"who": told.who} for told in told_before(case, purpose)}
    for title in sorted(titles):
        add_task(case=case, title=title[:MOST_TITLE], owner=owner, due_on=today, by=by, now=timezone.now())


def living_consent(case: Case, purpose: str, today: date, recipient: str = "") -> Consent | None:
    """The consent that allows sharing for a purpose today, or None."""
    rows = case.consents.filter(purpose=purpose, recipient__in=[recipient, ""], withdrawn_on__isnull=True)
    return next((consent for consent in rows if consent.covers(today)), None)
