"""Requests to the fund with their lines and assessments."""

from .requests import AssistanceLine, AssistanceRequest, HardshipIncident, NeedsAssessment

__all__ = ["AssistanceLine", "AssistanceRequest", "HardshipIncident", "NeedsAssessment"]
