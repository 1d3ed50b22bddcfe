"""Who may see a person: through the reach rows that cases write, never through the case itself."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Exists, OuterRef, Q, Value
from django.db.models.functions import Now
from django.utils import timezone

from casework.access.scopes import rights_of, roles_of, scope_condition
from casework.accounts.queries import practice_offices
from casework.accounts.states import Role

from .states import ContactRule, OfficeAnswer

SEE = "people.person.see"
DECIDE = "people.duplicate.decide"
_SIDES = ("first", "second")
UNSAID = ("", OfficeAnswer.CALL)
"""Answers after which an office still owes one."""


class PersonQuerySet(models.QuerySet):
    """Persons."""

    def visible_to(self, user: Any) -> PersonQuerySet:
        """Persons reached by a case of the user's offices and programmes, or by a case assigned to the user.

        Nobody sees a person they have a conflict of interest with.
        """
        return self.filter(seen_by(user, "pk"))

    def told_to(self, user: Any) -> PersonQuerySet:
        """Persons whom the user or any office sees: of whom a seal hides, others do not even learn that they exist."""
        from .models import PersonReach

        places = PersonReach.objects.filter(person=OuterRef("pk"), office_id__isnull=False)
        return self.filter(Q(Exists(places)) | (seen_by(user, "pk") if user else Q(pk__in=())))

    def current(self) -> PersonQuerySet:
        """Persons that were not merged into another record."""
        return self.filter(merged_into__isnull=True)


def seen_by(user: Any, person: str) -> Q:
    """The condition under which the user sees the person whose id stands in a column."""
    return Q(**{f"{person}__in": reached_by(user)}) & ~Q(**{f"{person}__in": related_to(user)})


def related_to(user: Any) -> models.QuerySet:
    """Ids of the persons whom the user is related to."""
    from .models import ConflictOfInterest

    own = ConflictOfInterest.rows.filter(user_id=user.pk, person__isnull=False)
    return own.holding(timezone.localdate()).values("person_id")


def practised(person: Any) -> Q:
    """The condition that a person is an invented one of a practice office.

    Cases that are sealed or undone open no place: then the child's match key or its number that was typed tells it.
    """
    from .models import IdentityDocument, MatchKey, PersonReach

    offices = practice_offices()
    seen = PersonReach.objects.filter(person=person, office_id__in=offices)
    compared = MatchKey.objects.filter(child=person, office_id__in=offices)
    numbered = IdentityDocument.rows.filter(person=person, is_invented=True)
    return Q(Exists(seen)) | Q(Exists(compared)) | Q(Exists(numbered))


def no_call_to(family: Any) -> models.QuerySet:
    """The phones on which a family, by its id, asked not to be called."""
    from .models import Phone

    return Phone.rows.filter(family=family, rule=ContactRule.DO_NOT)


def reached_by(user: Any) -> models.QuerySet:
    """Ids of the persons the user's grants and assignments reach."""
    from .models import PersonReach

    if not user.is_authenticated or not rights_of(user, SEE):
        return PersonReach.objects.none().values("person_id")
    office = scope_condition(user, SEE, office="office_id", programme="programme") & Q(level__lte=2)
    return PersonReach.objects.live().filter(office | Q(user_id=user.pk)).values("person_id")


class ReachQuerySet(models.QuerySet):
    """Through what a person is seen."""

    def live(self) -> ReachQuerySet:
        """What has not ended by itself, by the clock of the database: its text is kept for a while (decision 27)."""
        return self.filter(Q(until_at__isnull=True) | Q(until_at__gt=Now()))


class OfPersonQuerySet(models.QuerySet):
    """Rows that hang on a person, seen where the person is seen."""

    def visible_to(self, user: Any) -> OfPersonQuerySet:
        return self.filter(seen_by(user, "person"))


class PhoneQuerySet(models.QuerySet):
    """Phones, seen where the family is seen."""

    def visible_to(self, user: Any) -> PhoneQuerySet:
        from .models import Family

        return self.filter(family__in=Family.rows.all().visible_to(user))


class FamilyQuerySet(models.QuerySet):
    """Families, seen where one of their members is seen."""

    def visible_to(self, user: Any) -> FamilyQuerySet:
        from .models import FamilyMember, Person

        mine = FamilyMember.rows.filter(person__in=Person.rows.all().visible_to(user))
        return self.filter(pk__in=mine.values("family_id"))


class MatchKeyQuerySet(models.QuerySet):
    """What the duplicate engine compares; never shown, and so for no reader in particular."""

    def sharing(self, blocks: list[str]) -> MatchKeyQuerySet:
        """Rows kept under one of these keys, of which there may be hundreds: they are passed as one value."""
        return self.filter(blocks__overlap=Value(blocks, output_field=self.model._meta.get_field("blocks")))


class HitQuerySet(models.QuerySet):
    """Pairs of children who look alike."""

    def visible_to(self, user: Any) -> HitQuerySet:
        """Pairs of which the user sees one child at least; the other one is shown masked (day.md 2)."""
        from .models import Person

        mine = Person.rows.all().visible_to(user).values("pk")
        return self.filter(Q(first__in=mine) | Q(second__in=mine))

    def decidable_by(self, user: Any) -> HitQuerySet:
        """Pairs of which the user sees both children; only these block (decision 19)."""
        from .models import Person

        mine = Person.rows.all().visible_to(user).values("pk")
        return self.filter(first__in=mine, second__in=mine)

    def told_to(self, user: Any) -> HitQuerySet:
        """Pairs whose other child is no sealed record that the user may not see (day.md 2)."""
        from .models import Person

        mine = Person.rows.all().visible_to(user).values("pk")
        hidden = [Q(**{f"{side}__match_key__is_sealed": True}) & ~Q(**{f"{side}__in": mine}) for side in _SIDES]
        return self.exclude(hidden[0]).exclude(hidden[1])

    def asked_of(self, user: Any) -> HitQuerySet:
        """Pairs of which the user sees the one record about which the office of the other one asks and has no answer.

        Those whose asking record is sealed are asked of supervisors only.
        """
        from .models import Person

        mine = Person.rows.all().visible_to(user).values("pk")
        by_first = Q(asked_by_first=True, second__in=mine) & ~Q(first__in=mine)
        by_second = Q(asked_by_first=False, first__in=mine) & ~Q(second__in=mine)
        rows = self.open().filter(by_first | by_second, asked_at__isnull=False, answer__in=UNSAID)
        return rows if Role.SUPERVISOR in roles_of(user) else rows.told_to(user)

    def open(self) -> HitQuerySet:
        """Pairs nobody has decided yet."""
        return self.filter(state="open")

    def to_merge(self) -> HitQuerySet:
        """Pairs that a person called the same child and that are still two records."""
        still_two = {f"{side}__merged_into__isnull": True for side in _SIDES}
        return self.filter(state="decided", decision="same", **still_two)
