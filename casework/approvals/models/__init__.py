"""Acts that a second person confirms, and amounts that a chain of people approves."""

from .absences import Absence
from .chains import ApprovalAction, ApprovalRequest
from .policies import ApprovalBand, ApprovalPolicy, RoleConflict
from .proposals import Proposal, ProposalState

__all__ = [
    "Absence",
    "ApprovalAction",
    "ApprovalBand",
    "ApprovalPolicy",
    "ApprovalRequest",
    "Proposal",
    "ProposalState",
    "RoleConflict",
]
