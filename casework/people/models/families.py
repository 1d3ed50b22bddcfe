"""Families, who belongs to them, and how they are reached."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.db.models.functions import Right
from django.utils.translation import gettext_lazy as _

from casework.access.visibility import GuardedManager
from casework.kernel.models import Removable, Stamped
from casework.people.querysets import FamilyQuerySet, OfPersonQuerySet, PhoneQuerySet
from casework.people.states import ContactRule, FamilyRole

from .person import Person


class Family(Stamped, Removable):
    """People who live together, with an address. A child may have lived in several families."""

    address_text = models.CharField(_("address"), max_length=300, blank=True)
    place_code = models.CharField(_("sub-district code"), max_length=6, blank=True)
    contact_note = models.CharField(_("contact note"), max_length=300, blank=True)

    rows = models.Manager.from_queryset(FamilyQuerySet)()
    objects = GuardedManager()

    class Meta:
        base_manager_name = "rows"
        default_manager_name = "rows"
        verbose_name_plural = "families"

    def __str__(self) -> str:
        return f"family {self.pk}"


class FamilyMember(models.Model):
    """A person's place in a family, with dates."""

    family = models.ForeignKey(Family, models.CASCADE, related_name="members")
    person = models.ForeignKey(Person, models.CASCADE, related_name="memberships")
    role = models.CharField(_("role"), max_length=14, choices=FamilyRole.choices)
    is_main_carer = models.BooleanField(_("main carer"), default=False)
    since_on = models.DateField(null=True, blank=True)
    until_on = models.DateField(null=True, blank=True)

    rows = models.Manager.from_queryset(OfPersonQuerySet)()
    objects = GuardedManager()

    class Meta:
        base_manager_name = "rows"
        default_manager_name = "rows"
        constraints = [
            models.UniqueConstraint(
                fields=["family", "person"],
                condition=Q(until_on__isnull=True),
                name="A person stands once in a family",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.role} in family {self.family_id}"


class Phone(models.Model):
    """A phone number, whose it is and what may be said on it."""

    family = models.ForeignKey(Family, models.CASCADE, related_name="phones")
    person = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="phones")
    number = models.CharField(_("phone"), max_length=20, help_text="national digits with the leading zero")
    whose = models.CharField(_("whose phone"), max_length=120, blank=True)
    rule = models.CharField(_("may we call"), max_length=10, choices=ContactRule.choices, default=ContactRule.NOT_ASKED)
    best_hour = models.CharField(_("best hour"), max_length=60, blank=True)
    may_say = models.CharField(_("what may be said"), max_length=200, blank=True)

    rows = models.Manager.from_queryset(PhoneQuerySet)()
    objects = GuardedManager()

    class Meta:
        base_manager_name = "rows"
        default_manager_name = "rows"
        indexes = [
            models.Index(fields=["number"], name="people_phone_number"),
            models.Index(Right("number", 4), name="people_phone_tail"),
        ]

    def __str__(self) -> str:
        return f"phone of family {self.family_id}"
