"""Requests to the fund with their lines and assessments."""

from .deliveries import Delivery, DeliveryReturn
from .picking import PickedItem, PickList
from .requests import AssistanceLine, AssistanceRequest, HardshipIncident, NeedsAssessment

__all__ = [
    "AssistanceLine", "AssistanceRequest", "Delivery", "DeliveryReturn", "HardshipIncident", "NeedsAssessment",
    "PickList", "PickedItem",
]  # fmt: skip
