"""Requests to the fund with their lines and assessments."""

from .deliveries import Delivery, DeliveryReturn
from .insurance import InsurancePolicy, InsuranceTariff
from .picking import PickedItem, PickList
from .requests import AssistanceLine, AssistanceRequest, HardshipIncident, NeedsAssessment

__all__ = [
    "AssistanceLine", "AssistanceRequest", "Delivery", "DeliveryReturn", "HardshipIncident", "InsurancePolicy",
    "InsuranceTariff", "NeedsAssessment", "PickList", "PickedItem",
]  # fmt: skip
