"""States and code lists of the case."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class CaseState(TextChoices):
    OPEN = "open", _("Open")
    ON_HOLD = "on_hold", _("On hold")
    CLOSED = "closed", _("Closed")
    VOID = "void", _("Undone")


CASE_EDGES = {
    CaseState.OPEN: {CaseState.ON_HOLD, CaseState.CLOSED, CaseState.VOID},
    CaseState.ON_HOLD: {CaseState.OPEN, CaseState.CLOSED, CaseState.VOID},
    CaseState.CLOSED: {CaseState.OPEN, CaseState.VOID},
}


class Stage(TextChoices):
    """Computed from facts (core.md §2)."""

    IDENTIFIED = "identified", _("Identified")
    ASSESSED = "assessed", _("Assessed")
    PLANNED = "planned", _("Planned")
    IN_SERVICE = "in_service", _("In service")
    UNDER_REVIEW = "under_review", _("Under review")
    CLOSED = "closed", _("Closed")


class Risk(TextChoices):
    HIGH = "high", _("High risk")
    MEDIUM = "medium", _("Medium risk")
    LOW = "low", _("Low risk")
    NONE = "none", _("Not assessed")


class Origin(TextChoices):
    TYPED = "typed", _("Typed in")
    PAPER = "paper", _("Entered from paper")
    IMPORTED = "imported", _("Imported")


class CameBy(TextChoices):
    """How a family reached us (programmes.md §2.3, as a request to the fund tells it)."""

    WALK_IN = "walk_in", _("Came in person")
    PHONE = "phone", _("By phone")
    HOTLINE = "hotline", _("By the hotline")
    OUTREACH = "outreach", _("Met in the community")
    PARTNER = "partner_referral", _("Sent by a partner")
    CLINIC = "clinic", _("From the clinic")


class HoldReason(TextChoices):
    LOST_CONTACT = "lost_contact", _("Lost contact")
    FAMILY_ASKED = "family_asked", _("The family asked to wait")
    OTHER = "other", _("Other")


class CloseReason(TextChoices):
    COMPLETED = "completed", _("Completed")
    WITHDRAWN = "withdrawn", _("The family withdrew")
    REFUSED_BY_FAMILY = "refused_by_family", _("A parent refused")
    DUPLICATE = "duplicate", _("Same child as another case")
    CHILD_DIED = "child_died", _("The child died")
    TRANSFERRED_OUT = "transferred_out", _("Moved to another province without an office")
    LEFT_THAILAND = "left_thailand", _("Left Thailand")
    DEPORTED = "deported", _("Deported")
    NOT_ELIGIBLE = "not_eligible_T8", _("Not born in Thailand")
    REFUSED_FINAL = "refused_final", _("Finally refused by the office")
    UNREACHABLE = "unreachable", _("Cannot be found")


GONE = frozenset(
    {CloseReason.TRANSFERRED_OUT, CloseReason.LEFT_THAILAND, CloseReason.DEPORTED, CloseReason.UNREACHABLE}
)
"""Reasons that ask since when the family is gone and who told us."""
ABROAD = frozenset({CloseReason.LEFT_THAILAND, CloseReason.DEPORTED})
NOBODY_CARRIES = frozenset({CloseReason.DUPLICATE, CloseReason.CHILD_DIED, CloseReason.UNREACHABLE})
"""Reasons after which no family carries a paper."""


class NewsFrom(TextChoices):
    """Who told us that a family is gone."""

    FAMILY = "family", _("The family")
    RELATIVE = "relative", _("A relative or neighbour")
    AUTHORITY = "authority", _("An authority")
    ORGANISATION = "organisation", _("Another organisation")
    OURSELVES = "ourselves", _("We looked for them")


class Country(TextChoices):
    """Where families of the border go."""

    MM = "MM", _("Myanmar")
    LA = "LA", _("Laos")
    KH = "KH", _("Cambodia")
    XX = "XX", _("Another country")


class AssignmentKind(TextChoices):
    LEAD = "lead", _("Lead")
    TEAM = "team", _("Team")
    COVER = "cover", _("Helps today")


class PlanState(TextChoices):
    DRAFT = "draft", _("Being written")
    SUBMITTED = "submitted", _("Waiting for approval")
    RETURNED = "returned", _("Returned")
    APPROVED = "approved", _("Approved")
    REPLACED = "replaced", _("Replaced by a later version")


PLAN_EDGES = {
    PlanState.DRAFT: {PlanState.SUBMITTED, PlanState.REPLACED},
    PlanState.SUBMITTED: {PlanState.APPROVED, PlanState.RETURNED, PlanState.DRAFT},
    PlanState.RETURNED: {PlanState.SUBMITTED, PlanState.REPLACED, PlanState.DRAFT},
    PlanState.APPROVED: {PlanState.REPLACED},
}


class StepState(TextChoices):
    TO_DO = "to_do", _("To do")
    DONE = "done", _("Done")
    DROPPED = "dropped", _("Dropped")


STEP_EDGES = {
    StepState.TO_DO: {StepState.DONE, StepState.DROPPED},
    StepState.DONE: {StepState.TO_DO},
    StepState.DROPPED: {StepState.TO_DO},
}


class AssessmentKind(TextChoices):
    RAPID = "rapid", _("Rapid needs")
    COMPREHENSIVE = "comprehensive", _("Comprehensive")
    BEST_INTERESTS = "best_interests", _("Best-interests assessment")


class Domain(TextChoices):
    """Domains of need."""

    LEGAL = "legal", _("Papers and legal status")
    HEALTH = "health", _("Health")
    NUTRITION = "nutrition", _("Food and nutrition")
    SHELTER = "shelter", _("Place to live")
    INCOME = "income", _("Money and work")
    EDUCATION = "education", _("School")
    SAFETY = "safety", _("Safety at home")
    CARE = "care", _("Care and parents")
    FEELINGS = "feelings", _("Feelings and behaviour")


class Severity(TextChoices):
    NONE = "0", _("No need")
    SOME = "1", _("Some need")
    SERIOUS = "2", _("Serious")
    URGENT = "3", _("Urgent")


class Readers(TextChoices):
    """Who may read a note."""

    TEAM = "team", _("Everyone who sees the case")
    PROGRAMME = "programme", _("My programme")
    LEGAL = "legal", _("Restricted: legal")
    PSYCHOSOCIAL = "psychosocial", _("Restricted: psychosocial")
    TRAFFICKING = "trafficking", _("Restricted: trafficking")


class ConsentDecision(TextChoices):
    YES = "yes", _("Yes")
    NO = "no", _("No")
    NOT_ASKED = "not_asked", _("Not asked")
    ON_PAPER = "on_paper", _("On paper, not seen")


class GivenHow(TextChoices):
    SIGNED = "signed", _("Signed on paper")
    THUMB = "thumb", _("Thumb print on paper")
    SPOKEN = "spoken", _("Said it, witnessed")


class TaskState(TextChoices):
    TO_DO = "to_do", _("To do")
    DONE = "done", _("Done")
    DROPPED = "dropped", _("Dropped")


TASK_EDGES = {TaskState.TO_DO: {TaskState.DONE, TaskState.DROPPED}, TaskState.DONE: {TaskState.TO_DO}}


class FactAnswer(TextChoices):
    """What a family that is here again says of an old fact; a fact that was not asked leaves no row."""

    STILL_TRUE = "still_true", _("Still true")
    CHANGED = "changed", _("Changed")


class ContactDirection(TextChoices):
    OUT = "out", _("We called")
    IN = "in", _("They called")


class ContactResult(TextChoices):
    """What came of a call."""

    REACHED = "reached", _("Reached the family")
    NO_ANSWER = "no_answer", _("No answer")
    SWITCHED_OFF = "switched_off", _("Switched off")
    WRONG_NUMBER = "wrong_number", _("Wrong number")
    SOMEONE_ELSE = "someone_else", _("Somebody else answered")


UNANSWERED = (ContactResult.NO_ANSWER, ContactResult.SWITCHED_OFF, ContactResult.WRONG_NUMBER)
"""Results that count towards lost contact; somebody else who answers may pass a message on."""


class ListFileState(TextChoices):
    """How far the file of a long list is."""

    WAITING = "waiting", _("Waiting to be made")
    MAKING = "making", _("Being made")
    READY = "ready", _("Ready")
    FAILED = "failed", _("Could not be made")
    DELETED = "deleted", _("Deleted")


LIST_FILE_EDGES = {
    ListFileState.WAITING: {ListFileState.MAKING, ListFileState.FAILED},
    ListFileState.MAKING: {ListFileState.MAKING, ListFileState.READY, ListFileState.FAILED},  # again after a crash
    ListFileState.READY: {ListFileState.DELETED},
}
