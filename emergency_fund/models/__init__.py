"""Requests to the fund with their lines and assessments."""

from .deliveries import Delivery
from .requests import AssistanceLine, AssistanceRequest, HardshipIncident, NeedsAssessment

__all__ = ["AssistanceLine", "AssistanceRequest", "Delivery", "HardshipIncident", "NeedsAssessment"]
