"""What a person keeps for themselves: named filter sets and the records opened last."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class SavedView(models.Model):
    """A set of filters with a name."""

    owner = models.ForeignKey("accounts.User", models.CASCADE, related_name="saved_views")
    page = models.CharField(max_length=60, help_text="url name of the list")
    name = models.CharField(_("name"), max_length=60)
    query = models.CharField(max_length=300, help_text="filters, never free-text search")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["owner", "page", "name"], name="A saved view has its own name")]

    def __str__(self) -> str:
        return self.name


class Opened(models.Model):
    """A case the person opened, newest first; the last ten are shown."""

    user = models.ForeignKey("accounts.User", models.CASCADE, related_name="opened")
    case_id_of = models.BigIntegerField()
    at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "opened"
        constraints = [
            models.UniqueConstraint(fields=["user", "case_id_of"], name="A case stands once among the opened")
        ]
        indexes = [models.Index(fields=["user", "-at"], name="home_opened_recent")]

    def __str__(self) -> str:
        return f"{self.user_id} opened {self.case_id_of}"
