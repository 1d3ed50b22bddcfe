"""Who may see a person: through the reach rows that cases write, never through the case itself."""

from __future__ import annotations

from typing import Any

from django.db import models

from casework.access.scopes import scope_condition


class PersonQuerySet(models.QuerySet):
    """Persons."""

    def visible_to(self, user: Any) -> PersonQuerySet:
        """Persons reached by a case of the user's offices and programmes, or by a case assigned to the user."""
        from .models import PersonReach

        reach = PersonReach.objects.filter(
            scope_condition(user, "people.person.see", office="office_id", programme="programme")
            & models.Q(level__lte=2)
            | models.Q(user_id=user.pk)
        )
        return self.filter(pk__in=reach.values("person_id"))


class OfPersonQuerySet(models.QuerySet):
    """Rows that hang on a person, seen where the person is seen."""

    def visible_to(self, user: Any) -> OfPersonQuerySet:
        from .models import Person

        return self.filter(person__in=Person.rows.all().visible_to(user))


class FamilyQuerySet(models.QuerySet):
    """Families, seen where one of their members is seen."""

    def visible_to(self, user: Any) -> FamilyQuerySet:
        from .models import Person

        return self.filter(members__person__in=Person.rows.all().visible_to(user)).distinct()
