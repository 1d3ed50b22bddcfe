"""What is printed about a birth: from stored rows to the ready words of the papers."""

from .correction import LetterOfCorrection
from .family import Appointment, Checklist, Consent, Receipt, Spelling
from .folder import Folder
from .intake import BlankIntake, Notice
from .letter import Letter
from .staff import CasePlan, FamilyPlanPaper
from .summary import Summary
from .witness import Witnesses

KINDS = (
    Letter, Checklist, Appointment, Consent, Spelling, Witnesses, Receipt, Summary, CasePlan, FamilyPlanPaper, Folder,
    LetterOfCorrection, BlankIntake, Notice,
)  # fmt: skip
"""All kinds, in the order of the page where papers are chosen."""
