"""What must be true before a registration moves on (C5). Each guard lists everything that stands against it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from django.db.models import Q
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from casework.kernel.guards import YES, Verdict, no
from casework.kernel.refusals import Finding, Level, error, warning
from casework.people.models import DuplicateHit
from casework.people.states import HitState
from registration.models import BirthRecord, ChecklistItem, Discrepancy, LetterOfAssignment
from registration.states import (
    IN_HAND,
    TIMELY_TRACKS,
    UNSUBMITTED,
    WAITING,
    DiscrepancySeverity,
    DiscrepancyState,
    FollowUpAnswer,
    FollowUpKind,
    ItemState,
    ParentRole,
    RequirementLevel,
    Status,
    SubmittedBy,
    Track,
)

from .checklist import completeness, in_place_of
from .facts import BirthFacts
from .refusals import notifier_findings
from .tracks import age_in_years
from .validations import birth_findings, ready_name_findings, track_findings

OPEN_DISCREPANCY = (DiscrepancyState.OPEN, DiscrepancyState.REQUESTED)
OF_PARENTS = (f"{ParentRole.MOTHER}_", f"{ParentRole.FATHER}_")
"""How the fields about the parents begin."""
SCHOOL_AGE_YEARS = 3
WITNESSES = "witnesses"
LEAST_WITNESSES = 2


def notice_findings(birth: BirthRecord) -> Iterator[Finding]:
    """draft → assessing: the family was informed (decision 18)."""
    if not birth.case.notices_given.exists():
        yield error("BR-NOTICE-1", "notice_language", _("Inform the family first: in which language, on which day."))


def valid_birth_findings(facts: BirthFacts, today: date) -> Iterator[Finding]:
    """assessing → gathering: the birth itself holds (C5), as in a record from a register; of parents see below."""
    found = birth_findings(facts, today=today)
    yield from (one for one in found if one.level is Level.ERROR and not one.field.startswith(OF_PARENTS))


def track_confirmed_findings(birth: BirthRecord) -> Iterator[Finding]:
    """assessing → gathering: a confirmed track, and something said of each parent."""
    if not birth.track:
        yield error("BR-TRACK-1", "track", _("Confirm the way of registration first."))
    said = {parent.role for parent in birth.parents.all()}
    if not {ParentRole.MOTHER, ParentRole.FATHER} <= said and birth.track not in (Track.T6, Track.T9):
        yield error("BR-PAR-0", "mother_knowledge", _("Say what is known of the mother and of the father."))


def time_ran_out(birth: BirthRecord, today: date) -> bool:
    """The 15 days ended since a person chose a way in time; who chooses it afterwards knows (C4, decision 21)."""
    limit, confirmed = birth.notify_effective_on, birth.track_confirmed_at
    if birth.track not in TIMELY_TRACKS or limit is None or today <= limit:
        return False
    return confirmed is None or localdate(confirmed) <= limit


def ready_findings(birth: BirthRecord, facts: BirthFacts, *, today: date) -> Iterator[Finding]:
    """gathering → ready: papers, Thai name, office, late reason, no blocking discrepancy, no undecided duplicate.

    The way still fits the facts (C7), and the day.
    """
    items = list(birth.items.select_related("requirement"))
    others, said = in_place_of(items), set[int]()
    for item in completeness(items).missing:
        either = [item, *others.get(item.pk, ())]
        if item.pk not in said:
            papers = " / ".join(one.called for one in either)
            yield error("BR-READY-1", f"item_{item.pk}", _("Still missing: %(paper)s.") % {"paper": papers})
        said |= {one.pk for one in either}
    if birth.registry_office_id is None and birth.track != Track.T8:
        yield error("BR-READY-2", "registry_office", _("Choose the registry office."))
    if time_ran_out(birth, today):
        yield error("BR-READY-7", "track", _("The 15 days are over. Look again at the way of registration."))
    found = track_findings(facts, birth.track, age=age_in_years(facts, today))
    yield from (finding for finding in found if finding.level is Level.ERROR)
    if birth.track in (Track.T3, Track.T4) and not birth.late_reason:
        yield error("BR-READY-3", "late_reason", _("Say why the registration is late."))
    yield from notifier_findings(birth)
    if birth.track == Track.T8:
        yield error(
            "BR-READY-6",
            "track",
            _("A birth outside Thailand is not registered here. Advise the family, then close the case."),
        )
    if birth.track == Track.T9 and not birth.wanted.strip():
        yield error("BR-READY-5", "wanted", _("Write what the family wants: a copy, a correction or a translation."))
    if birth.track != Track.T9:
        yield from ready_name_findings(name.script for name in birth.case.child.own_names())
    yield from witness_findings(birth, items)
    blocking = birth.discrepancies.filter(severity=DiscrepancySeverity.BLOCKS, state__in=OPEN_DISCREPANCY)
    if blocking.exists():
        yield error("BR-READY-4", "discrepancies", _("Settle what does not agree first."))
    if undecided_hits(birth).exists():
        yield error("BR-DUP-1", "duplicates", _("Decide first whether this is a child we know."))
    elif merges_to_confirm(birth).exclude(keep=birth.case.child_id).exists():
        yield error(
            "BR-DUP-1", "duplicates", _("This record goes into another one. A second person confirms it first.")
        )


def witness_findings(birth: BirthRecord, items: Iterable[ChecklistItem]) -> Iterator[Finding]:
    """BR-READY-8: the witnesses count as there, and fewer than two willing ones of different kinds are noted (C4)."""
    there = IN_HAND - {ItemState.WAIVED}
    if not any(item.requirement.key == WITNESSES and item.state in there for item in items):
        return
    kinds = list(birth.witnesses.filter(is_willing=True).values_list("kinds", flat=True))
    if len(kinds) < LEAST_WITNESSES or len({kind for each in kinds for kind in each}) < LEAST_WITNESSES:
        yield warning("BR-READY-8", "", _("Note at least two witnesses of different kinds; the office asks for them."))


def undecided_hits(birth: BirthRecord):  # type: ignore[no-untyped-def]
    """Certain and high matches inside the record's own office, which its staff can decide (decision 19)."""
    child = birth.case.child_id
    hits = DuplicateHit.rows.filter(Q(first=child) | Q(second=child), state=HitState.OPEN, band__in=["certain", "high"])
    here = Q(first__match_key__office_id=birth.office_id, second__match_key__office_id=birth.office_id)
    return hits.filter(here, first__match_key__is_sealed=False, second__match_key__is_sealed=False)


