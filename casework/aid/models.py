"""What any programme gave a child: never twice for one purpose and period, and never two covers on one day.

A programme refuses double help with words; the constraints here refuse what it forgot (decision 5 of the design).
"""

from __future__ import annotations

from typing import Any

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value
from django.utils.translation import gettext_lazy as _

from casework.access.visibility import GuardedManager
from casework.kernel.money import amount_field
from casework.people.models import Person

from .states import AID_EDGES, COVER_EDGES, COVERS, LIVE, AidState, CoverState, Scheme


class OfChildQuerySet(models.QuerySet):
    """Rows about a child, seen where the child is seen."""

    def visible_to(self, user: Any) -> OfChildQuerySet:
        return self.filter(child__in=Person.objects.visible_to(user))


class OfChild(models.Model):
    """A row about one child from one programme's office, made by one of its records."""

    child = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name=_("child"))
    child_before_merge = models.ForeignKey(Person, models.PROTECT, null=True, editable=False, related_name="+")
    programme = models.CharField(_("programme"), max_length=40)
    office = models.ForeignKey("accounts.Office", models.PROTECT, related_name="+", verbose_name=_("office"))
    subject_type = models.CharField(max_length=60, help_text="what gave it, such as a line of a request")
    subject_id = models.BigIntegerField()

    rows = models.Manager.from_queryset(OfChildQuerySet)()
    objects = GuardedManager()

    class Meta:
        abstract = True
        base_manager_name = "rows"
        default_manager_name = "rows"


class AidGiven(OfChild):
    """Help of one kind for a child in a period. `period` is chosen by the programme: a month, a term, an incident."""

    kind = models.CharField(_("kind"), max_length=40, help_text="the key of an aid kind")
    period = models.CharField(_("period"), max_length=40)
    amount = amount_field(_("amount"), help_text=_("In baht."))
    family = models.ForeignKey("people.Family", models.PROTECT, null=True, related_name="+")
    is_for_family = models.BooleanField(default=False, help_text="given once to all who live with the child")
    state = models.CharField(_("state"), max_length=9, choices=AidState.choices, default=AidState.PROMISED)
    promised_on = models.DateField(_("promised on"))
    given_on = models.DateField(_("given on"), null=True, blank=True)

    EDGES = {"state": AID_EDGES}

    class Meta(OfChild.Meta):
        ordering = ["-promised_on", "-pk"]
        verbose_name_plural = "aid given"
        constraints = [
            models.UniqueConstraint(
                fields=["child", "kind", "period"],
                condition=Q(state__in=LIVE),
                name="A child gets one kind of help once in a period",
            ),
            models.UniqueConstraint(
                fields=["family", "kind", "period"],
                condition=Q(state__in=LIVE, is_for_family=True),
                name="A family gets one kind of its help once in a period",
            ),
            models.UniqueConstraint(
                fields=["subject_type", "subject_id"], condition=Q(state__in=LIVE), name="A record gives its help once"
            ),
            models.CheckConstraint(condition=Q(amount__gte=0), name="Help is worth nothing or more"),
            models.CheckConstraint(
                condition=~Q(state="given") | Q(given_on__isnull=False), name="Help is given on a day"
            ),
        ]
        indexes = [
            models.Index(fields=["family", "promised_on"], condition=Q(state__in=LIVE), name="aid_of_family"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} for person {self.child_id} in {self.period}"


class InsuranceCover(OfChild):
    """A child's health insurance from a day to a day, whoever paid for it."""

    scheme = models.CharField(_("scheme"), max_length=16, choices=Scheme.choices)
    hospital = models.ForeignKey("reference.Facility", models.PROTECT, null=True, blank=True, related_name="+")
    card_number = models.CharField(_("card number"), max_length=40, blank=True)
    valid_from = models.DateField(_("valid from"))
    valid_to = models.DateField(_("valid until"))
    premium = amount_field(_("premium"), default=0)
    check_up = amount_field(_("check-up fee"), default=0)
    state = models.CharField(_("state"), max_length=9, choices=CoverState.choices, default=CoverState.QUOTED)

    EDGES = {"state": COVER_EDGES}

    class Meta(OfChild.Meta):
        ordering = ["-valid_from"]
        constraints = [
            models.CheckConstraint(condition=Q(valid_to__gte=F("valid_from")), name="A cover ends after it begins"),
            ExclusionConstraint(
                name="A child has one cover on a day",
                expressions=[
                    ("child", RangeOperators.EQUAL),
                    (
                        Func(F("valid_from"), F("valid_to"), Value("[]"), function="daterange"),
                        RangeOperators.OVERLAPS,
                    ),
                ],
                condition=Q(state__in=COVERS),
            ),
            ExclusionConstraint(
                name="A card belongs to one child",
                expressions=[("card_number", RangeOperators.EQUAL), ("child", RangeOperators.NOT_EQUAL)],
                condition=Q(state=CoverState.ACTIVE) & ~Q(card_number=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.scheme} of person {self.child_id} until {self.valid_to}"
