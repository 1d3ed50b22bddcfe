"""A concern about staff, and the people of other offices who read such concerns besides the data protection officer."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Exists, Q
from django.utils.translation import gettext_lazy as _

from casework.access.scopes import live_grants, rights_of
from casework.access.visibility import GuardedManager

from .states import CONCERN_EDGES, ConcernState

READ = "concerns.concern.read"


class ConcernQuerySet(models.QuerySet):
    """Concerns about staff."""

    def visible_to(self, user: Any) -> ConcernQuerySet:
        """For the data protection officer, and a named reader of another office; never for who is named in it."""
        if not user.is_authenticated or not user.is_active:
            return self.none()
        if rights_of(user, READ):
            wanted = Q()
        else:
            named = Exists(ConcernReader.objects.filter(user=user, ended_at__isnull=True))
            wanted = Q(named) & ~Q(office__in={grant.office_id for grant in live_grants(user)})
        kept = StaffConcern.kept_from.through.objects.filter(user=user).values("staffconcern_id")
        return self.filter(wanted).exclude(pk__in=kept)


def number_of(pk: int) -> str:
    """How a concern is called where its content is not told."""
    return f"C-{pk}"


class StaffConcern(models.Model):
    """What somebody says of a colleague: a bribe, harm, a wrong use of power. It goes around the line manager."""

    office = models.ForeignKey("accounts.Office", models.PROTECT, related_name="+", verbose_name=_("office"))
    who = models.CharField(_("who"), max_length=200)
    what = models.TextField(_("what happened"))
    when = models.CharField(_("when and where"), max_length=200, blank=True)
    reporter = models.ForeignKey(
        "accounts.User", models.PROTECT, null=True, related_name="+", help_text="only of who wants an answer"
    )
    kept_from = models.ManyToManyField("accounts.User", related_name="+", help_text="readers who are named in it")
    at = models.DateTimeField()
    state = models.CharField(_("state"), max_length=8, choices=ConcernState.choices, default=ConcernState.NEW)
    answer = models.TextField(_("answer"), blank=True)
    handled_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    handled_at = models.DateTimeField(null=True)
    sent_as = models.CharField(
        max_length=64, blank=True, editable=False, help_text="a mark of the form that was sent; it leads to nobody"
    )

    EDGES = {"state": CONCERN_EDGES}

    rows = models.Manager.from_queryset(ConcernQuerySet)()
    objects = GuardedManager()

    class Meta:
        base_manager_name = "rows"
        default_manager_name = "rows"
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(condition=~Q(who="") & ~Q(what=""), name="A concern says who and what"),
            models.CheckConstraint(
                condition=~Q(state="handled") | Q(handled_by__isnull=False), name="A concern is looked into by somebody"
            ),
            models.UniqueConstraint(
                fields=["sent_as"], condition=~Q(sent_as=""), name="A concern is reported once by one form"
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def number(self) -> str:
        """How it is called."""
        return number_of(self.pk)

    @property
    def level(self) -> int:
        """More restricted than any case."""
        return 3


class ConcernReader(models.Model):
    """A person who reads concerns about staff of other offices than their own."""

    user = models.ForeignKey("accounts.User", models.CASCADE, related_name="+", verbose_name=_("person"))
    named_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    named_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user"], condition=Q(ended_at__isnull=True), name="A reader of concerns is named once"
            ),
            models.CheckConstraint(
                condition=~Q(user=models.F("named_by")), name="Nobody names themselves a reader of concerns"
            ),
        ]

    def __str__(self) -> str:
        return f"reader {self.user_id}"
