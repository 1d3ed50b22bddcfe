"""P8: the case plan for staff, and the version that goes home with the family."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from casework.documents.kinds import DocumentKind, FamilyKind
from registration.words.plan import FAMILY, WORDS

from .parts import NOTHING, Clinic, Names, Said


@dataclass(frozen=True, kw_only=True)
class NeedLine:
    """One area of the needs assessment."""

    domain: str
    severity: str
    text: str


@dataclass(frozen=True, kw_only=True)
class PlanStep:
    """One act: what, who, by when, how it stands."""

    what: str
    who: str
    by: str
    state: str
    is_done: bool


@dataclass(frozen=True, kw_only=True)
class PlanGoal:
    """What shall be true for the child, and the steps to it."""

    title: str
    by: str
    steps: tuple[PlanStep, ...]


@dataclass(frozen=True, kw_only=True)
class PlanPaper:
    """The words of the plan for staff."""

    is_in_other_script: bool = False
    """Whether goals or steps are written in letters of another language: who signs is told that we read them aloud."""
    child: Names
    number: str
    review_on: str
    approved: str
    """Who approved it and when; empty while nobody has."""
    needs: tuple[NeedLine, ...]
    strengths: str
    views: tuple[str, ...]
    goals: tuple[PlanGoal, ...]
    supervisor: str = ""
    worker: str = ""


@dataclass(frozen=True, kw_only=True)
class FamilyPlan:
    """The words of the plan for the family: no needs, no judgements."""

    is_in_other_script: bool = False
    """Whether goals or steps are written in letters the family may not read: the paper then says so."""
    child: Names
    goals: tuple[PlanGoal, ...]
    review_on: Said
    worker: str
    clinic: Clinic
    read_in: Said = NOTHING


class CasePlanKind(DocumentKind):
    """For the file, signed by family, caseworker and supervisor."""

    key = "registration.case_plan"
    title = _("Case plan")
    titles = {"en": "Case plan", "th": "แผนการช่วยเหลือรายกรณี"}
    template = "registration/documents/plan.html"
    languages = ("th", "en")
    subject_type = "registration.birthrecord"
    action = "registration.birth.see"
    is_signed = True

    def words(self, language: str) -> Mapping[str, Any]:
        return WORDS[language] | {"other_script": FAMILY[language]["other_script"]}


class FamilyPlanKind(FamilyKind):
    """Goes home with the family."""

    key = "registration.family_plan"
    title = _("Plan for the family")
    titles = {"en": "Our plan", "th": "แผนของเรา", "my": "ကျွန်ုပ်တို့၏ အစီအစဉ်"}
    template = "registration/documents/family_plan.html"
    wording = FAMILY
    subject_type = "registration.birthrecord"
    action = "registration.birth.see"
