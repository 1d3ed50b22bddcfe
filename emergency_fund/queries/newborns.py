"""Newborns that can still be insured from their birth (W-01): known from the birth dates of persons alone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any

from django.db.models import DateField, Exists, ExpressionWrapper, F, IntegerField, OuterRef, Q, Value
from django.db.models.functions import Cast
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from casework.aid.models import InsuranceCover
from casework.aid.states import COVERS
from casework.cases.models import Case, Enrolment
from casework.cases.states import CaseState
from casework.people.models import FamilyMember, Person
from casework.programmes.contributions import WorkItem, WorkSource
from casework.programmes.work import day
from casework.reference.queries import term_on
from emergency_fund.models import AssistanceLine, HardshipIncident
from emergency_fund.querysets import PROGRAMME
from emergency_fund.rules.insurance import is_newborn
from emergency_fund.rules.requests import newborn_window
from emergency_fund.states import OPEN_STATES, Entitlement, EntitlementStatus, LineKind

from .insurance import newborn_days

LONGEST_WINDOW = 90
"""Days; nobody older is a newborn under any value of the term, so that nothing is asked about them."""
DAYS = f"{PROGRAMME}.newborn_days"


def newborn_words(children: Iterable[Person], today: date) -> list[str]:
    """W-01 for each day until which a newborn of these children can be insured from its birth, in a sentence."""
    young = {child.pk: child for child in children if child.died_on is None and _is_young(child, today)}
    if not young:
        return []
    days = newborn_days(today)
    waiting = [child for child in young.values() if is_newborn(child.born_on, today, days)]
    insured = set(InsuranceCover.rows.filter(child__in=waiting, state__in=COVERS).values_list("child", flat=True))
    findings = (
        finding
        for child in waiting
        if child.pk not in insured
        for finding in newborn_window(born=child.born_on, today=today, days=days)
    )
    return list(dict.fromkeys(str(finding.sentence) for finding in findings))


def _is_young(child: Person, today: date) -> bool:
    return is_newborn(child.born_on, today, LONGEST_WINDOW)


def newborn_work(user: Any, today: date) -> WorkSource:
    """Open cases of newborns that the person leads, where the fund is at work or a parent is known to be insured."""
    first = ExpressionWrapper(
        Value(today, output_field=DateField()) - Cast(term_on(DAYS, today), IntegerField()), output_field=DateField()
    )
    rows = Case.objects.visible_to(user).filter(
        lead=user, state=CaseState.OPEN, family__isnull=False, child__died_on__isnull=True,
        child__born_on__gte=today - timedelta(days=LONGEST_WINDOW), child__born_on__lte=today,
    )  # fmt: skip
    covered = InsuranceCover.rows.filter(child=OuterRef("child"), state__in=COVERS)
    asked = AssistanceLine.rows.filter(
        child=OuterRef("child"), kind=LineKind.HEALTH_INSURANCE, request__state__in=sorted(OPEN_STATES)
    )
    rows = rows.filter(_may_be_insured(today), ~Exists(covered), ~Exists(asked)).alias(first=first)
    return WorkSource(
        rows=rows.filter(child__born_on__gte=F("first")).order_by("child__born_on", "pk"), case="pk",
        facts={"born": "child__born_on", "days": Cast(term_on(DAYS, today), IntegerField())}, item=_newborn,
    )  # fmt: skip


def _may_be_insured(today: date) -> Q:
    """A sign that a parent is insured: a cover or a card of the family, or the fund knows the case."""
    enrolled = Enrolment.rows.filter(case=OuterRef("pk"), programme=PROGRAMME, until_on__isnull=True)
    family = FamilyMember.rows.filter(family=OuterRef(OuterRef("family")), until_on__isnull=True).values("person")
    covered = InsuranceCover.rows.filter(child__in=family, state__in=COVERS, valid_from__lte=today, valid_to__gte=today)
    card = HardshipIncident.objects.filter(
        family=OuterRef("family"), entitlement__in=[Entitlement.HEALTH_CARD, Entitlement.SSO],
        entitlement_status=EntitlementStatus.RECEIVING,
    )  # fmt: skip
    return Q(Exists(enrolled)) | Q(Exists(covered)) | Q(Exists(card))


def _newborn(facts: Mapping[str, Any]) -> WorkItem:
    born = day(facts["born"])
    assert born is not None  # noqa: S101  chosen by it
    return WorkItem(
        key=f"newborn-{facts['pk']}", title=_("Insure the newborn, if a parent is insured"), verb=_("Ask the fund"),
        icon="shield-check", url=reverse("emergency_fund:ask", args=[facts["case_id"]]), case_id=facts["case_id"],
        due_on=born + timedelta(days=int(facts["days"])),
    )  # fmt: skip
