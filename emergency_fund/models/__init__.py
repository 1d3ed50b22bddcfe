"""Requests to the fund with their lines and assessments, payments, and what comes after them."""

from .accounts import FamilyAccount
from .appeals import Appeal
from .checks import PostDistributionCheck, SampleDraw
from .closings import EntitlementUpdate, RequestClosing
from .collectors import Collector
from .complaints import Complaint
from .deliveries import Delivery, DeliveryReturn
from .filed import DeliveryFile
from .insurance import InsurancePolicy, InsuranceTariff
from .needs import ChildNeed
from .picking import PickedItem, PickList
from .requests import AssistanceLine, AssistanceRequest, HardshipIncident, NeedsAssessment
from .weights import NeedWeights

__all__ = [
    "Appeal", "AssistanceLine", "AssistanceRequest", "ChildNeed", "Collector", "Complaint", "Delivery",
    "DeliveryFile", "DeliveryReturn", "EntitlementUpdate", "FamilyAccount", "HardshipIncident", "InsurancePolicy",
    "InsuranceTariff", "NeedWeights", "NeedsAssessment", "PickList", "PickedItem", "PostDistributionCheck",
    "RequestClosing", "SampleDraw",
]  # fmt: skip