def merges_to_confirm(birth: BirthRecord):  # type: ignore[no-untyped-def]
    """Merges of this child's record with another one that wait for a second person."""
    child = birth.case.child_id
    return DuplicateHit.rows.filter(Q(first=child) | Q(second=child)).to_merge()


def submission_findings(birth: BirthRecord, *, submitted_on: date, by: str, today: date) -> Iterator[Finding]:
    """BR-SUB-1, BR-SUB-2, BR-POA-1."""
    born = birth.case.child.birth.earliest
    if submitted_on > today:
        yield error("BR-SUB-1", "submitted_on", _("The visit cannot be in the future."))
    if born and submitted_on < born:
        yield error("BR-SUB-1", "submitted_on", _("The visit cannot be before the birth."))
    if birth.proof_issued_on and submitted_on < birth.proof_issued_on:
        yield error("BR-SUB-1", "submitted_on", _("The visit cannot be before the delivery certificate was issued."))
    if birth.submissions.filter(result__in=WAITING).exists():
        yield error(
            "BR-SUB-2", "submitted_on", _("An earlier visit still waits for its result. Record that result first.")
        )
    if by == SubmittedBy.CLINIC and not has_valid_letter(birth, submitted_on):
        yield error(
            "BR-POA-1", "by", _("The clinic needs a signed letter of assignment that is valid on the day of the visit.")
        )


def can_record_visit(birth: BirthRecord) -> Verdict:
    """Once the papers are complete; whether an earlier visit still waits is among the findings."""
    if birth.status in (Status.READY, Status.SUBMITTED, Status.INQUIRY):
        return YES
    if birth.status in UNSUBMITTED:
        return no("BR-SUB-4", _("Declare the papers complete first; then record the visit."))
    return can_work(birth) and no("BR-SUB-4", _("The birth is registered already; nothing is left to hand in."))


def can_record_outcome(birth: BirthRecord) -> Verdict:
    """Once the papers lie at the office, and once only."""
    if birth.status in (Status.SUBMITTED, Status.INQUIRY):
        return YES
    if birth.status in UNSUBMITTED:
        return no("BR-REG-8", _("Record the visit to the registry office first; then the certificate."))
    return can_work(birth) and no("BR-REG-8", _("The certificate is written down already. Correct it there."))


def appointment_findings(appointment_on: date | None, *, told_on: date) -> Iterator[Finding]:
    """BR-SUB-3: nobody is told to come back on a day that was over."""
    if appointment_on and appointment_on < told_on:
        yield error("BR-SUB-3", "appointment_on", _("The day to come back cannot be before the office gave it."))


