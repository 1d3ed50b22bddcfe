"""The case: one child in the care of one office, and everything every programme shares about it."""

from .assessments import Assessment, Need
from .case import Case, CaseNumberSeries, OfCase
from .consents import Consent, NoticeGiven
from .list_files import ListFile
from .people_at_work import Assignment, CaseShare, Enrolment
from .plans import CasePlan, Goal, Step, Task
from .records import ContactAttempt, Departure, FactConfirmed, Note

__all__ = [
    "Assessment",
    "Assignment",
    "Case",
    "CaseNumberSeries",
    "CasePlan",
    "CaseShare",
    "Consent",
    "ContactAttempt",
    "Departure",
    "Enrolment",
    "FactConfirmed",
    "Goal",
    "ListFile",
    "Need",
    "Note",
    "NoticeGiven",
    "OfCase",
    "Step",
    "Task",
]
