"""Who fetches help for a family that cannot come."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from .requests import AssistanceRequest, OfRequest


class Collector(OfRequest):
    """Somebody outside the household whom the family named to fetch the money or goods of a request (programmes 2.4).

    The name stands on the pages of who asks and who pays; the fund's officers do not read it.
    """

    request = models.ForeignKey(AssistanceRequest, models.PROTECT, related_name="collectors")
    name = models.CharField(_("name"), max_length=120)
    relation = models.CharField(_("relation to the family"), max_length=40)
    paper = models.CharField(
        _("identity paper"), max_length=80, help_text="its kind and number, compared at the counter"
    )
    named_by = models.ForeignKey("people.Person", models.PROTECT, related_name="+", verbose_name=_("named by"))
    by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta(OfRequest.Meta):
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"collector {self.pk} of {self.request_id}"

    def access_place(self) -> tuple[int, tuple[str, ...]]:
        """The office and the programme that decide who may act on it."""
        return self.request.access_place()
