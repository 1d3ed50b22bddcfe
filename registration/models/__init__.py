"""The birth record of a case and everything that gets it registered."""

from .care import ChildDeath, YoungMother
from .certificates import Correction, CounterCheck, CounterLine, Discrepancy, Outcome, WrongNameTold
from .collectors import Collector
from .family import LetterOfAssignment, ParentLink, Witness
from .follow_ups import ConsularStep, FollowUp
from .offices import OpeningBalance, RegistryOffice, Requirement
from .papers import ChecklistItem
from .record import AcknowledgedWarning, BirthRecord, OfBirth
from .refusals import ParentRefusal
from .visits import InquiryStep, Submission
from .ward import OfWard, ReportedBirths, WardBirth, WardList, WardTally

__all__ = [
    "AcknowledgedWarning",
    "BirthRecord",
    "ChecklistItem",
    "ChildDeath",
    "Collector",
    "ConsularStep",
    "Correction",
    "CounterCheck",
    "CounterLine",
    "Discrepancy",
    "FollowUp",
    "InquiryStep",
    "LetterOfAssignment",
    "OfBirth",
    "OfWard",
    "OpeningBalance",
    "Outcome",
    "ParentLink",
    "ParentRefusal",
    "RegistryOffice",
    "ReportedBirths",
    "Requirement",
    "Submission",
    "WardBirth",
    "WardList",
    "WardTally",
    "Witness",
    "WrongNameTold",
    "YoungMother",
]
