"""What is known of the parents, who notifies for them, who can say something."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from casework.kernel.models import Stamped
from registration import states as s

from .record import BirthRecord, OfBirth


class ParentLink(OfBirth):
    """What is known of the mother, the father or another carer. Nothing about a parent is mandatory but saying so."""

    birth = models.ForeignKey(BirthRecord, models.CASCADE, related_name="parents")
    role = models.CharField(_("role"), max_length=6, choices=s.ParentRole.choices)
    knowledge = models.CharField(_("known"), max_length=18, choices=s.Knowledge.choices)
    person = models.ForeignKey("people.Person", models.PROTECT, null=True, blank=True, related_name="parent_links")
    reason = models.CharField(_("why not known"), max_length=300, blank=True)
    age_at_birth = models.PositiveSmallIntegerField(_("age at the birth"), null=True, blank=True, help_text="years")
    nationality_claimed = models.CharField(_("nationality as told"), max_length=10, blank=True)
    status_group = models.CharField(_("status in Thailand"), max_length=18, choices=s.ParentStatus.choices, blank=True)
    marriage = models.CharField(_("marriage"), max_length=18, choices=s.Marriage.choices, blank=True)
    acknowledges_child = models.BooleanField(_("acknowledges the child"), null=True)
    surname_consent = models.BooleanField(_("agrees to the surname"), null=True)
    has_paper = models.BooleanField(_("has a paper"), null=True)

    class Meta:
        base_manager_name = "rows"
        default_manager_name = "rows"
        constraints = [
            models.UniqueConstraint(
                fields=["birth", "role"],
                condition=~Q(role="other"),
                name="A child has one mother and one father here",
            ),
            models.CheckConstraint(
                condition=~Q(knowledge="known") | Q(person__isnull=False), name="A known parent is a person"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.role} of birth {self.birth_id}"


class LetterOfAssignment(OfBirth, Stamped):
    """The family's written assignment to somebody who notifies for them."""

    birth = models.ForeignKey(BirthRecord, models.CASCADE, related_name="letters")
    giver = models.CharField(_("given by"), max_length=120)
    receiver = models.CharField(_("given to"), max_length=120)
    scope = models.CharField(_("for what"), max_length=300)
    signed_on = models.DateField(_("signed on"), null=True, blank=True)
    valid_until = models.DateField(_("valid until"), null=True, blank=True)
    giver_id_copy = models.BooleanField(_("copy of the giver’s paper"), default=False)
    language_explained = models.CharField(_("explained in"), max_length=6)
    revoked_on = models.DateField(_("revoked on"), null=True, blank=True)

    class Meta:
        base_manager_name = "rows"
        default_manager_name = "rows"
        verbose_name_plural = "letters of assignment"

    def __str__(self) -> str:
        return f"letter of assignment {self.pk}"


class Witness(OfBirth, Stamped):
    """Somebody who can say something about the birth or the parents."""

    birth = models.ForeignKey(BirthRecord, models.CASCADE, related_name="witnesses")
    name = models.CharField(_("name"), max_length=120)
    kinds = ArrayField(
        models.CharField(max_length=18, choices=s.WitnessKind.choices), verbose_name=_("what they can say")
    )
    relation = models.CharField(_("relation"), max_length=60, blank=True)
    contact = models.CharField(_("contact"), max_length=120, blank=True)
    is_willing = models.BooleanField(_("willing"), default=True)
    statement_on = models.DateField(_("statement on"), null=True, blank=True)

    class Meta:
        base_manager_name = "rows"
        default_manager_name = "rows"
        verbose_name_plural = "witnesses"

    @property
    def kind_words(self) -> list[str]:
        """What the witness can say, in words."""
        return [str(s.WitnessKind(kind).label) for kind in self.kinds]

    def __str__(self) -> str:
        return f"witness {self.pk}"