def has_valid_letter(birth: BirthRecord, on: date) -> bool:
    """A signed letter of assignment, not expired and not revoked on a day."""
    return (
        LetterOfAssignment.rows.filter(birth=birth, signed_on__isnull=False, signed_on__lte=on)
        .filter(Q(valid_until__isnull=True) | Q(valid_until__gte=on))
        .filter(Q(revoked_on__isnull=True) | Q(revoked_on__gt=on))
        .exists()
    )


def must_be_settled(row: Discrepancy) -> bool:
    """Whether a difference stops the way until it is settled (BR-REG-3)."""
    return row.severity == DiscrepancySeverity.BLOCKS and row.state in OPEN_DISCREPANCY


def handover_findings(birth: BirthRecord, *, on: date, today: date) -> Iterator[Finding]:
    """BR-REG-5: the certificate was compared with the agreed spelling before it leaves the clinic.

    BR-REG-3: it can leave while it differs in what must be settled, when somebody says so; the family may need it.
    """
    outcome = getattr(birth, "outcome", None)
    if outcome is None or outcome.checked_on is None:
        yield error(
            "BR-REG-5", "checked_on", _("Compare the certificate with the spelling sheet before handing it over.")
        )
    elif on < outcome.registered_on:
        yield error("BR-REG-6", "handed_over_on", _("The handover cannot be before the registration."))
    if on > today:
        yield error("BR-REG-6", "handed_over_on", _("The handover cannot be in the future."))
    if any(map(must_be_settled, birth.discrepancies.all())):
        sentence = _(
            "The certificate is wrong in what must be settled, and that is still open. Hand it over all the same?"
        )
        yield warning("BR-REG-3", "", sentence)


def close_findings(birth: BirthRecord, *, reason: str, today: date) -> Iterator[Finding]:
    """BR-CLOSE-1 (papers, differences) and the follow-up services (C5), for a case that is completed.

    BR-CLOSE-4: closed because a parent refused, it says who refuses what.
    """
    if reason == "refused_by_family" and not birth.refusals.exists():
        yield error("BR-CLOSE-4", "reason", _("Write down first which parent refuses what, and what was tried."))
    if reason != "completed":
        return
    if birth.status != Status.HANDED_OVER:
        yield error(
            "BR-CLOSE-2", "reason", _("A completed registration ends with the handover. Record the handover first.")
        )
    for item in completeness(birth.items.select_related("requirement")).missing:
        if item.level == RequirementLevel.STAR:
            paper = item.called
            yield error("BR-CLOSE-1", f"item_{item.pk}", _("Still missing: %(paper)s.") % {"paper": paper})
    blocking = birth.discrepancies.filter(severity=DiscrepancySeverity.BLOCKS, state__in=OPEN_DISCREPANCY)
    if blocking.exists():
        yield error("BR-CLOSE-1", "discrepancies", _("Settle what does not agree first."))
    age = birth.case.child.birth.age_on(today)
    answered = dict(birth.follow_ups.values_list("kind", "answer"))
    for kind in FollowUpKind:
        if kind == FollowUpKind.SCHOOL and (age is None or age[0] < SCHOOL_AGE_YEARS):
            continue
        if answered.get(kind, FollowUpAnswer.OPEN) == FollowUpAnswer.OPEN:
            yield error("BR-CLOSE-3", f"follow_up_{kind}", _("Answer first: %(service)s.") % {"service": kind.label})


def can_work(birth: BirthRecord) -> Verdict:
    """Papers, visits and the certificate belong to an open registration; a closed one is opened again first (C5)."""
    if birth.status == Status.CLOSED:
        return no("BR-CLOSED-1", _("The registration is closed. Open it again first."))
    return YES


def can_suspend(birth: BirthRecord) -> Verdict:
    """Only what is open can rest (C5)."""
    if birth.status == Status.CLOSED:
        return no("BR-HOLD-1", _("The registration is closed. Open it again first."))
    return YES


def can_edit_facts(birth: BirthRecord) -> Verdict:
    """Facts are edited until the papers are at the office; later differences become discrepancies (decision 22)."""
    if birth.status in (Status.DRAFT, Status.ASSESSING, Status.GATHERING, Status.READY):
        return YES
    if birth.status == Status.CLOSED:
        return no("BR-EDIT-1", _("The registration is closed. Open it again first."))
    return no("BR-EDIT-1", _("The papers are at the office. Record what differs as a discrepancy instead."))


def can_edit_parent(birth: BirthRecord) -> Verdict:
    """As the facts; a family that is here again may tell of a parent before its case is opened again (day.md 17)."""
    is_unregistered = birth.status == Status.CLOSED and not hasattr(birth, "outcome")
    return YES if is_unregistered else can_edit_facts(birth)
