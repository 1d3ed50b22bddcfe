"""Through what a person is seen."""

from __future__ import annotations

from django.db import models

from casework.people.querysets import ReachQuerySet

from .person import Person


class PersonReach(models.Model):
    """Through which case a person is seen: its office, one of its programmes, its level, or one assigned user."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="reach")
    source_type = models.CharField(max_length=60)
    source_id = models.BigIntegerField()
    office_id = models.BigIntegerField(null=True)
    programme = models.CharField(max_length=40, blank=True)
    level = models.PositiveSmallIntegerField(default=2)
    user_id = models.BigIntegerField(null=True, help_text="set instead of office for one assigned person")
    until_at = models.DateTimeField(null=True, help_text="when it ends by itself, as help given for a day does")

    objects = models.Manager.from_queryset(ReachQuerySet)()

    class Meta:
        verbose_name_plural = "person reach"
        constraints = [
            models.UniqueConstraint(
                fields=["person", "source_type", "source_id", "office_id", "programme", "user_id"],
                name="A reach is written once",
                nulls_distinct=False,
            ),
        ]
        indexes = [
            models.Index(fields=["office_id", "programme", "level"], name="people_reach_place"),
            models.Index(fields=["user_id"], name="people_reach_user"),
            models.Index(fields=["source_type", "source_id"], name="people_reach_source"),
        ]

    def __str__(self) -> str:
        return f"reach of person {self.person_id}"
