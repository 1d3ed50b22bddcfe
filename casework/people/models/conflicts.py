"""Who of the staff keeps away from whom: a family they belong to, a supplier or provider they have to do with."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection
from datetime import date
from typing import Any

from django.db import models
from django.db.models import BooleanField, Exists, F, Func, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from casework.access.scopes import offices_of
from casework.access.visibility import GuardedManager
from casework.accounts.models import Grant
from casework.kernel.digits import without_zero_width

from .person import Person

SEE_CONFLICTS = "people.conflict.see"
"""The right to read what the people of one's office declared."""
END_CONFLICTS = "people.conflict.end"
"""The right to say that a conflict of somebody else is over."""


def organisation_key(name: str) -> str:
    """A supplier's or provider's name as it is compared: without case and spaces."""
    return "".join(unicodedata.normalize("NFKC", without_zero_width(name)).casefold().split())


class Holds(Func):
    """Whether a JSON list holds a value, both of them columns."""

    template = "%(expressions)s"
    arg_joiner = " @> "
    output_field = BooleanField()

    def __init__(self, values: Any, value: Any) -> None:
        super().__init__(values, Func(value, function="to_jsonb"))


class ConflictQuerySet(models.QuerySet):
    """Conflicts of interest."""

    def visible_to(self, user: Any) -> ConflictQuerySet:
        """One's own, and those of the people of one's offices for who runs approvals there."""
        here = Grant.objects.filter(office_id__in=offices_of(user, SEE_CONFLICTS)).values("user")
        return self.filter(Q(user=user) | Q(user__in=here))

    def holding(self, today: date) -> ConflictQuerySet:
        """Those that hold on a day."""
        begun = Q(from_on__isnull=True) | Q(from_on__lte=today)
        return self.filter(begun, Q(until_on__isnull=True) | Q(until_on__gte=today), ended_at__isnull=True)

    def about(self, persons: Collection[int], organisations: Collection[str] = ()) -> ConflictQuerySet:
        """Those with one of these people, or with an organisation of one of these keys.

        A record that was merged into another, or has another merged into it, is the same person.
        """
        into = Person.rows.filter(pk__in=persons, merged_into__isnull=False).values("merged_into")
        people = Q(person__in=persons) | Q(person__in=into) | Q(person__merged_into__in=persons)
        return self.filter(people | Q(organisation_key__in=[key for key in organisations if key]))

    def about_row(self, persons: str | OuterRef, organisations: str | OuterRef) -> ConflictQuerySet:
        """As about(), for a subquery: with those whom two JSON lists of the outer row name."""
        merged = Person.rows.filter(merged_into=OuterRef("person"))
        return self.filter(
            Holds(OuterRef(persons), F("person"))
            | Holds(OuterRef(persons), F("person__merged_into"))
            | Q(Exists(merged.filter(Holds(OuterRef(OuterRef(persons)), F("pk")))))
            | Holds(OuterRef(organisations), F("organisation_key"))
        )


class ConflictOfInterest(models.Model):
    """A worker who is related to a person, or has to do with who is paid, may not work on or decide for them."""

    user = models.ForeignKey("accounts.User", models.CASCADE, related_name="conflicts")
    person = models.ForeignKey(Person, models.CASCADE, null=True, related_name="conflicts")
    named_by = models.CharField(
        max_length=24, blank=True, help_text="the number by which the family was named, whether or not it leads to one"
    )
    organisation = models.CharField(_("supplier or provider"), max_length=160, blank=True)
    organisation_key = models.CharField(max_length=160, blank=True, help_text="its name without case and spaces")
    reason = models.CharField(_("how they have to do with each other"), max_length=200)
    declared_on = models.DateField()
    from_on = models.DateField(_("from"), null=True, help_text="without one since ever")
    until_on = models.DateField(_("until"), null=True, help_text="the last day, where it ends by itself")
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    ended_reason = models.CharField(_("why it ended"), max_length=300, blank=True)

    rows = models.Manager.from_queryset(ConflictQuerySet)()
    objects = GuardedManager()

    class Meta:
        base_manager_name = "rows"
        default_manager_name = "rows"
        verbose_name_plural = "conflicts of interest"
        ordering = ["-declared_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "person"], condition=Q(ended_at__isnull=True, until_on__isnull=True, named_by=""),
                name="A conflict with a person is declared once",
            ),
            models.UniqueConstraint(
                fields=["user", "named_by"],
                condition=Q(ended_at__isnull=True, until_on__isnull=True) & ~Q(named_by=""),
                name="A conflict with a number is declared once",
            ),
            models.UniqueConstraint(
                fields=["user", "organisation_key"],
                condition=Q(ended_at__isnull=True, until_on__isnull=True) & ~Q(organisation_key=""),
                name="A conflict with an organisation is declared once",
            ),
            models.CheckConstraint(
                condition=Q(Q(person__isnull=False) | ~Q(named_by=""), organisation_key="")
                | Q(~Q(organisation_key=""), person__isnull=True, named_by=""),
                name="A conflict is with a family or with an organisation",
            ),
            models.CheckConstraint(
                condition=Q(until_on__isnull=True) | Q(from_on__isnull=True) | Q(until_on__gte=F("from_on")),
                name="A conflict ends after it begins",
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, ended_by__isnull=True, ended_reason="")
                | (Q(ended_at__isnull=False, ended_by__isnull=False) & ~Q(ended_reason="")),
                name="Who ends a conflict says why",
            ),
            models.CheckConstraint(
                condition=Q(ended_by__isnull=True) | ~Q(ended_by=F("user")), name="Nobody ends their own conflict"
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.user_id} and " + ("an organisation" if self.organisation_key else "a family")

    def access_places(self) -> list[tuple[int, None]]:
        """The offices in which the worker has a role: who runs approvals there may end it."""
        grants = Grant.objects.live(timezone.localdate()).filter(user=self.user_id)
        return [(office, None) for office in grants.values_list("office", flat=True)]

    @property
    def is_over(self) -> bool:
        """Whether it was ended, or its last day has passed."""
        return self.ended_at is not None or (self.until_on is not None and self.until_on < timezone.localdate())
