"""Requests to the fund with their lines and assessments."""

from .appeals import Appeal
from .checks import PostDistributionCheck, SampleDraw
from .deliveries import Delivery, DeliveryReturn
from .insurance import InsurancePolicy, InsuranceTariff
from .picking import PickedItem, PickList
from .requests import AssistanceLine, AssistanceRequest, HardshipIncident, NeedsAssessment

__all__ = [
    "Appeal", "AssistanceLine", "AssistanceRequest", "Delivery", "DeliveryReturn", "HardshipIncident",
    "InsurancePolicy", "InsuranceTariff", "NeedsAssessment", "PickList", "PickedItem", "PostDistributionCheck",
    "SampleDraw",
]  # fmt: skip
